"""The name probe: another name for the rep, or for a person on a note's own side; consistently, in every form of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.evaluation.case import DealCase
from coach.evaluation.prediction import Output
from coach.evaluation.probes.probe import (
    Probe,
    Probed,
    Rewriter,
    Variant,
    note_variant,
    packet_variant,
    rewrite_packet,
)
from coach.evaluation.probes.rewrite import Edit, Rewrite, edit, match_case, replace
from coach.evaluation.probes.words import Person, words
from coach.text.people import find_people
from coach.text.people.vocabulary import common_words

_SELF = frozenset({"me", "myself", "i"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as a text has it; either part may be missing."""

    given: str
    family: str


def _make(case: Probed, _output: Output) -> Variant | None:
    name = _writer(case.input.note) if isinstance(case, DealCase) else _parts(case.input.rep.split())
    if name is None or {name.given.casefold(), name.family.casefold()} & common_words():
        return None  # "Will" and "Grace" cannot be told from the words
    text = case.input.model_dump_json()
    person = _other(case.id, text)
    if person is None:
        return None
    if isinstance(case, DealCase):
        return note_variant(case, "name", _renamer(name, person, initials=False)(case.input.note))
    packet = rewrite_packet(case.input, _renamer(name, person, initials=True))
    rep = _renamer(name, person, initials=False)(packet.rep).text
    return packet_variant(case, "name", packet.model_copy(update={"rep": rep}))


def _writer(note: str) -> _Name | None:
    """Who signs the note, or else the first person whom it names on the writer's side."""
    ours = [one for one in find_people(note) if one.is_seller_side and one.name and not _SELF & set(one.name)]
    if not ours:
        return None
    signed = ours[-1].end >= len(note.rstrip()) - 1
    mention = ours[-1] if signed else ours[0]
    return _parts([word for word in mention.text.split() if word.casefold().strip(".,") in mention.name])


def _parts(names: list[str]) -> _Name | None:
    if not names:
        return None
    return _Name(names[0].strip(".,"), " ".join(names[1:]).strip(".,"))


def _other(case_id: str, text: str) -> Person | None:
    """A name by chance, the same each time, of which the text holds no part."""
    people = list(words().name.people)
    random.Random(f"name\0{case_id}").shuffle(people)  # noqa: S311  a draw, not a secret
    return next((one for one in people if one.given not in text and one.family not in text), None)


def _renamer(name: _Name, person: Person, *, initials: bool) -> Rewriter:
    """Rewrites a text: either part of the name wherever it stands, "W. Wachter", and in a rep's packet "W." alone."""
    swaps = [(_form(name.given), person.given)] if len(name.given) > 1 else []
    followed = [r":\s", r"\.(?:['’]s)?\s+[a-z]"] if initials else []
    if name.family:
        swaps.append((_form(name.family), person.family if len(name.family) > 1 else person.family[0]))
        followed.append(rf"\.?\s*{_form(name.family)}")
    if followed:
        swaps.append((rf"(?<!\.){re.escape(name.given[0])}(?={'|'.join(followed)})", person.given[0]))

    def rewrite(text: str) -> Rewrite:
        return edit(text, [one for form, new in swaps for one in _edits(text, form, new)])

    return rewrite


def _form(part: str) -> str:
    return rf"(?:{re.escape(part)}|{re.escape(part.upper())})"


def _edits(text: str, form: str, new: str) -> Iterator[Edit]:
    pattern = re.compile(rf"(?<![\w-])(?:{form})(?!\w|-\w)")
    return replace(text, pattern, lambda found: match_case(found[0], new))


NAME = Probe(
    name="name",
    changes="The rep, or the one who signs a note or is named first on our side, bears a name of another origin.",
    expects="No verdict changes.",
    make=_make,
)
