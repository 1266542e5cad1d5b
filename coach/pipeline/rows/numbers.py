"""Amounts and probabilities as exports write them.

Rule: `1.234` is a thousand or one and a bit only where the decimal mark is settled: by the user, or by the other values
of its column. `1.234,56`, `1.234.567`, `1 234,5` and `1234.5` settle it by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from coach.pipeline.rows.problem import Code

DecimalMark = Literal["point", "comma"]

_MARKS: dict[str, DecimalMark] = {".": "point", ",": "comma"}
_OTHER: dict[DecimalMark, DecimalMark] = {"point": "comma", "comma": "point"}
# Digits, and what may stand between them: blanks of any kind came as one space.
_CORE = re.compile(r"[.,]?\d(?:[\d.,'\u2019 ]*\d)?", re.ASCII)
_BLANKS = re.compile(r"\d{1,3}(?:[ '\u2019]\d{3})+(?:([.,])\d+)?", re.ASCII)
_BOTH = re.compile(r"\d{1,3}(?:(?:,\d{2,3})*,\d{3}(\.)|(?:\.\d{3})+(,))\d+", re.ASCII)
_REPEATED = re.compile(r"\d{1,3}(?:(?:(,)\d{2,3})(?:,\d{2,3})*,\d{3}|(?:(\.)\d{3})(?:\.\d{3})+)", re.ASCII)
_ONE = re.compile(r"(\d*)([.,])(\d+)", re.ASCII)
_PERCENT = "%"
_WHOLE_DIGITS = 16
_FOUR_PLACES = Decimal("0.0001")


class Written(NamedTuple):
    """A text that holds one number, taken apart."""

    core: str
    negative: bool
    unit: str
    """What stands around the number, such as a currency."""


@dataclass(slots=True)
class DecimalEvidence:
    """What the values of a column show of their decimal mark."""

    point: bool = False
    comma: bool = False

    def add(self, text: str) -> None:
        """Take in a value, with single spaces."""
        shown = mark_shown(text)
        if shown == "point":
            self.point = True
        elif shown == "comma":
            self.comma = True

    @property
    def mark(self) -> DecimalMark | None:
        """The decimal mark, where the values show one and no other."""
        if self.point == self.comma:
            return None
        return "point" if self.point else "comma"


@dataclass(slots=True)
class ShareEvidence:
    """What the values of a column of probabilities show of their scale."""

    percent: bool = False
    """A value over 1."""
    fraction: bool = False
    """A value between 0 and 1: no CRM has tenths of a percent."""

    def add(self, text: str) -> None:
        """Take in a value, with single spaces."""
        value = read_share(text)
        if isinstance(value, Decimal) and _PERCENT not in text:
            self.percent |= value > 1
            self.fraction |= 0 < value < 1

    @property
    def scale(self) -> str | None:
        """`percent` or `fraction`, where the values show one and no other."""
        if self.percent == self.fraction:
            return None
        return "percent" if self.percent else "fraction"


@lru_cache(maxsize=8192)
def taken_apart(text: str) -> Written | None:
    """The one number in a text, and what stands around it; None where there is none, or more than one."""
    match = _CORE.search(text)
    if match is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    if any(char.isdigit() for char in after):
        return None
    around = f"{before} {after}"
    negative = "-" in around or "\u2212" in around or ("(" in before and ")" in after)
    unit = re.sub(r"[-\u2212()+]", " ", around)
    return Written(match[0], negative, " ".join(unit.split()))


@lru_cache(maxsize=8192)
def mark_shown(text: str) -> DecimalMark | None:
    """The decimal mark that a value shows by itself; None where it shows none."""
    written = taken_apart(text)
    return None if written is None else _shown(written.core)[0]


def read_amount(core: str, mark: DecimalMark | None) -> Decimal | Code:
    """The number that digits and marks stand for, at least 0.

    Args:
        core: What `taken_apart` found.
        mark: The decimal mark, where it is settled.

    Returns:
        The number; `UNCLEAR_AMOUNT` where it could be two, `BAD_AMOUNT` where it is none, or is none by this mark.
    """
    shown, known = _shown(core)
    if not known:
        return Code.BAD_AMOUNT
    if shown is not None and mark is not None and shown != mark:
        return Code.BAD_AMOUNT
    shown = shown or mark
    if shown is None and ("." in core or "," in core):
        return Code.UNCLEAR_AMOUNT
    return _number(core, shown)


def read_share(text: str) -> Decimal | Code:
    """The number of a probability, its percent sign left out.

    A mark in it is a decimal mark, since no probability is a thousand.
    """
    match = re.fullmatch(r"(-?)(\d{1,9})(?:[.,](\d{1,20}))? ?%?", text, re.ASCII)
    if match is None:
        return Code.BAD_PROBABILITY
    return Decimal(f"{match[1]}{match[2]}.{match[3] or 0}")


def share_of(value: Decimal, scale: str | None) -> float | Code:
    """A probability as 0 to 1.

    Args:
        value: As it stands.
        scale: `percent` or `fraction`, where it is settled; otherwise only 0, and what is over 1, can be read.
    """
    if scale is None and 0 < value <= 1:
        return Code.UNCLEAR_PROBABILITY
    share = value if scale == "fraction" else value / 100
    return float(share) if 0 <= share <= 1 else Code.BAD_PROBABILITY


def kept_amount(value: Decimal) -> tuple[Decimal, bool] | Code:
    """An amount with the four decimals that are kept, and whether that lost any.

    Returns:
        `BAD_AMOUNT` where it has more digits than the store has room for, or is no number.
    """
    if not value.is_finite() or value.adjusted() >= _WHOLE_DIGITS:
        return Code.BAD_AMOUNT
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -4 <= exponent <= 0:
        return value, False
    rounded = value.quantize(_FOUR_PLACES)
    return rounded, rounded != value


def _shown(core: str) -> tuple[DecimalMark | None, bool]:
    """The decimal mark that digits show, None where they show none; and whether they are a number at all."""
    if core.isdecimal():
        return None, True
    if match := _ONE.fullmatch(core):
        whole, mark, rest = match.groups()
        unclear = len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
        return (None if unclear else _MARKS[mark]), True
    if match := _BLANKS.fullmatch(core):
        return (_MARKS[match[1]] if match[1] else None), True
    if match := _BOTH.fullmatch(core):
        return _MARKS[match[1] or match[2]], True
    if match := _REPEATED.fullmatch(core):
        return _OTHER[_MARKS[match[1] or match[2]]], True
    return None, False


def _number(core: str, mark: DecimalMark | None) -> Decimal:
    thousands, decimal = (".", ",") if mark == "comma" else (",", ".")
    digits = re.sub(r"[ '\u2019]", "", core).replace(thousands, "").replace(decimal, ".")
    return Decimal(digits)
