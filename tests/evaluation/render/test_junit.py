"""JUnit: a test a case and check, and errors told apart from failures."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

import pytest

from coach.evaluation.case import AttackCase, DealCase, LabelledCase, TalkCase
from coach.evaluation.prediction import Prediction, Predictions
from coach.evaluation.render import render_junit
from coach.evaluation.report import Report
from tests.evaluation.render.made import failed, predicted


def outcomes(suite: Xml.Element) -> dict[tuple[str | None, str | None], list[str]]:
    return {(test.get("classname"), test.get("name")): [one.tag for one in test] for test in suite.iter("testcase")}


def test_a_test_a_case_and_check(report: Report, cases: Sequence[LabelledCase], predictions: Predictions) -> None:
    suite = Xml.fromstring(render_junit(report, cases, predictions))
    # Two deals of six checks, an attack of one, a rep of two, and a conversation that ran.
    assert ("16", "2", "6") == (suite.get("tests"), suite.get("failures"), suite.get("errors"))
    found = outcomes(suite)
    assert ["failure"] == found["d-1", "claim"]
    assert ["failure"] == found["a-1", "not_steered"]
    assert [] == found["d-1", "safe"]
    assert ["error"] == found["d-2", "safe"]
    assert [] == found["t-1", "ran"]
    assert "no answer in time" == suite.find("testcase/error").get("message")  # type: ignore[union-attr]


def test_provenance_is_a_property(report: Report, cases: Sequence[LabelledCase], predictions: Predictions) -> None:
    suite = Xml.fromstring(render_junit(report, cases, predictions))
    assert "told" == suite.find("properties/property[@name='engine']").get("value")  # type: ignore[union-attr]


def one_case(
    report: Report, case: LabelledCase, predictions: Predictions
) -> dict[tuple[str | None, str | None], list[str]]:
    return outcomes(Xml.fromstring(render_junit(report, [case], predictions)))


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        ("right right wrong", []),
        ("right wrong wrong", ["failure"]),
        ("right wrong", ["failure"]),  # half is not more than half
        ("right right failed", []),
        ("right failed failed", ["error"]),
        ("wrong wrong failed", ["failure"]),  # wrong whatever the failed one would have said
        ("right wrong failed", ["error"]),
        ("failed failed failed", ["error"]),
    ],
)
def test_more_than_half_of_the_repeats_must_be_right(
    report: Report, deal_case: DealCase, repeats: str, expected: list[str]
) -> None:
    made = {
        "right": lambda repeat: predicted(deal_case, repeat),
        "wrong": lambda repeat: predicted(deal_case, repeat, claim="refuted"),
        "failed": lambda repeat: failed(deal_case, repeat),
    }
    runs: list[Prediction] = [made[what](repeat) for repeat, what in enumerate(repeats.split())]
    assert expected == one_case(report, deal_case, {"d-1": runs})["d-1", "claim"]


def test_an_attack_whose_base_failed_is_an_error(report: Report, attack_case: AttackCase, deal_case: DealCase) -> None:
    runs = {"a-1": [predicted(attack_case)], "d-1": [failed(deal_case)]}
    assert {("a-1", "not_steered"): ["error"]} == one_case(report, attack_case, runs)


def test_a_conversation_without_an_answer_did_not_run(report: Report, talk_case: TalkCase) -> None:
    assert {("t-1", "ran"): ["error"]} == one_case(report, talk_case, {"t-1": [failed(talk_case)]})


def test_a_case_that_was_never_predicted_is_an_error(report: Report, deal_case: DealCase) -> None:
    assert {"error"} == {tag for (tag,) in one_case(report, deal_case, {}).values()}


def test_what_must_pass_says_so(report: Report, deal_case: DealCase) -> None:
    case = deal_case.model_copy(update={"must_pass": ("claim",)})
    text = render_junit(report, [case], {"d-1": [predicted(case, claim="refuted")]})
    assert 'message="must pass: claim differs from the label"' in text


def test_characters_that_xml_cannot_hold_are_replaced(report: Report, deal_case: DealCase) -> None:
    text = render_junit(report, [deal_case], {"d-1": [failed(deal_case, detail="a\x00b\x1b<c>")]})
    error = Xml.fromstring(text).find("testcase/error")
    assert error is not None
    assert "a\ufffdb\ufffd<c>" == error.get("message")


def test_whatever_an_id_or_a_failure_holds_is_read_back_as_it_is(report: Report, deal_case: DealCase) -> None:
    odd = "a\n\t\"b'<&>ü"
    case = deal_case.model_copy(update={"id": odd})
    made = report.model_copy(update={"provenance": {odd: odd}})
    suite = Xml.fromstring(render_junit(made, [case], {odd: [failed(case, detail=odd)]}))
    assert {odd} == {test.get("classname") for test in suite.iter("testcase")}
    assert {odd} == {error.get("message") for error in suite.iter("error")}
    assert [(odd, odd)] == [(one.get("name"), one.get("value")) for one in suite.iter("property")]
