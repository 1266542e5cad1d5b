"""The codebook as frozen types. No I/O, no rules beyond what a type can hold."""

from coach.domain.deal import Deal, DealNote
from coach.domain.diagnosis import (
    Assumption,
    Capped,
    Contrast,
    Declined,
    Finding,
    Prescription,
    Record,
    RepDiagnosis,
    SelfAssessed,
    Signal,
)
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
from coach.domain.mirror import GroundedMove, ManagerReview, MoveBalance, Point, Practice, Rewritten
from coach.domain.move import Move, MoveLabel
from coach.domain.packet import Conversation, RepPacket, SelfAssessment
from coach.domain.person import Competency, Gap, SelfView, WillSubType
from coach.domain.review import DealReview, Notice, PromptRef, Provenance, RubricRef, Usage
from coach.domain.signal import Impression, SignalLabel

__all__ = [
    "Answer",
    "Ask",
    "Assumption",
    "Balance",
    "Capped",
    "Centre",
    "Claim",
    "Competency",
    "Contrast",
    "Conversation",
    "Coverage",
    "Deal",
    "DealNote",
    "DealReview",
    "Declined",
    "Direction",
    "Finding",
    "Focus",
    "Gap",
    "GroundedMove",
    "Impression",
    "Judgement",
    "Kind",
    "Label",
    "ManagerReview",
    "Move",
    "MoveBalance",
    "MoveLabel",
    "Notice",
    "Point",
    "Practice",
    "Prescription",
    "PromptRef",
    "Provenance",
    "Question",
    "Record",
    "Refuter",
    "RepDiagnosis",
    "RepPacket",
    "Rewritten",
    "RubricRef",
    "SelfAssessed",
    "SelfAssessment",
    "SelfView",
    "Signal",
    "SignalLabel",
    "Statement",
    "Status",
    "Usage",
    "Verdict",
    "WillSubType",
    "grade",
]
