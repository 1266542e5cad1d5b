"""What a model makes of each competency, as it may write it without a schema."""

from __future__ import annotations

import pytest

from coach.domain import Competency, Gap, Impression, SelfView, WillSubType
from coach.engines.llm.packets.wire import impressions_of
from tests.engines.llm.packets.made import finding

WILL = Impression(
    competency=Competency.PROSPECTING, gap=Gap.WILL, self_view=SelfView.OVERRATES, rival=Gap.SKILL, confidence=0.9
)
FOUR = ["discovery", "negotiation", "value_case", "prospecting"]


def read(*findings: object) -> tuple[Impression, ...]:
    return impressions_of({"findings": list(findings)})


def test_a_finding_is_read_whole() -> None:
    assert (WILL,) == read(finding())


@pytest.mark.parametrize(
    "one",
    [
        finding("Prospecting", "WILL", self_view=" Overrates", confidence="High", rival="Skill "),
        finding(why="an extra field"),
    ],
)
def test_case_blanks_and_more_fields_are_forgiven(one: dict[str, object]) -> None:
    assert (WILL,) == read(one)


def test_blanks_and_hyphens_in_names_are_forgiven() -> None:
    (one,) = read(finding("decision-process", "Insufficient evidence", self_view="unclear", rival="none"))
    assert (Competency.DECISION_PROCESS, Gap.INSUFFICIENT_EVIDENCE, Gap.NONE) == (one.competency, one.gap, one.rival)


@pytest.mark.parametrize(
    "findings", [None, {}, [], "will", 7, {"competency": "discovery", "gap": "will"}, [[]], [None]]
)
def test_findings_that_are_no_list_of_objects_are_none(findings: object) -> None:
    assert () == impressions_of({"findings": findings})


def test_findings_that_are_missing_are_none() -> None:
    assert () == impressions_of({})


@pytest.mark.parametrize(
    "wrong",
    [
        {"competency": "charm"},
        {"competency": None},
        {"competency": ["discovery"]},
        {"gap": "lazy"},
        {"gap": None},
        {"gap": 1},
    ],
    ids=str,
)
def test_a_finding_of_a_wrong_competency_or_gap_is_passed_over_and_the_others_stand(wrong: dict[str, object]) -> None:
    assert (WILL,) == read(finding("discovery", "skill") | wrong, finding(), "text", 7)


@pytest.mark.parametrize(
    ("field", "wrong", "left_open"),
    [
        ("sub_type", "greed", None),
        ("sub_type", 1, None),
        ("self_view", "humble", SelfView.UNCLEAR),
        ("self_view", None, SelfView.UNCLEAR),
        ("confidence", "certain", None),
        ("confidence", 0.9, None),
        ("rival", "lazy", None),
        ("rival", [], None),
    ],
)
def test_what_else_of_a_finding_cannot_be_read_is_left_open(field: str, wrong: object, left_open: object) -> None:
    (whole,) = read(finding())
    assert (whole.model_copy(update={field: left_open}),) == read(finding() | {field: wrong})


@pytest.mark.parametrize("field", ["competency", "gap"])
def test_a_finding_without_its_competency_or_gap_is_passed_over(field: str) -> None:
    assert (WILL,) == read({name: value for name, value in finding("discovery").items() if name != field}, finding())


def test_what_is_not_needed_may_be_missing() -> None:
    assert (Impression(competency=Competency.DISCOVERY, gap=Gap.BOTH),) == read(
        {"competency": "discovery", "gap": "both"}
    )


def test_a_confidence_that_is_null_is_none_stated() -> None:
    assert (WILL.model_copy(update={"confidence": None}),) == read(finding(confidence=None))


@pytest.mark.parametrize(("said", "counts"), [("high", 0.9), ("medium", 0.7), ("low", 0.5)])
def test_how_sure_a_model_is_counts_by_its_word(said: str, counts: float) -> None:
    assert [counts] == [one.confidence for one in read(finding(confidence=said))]


@pytest.mark.parametrize(
    ("gap", "kept"), [(gap, WillSubType.MOTIVE if gap is Gap.WILL else None) for gap in Gap], ids=str
)
def test_a_sub_type_is_of_will_alone(gap: Gap, kept: WillSubType | None) -> None:
    assert [(gap, kept)] == [(one.gap, one.sub_type) for one in read(finding(gap=gap, sub_type="motive"))]


def test_a_rival_that_is_the_gap_itself_is_none() -> None:
    assert [None] == [one.rival for one in read(finding(rival="will"))]


def test_of_two_findings_of_one_competency_the_first_stands_at_its_place() -> None:
    found = read(finding("discovery", "skill"), finding("negotiation"), finding("discovery", "will"))
    assert [("discovery", "skill"), ("negotiation", "will")] == [(one.competency, one.gap) for one in found]


def test_of_more_than_three_the_first_three_stand() -> None:
    assert FOUR[:3] == [one.competency for one in read(*map(finding, FOUR))]


def test_those_that_are_passed_over_take_no_place_of_the_three() -> None:
    found = read(finding("charm"), *(finding(one) for name in FOUR for one in (name, name)))
    assert FOUR[:3] == [one.competency for one in found]
