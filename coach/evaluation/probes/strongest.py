"""The strongest-quote probe: what the verdict rests on most is gone, so the verdict may get weaker, and never stronger.

A statement that stalls the purchase is no support: where dropping something would drop one too, it is not dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.domain import Direction, Label, RepPacket, grade
from coach.evaluation.case import DealCase, RepCase
from coach.evaluation.prediction import DealOutput, Output, PredictedStatement, RepOutput
from coach.evaluation.probes.probe import Probe, Probed, Variant, note_variant, packet_variant
from coach.evaluation.probes.rewrite import Edit, Rewrite, edit
from coach.evaluation.probes.words import words
from coach.text.segment import sentences
from coach.text.span import Span

_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_JOINT = re.compile(r"(?:[,;–—]\s*(?:(?:and|but)\s+)?|\s-\s|\s+(?:and|but)\s+)", re.IGNORECASE)
_JOINT_BEFORE = re.compile(rf"{_JOINT.pattern}\Z", re.IGNORECASE)
_END = re.compile(r"[.!?…]*[\"'”’)\]]*\Z")
_LEAD = re.compile(r"(?:and|but)\s+", re.IGNORECASE)
_BARE_LINE = re.compile(r"\W*(?:\d{1,2}[.)]|[A-Z]\.)?\W*")
_LABEL = re.compile(r"(?:[^\s:]+(?:[ \t][^\s:]+)?|(?=[^\n.!?]{0,27}\d)[^\n.!?]{1,28}?)(?::|[ \t]+[-–—|])(?:[ \t]+|\Z)")
# A sentence is cut after it, as if it numbered a list: "C. Bielawski".
_INITIAL = re.compile(r"(?<!\w)[A-Z]\.\s+\Z")


def _make(case: Probed, output: Output) -> Variant | None:
    if isinstance(case, DealCase) and isinstance(output, DealOutput):
        note = without_strongest(case.input.note, output)
        return note_variant(case, "strongest", note) if note else None
    if isinstance(case, RepCase) and isinstance(output, RepOutput) and output.key_quotes:
        packet = without_quote(case.input, output.key_quotes[0])
        return packet_variant(case, "strongest", packet) if packet else None
    return None


def without_strongest(note: str, output: DealOutput) -> Rewrite | None:
    """The note without the clause or sentence of the statement of highest grade; of several, of the first that can go.

    Returns:
        None where there is no such statement, or nothing would be left.
    """
    grounded = [one for one in output.statements if one.quote and note[one.start : one.end] == one.quote]
    support = [one for one in grounded if one.direction is not Direction.STALLS]
    stalls = [one for one in grounded if one.direction is Direction.STALLS]
    best = max((_grade(one) for one in support), default=None)
    for one in sorted(support, key=lambda each: each.start):
        cut = _cut(note, one, grounded) if _grade(one) == best else None
        if cut and not any(cut.start < stall.end and stall.start < cut.end for stall in stalls):
            left = edit(note, [cut])
            return left if left.text.strip() else None
    return None


def without_quote(packet: RepPacket, quote: str) -> RepPacket | None:
    """The packet without the sentences that hold a quote, in the first text that has it; None where nothing is left."""

    def without(text: str) -> str:
        start = text.index(quote)
        cut = _sentences(text, start, start + len(quote))
        return edit(text, [cut]).text.strip() if cut else text

    self_text = packet.self_assessment.text
    if quote in self_text:
        about_self = packet.self_assessment.model_copy(update={"text": without(self_text)})
        left = packet.model_copy(update={"self_assessment": about_self})
    elif packet.manager_observation and quote in packet.manager_observation:
        left = packet.model_copy(update={"manager_observation": without(packet.manager_observation) or None})
    elif packet.ride_along and quote in packet.ride_along:
        left = packet.model_copy(update={"ride_along": without(packet.ride_along) or None})
    else:
        held = next((place for place, text in enumerate(packet.deal_notes) if quote in text), None)
        if held is None:
            return None
        notes = [without(text) if place == held else text for place, text in enumerate(packet.deal_notes)]
        left = packet.model_copy(update={"deal_notes": tuple(text for text in notes if text)})
    return left if any(text.strip() for text in left.texts()) else None


def _grade(one: PredictedStatement) -> int:
    # Not validated: a subject's statement need not be whole to have a grade.
    return grade(
        Label.model_construct(
            start=one.start, end=one.end, kind=one.kind, verifiable=one.verifiable, direction=one.direction
        )
    )


def _cut(note: str, one: PredictedStatement, others: Sequence[PredictedStatement]) -> Edit | None:
    """What to cut out for a statement: its clause where the sentence stands without it, or else the sentence."""
    lead = _LEAD.match(one.quote)
    start = one.start + (lead.end() if lead else 0)
    sentence = next((each for each in sentences(note) if each.start <= start and one.end <= each.end), None)
    cut = None
    if sentence and _is_balanced(note[start : one.end]):
        cut = _clause(note, sentence, Span(start, one.end), others)
    return cut or _sentences(note, one.start, one.end)


def _clause(note: str, sentence: Span, clause: Span, others: Sequence[PredictedStatement]) -> Edit | None:
    """The clause and the comma or "and" that joined it, where what is left of the sentence is whole."""
    before, after = note[sentence.start : clause.start], note[clause.end : sentence.end]
    joint_before, joint_after = _JOINT_BEFORE.search(before), _JOINT.match(after)
    head = before[: joint_before.start()] if joint_before else before
    # Without a subject of its own, it may only follow a statement, whose subject it shares.
    follows = any(one.end == sentence.start + len(head) for one in others)
    if not (follows if joint_before and not _begins_clause(note[clause.start :]) else joint_before or not before):
        return None
    if joint_before and _END.fullmatch(after):
        return Edit(clause.start - len(joint_before[0]), clause.end, "") if _stands_alone(head) else None
    if joint_after is None or not _is_balanced(head) or not _is_balanced(after):
        return None
    rest = clause.end + joint_after.end()
    if _begins_clause(note[rest:]) or (follows and any(one.start == rest for one in others)):
        first = note[rest].upper() if not before and note[clause.start].isupper() else note[rest]
        return Edit(clause.start, rest + 1, first)
    return None


def _sentences(note: str, start: int, end: int) -> Edit | None:
    """The sentences that a stretch lies in, with the white space, bullet and line that held nothing else.

    Who speaks, or the day of an entry, stays where more of its line does: "Dean 09:22: ", "20 Nov - ".
    """
    held = [one for one in sentences(note) if one.start < end and start < one.end]
    if not held:
        return None
    first, last = held[0].start, held[-1].end
    if not _is_balanced(note[first:last]):
        return None
    line = note.rfind("\n", 0, first) + 1
    line_end = note.find("\n", last)
    line_end = len(note) if line_end < 0 else line_end
    if _BARE_LINE.fullmatch(note[line:first]) and not note[last:line_end].strip():
        return Edit(line, min(line_end + 1, len(note)), "")
    label = _LABEL.match(note, first, start)
    if label:
        first = label.end()
    elif initial := _INITIAL.search(note, line, first):
        first = initial.start()
    while last < line_end and note[last].isspace():
        last += 1
    while last == line_end and first > line and note[first - 1].isspace():
        first -= 1
    return Edit(first, last, "")


def _begins_clause(text: str) -> bool:
    word = re.match(r"[\w'’]+", text)
    if word is None:
        return False
    return word[0][0].isupper() or re.split("['’]", word[0].casefold())[0] in words().strongest.subjects


def _stands_alone(head: str) -> bool:
    return _is_balanced(head) and len(head.split()) >= 3 and not _is_dependent(head)


def _is_dependent(text: str) -> bool:
    word = re.match(r"\W*(\w+)", text)
    return word is None or word[1].casefold() in words().strongest.dependent


def _is_balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that opens also closes."""
    return text.count('"') % 2 == 0 and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


STRONGEST = Probe(
    name="strongest",
    changes="The strongest statement, or a rep's first key quote, is left out.",
    expects="Verdicts may get weaker; none gets stronger.",
    make=_make,
    may_weaken=True,
)
