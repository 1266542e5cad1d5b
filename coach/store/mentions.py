"""Who is named where: in every text that is kept, whole words, in any case."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coach.domain.opportunity import folded
from coach.errors import InvalidInput
from coach.store.tables import (
    api_keys,
    commitments,
    corrections,
    deals,
    imports,
    notes,
    one_on_ones,
    replies,
    reviews,
    snapshots,
    teams,
)

ERASED = "(erased)"
TEXTS: dict[Table, tuple[str, ...]] = {
    notes: ("text",),
    reviews: ("content",),
    corrections: ("why",),
    replies: ("text", "difference"),
    one_on_ones: ("content",),
    commitments: ("deal", "what", "proof"),
    snapshots: ("name", "account", "next_step", "product"),
    deals: ("name",),
    imports: ("source",),
    teams: ("name",),
    api_keys: ("name",),
}
"""Every table with words in which somebody may be named, and the columns that have them."""
_LEAST = 2
_AT_ONCE = 200


class Mention(NamedTuple):
    """A row that names somebody."""

    row: Row[Any]
    texts: dict[str, list[str]]
    """By column, the texts in it that do."""


class Named:
    """A person, by all the names that texts call them by."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names.

        Raises:
            InvalidInput: one is so short that it would be found everywhere.
        """
        self.names = tuple(names)
        said = [_plain(name).split() for name in names]
        if not said or any(sum(map(str.isalnum, "".join(words))) < _LEAST for words in said):
            raise InvalidInput("a name to look for in texts needs two letters at least")
        forms = "|".join(r"\s+".join(map(re.escape, words)) for words in said)
        # An underscore is a part of a word elsewhere, and here of a file's name.
        self._form = re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Whether a text names them."""
        return self._form.search(_plain(text)) is not None

    def within(self, value: str) -> list[str]:
        """What in a value names them: itself or, where it is JSON, the texts in it."""
        if value[:1] not in {"{", "["}:
            return [value] if self.is_in(value) else []
        try:
            texts = list(_strings(json.loads(value, object_pairs_hook=_flat)))
        except (ValueError, RecursionError):
            # What begins like JSON may be a note of anything.
            texts = [value]
        return [text for text in texts if self.is_in(text)]

    def taken_out(self, text: str) -> str:
        """A text without the name."""
        left = self._form.sub(ERASED, unicodedata.normalize("NFKC", text))
        return ERASED if self.is_in(left) else left


async def mentions(
    connection: AsyncConnection, table: Table, named: Named, *chosen: ColumnElement[bool]
) -> AsyncIterator[Mention]:
    """The rows of a table that name somebody, among those that are chosen."""
    rows = await connection.stream(select(table).where(*chosen).execution_options(yield_per=_AT_ONCE))
    async for row in rows:
        texts = {name: named.within(getattr(row, name) or "") for name in TEXTS[table]}
        found = {name: some for name, some in texts.items() if some}
        if found:
            yield Mention(row, found)


def _plain(text: str) -> str:
    return folded(unicodedata.normalize("NFKC", text))


def _flat(pairs: list[tuple[str, Any]]) -> list[Any]:
    """An object as a list of its keys and values: a key that stands twice hides nothing."""
    return [part for pair in pairs for part in pair]


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  parsed JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
