"""JSON, value by value, through a buffer that holds little more than one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TextIO

from coach.errors import InvalidInput

DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=str)
LONGEST_RECORD = 1 << 24
"""Characters."""
SPACE = " \t\r\n\ufeff"

_BLOCK = 1 << 16
_LISTS = frozenset({"results", "records", "data", "value", "deals", "opportunities", "items", "rows", "people", "reps"})
"""Where answers keep their records: HubSpot, Salesforce, Pipedrive and Dynamics 365 the first four."""


class JsonReader:
    """Reads one text of JSON, forwards."""

    def __init__(self, text: TextIO, name: str) -> None:
        self._text = text
        self._name = name
        self._buffer = ""
        self._at = 0
        self._read = 0
        self._inside = False

    def to_list(self) -> bool:
        """Go to the first element of the list of records; False where the first value holds none."""
        if self._peek() == "[":
            self._at += 1
            return True
        if self._peek() != "{":
            raise InvalidInput(f"{self._name} is not JSON")
        self._at += 1
        self._inside = True
        while (key := self._key()) is not None:
            if key in _LISTS and self._peek() == "[":
                self._at += 1
                return True
            self._value()
        return False

    def elements(self) -> Iterator[object]:
        """The elements of the list, to its end."""
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            self._read += 1
            yield self._value()
            mark = self._peek()
            self._at += 1
            if mark == "]":
                return
            if mark != ",":
                raise self._broken()

    def says_more_pages(self) -> bool:
        """Whether what stands after the list says that the answer goes on elsewhere."""
        after: dict[str, object] = {}
        if self._inside and self._peek() == ",":
            self._at += 1
            while (key := self._key()) is not None:
                after[key] = self._value()
        return (
            after.get("done") is False
            or bool(after.get("nextRecordsUrl") or after.get("@odata.nextLink"))
            or _leads_on(after.get("paging"), "next")
            or _leads_on(after.get("additional_data"), "next_cursor")
            or _leads_on(after.get("additional_data"), "pagination", "more_items_in_collection")
        )

    def _key(self) -> str | None:
        """The next key of the object, with what parts it from its value; None at its end."""
        mark = self._peek()
        if mark == ",":
            self._at += 1
            mark = self._peek()
        if mark == "}":
            self._at += 1
            return None
        key = self._value()
        if mark != '"' or not isinstance(key, str) or self._peek() != ":":
            raise self._broken()
        self._at += 1
        return key

    def _peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._fill(_BLOCK):
                return ""

    def _value(self) -> object:
        """The next value, read on until it is whole."""
        self._peek()
        more = _BLOCK
        while True:
            try:
                value, end = DECODER.raw_decode(self._buffer, self._at)
                # A number at the end of the buffer may go on behind it.
                if end < len(self._buffer) or not self._fill(more):
                    self._at = end
                    return value
            except json.JSONDecodeError:
                if len(self._buffer) - self._at > LONGEST_RECORD or not self._fill(more):
                    raise self._broken() from None
            except (ValueError, ArithmeticError, RecursionError):
                # A number beyond what can be reckoned with, or what is nested too deeply.
                raise self._broken() from None
            more *= 2

    def _fill(self, characters: int) -> bool:
        more = self._text.read(characters)
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return bool(more)

    def _broken(self) -> InvalidInput:
        where = f"at record {self._read}" if self._read else "before its records"
        return InvalidInput(f"{self._name} is not valid JSON: it goes wrong {where}")


def _leads_on(value: object, *way: str) -> bool:
    for key in way:
        value = value.get(key) if isinstance(value, dict) else None
    return bool(value)
