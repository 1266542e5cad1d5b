"""The artefact is checked before it is believed; a damaged one is a clear error."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest

from coach.domain import RepPacket
from coach.engines.local.packets import ARTEFACT, PacketReader
from coach.engines.local.packets.artefact import load, pack, unpack
from coach.errors import ArtefactError

MAGIC = b"coach packet reader\n"
TABLE = {"classes": ["a", "b"], "bias": [0.0, 0.5], "weights": {"x": [1.0, -1.0]}}
CONTENT = {
    "cues": {"signs": {}, "competencies": {}, "fields": {}},
    "known_words": ["a", "b"],
    "lifts": {"skill": {"dread": 0.5}},
    "packets": 3,
    "tables": {"gap": TABLE},
    "temperature": 1.2,
    "threshold": 0.4,
}


def test_the_artefact_that_ships_is_whole_and_was_trained_on_all_packets() -> None:
    artefact = load()
    assert 252 == artefact.packets
    assert {"gap", "competency", "self_view", "sub_type", "signal"} == set(artefact.tables)
    assert ARTEFACT.stat().st_size < 2_000_000


def test_what_is_packed_comes_back() -> None:
    artefact = unpack(pack(CONTENT))
    assert frozenset({"a", "b"}) == artefact.known_words
    assert (1.2, 0.4, 3) == (artefact.temperature, artefact.threshold, artefact.packets)
    assert [1.0, -0.5] == artefact.tables["gap"].scores({"x": 1.0, "unknown": 9.0})
    assert {"skill": {"dread": 0.5}} == artefact.lifts


def test_every_damaged_byte_is_found() -> None:
    raw = pack(CONTENT)
    for at in range(len(raw)):
        damaged = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(ArtefactError, match="damaged"):
            unpack(damaged)


@pytest.mark.parametrize("raw", [b"", b"coach", MAGIC, ARTEFACT.read_bytes()[:-1]])
def test_a_cut_artefact_is_damaged(raw: bytes) -> None:
    with pytest.raises(ArtefactError, match="install Coach again"):
        unpack(raw)


def test_another_format_is_named() -> None:
    body = zlib.compress(json.dumps({"format": 99}).encode())
    with pytest.raises(ArtefactError, match="format 99"):
        unpack(MAGIC + hashlib.sha256(body).digest() + body)


def test_a_missing_artefact_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"gone\.bin, is missing"):
        load(tmp_path / "gone.bin")


def test_a_damaged_artefact_fails_at_the_first_packet_and_not_at_the_start() -> None:
    reader = PacketReader(b"nonsense")
    with pytest.raises(ArtefactError):
        reader.read(RepPacket(rep="Ines", manager_observation="She asked who signs."))
    with pytest.raises(ArtefactError):
        _ = reader.version
