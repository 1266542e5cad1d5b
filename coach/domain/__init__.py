"""The codebook as frozen types. No I/O, no rules beyond what a type can hold."""

from coach.domain.deal import Deal, DealNote
from coach.domain.evidence import Centre, Direction, Kind, Label, Question, Statement, grade
from coach.domain.judgement import (
    Answer,
    Ask,
    Balance,
    Claim,
    Coverage,
    Focus,
    Judgement,
    Refuter,
    Status,
    Verdict,
)
from coach.domain.move import Move, MoveLabel
from coach.domain.packet import Conversation, RepPacket, SelfAssessment
from coach.domain.person import Competency, Gap, SelfView, WillSubType
from coach.domain.review import DealReview, Notice, PromptRef, Provenance, RubricRef, Usage
from coach.domain.signal import Impression, SignalLabel

__all__ = [
    "Answer",
    "Ask",
    "Balance",
    "Centre",
    "Claim",
    "Competency",
    "Conversation",
    "Coverage",
    "Deal",
    "DealNote",
    "DealReview",
    "Direction",
    "Focus",
    "Gap",
    "Impression",
    "Judgement",
    "Kind",
    "Label",
    "Move",
    "MoveLabel",
    "Notice",
    "PromptRef",
    "Provenance",
    "Question",
    "Refuter",
    "RepPacket",
    "RubricRef",
    "SelfAssessment",
    "SelfView",
    "SignalLabel",
    "Statement",
    "Status",
    "Usage",
    "Verdict",
    "WillSubType",
    "grade",
]
