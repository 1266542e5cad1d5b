"""What the verdict rests on most, cut out so that the text still reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.domain import Label
from coach.evaluation.case import DealCase, RepCase
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.prediction import DealOutput, PredictedStatement, RepOutput
from coach.evaluation.probes.report import is_stronger
from coach.evaluation.probes.strongest import STRONGEST, without_strongest
from coach.wiring import Coach

ACT = {"kind": "buyer_action", "verifiable": True, "direction": "advances", "informs": "action"}
STALL = {**ACT, "direction": "stalls"}
SAID = {"kind": "buyer_statement", "verifiable": True, "direction": "neutral", "informs": "problem"}
OURS = {"kind": "seller_action", "verifiable": None, "direction": None, "informs": None}


def stated(note: str, quote: str, fields: dict) -> PredictedStatement:
    start = note.index(quote)
    return PredictedStatement(quote=quote, start=start, end=start + len(quote), **fields)


def left(read: Callable[..., DealOutput], note: str, **quotes: dict) -> str | None:
    """What is left of a note of which these quotes are statements."""
    output = read(statements=tuple(stated(note, quote, fields) for quote, fields in quotes.items()))
    rewrite = without_strongest(note, output)
    return rewrite and rewrite.text


@pytest.mark.parametrize(
    ("note", "quote", "expected"),
    [
        ("I rang. Dana signed. We wait.", "Dana signed", "I rang. We wait."),
        ("Dana signed.", "Dana signed", None),
        ("I rang. Dana signed.", "Dana signed", "I rang."),
        ("Notes\n- Dana signed\n- I rang", "Dana signed", "Notes\n- I rang"),
        ("I rang twice, Dana signed, they wait.", "Dana signed", "I rang twice, they wait."),
        ("I rang twice, and Dana signed.", "and Dana signed", "I rang twice."),
        ("Dana signed, and the CFO paid.", "Dana signed", "The CFO paid."),
        ("In May, Dana signed, the CFO paid.", "Dana signed", "In May, the CFO paid."),
        # What is left could not stand by itself: the whole sentence goes.
        ("Hi. After the demo, Dana signed. Bye.", "Dana signed", "Hi. Bye."),
        ("Hi. Marisol, our host, delivered it and cancelled. Bye.", "delivered it", "Hi. Bye."),
        ('Hi. Dana said "I signed, we pay". Bye.', "I signed", "Hi. Bye."),
        # Who speaks, and when, holds for the rest of the line.
        ("20 Nov - Dana signed. I rang.", "Dana signed", "20 Nov - I rang."),
        ("Dean 09:22: she signed. I rang.", "she signed", "Dean 09:22: I rang."),
        ("• C. Bielawski: cards wait\n• rest", "cards wait", "• rest"),
    ],
)
def test_the_clause_goes_where_its_sentence_stands_without_it_and_else_the_sentence(
    read: Callable[..., DealOutput], note: str, quote: str, expected: str | None
) -> None:
    assert expected == left(read, note, **{quote: ACT})


def test_a_clause_without_a_subject_goes_after_the_statement_whose_subject_it_shares(
    read: Callable[..., DealOutput],
) -> None:
    note = "Dana read the list, signed the order and paid."
    statements = (
        stated(note, "Dana read the list", SAID),
        stated(note, "signed the order", ACT),
        stated(note, "paid", SAID),
    )
    assert "Dana read the list, paid." == without_strongest(note, read(statements=statements)).text


def test_the_highest_grade_goes_and_of_equals_the_first(read: Callable[..., DealOutput]) -> None:
    note = "We sent it. Bills hurt. Dana signed. Bo paid."
    assert "We sent it. Bills hurt. Bo paid." == left(
        read, note, **{"We sent it": OURS, "Bills hurt": SAID, "Dana signed": ACT, "Bo paid": ACT}
    )


def test_a_statement_that_stalls_is_no_support_and_never_goes(read: Callable[..., DealOutput]) -> None:
    assert "Bo went dark." == left(read, "Bo went dark. I rang.", **{"Bo went dark": STALL, "I rang": OURS})
    assert left(read, "Bo went dark.", **{"Bo went dark": STALL}) is None
    # The sentence of the first cannot go without the stall in it, so that of the second goes.
    note = "After lunch Dana signed while Bo went dark. Al paid."
    assert "After lunch Dana signed while Bo went dark." == left(
        read, note, **{"Dana signed": ACT, "Bo went dark": STALL, "Al paid": ACT}
    )


def test_a_quote_that_is_not_in_the_note_is_passed_over(read: Callable[..., DealOutput]) -> None:
    note = "Dana signed. I rang."
    lost = replace(stated(note, "Dana signed", ACT), quote="Dana paid")
    assert "Dana signed." == without_strongest(note, read(statements=(lost, stated(note, "I rang", OURS)))).text


async def test_an_engine_told_what_to_say_loses_the_verdict_that_rested_on_the_quote(
    told: Callable[..., Coach], deal_case: DealCase
) -> None:
    note = deal_case.input.note
    without = "I sent a deck. They love us."
    shift = len(note) - len(without)
    labels = [gold.label() for gold in deal_case.expected.statements]
    rest = [
        Label(**{**label.model_dump(), "start": label.start - shift, "end": label.end - shift}) for label in labels[1:]
    ]
    subject = CoachSubject(told({note: labels, without: rest}))
    before = (await subject.answer(deal_case)).output
    variant = STRONGEST.make(deal_case, before)
    after = (await subject.answer(variant.case)).output
    assert without == variant.case.input.note
    assert ("answered", "missing") == (before.coverage["action"], after.coverage["action"])
    assert not is_stronger(before, after)
    assert is_stronger(after, before)


@pytest.mark.parametrize("field", ["self_assessment", "manager_observation", "ride_along", "deal_notes"])
def test_the_sentence_of_a_reps_first_key_quote_goes_from_the_text_that_holds_it(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput], field: str
) -> None:
    def written(text: str) -> dict:
        shaped = {"self_assessment": {"text": text}, "deal_notes": [text, "Other."]}
        return {"ride_along": "Lunch.", field: shaped.get(field, text)}

    case = rep(**written("He asked nothing, all day. Then he left."))
    output = diagnosed(key_quotes=["asked nothing", "he left"])
    assert rep(**written("Then he left.")).input == STRONGEST.make(case, output).case.input


def test_a_text_that_was_all_quote_is_left_out(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    output = diagnosed(key_quotes=["asked nothing"])
    case = rep(manager_observation="He asked nothing.", deal_notes=["Lost."])
    assert STRONGEST.make(case, output).case.input.manager_observation is None
    case = rep(ride_along="Lunch.", deal_notes=["He asked nothing.", "Lost."])
    assert ("Lost.",) == STRONGEST.make(case, output).case.input.deal_notes
    assert STRONGEST.make(rep(ride_along="He asked nothing."), output) is None


def test_a_rep_without_a_key_quote_or_with_one_that_is_nowhere_offers_nothing(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    case = rep(ride_along="He left.")
    assert STRONGEST.make(case, diagnosed()) is None
    assert STRONGEST.make(case, diagnosed(key_quotes=["She left"])) is None


@pytest.mark.parametrize(
    ("before", "after", "stronger"),
    [
        ({"claim": "unproven"}, {"claim": "established"}, True),
        ({"claim": "refuted"}, {"claim": "unproven"}, True),
        ({"claim": "established"}, {"claim": "refuted"}, False),
        ({"claim": "refuted"}, {"claim": "no_claim"}, False),
        ({"problem": "missing"}, {"problem": "partial"}, True),
        ({"problem": "answered", "action": "missing"}, {"problem": "missing", "action": "partial"}, True),
        ({"action": "answered"}, {"action": "partial"}, False),
    ],
)
def test_a_deal_verdict_is_stronger_where_its_rank_rises(
    read: Callable[..., DealOutput], before: dict, after: dict, stronger: bool
) -> None:
    assert stronger == is_stronger(read(**before), read(**after))


@pytest.mark.parametrize(
    ("before", "after", "stronger"),
    [
        ({"gap": "insufficient_evidence"}, {"gap": "will"}, True),
        ({"gap": "will", "abstained": True}, {"gap": "will"}, True),
        ({"gap": "will"}, {"gap": "insufficient_evidence"}, False),
        ({"gap": "will"}, {"gap": "skill"}, False),
    ],
)
def test_a_diagnosis_is_stronger_where_there_was_less_evidence(
    diagnosed: Callable[..., RepOutput], before: dict, after: dict, stronger: bool
) -> None:
    assert stronger == is_stronger(diagnosed(**before), diagnosed(**after))


def test_outputs_of_two_tasks_have_no_rank(
    read: Callable[..., DealOutput], diagnosed: Callable[..., RepOutput]
) -> None:
    assert isinstance(read(), DealOutput)
    assert not is_stronger(read(), diagnosed())
