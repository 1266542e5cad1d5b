"""What Coach keeps: what engines answered and cost, and, in a database, people, deals, reviews and agreements.

No SQL leaves this package. To import it loads no database library: `Store.records` does.
"""

from coach.store.readings import StoredReadings
from coach.store.spending import Ledger, Spent
from coach.store.store import Store

__all__ = ["Ledger", "Spent", "Store", "StoredReadings"]
