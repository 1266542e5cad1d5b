"""What follows from the statements of a deal note, by the codebook's rules. Pure: no I/O, no model, no clock."""

from coach.judgement.judging import judge

__all__ = ["judge"]
