"""Finds the people a note names, by name or by role.

Rule: precision before recall; a product or a company is nobody, and a role beside a name is part of that name's
mention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.text.people.evidence import WHO
from coach.text.people.mention import PersonMention
from coach.text.people.names import NameSpan, find_names
from coach.text.people.roles import RoleSpan, find_roles
from coach.text.people.sides import seller_names
from coach.text.people.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def find_people(text: str) -> tuple[PersonMention, ...]:
    """The people and acting bodies that a text mentions, in order, none overlapping."""
    words = words_of(text)
    ours = seller_names(text)
    names = list(_apart(find_names(text, words, ours)))
    roles = find_roles(text, words)
    found = [_named(text, name, roles, ours) for name in names]
    taken = sorted((mention.start, _reach(text, mention)) for mention in found)
    return tuple(sorted([*found, *_unnamed(text, roles, taken)], key=lambda mention: mention.start))


def _apart(names: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """The names, none overlapping."""
    end = -1
    for name in names:
        if name.start >= end:
            yield name
            end = name.end


def _named(text: str, name: NameSpan, roles: list[RoleSpan], ours: frozenset[str]) -> PersonMention:
    """The mention of a name; the role phrase right before it is its role."""
    before = next(
        (role for role in roles if role.end < name.start and not text[role.end : name.start].strip(" ,")), None
    )
    role = text[before.core : before.end] if before else name.role
    seller = bool(set(name.words) & ours) or (before is not None and before.is_seller_side)
    return PersonMention(
        name.start, name.end, text[name.start : name.end], name.words, role if role != WHO else None, seller
    )


def _reach(text: str, mention: PersonMention) -> int:
    """Where the words about a name end, its role included."""
    if mention.role:
        found = text.find(mention.role, mention.end, mention.end + len(mention.role) + 24)
        if found >= 0:
            return found + len(mention.role)
    return mention.end


def _unnamed(text: str, roles: list[RoleSpan], taken: list[tuple[int, int]]) -> Iterator[PersonMention]:
    """Roles that are no name's."""
    place = 0
    for role in roles:
        while place < len(taken) and taken[place][1] <= role.start:
            place += 1
        overlaps = place < len(taken) and taken[place][0] < role.end
        leads = place < len(taken) and taken[place][0] >= role.end and not text[role.end : taken[place][0]].strip(" ,")
        if not overlaps and not (leads and "," not in text[role.end : taken[place][0]]):
            words = text[role.start : role.end]
            yield PersonMention(role.start, role.end, words, (), text[role.core : role.end], role.is_seller_side)
