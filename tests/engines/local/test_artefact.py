"""The artefact is checked before it is believed; a damaged one is a clear error."""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import date
from pathlib import Path

import pytest

from coach.domain import DealNote
from coach.engines.local import ARTEFACT, LocalEngine
from coach.engines.local.artefact import load, pack, unpack
from coach.errors import ArtefactError
from coach.rubrics import load as load_rubric

MAGIC = b"coach deal reader\n"


def test_the_artefact_that_ships_is_whole_and_was_trained_on_all_notes() -> None:
    artefact = load()
    assert artefact.notes == 1700
    assert artefact.models
    assert {"verifiable", "direction", "informs"} == set(artefact.attributes)


def test_what_is_packed_comes_back() -> None:
    raw = pack(frozenset({"b", "a"}), (b"one", b"two"), {"verifiable": {}}, 3)
    artefact = unpack(raw)
    assert (frozenset({"a", "b"}), (b"one", b"two"), 3) == (artefact.known_words, artefact.models, artefact.notes)
    assert raw == pack(frozenset({"a", "b"}), (b"one", b"two"), {"verifiable": {}}, 3)


def test_every_damaged_byte_is_found() -> None:
    raw = pack(frozenset({"word"}), (b"model",), {}, 1)
    for at in range(len(raw)):
        damaged = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(ArtefactError, match="damaged"):
            unpack(damaged)


@pytest.mark.parametrize("raw", [b"", b"coach", MAGIC, ARTEFACT.read_bytes()[:-1]])
def test_a_cut_artefact_is_damaged(raw: bytes) -> None:
    with pytest.raises(ArtefactError, match="install Coach again"):
        unpack(raw)


def test_another_format_is_named() -> None:
    head = json.dumps({"format": 99}).encode()
    body = zlib.compress(len(head).to_bytes(8, "big") + head)
    with pytest.raises(ArtefactError, match="format 99"):
        unpack(MAGIC + hashlib.sha256(body).digest() + body)


def test_a_missing_artefact_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"gone\.bin, is missing"):
        load(tmp_path / "gone.bin")


def test_a_damaged_artefact_fails_at_the_first_note_and_not_at_the_start() -> None:
    engine = LocalEngine(load_rubric("buyer_evidence").lexicon, b"nonsense")
    with pytest.raises(ArtefactError):
        engine.read(DealNote(written_on=date(2026, 3, 2), note="Dana signed."))
