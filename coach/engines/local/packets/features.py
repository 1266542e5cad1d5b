"""What the classifiers are told of a packet, and of each of its sentences: numbers by name. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from coach.domain import Competency
from coach.engines.local.packets.figures import figure_features
from coach.engines.local.packets.pages import NOTE, SEEN, SELF, Page, Sentence
from coach.text.wordlist import word_set

NOTHING = "-"
"""The signal of a sentence that bears none."""

_SMOOTH = 25
"""Words that are added to a text's length, so that one word of a field in a short text is no flood."""
_MOST = 2
"""Cues of one category that count in one sentence."""
_BESIDE = 0.5
"""What a cue in the sentence before or after counts for."""
_ENDINGS = ("ingly", "edly", "ing", "ied", "ies", "ed", "ly", "es", "s")
_NEW_ROLE = word_set("since until from moved was were before formerly previously ex promoted new")
_YEAR = re.compile(r"\b20(\d\d)\b|(?<=['’./])(2\d)\b")


def packet_features(page: Page) -> dict[str, float]:
    """What speaks for one gap or another in a packet as a whole."""
    return {**_field_rates(page), **_sign_counts(page), **figure_features(page.packet), **_form(page)}


def _field_rates(page: Page) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for one in page.sentences:
        counts.update(one.fields)
    length = sum(len(one.words) for one in page.sentences) + _SMOOTH
    return {f"f:{name}": math.sqrt(100 * count / length) for name, count in counts.items()}


def _sign_counts(page: Page) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for one in page.sentences:
        for name, count in one.signs.items():
            counts[f"c:{name}"] += min(count, _MOST)
            counts[f"c:{one.source}:{name}"] += min(count, _MOST)
    return {name: math.log1p(count) for name, count in counts.items()}


def _form(page: Page) -> dict[str, float]:
    """How the packet is made up."""
    words = [word for one in page.sentences for word in one.words]
    share = sum(word in {"N", "%"} for word in words) / max(1, len(words))
    questions = sum("?" in one.marks for one in page.of(NOTE))
    found = {
        "s:numbers": 10 * share,
        "s:questions": math.log1p(questions),
        "s:length": math.log1p(len(words)) - 5.5,
    }
    found |= {f"s:{source}": 1.0 for source in (SELF, SEEN, NOTE) if page.of(source)}
    if _NEW_ROLE & set(page.role):
        found["s:new_role"] = 1.0
    years = {found[1] or found[2] for note in page.packet.deal_notes for found in _YEAR.finditer(note)}
    if len(years) > 1:
        found["s:years"] = 1.0
    return found


def competency_features(page: Page, competency: Competency) -> dict[str, float]:
    """What speaks for one competency being the one that a packet is about."""
    rated = list(page.packet.self_assessment.ratings)
    # Not which was rated first: that is the order of whoever made the form.
    found = {"rated": float(competency in rated)}
    for source in (SELF, SEEN, NOTE):
        counts: Counter[str] = Counter()
        for one in page.of(source):
            counts.update(one.competencies)
        found[f"share:{source}"] = counts[competency] / (sum(counts.values()) + 3)
        found[f"most:{source}"] = float(bool(counts) and counts[competency] == max(counts.values()))
    found["figures"] = min(2.0, page.results.get(competency, 0))
    opening = next((one for one in page.sentences if one.competencies), None)
    found["opening"] = float(opening is not None and competency in opening.competencies)
    return found


def self_features(page: Page, competency: Competency, gaps: Mapping[str, float]) -> dict[str, float]:
    """What speaks for one self-view or another, given how likely each gap is."""
    rating = page.packet.self_assessment.ratings.get(competency)
    level = "none" if rating is None else ("low" if rating <= 2 else "fair" if rating == 3 else "high")
    found = {f"l:{level}": 1.0}
    for gap, probability in gaps.items():
        found[f"g:{gap}"] = probability
        found[f"g:{gap}:{level}"] = probability
    counts: Counter[str] = Counter()
    for one in page.of(SELF):
        counts.update(one.signs)
        counts.update(one.fields)
    length = sum(len(one.words) for one in page.of(SELF)) + _SMOOTH
    for name in (
        "confident",
        "self_low",
        "self_high",
        "modesty",
        "certainty",
        "no_idea",
        "ignorance",
        "rating",
        "chatty",
    ):
        found[f"m:{name}"] = math.sqrt(20 * counts[name] / length)
    return found


def motive_features(page: Page, evidence: Mapping[str, float]) -> dict[str, float]:
    """What speaks for one reason or another of a rep who could and does not, given what the signals come to."""
    counts: Counter[str] = Counter()
    for one in page.sentences:
        counts.update(one.signs)
        counts.update(one.fields)
    length = sum(len(one.words) for one in page.sentences) + _SMOOTH
    found = {name: math.sqrt(100 * counts[name] / length) for name in ("dread", "fear", "no_motive", "motive")}
    return found | {name: evidence.get(name, 0.0) for name in ("e:dread", "x:dread", "e:no_reason", "x:no_reason")}


def sentence_features(page: Page, index: int) -> dict[str, float]:
    """What speaks for one signal or another in a sentence."""
    one = page.sentences[index]
    found = _own(one)
    for step in (-1, 1):
        near = index + step
        if 0 <= near < len(page.sentences) and page.sentences[near].field == one.field:
            beside = page.sentences[near]
            found |= {f"{step}:c:{name}": _BESIDE for name in beside.signs}
            found |= {f"{step}:f:{name}": _BESIDE for name in beside.fields}
    return found


def evidence_features(sentences: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """What the signals of a packet's sentences come to.

    Args:
        sentences: The probability of each signal, and of none, in each sentence.
    """
    found: dict[str, float] = {}
    for signal in sentences[0] if sentences else ():
        if signal != NOTHING:
            found[f"e:{signal}"] = math.log1p(sum(one[signal] for one in sentences))
            found[f"x:{signal}"] = max(one[signal] for one in sentences)
    return found


def _own(one: Sentence) -> dict[str, float]:
    found = {f"c:{name}": float(min(count, _MOST)) for name, count in one.signs.items()}
    found |= {f"{one.source}:c:{name}": 1.0 for name in one.signs}
    found |= {f"f:{name}": math.sqrt(count) for name, count in one.fields.items()}
    found |= {f"w:{stem(word)}": 1.0 for word in one.words}
    found |= {f"b:{a}_{b}": 1.0 for a, b in pairwise(one.words)}
    found |= {f"m:{mark}": 1.0 for mark in one.marks}
    found[f"in:{one.source}"] = 1.0
    found["first"] = float(one.place == 0)
    found["last"] = float(one.place == one.places - 1)
    found[f"len:{min(5, len(one.words) // 4)}"] = 1.0
    found["numbers"] = sum(word in {"N", "%"} for word in one.words) / (len(one.words) + 2)
    found["about"] = float(bool(one.competencies))
    return found


def stem(word: str) -> str:
    """A word without its commonest endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
