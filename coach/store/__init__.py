"""What Coach keeps: readings by content, and what model calls cost. One SQLite file; no SQL leaves this package."""

from coach.store.readings import StoredReadings
from coach.store.spending import Ledger, Spent
from coach.store.store import Store

__all__ = ["Ledger", "Spent", "Store", "StoredReadings"]
