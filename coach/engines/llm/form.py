"""What a model answers to a task, and how its text is read: forgiving where no harm is done.

Prose around the JSON, a fence, an answer that breaks off: what is whole is taken. An entry that is wrong is set aside
with what is wrong with it, and the others stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from coach.domain.base import first_problem

_MOST_TRIED = 20
"""Opening braces that may be the answer's; prose has few."""
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def clean_name(value: object) -> object:
    """A name as the schema spells it, where only case, blanks or hyphens differ: `Buyer action`."""
    return value.strip().lower().replace(" ", "_").replace("-", "_") if isinstance(value, str) else value


TIDY = BeforeValidator(clean_name)
"""For a field that holds a name of the schema."""


def _whole(text: str) -> str:
    """A text that can be written down: JSON can spell half of a surrogate pair, which is no Unicode."""
    text.encode()
    return text


WHOLE = AfterValidator(_whole)
"""For a field whose words are shown as the model has them; those of a quote are the text's own."""


class Wire(BaseModel):
    """A part of an answer; what it holds besides is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Quoting(Protocol):
    """An entry of an answer: it has words of the text."""

    @property
    def quote(self) -> str:
        """The words."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """The entry as the model wrote it."""


EntryT = TypeVar("EntryT", bound=Quoting)


class Wrong(NamedTuple):
    """An entry that cannot be used."""

    entry: dict[str, Any]
    why: str


class Answer(NamedTuple, Generic[EntryT]):
    """What of a model's text can be read."""

    entries: tuple[EntryT, ...]
    wrong: tuple[Wrong, ...]
    suspected: tuple[str, ...]
    """Words of the text that the model takes for an attempt to steer it."""
    broken_off: bool
    """The text ends before the answer does."""
    besides: Mapping[str, Any] = {}
    """The whole object, for what a task asks beside entries."""


class Form(Generic[EntryT]):
    """The form of the answers to one task: an object with a list of entries, and what the task asks besides."""

    def __init__(self, entries: str, read_entry: Callable[[dict[str, Any]], EntryT | Wrong], whole: type[Wire]) -> None:
        """Describe a form.

        Args:
            entries: The name of the list.
            read_entry: Reads one of its entries.
            whole: The answer's type, for the schema.
        """
        self._entries = entries
        self._read_entry = read_entry
        self._whole = whole

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The answer's JSON schema in the subset that strict modes take: nothing optional, nothing additional."""
        schema = self._whole.model_json_schema()
        _strict(schema)
        return schema

    def read(self, text: str) -> Answer[EntryT] | None:
        """Read a model's text; None where no object with entries is in it.

        One that is whole is preferred to one that breaks off: prose may quote the form before it fills it.
        """
        broken_off = None
        for start in _objects(text):
            found = self._decoded(text, start)
            if found is not None and not found.broken_off:
                return found
            broken_off = broken_off or found
        return broken_off

    def _decoded(self, text: str, start: int) -> Answer[EntryT] | None:
        whole = True
        content: object
        try:
            content, _ = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            content, whole = self._broken_off(text, start), False
        if not isinstance(content, dict) or not isinstance(entries := content.get(self._entries), list):
            return None
        suspected = content.get("suspected")
        read = [self._read_entry(one) if isinstance(one, dict) else Wrong({}, "expected an object") for one in entries]
        right = tuple(one for one in read if not isinstance(one, Wrong))
        wrong = tuple(one for one in read if isinstance(one, Wrong))
        named = tuple(one for one in suspected if isinstance(one, str)) if isinstance(suspected, list) else ()
        return Answer(right, wrong, named, broken_off=not whole, besides=content)

    def _broken_off(self, text: str, start: int) -> object:
        """The whole entries of an object that breaks off."""
        key = text.find(f'"{self._entries}"', start)
        opened = text.find("[", key)
        if key < 0 or opened < 0 or text[start + 1 : key].strip():
            return None
        entries: list[object] = []
        place = opened + 1
        while True:
            try:
                entry, place = _DECODER.raw_decode(text, _BETWEEN.match(text, place).end())  # type: ignore[union-attr]
            except (ValueError, RecursionError):
                return {self._entries: entries}
            entries.append(entry)


def read_as(shape: Callable[[object], EntryT], content: dict[str, Any]) -> EntryT | Wrong:
    """An entry by its type, or what is wrong with it."""
    try:
        return shape(content)
    except ValidationError as error:
        return Wrong(content, first_problem(error))


def _objects(text: str) -> Iterator[int]:
    place = text.find("{")
    for _ in range(_MOST_TRIED):
        if place >= 0:
            yield place
            place = text.find("{", place + 1)


def _strict(schema: object) -> None:
    if isinstance(schema, list):
        for part in schema:
            _strict(part)
    elif isinstance(schema, dict):
        schema.pop("title", None)
        schema.pop("description", None)
        if schema.get("type") == "object":
            schema["additionalProperties"] = False
            schema["required"] = list(schema["properties"])
        for part in schema.values():
            _strict(part)
