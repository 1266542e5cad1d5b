"""The tenure probe: veterans become newcomers and the other way round; what a contract or a deal lasts stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coach.evaluation.case import DealCase
from coach.evaluation.prediction import Output
from coach.evaluation.probes.numerals import NUMBER, article_before, number, written_like
from coach.evaluation.probes.probe import Probe, Probed, Variant, note_variant, packet_variant, rewrite_packet
from coach.evaluation.probes.rewrite import Edit, Rewrite, any_of, edit, match_case, whole
from coach.evaluation.probes.words import words
from coach.text.segment import sentences

_DURATION = rf"(?P<n>{NUMBER})(?P<gap>[-\s]+)(?P<unit>years?|yrs?|months?|weeks?)(?P<of>['’])?"
_LONG_MONTHS = 36
_MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52}
_WHOLE = re.compile(whole(_DURATION), re.IGNORECASE)
_ARTICLE = re.compile(r"\b(an?)(\s+)\Z", re.IGNORECASE)


def _make(case: Probed, _output: Output) -> Variant | None:
    if isinstance(case, DealCase):
        return note_variant(case, "tenure", swap_tenure(case.input.note))
    tenure = _WHOLE.fullmatch(case.input.tenure.strip())
    months = _months(tenure) if tenure else None
    packet = rewrite_packet(case.input, lambda text: swap_tenure(text, months))
    if tenure:
        packet = packet.model_copy(update={"tenure": _other(tenure)})
    return packet_variant(case, "tenure", packet)


def swap_tenure(text: str, months: float | None = None) -> Rewrite:
    """Swap the words and durations that tell how long somebody has done the work.

    Args:
        text: A note, or a text of a rep's packet.
        months: The rep's tenure: a duration as long as that is taken for it, unless its sentence speaks of a contract
            or the like.
    """
    phrases = [found for pattern in _patterns() for found in pattern.finditer(text)]
    same = _same(text, months) if months else ()
    # "a 14-year veteran" is a one-year veteran, and no newcomer too.
    single = (one for one in _words(text) if not any(found.start() <= one.end <= found.end() for found in phrases))
    return edit(text, [*(_edit(text, found) for found in phrases), *same, *single])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(
            rf"(?<![\w-]){_DURATION.join(_literal(part) for part in phrase.split('{duration}'))}(?!\w|-\w)",
            re.IGNORECASE,
        )
        for phrase in words().tenure.phrases
    )


def _literal(part: str) -> str:
    # A blank of the list stands for any white space, or the hyphen of "a 14-year veteran".
    return r"[\s-]+".join(re.escape(word) for word in part.split(" "))


def _same(text: str, months: float) -> Iterator[Edit]:
    """Every duration as long as the rep's tenure that no word of its sentence makes another thing's."""
    others = words().tenure.not_experience
    for sentence in sentences(text):
        if others & set(re.findall(r"\w+", text[sentence.start : sentence.end].casefold())):
            continue
        for found in _WHOLE.finditer(text, sentence.start, sentence.end):
            if _months(found) == months and "-" not in found["gap"]:
                yield _edit(text, found)


def _words(text: str) -> Iterator[Edit]:
    swaps = words().tenure.words
    for found in re.finditer(whole(any_of(swaps)), text, re.IGNORECASE):
        new = match_case(found[0], swaps[re.sub(r"\s+", " ", found[0].casefold().replace("’", "'"))])
        yield _after_article(text, found.start(), found.end(), new)


def _edit(text: str, found: re.Match[str]) -> Edit:
    return _after_article(text, found.start("n"), found.end("of") if found["of"] else found.end("unit"), _other(found))


def _after_article(text: str, start: int, end: int, new: str) -> Edit:
    article = _ARTICLE.search(text[:start])
    if article is None:
        return Edit(start, end, new)
    return Edit(article.start(), end, article_before(new, article[1]) + article[2] + new)


def _months(duration: re.Match[str]) -> float:
    return number(duration["n"]) * _MONTHS[duration["unit"][0].lower()]


def _other(duration: re.Match[str]) -> str:
    """A duration at the other end, in the manner of the one it replaces."""
    tenure = words().tenure
    years = tenure.long_becomes if _months(duration) >= _LONG_MONTHS else tenure.short_becomes
    unit = "yr" if duration["unit"].lower().startswith("yr") else "year"
    # "a six-month veteran" has no plural; "six months" has.
    plural = "s" if years != 1 and "-" not in duration["gap"] else ""
    possessive = ("’s" if duration["of"] == "’" else "'s") if duration["of"] and years == 1 else duration["of"] or ""
    return f"{written_like(years, duration['n'])}{duration['gap']}{unit}{plural}{possessive}"


TENURE = Probe(
    name="tenure",
    changes="Long experience becomes one year and short experience fourteen: the rep's tenure, and words for it.",
    expects="No verdict changes.",
    make=_make,
)
