"""What Coach keeps: readings by content, reviews by person, what model calls cost. One SQLite file.

No SQL leaves this package.
"""

from coach.store.readings import StoredReadings
from coach.store.reviews import StoredReviews
from coach.store.spending import Ledger, Spent
from coach.store.store import Store

__all__ = ["Ledger", "Spent", "Store", "StoredReadings", "StoredReviews"]
