"""What stands in a note that no person types into one: tags, code, commands, blobs, answers in the reader's form.

Rule: each pattern is linear and bounded; each find has a weight, and most prove nothing by themselves.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import unquote

import yaml

from coach.text.untrusted.folding import SPELLED_OUT


class Mark(NamedTuple):
    """A find."""

    start: int
    end: int
    kind: str
    weight: float
    closed: bool
    """Whether all that belongs to it lies between its ends."""


_OURS = (
    "statements?|coverage|claim|kind|quote|quotes|direction|informs|verifiable|feedback|labels?|role|content|verdict"
)
_JSON_KEY = re.compile(rf"[\"'](?:{_OURS})[\"']\s{{0,3}}:")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0590-\ud7ff][^\na-z]{11,}")
_BLOB = re.compile(r"(?<![\w/+=.-])[A-Za-z0-9+/_-]{24,}={0,2}(?:\n[A-Za-z0-9+/_-]{8,}={0,2})*")
_HEX = re.compile(r"(?<!\w)(?:0x|\\x|%)?[0-9a-fA-F]{2}(?:[ :,]?(?:0x|\\x|%)?[0-9a-fA-F]{2}){15,}(?!\w)")
_ESCAPES = re.compile(r"(?:&#x?[0-9a-fA-F]{2,6};\s?|\\u[0-9a-fA-F]{4}\s?|%[0-9A-Fa-f]{2}){10,}")
_PERCENT = re.compile(r"(?<![\w/=?&])\w{0,40}(?:%[0-9A-Fa-f]{2}\w{0,30}){5,}")
_BITS = re.compile(r"(?<!\w)[01]{7,8}(?:\s[01]{7,8}){7,}(?!\w)")
_MORSE = re.compile(r"(?<!\S)(?:[.·-]{1,6}[ /|]{1,3}){12,}[.·-]{1,6}(?!\S)")


class _Rule(NamedTuple):
    kind: str
    weight: float
    needs: str
    closed: bool
    pattern: re.Pattern[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    data = yaml.safe_load((files("coach.text.untrusted") / "marks.yaml").read_text(encoding="utf-8"))
    return tuple(
        _Rule(
            kind=one["kind"],
            weight=one["weight"],
            needs=one.get("needs", ""),
            closed=one.get("closed", False),
            pattern=re.compile(one["pattern"], re.MULTILINE),
        )
        for one in data
    )


def marks_in(text: str, form: str) -> list[Mark]:
    """All finds of a text, in order.

    Args:
        text: The cleaned text.
        form: Its folded form.
    """
    found = [
        Mark(*match.span(), rule.kind, rule.weight, rule.closed)
        for rule in _rules()
        if rule.needs in form
        for match in rule.pattern.finditer(form)
    ]
    if not text.isascii() and sum(map(str.isascii, form)) > len(form) / 2:
        found += [Mark(*run.span(), "script", 1, closed=False) for run in _OTHER_SCRIPT.finditer(form)]
    found += _answers(form)
    found += _blobs(text)
    found += [
        Mark(*run.span(), "spelled", 4, closed=False)
        for run in SPELLED_OUT.finditer(text.lower())
        if _is_long_spelled(run[0])
    ]
    return sorted(found)


def _is_long_spelled(run: str) -> bool:
    letters = sum(map(str.isalpha, run))
    symbols = sum(not one.isalpha() and not one.isspace() and one not in ".,-/&'" for one in run)
    return letters >= (12 if symbols > letters / 2 else 24)


def _answers(form: str) -> Iterator[Mark]:
    """Objects with the reader's own keys."""
    keys = [match.start() for match in _JSON_KEY.finditer(form)]
    while len(keys) > 1:
        opened = form.rfind("{", max(0, keys[0] - 200), keys[0])
        start = opened if opened >= 0 else keys[0]
        end = max(_closing(form, start), keys[0] + 1)
        yield Mark(start, end, "json", 4, closed=True)
        keys = [key for key in keys if key > end]


def _closing(form: str, start: int) -> int:
    """Where the bracket that opens at `start` closes; the end of its paragraph where it does not."""
    depth = 0
    for match in re.compile(r"[{}\[\]]|\n\s*\n").finditer(form, start):
        if match[0] in "{[":
            depth += 1
        elif match[0] in "}]":
            depth -= 1
            if depth <= 0:
                return match.end()
        else:
            return match.start()
    return len(form)


def _blobs(text: str) -> Iterator[Mark]:
    for pattern, read in ((_BLOB, _from_base64), (_HEX, _from_hex), (_PERCENT, _from_percent)):
        for match in pattern.finditer(text) if pattern is not _PERCENT or "%" in text else ():
            if _is_prose(read(match[0])):
                yield Mark(*match.span(), "blob", 4, closed=False)
    for pattern, weight in ((_ESCAPES, 4), (_BITS, 3), (_MORSE, 3)):
        for match in pattern.finditer(text):
            if len(set(match[0])) > 2:
                yield Mark(*match.span(), "blob", weight, closed=False)


def _from_base64(blob: str) -> bytes:
    plain = "".join(blob.split()).rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    try:
        return base64.b64decode(plain[: len(plain) // 4 * 4])
    except (binascii.Error, ValueError):
        return b""


def _from_percent(blob: str) -> bytes:
    return unquote(blob).encode()


def _from_hex(blob: str) -> bytes:
    digits = re.sub(r"0x|\\x|[^0-9a-fA-F]", "", blob)
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def _is_prose(data: bytes) -> bool:
    """Whether bytes are text with words in it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data[: max(0, len(data) - 3)].decode("utf-8", "ignore")
        if len(text) < len(data) * 0.6:
            return False
    if len(text) < 24:
        return False
    plain = sum(one.isalpha() or one in " .,:;'\"_-\n" for one in text)
    return plain > 0.85 * len(text) and (" " in text or "_" in text or not text.isascii())
