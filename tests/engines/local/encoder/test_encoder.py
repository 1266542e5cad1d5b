"""The encoder that ships: whole and small; where it cannot be loaded, a smaller reader reads, and says so."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import Conversation, DealNote, Kind
from coach.engines.local import Encoder, LocalEngine
from coach.engines.local.encoder import ARTEFACT, View
from coach.engines.local.encoder.artefact import load, pack, unpack
from coach.engines.local.encoder.labels import HEADS
from coach.engines.local.encoder.scale import Scale
from coach.errors import ArtefactError
from coach.rubrics import load as load_rubric
from coach.text.segment import clauses

NOTE = DealNote(written_on=date(2026, 3, 2), note="Priya will take it to the board on 12 May. I sent her the plan.")
TALK = Conversation(
    manager="Mia",
    rep="Tom",
    transcript="Mia: What did Dana do?\nTom: She signed.\nMia: Call her.\nTom: Yes.\nMia: Good.",
)
ENCODER = Encoder()


def engine(encoder: Encoder | None) -> LocalEngine:
    return LocalEngine(load_rubric("buyer_evidence").lexicon, encoder=encoder)


def view(text: str) -> View:
    return View("Acme | 2026-03-02 | no date", text, tuple(clauses(text)))


def test_the_artefact_that_ships_is_small_and_says_what_it_was_trained_on() -> None:
    assert ARTEFACT.stat().st_size < 30_000_000
    assert {"deal", "talk"} == set(load().texts)
    assert all(count > 100 for count in ENCODER.texts.values())


def test_every_unit_has_probabilities_from_every_head() -> None:
    spans = view(NOTE.note).spans
    read = ENCODER.read(view(NOTE.note))
    assert len(spans) == len(read)
    for odds in read:
        for head in HEADS:
            assert head.classes == tuple(odds[head.name])
            assert pytest.approx(1.0, abs=1e-4) == sum(odds[head.name].values())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Dana signed. ", "\n- ", "🎉", "x" * 700, "ok, ", "\u200b", "İ", "((", "1.2M "])
        | st.text(max_size=20)
    )
)
def test_any_text_is_read_unit_by_unit(parts: list[str]) -> None:
    shown = view("".join(parts))
    assert len(shown.spans) == len(ENCODER.read(shown))


def test_a_long_text_is_read_by_windows_and_its_first_words_as_those_of_a_short_one() -> None:
    short, long = (
        view("Dana signed the order on Monday."),
        view("Dana signed the order on Monday. " + "I called again. " * 300),
    )
    read = ENCODER.read(long)
    assert len(long.spans) == len(read)
    kinds = [max(odds["kind"], key=lambda name: odds["kind"][name]) for odds in (ENCODER.read(short)[0], read[0])]
    assert ["B-buyer_action"] * 2 == kinds


def test_what_is_packed_comes_back_and_damage_is_found() -> None:
    raw = pack(b"network", '{"a": 1}', {"deal": 3}, {"deal": Scale(0.5, 0.1)})
    artefact = unpack(raw)
    assert {"deal": Scale(0.5, 0.1)} == artefact.scales
    assert (b"network", '{"a": 1}', {"deal": 3}) == (artefact.network, artefact.vocabulary, artefact.texts)
    for at in range(len(raw)):
        with pytest.raises(ArtefactError, match="damaged"):
            unpack(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])


def test_a_promise_is_told_from_an_act_by_the_encoder() -> None:
    assert Kind.BUYER_COMMITMENT == engine(ENCODER).read(NOTE).labels[0].kind


def test_a_damaged_encoder_is_noticed_and_the_smaller_reader_reads() -> None:
    damaged = engine(Encoder(ARTEFACT.read_bytes()[:-1]))
    alone = engine(None)
    read = damaged.read(NOTE)
    assert alone.read(NOTE).labels == read.labels
    assert (alone.version_of(), alone.version_of("talk")) == (damaged.version_of(), damaged.version_of("talk"))
    assert ["degraded"] == [one.code for one in read.notices]
    assert "damaged" in read.notices[0].text
    talk = asyncio.run(damaged.read_talk(TALK))
    assert asyncio.run(alone.read_talk(TALK)).moves == talk.moves
    assert ["degraded"] == [one.code for one in talk.notices]


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_what_runs_it_the_smaller_reader_reads(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name == missing:
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    read = engine(Encoder()).read(NOTE)
    assert engine(None).read(NOTE).labels == read.labels
    assert f"{missing} is not installed" in read.notices[0].text


@pytest.mark.parametrize(("network", "vocabulary", "named"), [(b"no", None, "network"), (None, "no", "vocabulary")])
def test_what_the_library_cannot_read_is_a_clear_error_and_falls_back(
    network: bytes | None, vocabulary: str | None, named: str
) -> None:
    whole = load()
    raw = pack(network or whole.network, vocabulary or whole.vocabulary, {}, {})
    read = engine(Encoder(raw)).read(NOTE)
    assert engine(None).read(NOTE).labels == read.labels
    assert named in read.notices[0].text


def test_where_it_must_not_stand_in_it_does_not() -> None:
    strict = LocalEngine(load_rubric("buyer_evidence").lexicon, encoder=Encoder(b"no"), encoder_may_fail=False)
    with pytest.raises(ArtefactError, match="damaged"):
        strict.read(NOTE)
    with pytest.raises(ArtefactError, match="damaged"):
        strict.version_of()


def test_only_a_calibrated_reader_says_how_sure_it_is() -> None:
    assert {None} == {one.confidence for one in engine(None).read(NOTE).labels}
    assert all(0 < (one.confidence or 0) < 1 for one in engine(ENCODER).read(NOTE).labels)


def test_many_threads_load_it_once() -> None:
    encoder = Encoder()
    shared = engine(encoder)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(shared.read, [NOTE] * 16))
    assert [read[0]] * 16 == read


def test_left_out_on_purpose_nothing_is_noticed() -> None:
    assert () == engine(None).read(NOTE).notices
    assert engine(None).version_of() != engine(ENCODER).version_of()
    assert engine(None).version_of("rep") == engine(ENCODER).version_of("rep")
