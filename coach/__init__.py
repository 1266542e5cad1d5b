"""Coach: what the customer has done, told apart from what the rep has done or hopes."""

__version__ = "0.1.0"
