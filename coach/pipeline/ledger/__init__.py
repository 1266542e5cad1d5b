"""The claim ledger: what came of every "closes by D, with p", and how much of the notes is the customer's."""

from coach.pipeline.ledger.ledger import read_ledger
from coach.pipeline.ledger.wording import sentences

__all__ = ["read_ledger", "sentences"]
