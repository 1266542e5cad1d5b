"""Which people of a note are on the writer's own side.

Rule: who is greeted, who signs the note, who is tagged as ours, and both speakers of a talk about the customer. Where
none of these says so, a person is the customer's.
"""

from __future__ import annotations

import re

from coach.text.people.speakers import speaker_labels
from coach.text.people.vocabulary import CLOSINGS, DEPARTMENTS, GREETINGS, HONORIFICS, ROLES, SELLER_TAGS

_GREETING = re.compile(
    rf"(?:^|[.!?:>)\]]\s|\n)[^\w\n]{{0,3}}(?:{'|'.join(sorted(GREETINGS))})[ ,]{{1,2}}"
    r"(?P<name>(?:[^\W\d_][\w.'’-]{0,20}[ ]?){1,3}?)(?=[,!:;–—\n-]|\s[-–—])",
    re.IGNORECASE | re.MULTILINE,
)
_VOCATIVE = re.compile(r"\A[^\w\n]{0,3}(?P<name>[^\W\d_][\w'’-]{1,20}),\s(?=[a-z]|I\b|I['’])")
# "Luis, head baker, had" addresses nobody.
_APPOSED = re.compile(rf"(?:[^\W\d_]+\s){{0,3}}(?:{'|'.join(sorted(ROLES | DEPARTMENTS))}),", re.IGNORECASE)
_CLOSING = re.compile(
    rf"^[^\w\n]{{0,3}}(?:{'|'.join(word.replace('-', ' ') for word in sorted(CLOSINGS))})[^\n]{{0,20}}$", re.IGNORECASE
)
_BARE_NAME = re.compile(r"[-–—\s]{0,3}(?P<name>(?:[^\W\d_][\w.'’-]{0,20}\s?){1,3})[.!]?\Z")
_OURS = re.compile(
    r"(?:\b(?:attendees|present)\s?\((?:us|ours|our\sside)\)|\bfor\sus|(?:^|[;.(/]\s?)us|\bour\sside"
    r"|\bours)\s?[:=]\s?(?P<names>[^\n;]{2,120})",
    re.I | re.M,
)
# How `_OURS` goes on to the names: few texts have it, and to look for it is quick.
_OURS_LEADS = re.compile(r"[se)]\s?[:=]", re.IGNORECASE)
_TAG = re.compile(r"\(([^()\n]{1,40})\)")
_TAGGED = re.compile(r"([^\W\d_][\w'’-]{1,20})\s?\Z")
_TAGS = SELLER_TAGS - {"manager", "mgr", "support", "solutions", "internal", "rep"}
_THIRD = re.compile(r"\b(?:they|their|them|she|he|her|him|his|customer|client)\b", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:you|your|yours|we|our|us)\b", re.IGNORECASE)
_ALWAYS_OURS = frozenset({"me", "myself", "i"})


def seller_names(text: str) -> frozenset[str]:
    """The words of the names of people on the writer's side, folded."""
    found: set[str] = set(_ALWAYS_OURS)
    for match in _GREETING.finditer(text):
        found |= _folded(match["name"])
    if (
        (vocative := _VOCATIVE.search(text))
        and not vocative["name"].isupper()
        and not _APPOSED.match(text, vocative.end())
    ):
        found |= _folded(vocative["name"])
    found |= _signatory(text)
    for match in _OURS.finditer(text) if _OURS_LEADS.search(text) else ():
        found |= {
            word
            for name in re.findall(r"[^\W\d_][\w'’-]+", match["names"])
            if name[0].isupper()
            for word in _folded(name)
        }
    for tag in _TAG.finditer(text):
        if not _TAGS.isdisjoint(re.findall(r"[\w-]+", tag[1].casefold())) and (
            name := _TAGGED.search(text, max(0, tag.start() - 22), tag.start())
        ):
            found |= _folded(name[1])
    return frozenset(found | _speakers_of_review(text))


def _folded(name: str) -> set[str]:
    return {word.casefold().strip(".") for word in name.split()} - HONORIFICS


def _signatory(text: str) -> set[str]:
    """The name at the foot of a note, unless it is the foot of a letter quoted in it."""
    lines = [line.strip() for line in text.rstrip().splitlines()[-4:]]
    if not lines or len(text) < 80:
        return set()
    last = _BARE_NAME.match(lines[-1])
    quoted = lines[-1].startswith(">") or re.search(r"^(?:from|von|de|od):", text, re.IGNORECASE | re.MULTILINE)
    closed = any(_CLOSING.match(line) for line in lines[:-1]) or not any(lines[-2:-1])
    if last and not quoted and (closed or len(lines[-1].split()) == 1) and lines[-1][:1].isupper():
        return _folded(last["name"])
    return set()


def _speakers_of_review(text: str) -> set[str]:
    """Both speakers of a talk between a rep and a manager: two, by first name, who say "they" and hardly "you".

    A recording of a meeting with the customer has more voices, titles, or labels in capitals, and says "you".
    """
    labels = speaker_labels(text)
    spoken: dict[str, list[str]] = {}
    for place, match in enumerate(labels):
        stop = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        spoken.setdefault(match["name"], []).append(text[match.end() : stop])
    turns = {name: said for name, said in spoken.items() if len(said) > 1}
    if len(turns) != 2 or any(_is_recorded(name) for name in turns):
        return set()
    said = " ".join(part for parts in turns.values() for part in parts)
    if len(_SECOND.findall(said)) > 2 * len(_THIRD.findall(said)) + 2:
        return set()
    return {word for name in turns for word in _folded(name)}


def _is_recorded(name: str) -> bool:
    """Whether a label is that of a transcript: capitals, or a title."""
    return (name.isupper() and len(name) > 2) or bool(
        HONORIFICS & {word.casefold().strip(".") for word in name.split()}
    )
