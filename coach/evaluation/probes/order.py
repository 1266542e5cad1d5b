"""The order probe: items of a list, and a packet's deal notes, in another order, where nothing leans on the order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from coach.evaluation.case import RepCase
from coach.evaluation.prediction import Output
from coach.evaluation.probes.probe import Probe, Probed, Variant, note_variant, packet_variant
from coach.evaluation.probes.rewrite import Rewrite, any_of, permute, whole
from coach.evaluation.probes.words import words
from coach.text.people.vocabulary import common_words

_LINE = re.compile(r"[^\n]*\n?")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*•–·])[ \t]+(?P<words>\S[^\n]*)")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"[^\W\d_a-z]\w+")
_FULL_NAME = re.compile(r"\b([^\W\d_a-z][\w'’-]+) ([^\W\d_a-z][\w'’-]+)")
_GOES_ON = re.compile(r"(?:[;,:]|\b(?:and|or))\s*\Z", re.IGNORECASE)
_FIGURES_OF_TIME = r"\d{1,2}[./:]\d{1,2}|\d{1,2}h\d{2}|\d{4}-\d{2}(?:-\d{2})?"
_MOST_DATED = 1
"""Items of a list that may hold a date: where more do, it may tell what came first."""


def _make(case: Probed, _output: Output) -> Variant | None:
    chance = random.Random(f"order\0{case.id}")  # noqa: S311  a draw, not a secret
    if isinstance(case, RepCase):
        return _shuffled_notes(case, chance)
    return note_variant(case, "order", shuffle_lists(case.input.note, chance))


def _shuffled_notes(case: RepCase, chance: random.Random) -> Variant | None:
    notes = case.input.deal_notes
    if len(notes) < 2 or _leans(notes):
        return None
    order = _another_order(len(notes), chance)
    return packet_variant(
        case, "order", case.input.model_copy(update={"deal_notes": tuple(notes[place] for place in order)})
    )


def shuffle_lists(text: str, chance: random.Random) -> Rewrite:
    """Shuffle every list of a text whose order means nothing."""
    stretches: list[tuple[int, int]] = []
    order: list[int] = []
    for items in _lists(text):
        first = len(stretches)
        stretches += items
        order += [first + place for place in _another_order(len(items), chance)]
    return permute(text, stretches, order.__getitem__)


def _another_order(length: int, chance: random.Random) -> list[int]:
    order = list(range(length))
    while order == sorted(order):
        chance.shuffle(order)
    return order


def _lists(text: str) -> Iterator[list[tuple[int, int]]]:
    """The items' stretches of each list that may be shuffled, bullets left in their place."""
    lines = [found.span() for found in _LINE.finditer(text) if found[0]]
    run: list[re.Match[str]] = []
    heading = ""
    for start, end in [*lines, (len(text), len(text))]:
        item = _ITEM.match(text, start, end)
        if run and not (item and _same_list(run[-1], item)):
            # A line that is indented, or a list within the list, belongs to the item above it.
            goes_on = text[start:end].strip() and len(text[start:end]) - len(text[start:end].lstrip()) > len(
                run[0]["indent"]
            )
            if not goes_on and _is_free(heading, [one["words"] for one in run]):
                yield [one.span("words") for one in run]
            run = []
        if item:
            run.append(item)
        if not item and text[start:end].strip():
            heading = text[start:end]


def _same_list(one: re.Match[str], other: re.Match[str]) -> bool:
    return (one["indent"], one["mark"]) == (other["indent"], other["mark"])


def _is_free(heading: str, items: Sequence[str]) -> bool:
    """Whether the order of these items, under this line, means nothing."""
    order = words().order
    # A note that is nothing but a list tells its deal from the first item to the last.
    if len(items) < 2 or not heading or order.headings & _words(heading):
        return False
    return not _leans(items) and not _is_dated(items) and not any(_GOES_ON.search(item) for item in items)


def _leans(items: Sequence[str]) -> bool:
    """Whether an item would be read differently without the ones before it."""
    order = words().order
    for item in items:
        found = [word.casefold().split("'")[0] for word in _WORD.findall(item.replace("’", "'"))]
        if not found or item.startswith("(") or found[0] in order.begins or order.holds & set(found):
            return True
        if _has_loose_pronoun(item):
            return True
    return any(_introduces(one, other) or _introduces(other, one) for one, other in combinations(items, 2))


def _has_loose_pronoun(item: str) -> bool:
    pronoun = _PRONOUN.search(item)
    if pronoun is None:
        return False
    before = _CAPITAL.findall(item[: pronoun.start()])
    return not any(word.casefold() not in common_words() for word in before)


def _introduces(one: str, other: str) -> bool:
    """Whether one item gives the whole name of somebody whom the other calls by a part of it."""
    for found in _FULL_NAME.finditer(one):
        if found[0] not in other and any(re.search(rf"\b{re.escape(part)}\b", other) for part in found.groups()):
            return True
    return False


@cache
def _date() -> re.Pattern[str]:
    return re.compile(rf"{whole(any_of(words().order.dates))}|{_FIGURES_OF_TIME}", re.IGNORECASE)


def _is_dated(items: Sequence[str]) -> bool:
    dated = [item for item in items if _date().search(item)]
    leads = [item for item in items if (found := _date().search(item)) and len(item[: found.start()].split()) < 3]
    return bool(leads) or len(dated) > _MOST_DATED


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


ORDER = Probe(
    name="order",
    changes="Items of a list, and a packet's deal notes, stand in another order where their order means nothing.",
    expects="No verdict changes.",
    make=_make,
)
