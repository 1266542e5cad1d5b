"""What counts as evidence, and how often: an occasion is a sentence, and a word or two are none."""

from __future__ import annotations

import pytest

from coach.domain import Gap, Signal
from coach.judgement.diagnosis import Diagnosed, diagnose
from coach.judgement.diagnosis.evidence import evidence_of
from tests.judgement.diagnosis.conftest import AS_OF, HERE, RUBRIC, concluded, grounded, packet_of, said, signal

BLOCK, CRM = "the call block was in her diary", "she tidied the CRM instead"


def found(texts: dict[str, str], *signals: Signal) -> Diagnosed:
    """The diagnosis of a reader who says that it is will."""
    return diagnose(packet_of(texts), grounded(signals, texts), (said(Gap.WILL),), RUBRIC, AS_OF)


def occasions(texts: dict[str, str], *signals: Signal) -> int:
    return evidence_of(grounded(signals, texts), RUBRIC, texts)[HERE].occasions(Gap.WILL)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"ride_along": f"On Monday {BLOCK}, and {CRM}."}, 1),
        ({"ride_along": f"On Monday {BLOCK}. Then {CRM}."}, 2),
        ({"ride_along": f"On Monday {BLOCK}\nThen {CRM}"}, 2),
    ],
)
def test_two_quotes_of_one_sentence_are_one_occasion(texts: dict[str, str], expected: int) -> None:
    quotes = (signal("avoided", quote=BLOCK), signal("avoided", quote=CRM))
    assert expected == occasions(texts, *quotes)
    gap = found(texts, *quotes).primary.gap
    assert (Gap.WILL if expected > 1 else Gap.INSUFFICIENT_EVIDENCE) is gap


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (f"Again {CRM}.", 1),
        (f"again  {CRM}", 1),
        (f"- AGAIN {CRM}!", 1),
        (f"Friday again {CRM}.", 2),
    ],
)
def test_the_same_sentence_in_two_texts_is_one_occasion(copy: str, expected: int) -> None:
    texts = {"ride_along": f"Again {CRM}. It rained.", "deal_notes.0": copy}
    quotes = (signal("avoided", quote=CRM), signal("undone", field="deal_notes.0", quote=CRM))
    assert expected == occasions(texts, *quotes)
    primary = found(texts, *quotes).primary
    assert (Gap.WILL if expected > 1 else Gap.INSUFFICIENT_EVIDENCE) is primary.gap
    if expected == 1:
        assert primary.capped
        assert "One occasion is not enough to speak of will." == primary.capped.why


def test_two_stored_reviews_with_the_same_words_are_one_occasion() -> None:
    quotes = [signal("avoided", field=f"deal_review.{at}", quote=CRM) for at in (1, 2)]
    assert 1 == occasions({}, *quotes)


@pytest.mark.parametrize("quote", ["ok", "lazy", "62 %", "12 of 15 calls", "did not", "no. 4!", "..."])
@pytest.mark.parametrize(
    ("signal_id", "gap"),
    [("done_wrong", Gap.SKILL), ("obstacle", Gap.ENVIRONMENT), ("to_standard", Gap.NONE), ("shown_before", Gap.NONE)],
)
def test_a_word_or_two_are_no_evidence_of_anything(signal_id: str, gap: Gap, quote: str) -> None:
    primary = concluded(signal(signal_id, quote=quote), says=(said(gap),)).primary
    assert Gap.INSUFFICIENT_EVIDENCE is primary.gap
    assert primary.capped
    assert gap is primary.capped.gap
    assert Gap.INSUFFICIENT_EVIDENCE is concluded(signal(signal_id, quote=quote)).primary.gap


def test_three_words_are_evidence() -> None:
    assert Gap.SKILL is concluded(signal("done_wrong", quote="opened with price"), says=(said(Gap.SKILL),)).primary.gap


def test_a_word_or_two_are_no_second_occasion_and_exclude_nothing() -> None:
    short = signal("undone", quote="no names")
    assert Gap.INSUFFICIENT_EVIDENCE is concluded("avoided", short, says=(said(Gap.WILL),)).primary.gap
    shown = signal("shown_before", quote="did it")
    assert Gap.SKILL is concluded("done_wrong", shown, says=(said(Gap.SKILL),)).primary.gap
    assert concluded("done_wrong", shown).contrast is None
