"""Decides which labels of a text are speakers.

Rule: people who talk come back. A label that stands once is a speaker's only among others that do, where it has the
shape of a person's name and is followed by a sentence; "Next step: call" and "Pricing: 4k" are not. In doubt it is
somebody's: words of another one that pass for the manager's do more harm than the manager's that pass for another's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from coach.text.conversation.labels import Form, Label
from coach.text.conversation.lines import Kind, Line
from coach.text.conversation.names import Shape, fold, is_person, meant, merged, shape_of

_Key = tuple[str, ...]
_SURE = {Shape.NAME, Shape.ROLE}
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_TALK = re.compile(r"\?|\b(?:I|I'm|I've|you|your|we|me|my|us|du|Sie|ich|wir|je|vous|yo|tú|usted)\b", re.IGNORECASE)
_REPLY = re.compile(
    r"(?:yes|yeah|yep|no|nope|ok|okay|sure|agreed|thanks|hi|hello|bye|me too|will do|got it|I)\b", re.IGNORECASE
)
_HEADS_SHARE = 0.5
"""Of labels with a time, how many need words: an agenda has times and names, and nothing said."""
_LABELLED = 6
_LABELLED_SHARE = 0.45
"""How many labels a talk has at least, or which share of its lines: notes that quote two people have fewer."""
_MOST = 0.8
_BARE_SHARE = 0.3
_LISTED_SHARE = 0.5
"""Share of labels with a bullet, under which those are a list of tasks beside the talk."""
_NAMES_AT_MOST = 20


def accepted(text: str, lines: Sequence[Line], labels: Mapping[int, Label]) -> set[int]:
    """The places of the lines whose labels are speakers.

    Args:
        text: The conversation.
        lines: Its lines.
        labels: What looks like a label, by the place of its line.
    """
    voiced = {place for place, label in labels.items() if label.form is Form.VOICE}
    keys = _keys(labels)
    found = voiced | _stamped(lines, labels, keys)
    found |= _recurring(lines, labels, keys, Form.COLON, known={keys[place] for place in found})
    if len({keys[place] for place in found}) < 2:
        for form in (Form.DASH, Form.BARE):
            other = _recurring(lines, labels, keys, form, known=set())
            if len({keys[place] for place in other}) > 1:
                return voiced | other
    if not found:
        return _exchange(text, lines, labels)
    found |= _single(text, lines, labels, found)
    listed = {place for place in found if labels[place].listed}
    return found - listed if len(listed) < _LISTED_SHARE * len(found) else found


def _keys(labels: Mapping[int, Label]) -> dict[int, _Key]:
    """By what each label is counted: the fullest name of the person, folded."""
    full = merged(named(label for label in labels.values() if shape_of(label.name) in _SURE))
    return {place: fold(full.get(label.name, label.name)) for place, label in labels.items()}


def named(labels: Iterable[Label]) -> list[tuple[str, str]]:
    """Each name with each of its tags once, in order."""
    return list(dict.fromkeys((label.name, label.tag) for label in labels))


def _stamped(lines: Sequence[Line], labels: Mapping[int, Label], keys: Mapping[int, _Key]) -> set[int]:
    """Labels with a time: of names, or of anything that recurs beside a name, and with something said below."""
    places = [place for place, label in labels.items() if label.form is Form.STAMPED]
    counts = Counter(keys[place] for place in places)
    sure = {keys[place] for place in places if shape_of(labels[place].name) in _SURE}
    kept = {
        place
        for place in places
        if keys[place] in sure or (counts[keys[place]] > 1 and shape_of(labels[place].name) is not Shape.NONE)
    }
    said = sum(_is_said(lines, labels, place) for place in kept)
    recurs = any(counts[keys[place]] > 1 for place in kept)
    enough = said > _HEADS_SHARE * len(kept) and (recurs or len(kept) > 1)
    return kept if enough and (sure or len({keys[place] for place in kept}) > 1) else set()


def _is_said(lines: Sequence[Line], labels: Mapping[int, Label], place: int) -> bool:
    """Whether words follow a label, on its line or on the next one."""
    if labels[place].words < lines[place].end:
        return True
    after = next((n for n in range(place + 1, min(place + 4, len(lines))) if lines[n].kind is Kind.WORDS), None)
    return after is not None and (after not in labels or labels[after].form is Form.BARE)


def _recurring(
    lines: Sequence[Line], labels: Mapping[int, Label], keys: Mapping[int, _Key], form: Form, *, known: set[_Key]
) -> set[int]:
    """Labels of one form that come back, beside others that do or that are known."""
    places = [place for place, label in labels.items() if label.form is form]
    counts = Counter(keys[place] for place in places)
    shapes = {keys[place]: shape_of(labels[place].name) for place in places}
    sure = {key for key, shape in shapes.items() if shape in _SURE}
    back = {key for key, count in counts.items() if count > 1 and shapes[key] is not Shape.NONE}
    if any(shape is Shape.INITIAL and counts[key] == 1 for key, shape in shapes.items()):
        back -= {key for key in back if shapes[key] is Shape.INITIAL}
    written = sum(line.kind is Kind.WORDS for line in lines)
    share = sum(counts[key] for key in back | sure) / max(written, 1)
    labelled = sum(counts[key] for key in back | sure) if len(back) > 1 else 0
    if not known and not _is_talk(form, labelled, share):
        return set()
    if not known and not _are_many(back, sure, shapes, alone=share >= _MOST and len(places) > 2):
        return set()
    return {place for place in places if keys[place] in back | known}


def _is_talk(form: Form, labelled: int, share: float) -> bool:
    """Whether there are labels enough for a talk; what may be a list of names needs more of them."""
    if form is Form.DASH:
        return share >= _MOST
    if form is Form.BARE:
        return labelled >= 4 and share >= _BARE_SHARE
    return labelled >= _LABELLED or share >= _LABELLED_SHARE


def _are_many(back: set[_Key], sure: set[_Key], shapes: Mapping[_Key, Shape], *, alone: bool) -> bool:
    """Whether the labels that come back are two people's or more; one's who is answered once; or, in `alone`, one's."""
    if len(back & sure) > 1 or (back & sure and (len(back) > 1 or len(sure) > 1)):
        return True
    if len(back) > 1:
        return alone or all(shapes[key] is Shape.INITIAL for key in back)
    return alone and bool(back & sure)


