"""Phone numbers as people write them; whether there can be such a number is known by `phonenumbers`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from coach.text.span import Span

_GAP = r"[ ().\/-]{0,3}"
_NOT_INSIDE = r"(?<!\w)(?<![0-9][.,/-])"
"""No number begins inside a word or an amount."""
_ABROAD = re.compile(rf"(?<![\w+])(?=((?:\+|00) ?[1-9](?:{_GAP}[0-9]){{6,14}})(?![0-9]))")
_AT_HOME = re.compile(rf"{_NOT_INSIDE}(?=((?:\(0[1-9][0-9]{{0,4}}\)|0[1-9])(?:{_GAP}[0-9]){{4,11}})(?![0-9]))")
_AMERICAN = re.compile(
    rf"{_NOT_INSIDE}(?=((?:1[ .-])?(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}[ .-])[0-9]{{3}}[ .-]?[0-9]{{4}})(?![^\W_]))"
)
_CALLED = re.compile(
    r"(?:\b(?:tel|telephone|phone|fone|fon|telefon|mobile|cell|handy|portable|movil|fax|whatsapp)|"
    r"(?P<asked>\b(?:call|ring|text|dial)))\b"
    r"(?: (?:me|us|her|him|them|on|at|is|no|nr|number)){0,3}\W{0,3}"
    rf"(?P<number>(?:\([0-9]+\)|[0-9])(?:{_GAP}[0-9]){{6,12}})(?![^\W_])",
    re.IGNORECASE,
)
_SHORTEST_ASKED = 9
"""Digits at least of what somebody is to call: they may call on a day, or about 2 000 000 units."""
_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}(?![0-9]|\1[0-9])")
_AMOUNT = re.compile(r"(?:\+ ?)?[0-9]{1,3}(?:([ .])[0-9]{3})(?:\1[0-9]{3})*")
_VERSION = re.compile(r"[1-9][0-9]?(?:\.[0-9]+){2,}")
_BEFORE_MONEY = re.compile(r"(?:[€$£]|\b(?:EUR|USD|GBP|CHF)) ?\Z")
_BEFORE_DIGITS = re.compile(r"[0-9][ .]\Z")
_GROUP_END = re.compile(r"[0-9](?![0-9])")
_AT_HOME_IN = {44: (10, 11), 49: (9, 12), 33: (10, 10), 31: (10, 10), 41: (10, 10), 61: (10, 10)}
"""Countries by their code: how many digits a number has there, with the zero that it begins with at home."""
_AMERICA = 1
_AMERICAN_DIGITS = 10


def phones_in(text: str) -> Iterator[Span]:
    """Find phone numbers in a text made plain; spans may overlap, and those that come first count."""
    for form, is_one in ((_ABROAD, _is_abroad), (_AT_HOME, _is_at_home), (_AMERICAN, _is_american)):
        for found in form.finditer(text):
            if not _DAY.match(text, found.start()) and not _BEFORE_MONEY.search(text[: found.start()][-5:]):
                yield from _longest(text, found.start(), found[1], is_one)
    for found in _CALLED.finditer(text):
        number = found["number"]
        is_short = found["asked"] and len(_digits(number)) < _SHORTEST_ASKED
        if not (is_short or _DAY.match(number) or _AMOUNT.fullmatch(number) or _VERSION.fullmatch(number)):
            yield Span(*found.span("number"))


def _longest(text: str, start: int, written: str, is_one: Callable[[str], bool]) -> Iterator[Span]:
    """The longest number that is one: it ends where a group of digits does, and the next may follow at once."""
    for end in reversed([one.end() for one in _GROUP_END.finditer(written)]):
        if is_one(written[:end]):
            # "1 020 300 400" is an amount: its groups go on from what stands before it.
            if not (_AMOUNT.fullmatch(written[:end]) and _BEFORE_DIGITS.search(text[:start][-2:])):
                yield Span(start, start + end)
            return


def _is_abroad(written: str) -> bool:
    from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse  # noqa: PLC0415  is large

    try:
        number = parse("+" + _digits(written).removeprefix("00"))
    except NumberParseException:
        return False
    return is_valid_number(number) or (
        written[0] == "+" and is_possible_number(number) and not _AMOUNT.fullmatch(written)
    )


def _is_at_home(written: str) -> bool:
    digits = _digits(written)
    # Without a gap it could be an order's: those of mobiles only.
    return any(
        least <= len(digits) <= most and _is_valid(country, digits[1:], mobile=written.isdigit())
        for country, (least, most) in _AT_HOME_IN.items()
    )


def _is_american(written: str) -> bool:
    digits = _digits(written)[-_AMERICAN_DIGITS:]
    return len(digits) == _AMERICAN_DIGITS and _is_valid(_AMERICA, digits, mobile=False)


@lru_cache(maxsize=4096)
def _is_valid(country: int, digits: str, *, mobile: bool) -> bool:
    from phonenumbers import PhoneNumber, PhoneNumberType, is_valid_number, number_type  # noqa: PLC0415  as above

    number = PhoneNumber(country_code=country, national_number=int(digits))
    return number_type(number) == PhoneNumberType.MOBILE if mobile else is_valid_number(number)


def _digits(written: str) -> str:
    return "".join(character for character in written if character.isdigit())
