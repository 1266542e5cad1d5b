"""The use case: what it refuses, that quotes are the texts' own, and what its id depends on."""

from __future__ import annotations

from datetime import date

import pytest

from coach.domain import Competency, Gap, Impression, RepDiagnosis, RepPacket, SelfAssessment
from coach.errors import InvalidInput, RateLimited, TooLarge
from coach.rubrics import load
from coach.service.rep_diagnosis import diagnose_rep, diagnosis_depends_on
from tests.service.scripted import Scripted

AS_OF = date(2026, 3, 2)
RUBRIC = load("skill_will")
PROSPECTING = Competency.PROSPECTING
CALLS = "We agreed on ten calls by Friday and there were none"
DIARY = "each time she tidied the CRM instead"
SIGNALS = [(CALLS, "undone", PROSPECTING), (DIARY, "avoided", PROSPECTING), ("lazy", "label", PROSPECTING)]
WILL = (Impression(competency=PROSPECTING, gap=Gap.WILL, rival=Gap.SKILL, confidence=0.7),)
CANARY = "quinceblossom"


def packet(observation: str = f"She is lazy. {CALLS}. And {DIARY}.", **more: object) -> RepPacket:
    return RepPacket.model_validate({"rep": "Ilse", "manager_observation": observation, **more})


async def diagnosed(given: RepPacket, engine: Scripted | None = None, as_of: date = AS_OF) -> RepDiagnosis:
    engine = engine or Scripted(signals=SIGNALS, impressions=WILL)
    return await diagnose_rep(given, engine=engine, rubric=RUBRIC, as_of=as_of)


async def test_a_packet_becomes_a_diagnosis_with_its_own_words() -> None:
    given = packet()
    found = await diagnosed(given)
    assert ("coach.rep_diagnosis/1", "Ilse", AS_OF) == (found.schema_, found.rep, found.as_of)
    assert [CALLS, DIARY, "lazy"] == [one.quote for one in found.signals]
    texts = dict(given.fields())
    assert [one.quote for one in found.signals] == [texts[one.field][one.start : one.end] for one in found.signals]
    assert (Gap.WILL, Gap.WILL) == (found.primary.gap, found.prescription.gap)
    assert [2] == [one.signal for one in found.assumptions]
    assert ("scripted", "1", "skill_will") == (
        found.provenance.engine,
        found.provenance.engine_version,
        found.provenance.rubric.id,
    )
    assert () == found.notices


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (RepPacket(rep="Ilse"), "the packet has no text"),
        (packet(" \n\t"), "the packet has no text"),
        (packet(f"{CANARY}\0"), "manager_observation: the text holds NUL characters"),
        (packet("x", ride_along=f"\0{CANARY}"), "ride_along: the text holds NUL"),
        (packet("x", deal_notes=["fine", f"{CANARY}\0"]), "deal_notes.1: the text holds NUL"),
        (packet("x", self_assessment={"text": "\0"}), "self_assessment: the text holds NUL"),
    ],
)
async def test_what_is_no_packet_is_refused_by_the_name_of_its_text(given: RepPacket, problem: str) -> None:
    engine = Scripted()
    with pytest.raises(InvalidInput) as refused:
        await diagnosed(given, engine)
    assert refused.value.detail.startswith(problem)
    assert CANARY not in refused.value.detail
    assert [] == engine.packets


async def test_texts_that_are_too_long_are_refused_one_by_one_and_together() -> None:
    with pytest.raises(TooLarge, match="ride_along: the text has 200001 characters"):
        await diagnosed(packet(ride_along="x" * 200_001))
    with pytest.raises(TooLarge, match="the packet's texts have 240000 characters"):
        await diagnosed(packet("x" * 120_000, deal_notes=["y" * 120_000]))


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2101, 1, 1), date.max])
async def test_a_day_from_which_nobody_counts_is_refused(day: date) -> None:
    with pytest.raises(InvalidInput, match=f"as_of: {day.isoformat()} is not between 1990 and 2100"):
        await diagnosed(packet(), as_of=day)


async def test_an_engine_that_fails_fails_the_diagnosis() -> None:
    with pytest.raises(RateLimited):
        await diagnosed(packet(), Scripted(fails_with=RateLimited("asked too often")))


async def test_a_packet_without_signals_says_so_and_goes_to_look() -> None:
    found = await diagnosed(packet("He drives a red van."), Scripted())
    assert ["nothing_found"] == [one.code for one in found.notices]
    assert Gap.INSUFFICIENT_EVIDENCE is found.primary.gap


async def test_one_who_is_not_sure_says_so() -> None:
    unsure = (WILL[0].model_copy(update={"abstained": True}),)
    found = await diagnosed(packet(), Scripted(signals=SIGNALS, impressions=unsure))
    assert ["abstained"] == [one.code for one in found.notices]
    assert "Its best guess is will" in found.notices[0].text
    assert Gap.INSUFFICIENT_EVIDENCE is found.prescription.gap


