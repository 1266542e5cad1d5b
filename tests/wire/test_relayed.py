"""Answers of a large language model to notes, packets and conversations, over the wire: from cassettes, with no server.

The answers are those of `evals/relayed`, relayed by hand; model and parameters not recorded. They were recorded as the
test double `coach.testing.provider` gave them: no real provider was contacted. The prompts had the names in them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from coach.evaluation.case import Case, DealCase, RepCase, TalkCase, load_cases
from coach.testing.provider import Provider
from tests.wire.answers import answering
from tests.wire.conftest import Wired
from tests.wire.recorded import address, cassette
from tests.wire.wired import OPENAI

EVALS = Path(__file__).parents[2] / "evals"
RELAYED = EVALS / "relayed"
DAY = date(2026, 3, 2)
NOTES, OTHERS = 20, 10
"""How many are recorded: those with the least text."""


def answered(cases: Sequence[Case], responses: str, folder: Path) -> Provider:
    """A provider that gives the relayed answers to these cases."""
    ids = {f"{case.id}#0" for case in cases}
    lines = (RELAYED / responses).read_text("utf-8").splitlines()
    some = folder / "responses.jsonl"
    some.write_text("".join(f"{line}\n" for line in lines if json.loads(line)["custom_id"] in ids), "utf-8")
    return Provider(answering(some, cases))


async def test_a_cassette_of_relayed_answers_to_notes_comes_over_the_wire(wired: Wired, tmp_path: Path) -> None:
    deals = [case for case in load_cases([RELAYED / "cases.jsonl"]) if isinstance(case, DealCase)]
    cases = sorted(deals, key=lambda case: len(case.input.note))[:NOTES]
    async with answered(cases, "responses.jsonl", tmp_path) as provider:
        coach = wired(OPENAI, api_base=address(provider, OPENAI), fallback=False, redact=False)
        with cassette("relayed") as held:
            reviews = [await coach.review_deal(case.input) for case in cases]
    assert NOTES == len(held)
    ungrounded = [
        one.quote
        for case, review in zip(cases, reviews, strict=True)
        for one in review.statements
        if case.input.note[one.start : one.end] != one.quote
    ]
    assert [] == ungrounded
    assert [] == [review.id for review in reviews if not review.statements or review.provenance.dropped]
    right = sum(review.claim.verdict is case.expected.claim for case, review in zip(cases, reviews, strict=True))
    assert right >= 0.8 * NOTES


async def test_a_cassette_of_relayed_answers_to_packets_comes_over_the_wire(wired: Wired, tmp_path: Path) -> None:
    packets = [case for case in load_cases([EVALS / "cases" / "reps.jsonl"]) if isinstance(case, RepCase)]
    cases = sorted(packets, key=lambda case: len(case.input.model_dump_json()))[:OTHERS]
    async with answered(cases, "reps_responses.jsonl", tmp_path) as provider:
        coach = wired(OPENAI, api_base=address(provider, OPENAI), fallback=False, redact=False)
        with cassette("relayed-packets") as held:
            found = [await coach.diagnose_rep(case.input, DAY) for case in cases]
    assert OTHERS == len(held)
    ungrounded = [
        one.quote
        for case, diagnosis in zip(cases, found, strict=True)
        for one in diagnosis.signals
        if dict(case.input.fields())[one.field][one.start : one.end] != one.quote
    ]
    assert [] == ungrounded
    assert [] == [one.id for one in found if not one.signals or one.provenance.dropped]
    right = sum(one.primary.gap is case.expected.gap for case, one in zip(cases, found, strict=True))
    assert right >= 0.8 * OTHERS


async def test_a_cassette_of_relayed_answers_to_conversations_comes_over_the_wire(wired: Wired, tmp_path: Path) -> None:
    talks = [case for case in load_cases([EVALS / "cases" / "talks.jsonl"]) if isinstance(case, TalkCase)]
    cases = sorted(talks, key=lambda case: len(case.input.transcript))[:OTHERS]
    async with answered(cases, "talks_responses.jsonl", tmp_path) as provider:
        coach = wired(OPENAI, api_base=address(provider, OPENAI), fallback=False, redact=False)
        with cassette("relayed-talks") as held:
            found = [await coach.review_manager(case.input, DAY) for case in cases]
    assert OTHERS == len(held)
    ungrounded = [
        one.quote
        for case, mirror in zip(cases, found, strict=True)
        for one in mirror.moves
        if case.input.transcript[one.start : one.end] != one.quote
    ]
    assert [] == ungrounded
    assert [] == [one.id for one in found if not one.moves or one.provenance.dropped]
    assert [] == [one.quote for mirror in found for one in mirror.moves if one.quote.startswith(f"{mirror.manager}:")]
