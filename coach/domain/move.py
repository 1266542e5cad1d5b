"""What a manager says in a deal review or 1-on-1: codebook, section 5."""

from enum import StrEnum


class Move(StrEnum):
    """A sentence or question of the manager's."""

    BUYER_QUESTION = "buyer_question"
    SELLER_QUESTION = "seller_question"
    COACHING_QUESTION = "coaching_question"
    TELL = "tell"
    TAKEOVER = "takeover"
    JUDGEMENT = "judgement"
    SUPPORT = "support"
    ACCOUNTABILITY = "accountability"
