"""The gaps that judgement can find in a deal, each under its buyer question; the rubric has words for every one."""

from __future__ import annotations

from enum import StrEnum

from coach.domain import Question


class EvidenceGap(StrEnum):
    """What is still unknown, unproven or against the deal."""

    PROBLEM_MISSING = "problem_missing"
    """Nobody has stated a problem."""
    PROBLEM_OURS = "problem_ours"
    """Only our side's reading of a problem."""
    PROBLEM_NO_IMPACT = "problem_no_impact"
    """A problem without what it costs or causes."""
    CRITERIA_MISSING = "criteria_missing"
    """Nobody has stated a criterion."""
    CRITERIA_UNOWNED = "criteria_unowned"
    """Criteria that belong to nobody in particular."""
    CRITERIA_UNHEARD = "criteria_unheard"
    """Somebody whose yes is needed has stated none of their own."""
    CRITERIA_OBJECTION = "criteria_objection"
    """A stated objection is open."""
    ACTION_MISSING = "action_missing"
    """Nothing but our own acts, or trifles."""
    ACTION_SILENT = "action_silent"
    """Silence where something was asked or due."""
    ACTION_UNVERIFIABLE = "action_unverifiable"
    """Acts that nobody could check."""
    ACTION_PROMISED = "action_promised"
    """A commitment that is not yet kept."""
    ACTION_ADVERSE = "action_adverse"
    """Acts that point away from the purchase."""
    SINGLE_THREAD = "single_thread"
    """One person there is all there is."""
    PROCESS_MISSING = "process_missing"
    """Neither their steps nor their date."""
    PROCESS_NO_DATE = "process_no_date"
    """Steps without a date."""
    PROCESS_NO_STEPS = "process_no_steps"
    """A date without steps."""
    DATE_CONFLICT = "date_conflict"
    """Their own date, or a step of theirs, lies after the rep's date."""
    DATE_LAPSED = "date_lapsed"
    """They let their own date pass."""
    HOLD_OPEN = "hold_open"
    """A veto, a hold or a new hurdle stands."""
    RIVAL_CHOSEN = "rival_chosen"
    """They acted for somebody else."""
    MONEY_GONE = "money_gone"
    """The money is gone."""
    SPONSOR_GONE = "sponsor_gone"
    """The person who wanted it is gone."""
    NO_PAPER = "no_paper"
    """No act of theirs lies on the path to signature."""
    NO_CUSTOMER_DATE = "no_customer_date"
    """The date is ours alone."""
    STILL_REFUTABLE = "still_refutable"
    """Established: what could still stop it."""

    UNSURE = "unsure"
    """The view rests on a point that its reader was not sure of."""

    @property
    def question(self) -> Question:
        """The buyer question under which the gap is asked about."""
        return _QUESTION[self]


_QUESTION = {
    EvidenceGap.PROBLEM_MISSING: Question.PROBLEM,
    EvidenceGap.PROBLEM_OURS: Question.PROBLEM,
    EvidenceGap.PROBLEM_NO_IMPACT: Question.PROBLEM,
    EvidenceGap.CRITERIA_MISSING: Question.CRITERIA,
    EvidenceGap.CRITERIA_UNOWNED: Question.CRITERIA,
    EvidenceGap.CRITERIA_UNHEARD: Question.CRITERIA,
    EvidenceGap.CRITERIA_OBJECTION: Question.CRITERIA,
    EvidenceGap.ACTION_MISSING: Question.ACTION,
    EvidenceGap.ACTION_SILENT: Question.ACTION,
    EvidenceGap.ACTION_UNVERIFIABLE: Question.ACTION,
    EvidenceGap.ACTION_PROMISED: Question.ACTION,
    EvidenceGap.ACTION_ADVERSE: Question.ACTION,
    EvidenceGap.SINGLE_THREAD: Question.ACTION,
    EvidenceGap.PROCESS_MISSING: Question.PROCESS,
    EvidenceGap.PROCESS_NO_DATE: Question.PROCESS,
    EvidenceGap.PROCESS_NO_STEPS: Question.PROCESS,
    EvidenceGap.DATE_CONFLICT: Question.PROCESS,
    EvidenceGap.DATE_LAPSED: Question.PROCESS,
    EvidenceGap.HOLD_OPEN: Question.PROCESS,
    EvidenceGap.RIVAL_CHOSEN: Question.CRITERIA,
    EvidenceGap.MONEY_GONE: Question.PROCESS,
    EvidenceGap.SPONSOR_GONE: Question.ACTION,
    EvidenceGap.NO_PAPER: Question.PROCESS,
    EvidenceGap.NO_CUSTOMER_DATE: Question.PROCESS,
    EvidenceGap.STILL_REFUTABLE: Question.PROCESS,
    EvidenceGap.UNSURE: Question.ACTION,
}
