"""Tells which of the speakers is the manager.

Rule: what the caller or the text says goes before what can be guessed, and a guess is made only where it is clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coach.text.conversation.habits import CLEAR, ENOUGH_WORDS, likeness
from coach.text.conversation.names import meant
from coach.text.conversation.roles import is_lead, is_report
from coach.text.conversation.turn import Turn, speakers

_TITLE = re.compile(r"[^\W\d_][^:,()\n]{1,40}")
_LISTED = re.compile(
    r"(?P<role>[^\W\d_][^\n:=(),;]{1,30})\s?[:=][ \t]{0,4}(?P<is>[^\W\d_][^\n:=(),;]{0,60})"
    r"|(?P<name>[^\W\d_][^\n:=(),;]{0,60}?)\s?(?:\(|,\s|\s[-–—]\s)(?P<tag>[^\W\d_][^\n:=(),;]{1,40})"
)
_HEADING_CHARS = 4_000
"""How much of the text before the first speaker is read for who is who."""


class Manager(NamedTuple):
    """The speaker who is the manager."""

    speaker: str
    """As in the turns."""
    how: str
    """How it was found: `named` by the caller; `by label`, as "Sales manager:"; `by title`, as "Ana (VP Sales):" or a
    line "Manager: Ana" above the talk; `by elimination`, where the other one is the rep; `by what they say`."""


def find_manager(
    found: Sequence[Turn], text: str, *, manager: str | None = None, rep: str | None = None
) -> Manager | None:
    """The speaker who is the manager, or None where that is not clear.

    Args:
        found: The turns of `text`.
        text: The conversation.
        manager: The manager's name, first or full, its beginning or initials, in any case. Where it is given, nobody
            else is found: None means that no speaker, or more than one, is called so.
        rep: The rep's name, likewise; one that no speaker has is passed over.
    """
    names = speakers(found)
    if manager and manager.strip():
        one = meant(manager, names)
        return Manager(one, "named") if one else None
    rep_speaks = meant(rep, names) if rep else None
    others = [name for name in names if name != rep_speaks]
    if rep_speaks and len(others) == 1:
        return Manager(others[0], "by elimination")
    return _by_role(found, text, names, others) or _by_habit(found, text, others)


def _by_role(found: Sequence[Turn], text: str, names: Sequence[str], others: Sequence[str]) -> Manager | None:
    """Who the labels, the titles beside them or the lines above the talk call the manager, or all others the rep."""
    if set(names) == {"M", "R"}:
        return Manager("M", "by label")
    labels = [(name, name) for name in names]
    reports: set[str] = set()
    for how, pairs in (("by label", labels), ("by title", list(_titles(found, text, names)))):
        leads = {name for name, role in pairs if is_lead(role) and name in others}
        if len(leads) == 1:
            return Manager(leads.pop(), how)
        reports |= {name for name, role in pairs if is_report(role)}
    rest = [name for name in others if name not in reports]
    return Manager(rest[0], "by elimination") if reports and len(names) == 2 and len(rest) == 1 else None


def _titles(found: Sequence[Turn], text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Speakers with what the text calls them: beside their labels, and above the talk."""
    end = 0
    for turn in found:
        if turn.speaker is not None:
            yield from ((turn.speaker, title[0].strip()) for title in _TITLE.finditer(text, end, turn.start))
        end = turn.end
    first = next((turn.start for turn in found if turn.speaker is not None), 0)
    for listed in _LISTED.finditer(text, 0, min(first, _HEADING_CHARS)):
        role, name = listed["role"] or listed["tag"], listed["is"] or listed["name"]
        if (is_lead(role) or is_report(role)) and (one := meant(name, names)):
            yield one, role


def _by_habit(found: Sequence[Turn], text: str, others: Sequence[str]) -> Manager | None:
    """Who talks clearly more like a manager than everybody else."""
    candidates = set(others)
    if sum(len(text[turn.start : turn.end].split()) for turn in found if turn.speaker in candidates) < ENOUGH_WORDS:
        return None
    points = likeness(found, text)
    ranked = sorted(others, key=lambda name: -points[name])
    if len(ranked) < 2 or points[ranked[0]] - points[ranked[1]] < CLEAR:
        return None
    return Manager(ranked[0], "by what they say")
