"""What a reader thinks of the four questions, as far as the statements bear it out. Pure.

Rule: a reader that knows the language sees a step or a reason that no list of words holds, so its view of a question
counts before the words do; but what no statement supports it cannot have, and whether the customer acted follows from
the statements alone (codebook, section 2).
"""

from __future__ import annotations

from collections.abc import Mapping

from coach.domain import Question, Status
from coach.judgement.coverage import Finding
from coach.judgement.reading import Reading, Seen


def weighed(
    findings: Mapping[Question, Finding], opinion: Mapping[Question, Status], reading: Reading
) -> dict[Question, Finding]:
    """The findings, each with the status that the reader gives it where statements support that.

    Args:
        findings: What the rules found.
        opinion: What the reader thinks; a question that it leaves out stays as found.
        reading: The statements.
    """
    return {
        question: _weighed(question, finding, opinion.get(question, finding.status), reading)
        for question, finding in findings.items()
    }


def _weighed(question: Question, finding: Finding, thought: Status, reading: Reading) -> Finding:
    if thought is finding.status:
        return finding
    if question is Question.ACTION and (finding.status, thought) != (Status.PARTIAL, Status.MISSING):
        # What follows from kinds and attributes; but whether an act is a trifle is for a reader to say.
        return finding
    because = finding.because or _supporting(question, reading)
    if thought is Status.MISSING:
        return Finding(Status.MISSING)
    if not because or (thought is Status.ANSWERED and not any(one.is_buyer for one in because)):
        return finding
    return Finding(thought, because)


def _supporting(question: Question, reading: Reading) -> tuple[Seen, ...]:
    """The customer's statements about a question; of a problem also what we read into the customer."""
    theirs = tuple(reading.informing(question))
    if theirs or question is not Question.PROBLEM:
        return theirs
    return tuple(one for one in reading.seen if one.is_opinion)