GERMAN = (
    "Bis Freitag waren zehn Anrufe ausgemacht, davon hat sie keinen gemacht. Am Montag stand der Anrufblock in ihrem "
    "Kalender, und sie hat das CRM aufgeräumt."
)


@pytest.mark.parametrize(
    ("engine", "text", "abstains"),
    [("local", GERMAN, True), ("llm", GERMAN, False), ("local", f"{CALLS}. And {DIARY}.", False)],
)
async def test_of_a_language_that_it_does_not_read_the_embedded_engine_is_not_sure(
    engine: str, text: str, abstains: bool
) -> None:
    first, second = text.removesuffix(".").split(". ", 1)
    signals = [(first, "undone", PROSPECTING), (second, "avoided", PROSPECTING)]
    found = await diagnosed(packet(text), Scripted(signals=signals, impressions=WILL, name=engine))
    assert (Gap.WILL, abstains) == (found.primary.gap, found.primary.abstained)
    assert (Gap.INSUFFICIENT_EVIDENCE if abstains else Gap.WILL) is found.prescription.gap
    assert (["not_english", "abstained"] if abstains else []) == [one.code for one in found.notices]


@pytest.mark.parametrize("impressions", [(), WILL], ids=["none", "one that the rules take down"])
async def test_nothing_that_the_rules_make_of_an_unknown_language_is_sure_either(
    impressions: tuple[Impression, ...],
) -> None:
    signals = [
        ("Bis Freitag waren zehn Anrufe ausgemacht", "done_wrong", PROSPECTING),
        ("sie hat das CRM aufgeräumt", "done_wrong", Competency.DISCOVERY),
    ]
    found = await diagnosed(packet(GERMAN), Scripted(signals=signals, impressions=impressions, name="local"))
    assert [(Gap.SKILL, True)] * 2 == [(one.gap, one.abstained) for one in (found.primary, *found.others)]
    assert Gap.INSUFFICIENT_EVIDENCE is found.prescription.gap
    assert [PROSPECTING] == [one.competency for one in found.further]
    empty = await diagnosed(packet(GERMAN), Scripted(impressions=impressions, name="local"))
    assert (Gap.INSUFFICIENT_EVIDENCE, False) == (empty.primary.gap, empty.primary.abstained)


async def test_a_signal_of_another_rubric_is_left_out() -> None:
    found = await diagnosed(packet(), Scripted(signals=[(CALLS, "astrology", PROSPECTING), *SIGNALS[1:]]))
    assert ["avoided", "label"] == [one.signal for one in found.signals]


async def test_nothing_that_coach_adds_has_words_of_the_texts() -> None:
    texts = {"ride_along": CANARY, "deal_notes": [CANARY], "self_assessment": {"text": CANARY}, "role": CANARY}
    found = await diagnosed(packet(f"{CANARY} {CALLS}. Fire her. {DIARY}", **texts))
    assert found.declined
    assert CANARY not in found.model_dump_json()


async def test_the_id_hangs_on_everything_the_answer_hangs_on() -> None:
    given = packet()
    others = [
        packet(f"She is lazy. {CALLS}. And {DIARY}. "),
        *(given.model_copy(update={field: "x"}) for field in ("rep", "role", "tenure", "ride_along")),
        given.model_copy(update={"deal_notes": ("x",)}),
        given.model_copy(update={"results": {"quota": 71}}),
        given.model_copy(update={"self_assessment": SelfAssessment(ratings={PROSPECTING: 4})}),
    ]
    same = (await diagnosed(given)).id
    assert same == (await diagnosed(given)).id
    ids = {same, *[(await diagnosed(other)).id for other in others]}
    ids.add((await diagnosed(given, as_of=date(2026, 3, 3))).id)
    ids.add((await diagnosed(given, Scripted(signals=SIGNALS, impressions=WILL, version="2"))).id)
    ids.add((await diagnosed(given, Scripted(signals=SIGNALS, impressions=WILL, name="other"))).id)
    changed = RUBRIC.model_copy(update={"version": 99})
    ids.add((await diagnose_rep(given, engine=Scripted(), rubric=changed, as_of=AS_OF)).id)
    assert len(others) + 5 == len(ids)
    assert all(one.startswith("rd_") for one in ids)


async def test_what_it_depends_on_is_known_before_it_is_made() -> None:
    engine = Scripted(signals=SIGNALS)
    depends = diagnosis_depends_on(packet(), engine=engine, rubric=RUBRIC, as_of=AS_OF)
    assert depends == diagnosis_depends_on(packet(), engine=engine, rubric=RUBRIC, as_of=AS_OF)
    assert [] == engine.packets
    engine.version = "2"
    assert depends != diagnosis_depends_on(packet(), engine=engine, rubric=RUBRIC, as_of=AS_OF)
