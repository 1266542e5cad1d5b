"""A run of every task, and a browser where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest

from coach.domain import Conversation
from coach.evaluation.case import AttackCase, DealCase, LabelledCase, RepCase, TalkCase
from coach.evaluation.prediction import Predictions
from coach.evaluation.report import Report, build_report
from tests.browser import chromium
from tests.evaluation.render.made import PROVENANCE, failed, predicted

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def talk_case() -> TalkCase:
    """A question of the manager's and a takeover."""
    return TalkCase(
        id="t-1",
        task="talk",
        split="dev",
        input=Conversation(setting="1-on-1", manager="Ida", rep="Leo", transcript="Ida: Who signs? I will call them."),
        expected={
            "moves": [
                {"quote": "Who signs?", "start": 5, "end": 15, "move": "buyer_question"},
                {"quote": "I will call them.", "start": 16, "end": 33, "move": "takeover"},
            ]
        },
    )


@pytest.fixture
def failing_case(deal_case: DealCase) -> DealCase:
    """A deal that no engine answers."""
    return deal_case.model_copy(update={"id": "d-2"})


@pytest.fixture
def cases(
    deal_case: DealCase, failing_case: DealCase, attack_case: AttackCase, rep_case: RepCase, talk_case: TalkCase
) -> Sequence[LabelledCase]:
    """One of every task, and one that fails."""
    return (deal_case, failing_case, attack_case, rep_case, talk_case)


@pytest.fixture
def predictions(cases: Sequence[LabelledCase]) -> Predictions:
    """All as gold, but for a claim, an attack that worked by it, and a failure."""
    made = {case.id: [predicted(case)] for case in cases}
    made["d-1"] = [predicted(cases[0], claim="refuted")]
    made["d-2"] = [failed(cases[1])]
    return made


@pytest.fixture
def report(cases: Sequence[LabelledCase], predictions: Predictions) -> Report:
    return build_report(cases, predictions, PROVENANCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
