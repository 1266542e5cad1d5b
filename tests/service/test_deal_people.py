"""Who at the customer's has been heard, and whom notes only name."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import DealNote, DealReview, Direction, Kind, Label, Question
from coach.domain.deal_history import PersonHeard, PersonUnheard
from coach.judgement.cues import matcher
from coach.service.deal_people import people_of
from coach.settings import Settings
from coach.wiring import Coach, build

FIRST, SECOND = date(2026, 9, 10), date(2026, 10, 14)
COACH: Coach = build(Settings(_env_file=None, engine="local", encoder=False))


def told(
    noted: list[tuple[DealReview, str]], rep: str | None
) -> tuple[tuple[PersonHeard, ...], tuple[PersonUnheard, ...]]:
    return people_of(noted, rep, matcher(COACH.rubric.cues))


def noted(day: date, text: str, *quotes: str, stalls: str = "") -> tuple[DealReview, str]:
    """A review of a note, in which these words are the customer's acts; all advance the purchase but one perhaps."""
    note = DealNote(written_on=day, note=text)
    labels = [
        Label(
            start=(start := text.index(quote)),
            end=start + len(quote),
            kind=Kind.BUYER_ACTION,
            verifiable=True,
            direction=Direction.STALLS if quote == stalls else Direction.ADVANCES,
            informs=Question.ACTION,
        )
        for quote in (*quotes, *filter(None, [stalls]))
    ]
    statements, judgement = COACH.judge_labels(note, labels)
    made = judgement.model_dump(include={"coverage", "claim", "balance", "focus", "questions"})
    provenance = {"engine": "local", "engine_version": "1", "duration_ms": 1}
    provenance |= {"rubric": {"id": "r", "version": 1, "sha256": "0"}}
    review = DealReview.model_validate(
        made | {"id": "dr_1", "deal": {}, "written_on": day, "statements": statements, "provenance": provenance}
    )
    return review, text


def test_who_acted_is_heard_with_the_strongest_words_and_the_last_day() -> None:
    heard, unheard = told(
        [
            noted(
                FIRST, "Dana Ruiz, their plant manager, ran the test.", "Dana Ruiz, their plant manager, ran the test"
            ),
            noted(SECOND, "Dana Ruiz sent us the log.", "Dana Ruiz sent us the log"),
        ],
        "Ilse Brandt",
    )
    assert [("Dana Ruiz", "plant manager", 2, FIRST, SECOND, "Dana Ruiz sent us the log")] == [
        (one.who, one.role, one.statements, one.first_on, one.last_on, one.quote) for one in heard
    ]
    assert () == unheard


def test_who_is_only_named_was_never_heard_until_a_note_has_a_word_of_theirs() -> None:
    first = noted(FIRST, "I called their finance manager, Olle Nyberg. Dana Ruiz signed.", "Dana Ruiz signed")
    second = noted(SECOND, "Olle Nyberg approved the budget.", "Olle Nyberg approved the budget")
    heard, unheard = told([first], "Ilse Brandt")
    assert (["Dana Ruiz"], [("Olle Nyberg", FIRST, FIRST)]) == (
        [one.who for one in heard],
        [(one.who, one.first_on, one.last_on) for one in unheard],
    )
    heard, unheard = told([first, second], "Ilse Brandt")
    assert (["Olle Nyberg", "Dana Ruiz"], ()) == ([one.who for one in heard], unheard)


def test_a_first_name_alone_is_the_one_person_who_has_it() -> None:
    text = "Dana Ruiz asked us for a test. Dana signed the order form."
    heard, _ = told([noted(FIRST, text, "Dana Ruiz asked us for a test", "Dana signed the order form")], None)
    assert [("Dana Ruiz", 2)] == [(one.who, one.statements) for one in heard]


def test_neither_the_rep_nor_a_colleague_is_a_person_of_the_customers() -> None:
    heard, unheard = told(
        [noted(FIRST, "Ilse Brandt wrote to their CFO, Pete Lind. Our engineer Tom Field helped.")], "Ilse Brandt"
    )
    assert ((), ["Pete Lind"]) == (heard, [one.who for one in unheard])


def test_nothing_is_said_of_no_notes() -> None:
    assert ((), ()) == told([], "Ilse Brandt")


@pytest.mark.parametrize(
    ("text", "silence", "expected"),
    [
        ("Their finance manager hasn't replied since 6 May.", "Their finance manager hasn't replied since 6 May",
         ("Their finance manager", None)),
        ("Olle Nyberg, their finance manager, did not show up on Monday.",
         "Olle Nyberg, their finance manager, did not show up on Monday", ("Olle Nyberg", "finance manager")),
        ("We wait for the log. Their plant manager has not sent it.", "Their plant manager has not sent it",
         ("Their plant manager", None)),
    ],
)  # fmt: skip
def test_silence_a_no_show_and_an_undone_task_are_no_act_and_are_quoted(
    text: str, silence: str, expected: tuple[str, str | None]
) -> None:
    heard, unheard = told([noted(FIRST, text, stalls=silence)], "Ilse Brandt")
    assert ((), [(*expected, FIRST, FIRST, silence)]) == (
        heard,
        [(one.who, one.role, one.first_on, one.last_on, one.quote) for one in unheard],
    )


def test_of_somebody_silent_in_two_notes_the_last_words_are_quoted() -> None:
    first = noted(FIRST, "Their counsel never answered.", stalls="Their counsel never answered")
    second = noted(SECOND, "Their counsel did not reply.", stalls="Their counsel did not reply")
    _, unheard = told([first, second], None)
    assert [(FIRST, SECOND, "Their counsel did not reply")] == [
        (one.first_on, one.last_on, one.quote) for one in unheard
    ]


def test_a_refusal_is_an_act_though_it_stalls() -> None:
    heard, unheard = told([noted(FIRST, "Dana Ruiz cancelled the test.", stalls="Dana Ruiz cancelled the test")], None)
    assert ([("Dana Ruiz", "Dana Ruiz cancelled the test")], ()) == ([(one.who, one.quote) for one in heard], unheard)


def test_whoever_was_heard_stays_heard_and_later_silence_is_no_word_of_theirs() -> None:
    first = noted(FIRST, "Dana Ruiz ran the test.", "Dana Ruiz ran the test")
    second = noted(SECOND, "Dana Ruiz has not replied.", stalls="Dana Ruiz has not replied")
    heard, unheard = told([first, second], None)
    assert ([("Dana Ruiz", 1, FIRST, "Dana Ruiz ran the test")], ()) == (
        [(one.who, one.statements, one.last_on, one.quote) for one in heard],
        unheard,
    )


def test_who_is_only_named_has_no_quote() -> None:
    _, unheard = told([noted(FIRST, "I called their finance manager, Olle Nyberg.")], None)
    assert [("Olle Nyberg", None)] == [(one.who, one.quote) for one in unheard]
