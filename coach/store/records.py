"""What is to last: people, deals, reviews, agreements; and who may come in. Loads SQLAlchemy."""

from __future__ import annotations

from coach.store.agreements import Claims, Commitments, OneOnOnes
from coach.store.answers import Answers
from coach.store.cards import Cards
from coach.store.database import Database
from coach.store.deals import Deals
from coach.store.feedback import Feedback
from coach.store.keys import Keys
from coach.store.members import Members
from coach.store.opportunities import Opportunities
from coach.store.people import People
from coach.store.reviews import StoredReviews
from coach.store.workspace_settings import WorkspaceSettings


class Records:
    """One database, by subject."""

    def __init__(self, database: Database) -> None:
        """Hold the database; it is opened at first use."""
        self.database = database
        self.people = People(database)
        self.opportunities = Opportunities(database)
        self.deals = Deals(database)
        self.reviews = StoredReviews(database)
        self.cards = Cards(database)
        self.feedback = Feedback(database)
        self.one_on_ones = OneOnOnes(database)
        self.commitments = Commitments(database)
        self.claims = Claims(database)
        self.keys = Keys(database)
        self.answers = Answers(database)
        self.members = Members(database)
        self.workspace_settings = WorkspaceSettings(database)

    async def close(self) -> None:
        """Close every connection; a later use opens them again."""
        await self.database.close()
