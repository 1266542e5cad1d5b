"""Twenty answers of a large language model, over the wire: from a cassette, with no server.

The answers are those of `evals/relayed`, relayed by hand; model and parameters not recorded. They were recorded as the
test double `coach.testing.provider` gave them: no real provider was contacted.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.evaluation.case import DealCase, load_cases
from coach.testing.provider import Provider
from tests.wire.answers import answering
from tests.wire.conftest import Wired
from tests.wire.recorded import address, cassette
from tests.wire.wired import OPENAI

RELAYED = Path(__file__).parents[2] / "evals" / "relayed"
FEWEST = 20


@pytest.fixture
def cases() -> list[DealCase]:
    """The deals with the shortest notes."""
    deals = [case for case in load_cases([RELAYED / "cases.jsonl"]) if isinstance(case, DealCase)]
    return sorted(deals, key=lambda case: len(case.input.note))[:FEWEST]


async def test_a_cassette_of_relayed_answers_comes_over_the_wire_from_a_cassette(
    cases: list[DealCase], wired: Wired, tmp_path: Path
) -> None:
    ids = {f"{case.id}#0" for case in cases}
    lines = (RELAYED / "responses.jsonl").read_text("utf-8").splitlines()
    some = tmp_path / "responses.jsonl"
    some.write_text("".join(f"{line}\n" for line in lines if json.loads(line)["custom_id"] in ids), "utf-8")
    async with Provider(answering(some, cases)) as provider:
        coach = wired(OPENAI, api_base=address(provider, OPENAI), fallback=False)
        with cassette("relayed") as held:
            reviews = [await coach.review_deal(case.input) for case in cases]
    assert FEWEST == len(held)
    ungrounded = [
        one.quote
        for case, review in zip(cases, reviews, strict=True)
        for one in review.statements
        if case.input.note[one.start : one.end] != one.quote
    ]
    assert [] == ungrounded
    assert [] == [review.id for review in reviews if not review.statements or review.provenance.dropped]
    right = sum(review.claim.verdict is case.expected.claim for case, review in zip(cases, reviews, strict=True))
    assert right >= 0.8 * FEWEST
