"""Files: notes, packets, mappings, exports, rosters, cases, and what a run or a model's batch left behind."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from coach.evaluation.batch_format import BatchLine, said
from coach.evaluation.case import load_cases
from coach.evaluation.case.correction import load_feedback
from coach.evaluation.files import read_lines
from coach.evaluation.prediction import Prediction
from coach.pipeline.rows import Mapping, Unrecognised, open_export, open_roster, read_mapping
from coach.service.import_report import Problems
from coach.service.packet_file import read_packet
from coach.text.documents import read_document
from tests.fuzz import seeds
from tests.fuzz.mutation import Mutator
from tests.fuzz.oracle import Target

_DAY = date(2026, 3, 31)
_BOMBS = 0.001
"""How many documents are bombs: each takes long to refuse."""
_ENDING = re.compile(rb"[a-z]{1,5}")
_PARTED = b"\n\0\0\n"
"""Parts the mapping of an export from its rows."""


def _named(endings: Sequence[str], from_: Callable[[], Sequence[bytes]]) -> Callable[[Random], bytes]:
    """Makes a file whose first line is the ending of its name."""

    def make(random: Random) -> bytes:
        return random.choice(endings).encode() + b"\n" + Mutator(random).one_of(from_())

    return make


def _split(raw: bytes) -> tuple[str, bytes]:
    name, _, content = raw.partition(b"\n")
    # An input that is made smaller may lose its first line, and what comes then is no name for a file.
    return f"a.{name.decode()}" if _ENDING.fullmatch(name) else "a", content


def _document(raw: bytes) -> None:
    name, content = _split(raw)
    read = read_document(content, name)
    assert read.text.strip()
    read.text.encode()


def _make_word(random: Random) -> bytes:
    chance = random.random()
    mutator = Mutator(random)
    if chance < _BOMBS:
        return b"docx\n" + random.choice(seeds.bombs())
    if chance < 0.3:
        return b"docx\n" + mutator.one_of([seeds.word(seeds.WORD_XML)])
    method = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    return b"docx\n" + seeds.word(mutator.one_of([seeds.WORD_XML]), method=method)


def _packet(raw: bytes) -> None:
    name, content = _split(raw)
    read_packet(content, name)


def _mapping(raw: bytes) -> None:
    read_mapping(raw, "mapping.yaml")


def _make_rows(from_: Callable[[], Sequence[bytes]]) -> Callable[[Random], bytes]:
    def make(random: Random) -> bytes:
        rows = Mutator(random).one_of(from_())
        return (random.choice(seeds.MAPPINGS) if random.random() < 0.4 else b"") + _PARTED + rows

    return make


def _with_mapping(raw: bytes) -> tuple[io.BytesIO, Mapping | None]:
    said, _, rows = raw.partition(_PARTED)
    return io.BytesIO(rows), read_mapping(said, "mapping") if said else None


def _export(raw: bytes) -> None:
    file, mapping = _with_mapping(raw)
    try:
        export = open_export(file, name="rows", mapping=mapping)
    except Unrecognised as error:
        # What is proposed can be sent back as it stands, and its columns are there.
        file.seek(0)
        export = open_export(file, name="rows", mapping=read_mapping(error.proposal.encode(), "proposal"))
    problems = Problems(export.notices)
    kept = 0
    for one in export.read(as_of=_DAY, zone=ZoneInfo("Europe/Berlin"), known_reps=("Ilse Brandt",)):
        problems.add(one.problems)
        kept += one.opportunity is not None
    assert kept <= export.rows
    assert export.missing
    export.new_reps(())


def _roster(raw: bytes) -> None:
    file, mapping = _with_mapping(raw)
    roster = open_roster(file, name="people", mapping=mapping)
    assert roster.rows == sum(1 for _ in roster)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="coach-fuzz-")


def close() -> None:
    """Take away what was written."""
    if _folder.cache_info().currsize:
        _folder().cleanup()
        _folder.cache_clear()


def _filed(raw: bytes) -> Path:
    name, content = _split(raw)
    path = Path(_folder().name) / name
    path.write_bytes(content)
    return path


def _lines_of(endings: Sequence[str], from_: Callable[[], Sequence[bytes]]) -> Callable[[Random], bytes]:
    def make(random: Random) -> bytes:
        some = from_()
        lines = b"\n".join(random.choice(some) for _ in range(random.randrange(1, 4)))
        return random.choice(endings).encode() + b"\n" + Mutator(random).one_of([lines])

    return make


def _cases(raw: bytes) -> None:
    load_cases([_filed(raw)])


def _feedback(raw: bytes) -> None:
    load_feedback([_filed(raw)])


def _predictions(raw: bytes) -> None:
    for _ in read_lines(_filed(raw), Prediction, may_be_torn=True):
        pass


def _batch(raw: bytes) -> None:
    for _, line in read_lines(_filed(raw), BatchLine):
        said(line)


TARGETS = (
    Target("document.plain", 110, _named(("txt", "md", ""), lambda: seeds.NOTES + seeds.TALKS), _document),
    Target("document.mail", 70, _named(("eml",), seeds.mails), _document),
    Target("document.captions", 60, _named(("vtt", "srt"), lambda: (seeds.VTT, seeds.SRT)), _document),
    Target("document.word", 20, _make_word, _document),
    Target("packet", 90, _named(("json", "yaml", ""), lambda: seeds.PACKETS), _packet),
    Target("mapping", 60, lambda random: Mutator(random).one_of(seeds.MAPPINGS), _mapping),
    Target("export", 70, _make_rows(seeds.exports), _export),
    Target("roster", 50, _make_rows(lambda: seeds.ROSTERS), _roster),
    Target("cases", 50, _lines_of(("jsonl", "json", "yaml"), seeds.cases), _cases),
    Target("feedback", 20, _lines_of(("jsonl", "json"), lambda: seeds.FEEDBACK), _feedback),
    Target("predictions", 30, _lines_of(("jsonl",), lambda: seeds.PREDICTIONS), _predictions),
    Target("batch", 40, _lines_of(("jsonl",), lambda: seeds.BATCHES), _batch),
)
