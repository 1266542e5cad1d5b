"""Skill, will and neither: codebook, section 4."""

from enum import StrEnum


class Competency(StrEnum):
    """What a rep can be able, or disposed, to do."""

    PROSPECTING = "prospecting"
    DISCOVERY = "discovery"
    QUALIFICATION = "qualification"
    STAKEHOLDER_ACCESS = "stakeholder_access"
    VALUE_CASE = "value_case"
    NEGOTIATION = "negotiation"
    DECISION_PROCESS = "decision_process"
    PIPELINE_DISCIPLINE = "pipeline_discipline"


class Gap(StrEnum):
    """What stands between the rep and the standard."""

    SKILL = "skill"
    WILL = "will"
    BOTH = "both"
    ENVIRONMENT = "environment"
    NONE = "none"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"


class WillSubType(StrEnum):
    """Why somebody who could, does not."""

    MOTIVE = "motive"
    CONFIDENCE = "confidence"


class SelfView(StrEnum):
    """The rep's own rating against what the rep does today."""

    ACCURATE = "accurate"
    OVERRATES = "overrates"
    UNDERRATES = "underrates"
    UNCLEAR = "unclear"
