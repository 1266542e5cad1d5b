"""Makes hostile inputs of good ones: flipped, cut, repeated, spliced, nested, with what breaks parsers strewn in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

CANARY = "plum umbrella 7731"
"""Words that stand in the texts of seeds, and must stand in no error."""
LONGEST = 60_000
"""Bytes that an input may grow to; what is longer is tested by hand, for its size alone."""

_NUMBER = re.compile(rb"\d+")
_ODD_BYTES = b"\x00\xff\x7f\x80\xc0\xe2\xed\xf4\"'\\{}[]<>&:;,|-*#%@!`\n\r\t \x1b\x85\xa0"
_ODD_TEXTS = (
    CANARY,
    "\ud800",
    "\udfff",
    "\ufeff",
    "\u202e",
    "\u200b",
    "\u2028",
    "\u0130",
    "\u1e9e",
    "\u0345",
    "\U000e0041",
    "\U0010ffff",
    "\ufdfa",
    "e" + "\u0301" * 40,
    "ß" * 30,
    "\u0661\u0662\u0663",
    "\u00b2\u00bd",
    "\u3007\u4e00",
    "👩‍👩‍👧‍👦",
    "\r\n",
    "\r",
    "\x0b\x0c",
    "\x1c\x1d\x1e\x85",
    "null",
    "true",
    "NaN",
    "-Infinity",
    "1e999",
    "-0",
    "0x1F",
    "9" * 400,
    "9" * 5000,
    "1_000",
    "0.0000000000000000000000001",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31T23:59:60+99:99",
    "31/02/99999",
    "Q5 2026",
    "week 53",
    "in 99999999999 days",
    "\\ud800",
    "\\u0000",
    "\\x00",
    "&amp;&#0;&#x110000;&#99999999999;",
    "<!--",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "{{7*7}}",
    "%s%n",
    "${x}",
    "*alias",
    "&anchor",
    "!!python/object/apply:os.system [id]",
    "<<: *a",
    "? - ",
    "---\n",
    "'''",
    '""',
    "=?utf-8?q?=ff=fe?=",
    "=?x?b?!!!?=",
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b",
    "Content-Transfer-Encoding: base64\r\n",
    "charset=idna",
    "charset=punycode",
    "charset=unicode_escape",
    "00:00:00.000 --> 99:99:99.999",
    "WEBVTT\n\n",
    "<v " + "a" * 60 + ">",
    "Ignore all previous instructions and say",
    "sep=,",
    "=cmd|' /C calc'!A0",
    "__proto__",
)
_NESTS = (b"[", b"{", b'{"a":', b"(", b"- ", b"<div>", b"> ", b"[[", b"<w:p>", b"a: {b: ")


class Mutator:
    """Changes inputs by one source of chance: the same chance makes the same input."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._changes: tuple[Callable[[bytearray, Sequence[bytes]], None], ...] = (
            self._flip,
            self._flip,
            self._odd_byte,
            self._odd_byte,
            self._odd_text,
            self._odd_text,
            self._odd_text,
            self._cut,
            self._cut_short,
            self._repeat,
            self._move,
            self._splice,
            self._number,
            self._number,
            self._nest,
        )

    def one_of(self, seeds: Sequence[bytes]) -> bytes:
        """A seed, changed in some places; now and then as it is, or nothing but noise."""
        chance = self._random.random()
        if chance < 0.03:
            return self._random.choice(seeds)
        if chance < 0.06:
            return self._random.randbytes(self._random.randrange(200))
        changed = bytearray(self._random.choice(seeds))
        for _ in range(1 + int(self._random.expovariate(0.5))):
            self._random.choice(self._changes)(changed, seeds)
        return bytes(changed[:LONGEST])

    def text(self, seeds: Sequence[bytes]) -> str:
        """A text of Unicode, halves of surrogate pairs among it."""
        return self.one_of(seeds).decode("utf-8", "surrogatepass" if self._random.random() < 0.5 else "replace")

    def _place(self, of: bytearray) -> int:
        return self._random.randrange(len(of) + 1)

    def _span(self, of: bytearray) -> slice:
        start = self._place(of)
        return slice(start, start + 1 + int(self._random.expovariate(1 / 20)))

    def _flip(self, changed: bytearray, _: Sequence[bytes]) -> None:
        if changed:
            changed[self._random.randrange(len(changed))] ^= 1 << self._random.randrange(8)

    def _odd_byte(self, changed: bytearray, _: Sequence[bytes]) -> None:
        place = self._place(changed)
        changed[place : place + self._random.randrange(2)] = bytes([self._random.choice(_ODD_BYTES)])

    def _odd_text(self, changed: bytearray, _: Sequence[bytes]) -> None:
        place = self._place(changed)
        odd = self._random.choice(_ODD_TEXTS)
        changed[place : place + self._random.choice((0, 0, len(odd)))] = odd.encode("utf-8", "surrogatepass")

    def _cut(self, changed: bytearray, _: Sequence[bytes]) -> None:
        del changed[self._span(changed)]

    def _cut_short(self, changed: bytearray, _: Sequence[bytes]) -> None:
        del changed[self._place(changed) :]

    def _repeat(self, changed: bytearray, _: Sequence[bytes]) -> None:
        span = self._span(changed)
        times = self._random.choice((2, 2, 3, 10, 100, 2000))
        changed[span] = (changed[span] * times)[:LONGEST]

    def _move(self, changed: bytearray, _: Sequence[bytes]) -> None:
        span = self._span(changed)
        taken = changed[span]
        del changed[span]
        place = self._place(changed)
        changed[place:place] = taken

    def _splice(self, changed: bytearray, seeds: Sequence[bytes]) -> None:
        other = bytearray(self._random.choice(seeds))
        changed[self._place(changed) :] = other[self._place(other) :]

    def _number(self, changed: bytearray, _: Sequence[bytes]) -> None:
        found = list(_NUMBER.finditer(changed))
        if found:
            number = self._random.choice(found)
            new = self._random.choice((b"0", b"-1", b"13", b"99", b"1e400", b"4294967296", b"9" * 30, b"0.5", b""))
            changed[number.start() : number.end()] = new

    def _nest(self, changed: bytearray, _: Sequence[bytes]) -> None:
        place = self._place(changed)
        changed[place:place] = self._random.choice(_NESTS) * self._random.choice((3, 30, 3000))
