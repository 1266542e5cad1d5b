"""The artefact of the reader of moves is checked before it is believed; a damaged one is a clear error."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest

from coach.engines.local.moves.artefact import ARTEFACT, load, pack, unpack
from coach.errors import ArtefactError

MAGIC = b"coach move reader\n"


def test_the_artefact_that_ships_is_whole_small_and_was_trained_on_all_conversations() -> None:
    artefact = load()
    assert artefact.conversations == 80
    assert len(artefact.models) == 4
    assert ARTEFACT.stat().st_size < 2_000_000


def test_no_name_and_no_gender_is_a_feature_by_itself() -> None:
    vocabulary = load().vocabulary
    assert not vocabulary & {"he", "she", "him", "her", "his", "hers", "man", "woman", "lady", "guy"}
    assert not vocabulary & {"mr", "mrs", "ms", "herr", "frau", "señor", "madame", "husband", "wife", "girl", "boy"}
    assert not vocabulary & {"anna", "petra", "jonas", "kofi", "maria", "chen", "okonjo", "ravi", "fabian", "connor"}


def test_what_is_packed_comes_back() -> None:
    raw = pack(frozenset({"b", "a"}), frozenset({"a"}), (b"one", b"two"), 3)
    artefact = unpack(raw)
    assert (frozenset({"a", "b"}), frozenset({"a"})) == (artefact.known_words, artefact.vocabulary)
    assert ((b"one", b"two"), 3) == (artefact.models, artefact.conversations)
    assert raw == pack(frozenset({"a", "b"}), frozenset({"a"}), (b"one", b"two"), 3)


def test_every_damaged_byte_is_found() -> None:
    raw = pack(frozenset({"word"}), frozenset(), (b"model",), 1)
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
