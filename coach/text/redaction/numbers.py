"""Addresses and numbers that belong to one person or account: mail, card, IBAN, identity numbers, phones.

Rule: a number counts only where it proves itself by its check digits, or is written or called like what it is; amounts,
days and record numbers are made of digits, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType

from coach.text.redaction.phones import phones_in
from coach.text.span import Span

Found = tuple[Span, str]
"""A span, and its kind: `email`, `phone`, `card`, `iban`, `id`."""

_EMAIL = re.compile(r"\w[\w.+%'-]{0,63}@(?:[\w-]{1,63}\.){1,8}(?:xn--[a-z0-9-]{1,59}|[^\W\d_]{2,24})\b")
_TWO_DIGITS = re.compile("[0-9]{2}")
"""Every one of these numbers has two, one beside the other."""
_GAP = "[ .-]{0,2}"
_NOT_INSIDE = r"(?<![^\W_])(?<![0-9][.,])"
"""No number begins inside a word or an amount."""
_IBAN = re.compile(rf"{_NOT_INSIDE}(?=([a-z]{{2}}[0-9]{{2}}(?:{_GAP}[a-z0-9]){{11,30}})(?![^\W_]))", re.IGNORECASE)
_SHORTEST_IBAN = 15
_ENDS = re.compile(r"[a-z0-9](?![a-z0-9])", re.IGNORECASE)

_LUHN = "luhn"
_PROVEN = [
    (_LUHN, rf"[2-6][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}{_GAP}[0-9]{{3}}"),
    (_LUHN, rf"[2-6][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}"),
    (_LUHN, rf"3[0-9]{{3}}{_GAP}[0-9]{{6}}{_GAP}[0-9]{{4,5}}"),
    (_LUHN, r"[2-6][0-9]{12,18}"),
    ("us.ssn", r"[0-9]{3}-[0-9]{2}-[0-9]{4}"),
    ("us.itin", r"9[0-9]{2}-[0-9]{2}-[0-9]{4}"),
    ("ca.sin", r"[0-9]{3}-[0-9]{3}-[0-9]{3}"),
    ("gb.nhs", r"[0-9]{3} [0-9]{3} [0-9]{4}"),
    ("de.idnr", r"[0-9]{2} [0-9]{3} [0-9]{3} [0-9]{3}"),
    ("fr.nir", r"[12] ?[0-9]{2} ?[0-9]{2} ?[0-9AB]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}"),
    ("it.codicefiscale", r"[A-Z]{6} ?[0-9]{2}[A-Z][0-9]{2} ?[A-Z][0-9]{3}[A-Z]"),
    ("es.dni", r"[0-9]{8}-?[A-Z]"),
    ("ch.ssn", r"756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}"),
    ("at.vnr", r"[0-9]{4} [0-9]{6}"),
    ("be.nn", r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}[. ][0-9]{2}"),
    ("se.personnummer", r"(?:[0-9]{2})?[0-9]{6}-[0-9]{4}"),
    ("dk.cpr", r"[0-9]{6}-[0-9]{4}"),
    ("fi.hetu", r"[0-9]{6}[-+A][0-9]{3}[0-9A-Z]"),
    ("no.fodselsnummer", r"[0-9]{6} ?[0-9]{5}"),
    ("pl.pesel", r"[0-9]{11}"),
    ("br.cpf", r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"),
    ("mx.curp", r"[A-Z]{4}[0-9]{6}[A-Z]{6}[0-9A-Z][0-9]"),
    ("cn.ric", r"[0-9]{17}[0-9X]"),
    ("in_.aadhaar", r"[2-9][0-9]{3} [0-9]{4} [0-9]{4}"),
    ("in_.pan", r"[A-Z]{5}[0-9]{4}[A-Z]"),
    ("za.idnr", r"[0-9]{6} ?[0-9]{4} ?[0-9]{3}"),
]
"""Numbers that prove themselves: by which module of `stdnum`, and how each has to be written."""
_FORMS = [(name, re.compile(rf"{_NOT_INSIDE}(?=({form})(?![^\W_]|[.-][0-9]))")) for name, form in _PROVEN]
_CALLED = re.compile(
    r"\b(?:ssn|social security|national insurance|nino|ni(?= n)|passport|tax id|steuer-?id)\b"
    r"(?: (?:no|nr|number|is)\b)?\W{0,3}([A-Z0-9](?:[ .-]?[A-Z0-9]){6,13})(?![^\W_])",
    re.IGNORECASE,
)
"""Numbers that are called one person's; what follows counts as far as it is digits and capitals."""


def numbers_in(text: str) -> Iterator[Found]:
    """Find them in a text made plain; spans may overlap, and those that come first count."""
    if "@" in text:
        yield from ((Span(*found.span()), "email") for found in _EMAIL.finditer(text))
    if _TWO_DIGITS.search(text):
        yield from _ibans(text)
        for name, form in _FORMS:
            for found in form.finditer(text):
                if _is_valid(name, found[1]):
                    yield Span(*found.span(1)), "card" if name == _LUHN else "id"
        yield from ((Span(*found.span(1)), "id") for found in _CALLED.finditer(text) if _is_number(found[1]))
        yield from ((span, "phone") for span in phones_in(text))


def _ibans(text: str) -> Iterator[Found]:
    """Accounts: what stands behind one may look like more of it, so that the longest that is valid counts."""
    for found in _IBAN.finditer(text):
        ends = [one.end() for one in _ENDS.finditer(found[1]) if one.end() >= _SHORTEST_IBAN]
        end = next((end for end in reversed(ends) if _is_valid("iban", found[1][:end])), None)
        if end is not None:
            yield Span(found.start(), found.start() + end), "iban"


def _is_number(written: str) -> bool:
    return sum(character.isdigit() for character in written) >= len(written) // 2


def _is_valid(name: str, written: str) -> bool:
    valid: Callable[[str], bool] = _stdnum(name).is_valid
    return valid(re.sub(r"\D", "", written) if name == _LUHN else written)


@cache
def _stdnum(name: str) -> ModuleType:
    from importlib import import_module  # noqa: PLC0415  loaded where a text has such numbers

    return import_module(f"stdnum.{name}")