def _exchange(text: str, lines: Sequence[Line], labels: Mapping[int, Label]) -> set[int]:
    """The labels of a talk so short that nobody comes back: every line has one, and most lines speak to somebody."""
    places = [place for place, line in enumerate(lines) if line.kind is Kind.WORDS]
    if len(places) < 2 or any(
        place not in labels
        or labels[place].form not in {Form.COLON, Form.STAMPED}
        or shape_of(labels[place].name) not in _SURE | {Shape.INITIAL}
        for place in places
    ):
        return set()
    talk = sum(_TALK.search(text, labels[place].words, lines[place].end) is not None for place in places)
    return set(places) if 2 * talk >= len(places) and len({labels[place].name for place in places}) > 1 else set()


def _single(text: str, lines: Sequence[Line], labels: Mapping[int, Label], found: set[int]) -> set[int]:
    """Labels that stand once in a talk of others, and are somebody: a third person, or a longer form of a name."""
    names = list(dict.fromkeys(labels[place].name for place in sorted(found)))[:_NAMES_AT_MOST]
    shouted = all(name.isupper() for name in names)
    candidates = {
        place
        for place, label in labels.items()
        if place not in found
        and lines[place].kind is Kind.WORDS
        and label.form in {Form.COLON, Form.STAMPED}
        and _is_somebody(label, shouted=shouted)
        and (_says(text[label.words : lines[place].end], names) or _heads_cue(lines, place))
    }
    kept = _opening(lines, labels, candidates, min(found))
    speaks = False
    for place, line in enumerate(lines):
        if place in found:
            speaks = True
        elif line.kind is Kind.HEADING:
            speaks = False
        elif place in candidates and (speaks or _heads_cue(lines, place)):
            kept.add(place)
    return kept


def _is_somebody(label: Label, *, shouted: bool) -> bool:
    """Whether a label that stands once is a role's or of a person's shape; one in capitals only where all are."""
    if shape_of(label.name) is Shape.ROLE:
        return True
    return is_person(label.name) and (shouted or " " in label.name or not label.name.isupper() or bool(label.tag))


def _opening(lines: Sequence[Line], labels: Mapping[int, Label], candidates: set[int], first: int) -> set[int]:
    """Of the candidates those right above the first speaker: one alone, or several that open the text or have titles.

    More than one under other lines is a list of who is who.
    """
    run: list[int] = []
    place = first - 1
    while place >= 0 and (place in candidates or lines[place].kind in {Kind.BLANK, Kind.APPARATUS}):
        run += [place] if place in candidates else []
        place -= 1
    clear = len(run) == 1 or place < 0 or any(labels[one].tag for one in run)
    return set(run) if clear else set()


def _heads_cue(lines: Sequence[Line], place: int) -> bool:
    return place > 0 and lines[place - 1].kind is Kind.APPARATUS


def _says(said: str, names: Sequence[str]) -> bool:
    """Whether words are a sentence and not the value of a field, as a speaker's name is: "Manager: Ana"."""
    is_sentence = _SENTENCE.search(said[-4:]) or _REPLY.match(said) or len(said.split(maxsplit=5)) > 4
    return bool(is_sentence) and not said[:1].isdigit() and (len(said) > 60 or not meant(said, names))
