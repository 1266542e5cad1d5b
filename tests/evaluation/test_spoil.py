"""An untidy note: the same labels at the same offsets, of the same words written worse."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import DealNote, Question
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase, load_cases
from coach.evaluation.spoil import Spoiling, spoil

CASES = Path(__file__).parents[2] / "evals" / "cases"
WAYS: tuple[Spoiling, ...] = get_args(Spoiling)
COVERAGE = dict.fromkeys((question.value for question in Question), "missing")
TEXTS = st.text(min_size=1) | st.lists(
    st.sampled_from(["Dana", "signed", "order", "iPhone", "$24,150", "10:30", "İzmir", "naïve", "(", ")", ".", "\r\n"])
    | st.text(min_size=1, max_size=8),
    min_size=1,
).map(" ".join)


def case_of(note: str, *spans: tuple[int, int], id_: str = "d-1") -> DealCase:
    statements = [
        {"quote": note[start:end], "start": start, "end": end, "kind": "seller_action"} for start, end in spans
    ]
    expected: Any = {"statements": statements, "coverage": COVERAGE, "claim": "unproven"}
    note_ = DealNote(written_on=date(2026, 3, 2), note=note)
    return DealCase(id=id_, task="deal", split="dev", input=note_, expected=expected)


def spoiled(note: str, how: Spoiling, seed: int = 7, id_: str = "d-1") -> str:
    case = spoil(case_of(note, id_=id_), how, seed)
    assert isinstance(case, DealCase)
    return case.input.note


@st.composite
def cases(draw: st.DrawFn) -> DealCase:
    note = draw(TEXTS)
    starts = draw(st.lists(st.integers(0, len(note) - 1), max_size=4))
    return case_of(note, *((start, draw(st.integers(start + 1, len(note)))) for start in starts))


@pytest.mark.parametrize("how", WAYS)
@given(case=cases(), seed=st.integers())
def test_no_offset_moves_and_quotes_are_the_words_of_the_new_note(how: Spoiling, case: DealCase, seed: int) -> None:
    made = spoil(case, how, seed)
    assert isinstance(made, DealCase)
    assert len(case.input.note) == len(made.input.note)
    old, new = case.expected.statements, made.expected.statements
    assert [made.input.note[one.start : one.end] for one in old] == [one.quote for one in new]
    assert [one.label() for one in old] == [one.label() for one in new]
    # What a file of it would hold can be read.
    assert made == DealCase.model_validate(made.model_dump())


@pytest.mark.parametrize("how", WAYS)
@given(case=cases())
def test_nothing_but_the_note_and_its_quotes_changes(how: Spoiling, case: DealCase) -> None:
    def rest(of: LabelledCase) -> dict[str, Any]:
        left = of.model_dump(exclude={"input": {"note"}})
        for one in left["expected"]["statements"]:
            del one["quote"]
        return left

    assert rest(case) == rest(spoil(case, how, 7))


@pytest.mark.parametrize("how", WAYS)
@given(note=TEXTS, seed=st.integers())
def test_the_same_seed_and_id_give_the_same_note(how: Spoiling, note: str, seed: int) -> None:
    assert spoiled(note, how, seed) == spoiled(note, how, seed)


def test_another_seed_or_another_id_gives_other_typos() -> None:
    note = "they signed another order after waiting " * 20
    made = [spoiled(note, "typos"), spoiled(note, "typos", seed=8), spoiled(note, "typos", id_="d-2")]
    assert 4 == len({note, *made})


def test_typos_are_the_same_in_every_process() -> None:
    expected = "they signed another order after waiting tehy signed another order after waiting"
    assert expected == spoiled("they signed another order after waiting " * 2, "typos", seed=1).strip()


@pytest.mark.parametrize("how", WAYS)
def test_cases_of_other_tasks_come_back_unchanged(how: Spoiling, attack_case: AttackCase, rep_case: RepCase) -> None:
    talk = TalkCase(
        id="t-1",
        task="talk",
        split="dev",
        input={"manager": "Mo", "rep": "Ada", "transcript": "Mo: What did Dana do after another meeting?"},
        expected={"moves": [{"quote": "What did Dana do after another meeting?", "move": "buyer_question"}]},
    )
    others: list[LabelledCase] = [attack_case, rep_case, talk]
    assert others == [spoil(case, how, seed) for seed, case in enumerate(others)]


@given(note=TEXTS, seed=st.integers())
def test_a_typo_swaps_two_inner_letters_of_a_plain_word(note: str, seed: int) -> None:
    made = spoiled(note, "typos", seed)
    assert re.sub(r"[a-z]", "x", note) == re.sub(r"[a-z]", "x", made)
    for word in re.finditer(r"\w+", note):
        was, now = word[0], made[word.start() : word.end()]
        differing = [place for place, (one, other) in enumerate(zip(was, now, strict=True)) if one != other]
        assert Counter(was) == Counter(now)
        if differing:
            assert None is not re.fullmatch(r"[a-z]{4,}", was)
            assert [differing[0], differing[0] + 1] == differing
            assert 0 < differing[0] < differing[1] < len(was) - 1


def test_about_one_plain_word_of_twelve_has_a_typo() -> None:
    words = ["signed"] * 12_000
    changed = sum(word != "signed" for word in spoiled(" ".join(words), "typos").split())
    assert 1_000 == pytest.approx(changed, abs=100)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ('Dana said: "Yes!" (at 10:30).', "dana said   yes    at 10:30  "),
        ("$24,150.50, net; rev D?\r\nOK", "$24,150.50  net  rev d   ok"),
        ("3. Itzel Marroquín\u2028– THEN", "3  itzel marroquín – then"),
        ("İzmir ÖBB ΟΔΟΣ", "İzmir öbb οδοσ"),
    ],
)
def test_dictation_has_no_capitals_no_marks_and_no_lines(note: str, expected: str) -> None:
    assert expected == spoiled(note, "dictation")


@pytest.mark.parametrize("how", WAYS)
def test_gold_notes_become_untidy(how: Spoiling) -> None:
    gold = [case for case in load_cases([CASES / "deals.jsonl"]) if isinstance(case, DealCase)]
    unchanged = [case.id for case in gold if spoil(case, how, 7) == case]
    # A note of a line may have no word for a typo.
    assert len(unchanged) < len(gold) / 10
