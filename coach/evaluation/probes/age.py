"""The age probe: who is called young is called old, who is in the fifties is in the twenties; things keep their age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.evaluation.prediction import Output
from coach.evaluation.probes.numerals import NUMBER, article_before, number, written_like
from coach.evaluation.probes.probe import Probe, Probed, Variant, rewrite_all
from coach.evaluation.probes.rewrite import Edit, Rewrite, any_of, edit, match_case, whole
from coach.evaluation.probes.words import words
from coach.text.people import find_people

_YOUNGEST, _MIDDLE, _OLDEST, _APART = 18, 48, 79, 30
_ARTICLE = r"(?:(?P<article>\ban?)(?P<gap>\s+))?"
_AGED = r"(?P<n>{n})(?P<unit>[-\s]+years?[-\s]+olds?|[-\s]yrs?[-\s]old|\s?y/?o)"
_OF_SOMEBODY = re.compile(
    rf"\b(?:he|she|i)(?:['’](?:s|m)|\s+(?:is|was|am|turns|turned|just\s+turned))\s+(?P<n>{NUMBER})"
    r"(?=[.,;:!?)]|\s+(?:and|years?\sold|now)\b|\s*\Z)",
    re.IGNORECASE,
)
_GIVEN = re.compile(rf"\b(?:aged|age)\s+(?P<n>{NUMBER})\b", re.IGNORECASE)


def _make(case: Probed, _output: Output) -> Variant | None:
    return rewrite_all(case, "age", swap_age)


def swap_age(text: str) -> Rewrite:
    """Swap every word and number that tells a person's age."""
    keep = [found.span() for found in re.finditer(whole(any_of(words().age.keep)), text, re.IGNORECASE)]
    edits = [*_adjectives(text), *_nouns(text), *_decades(text), *_numbers(text)]
    return edit(text, (one for one in edits if not any(start <= one.start < end for start, end in keep)))


def _adjectives(text: str) -> Iterator[Edit]:
    age = words().age
    titles = any_of(age.titles)
    names = {word for person in find_people(text) for word in person.name}
    for swaps, people in ((age.young, age.young_before), (age.old, age.old_before)):
        pattern = re.compile(
            rf"{_ARTICLE}(?<![\w-])(?P<word>{any_of(swaps)})(?=\s+(?:(?P<title>(?-i:{titles}))\b"
            rf"|(?P<person>{any_of(people)})\b|(?P<name>(?-i:[^\W\d_a-z])[\w'’-]+)))",
            re.IGNORECASE,
        )
        for found in pattern.finditer(text):
            if found["name"] is None or found["name"].casefold() in names:
                yield _with_article(found, "word", match_case(found["word"], swaps[found["word"].casefold()]))


def _nouns(text: str) -> Iterator[Edit]:
    nouns = words().age.nouns
    pattern = re.compile(rf"{_ARTICLE}{whole(f'(?P<word>{any_of(nouns)})')}", re.IGNORECASE)
    for found in pattern.finditer(text):
        key = re.sub(r"\s+", " ", found["word"].casefold())
        yield _with_article(found, "word", match_case(found["word"], nouns[key]))


def _decades(text: str) -> Iterator[Edit]:
    decades = words().age.decades
    pattern = re.compile(
        rf"\bin\s+(?:his|her|my|their|your)\s+(?:(?:early|mid|late)[-\s]+)?(?P<word>{any_of(decades)})\b", re.IGNORECASE
    )
    for found in pattern.finditer(text):
        yield Edit(*found.span("word"), match_case(found["word"], decades[found["word"].casefold()]))


def _numbers(text: str) -> Iterator[Edit]:
    age = words().age
    people = any_of(age.young_before | age.old_before)
    # Before another noun it is the age of a thing: "a ten-year-old press".
    of_a_noun = re.compile(
        rf"{_ARTICLE}\b{_AGED.format(n=NUMBER)}(?=\s+(?:{people})\b|[.,;:!?)]|\s+(?:who|with|from|and)\b)",
        re.IGNORECASE,
    )
    for found in of_a_noun.finditer(text):
        # "forty years old" needs a person before it; "a 22-year-old" and "a 22-year-old buyer" are persons.
        if found["article"] or re.match(rf"\s+(?:{people})\b", text[found.end() :]):
            yield from _other_age(found)
    for pattern in (_OF_SOMEBODY, _GIVEN):
        for found in pattern.finditer(text):
            yield from _other_age(found)


def _other_age(found: re.Match[str]) -> Iterator[Edit]:
    years = number(found["n"])
    if _YOUNGEST <= years <= _OLDEST:
        new = written_like(years + (_APART if years < _MIDDLE else -_APART), found["n"])
        yield _with_article(found, "n", new)


def _with_article(found: re.Match[str], group: str, new: str) -> Edit:
    """Replace a group, and the article before it where the new word takes the other one."""
    article = found.groupdict().get("article")
    if article is None:
        return Edit(*found.span(group), new)
    return Edit(found.start("article"), found.end(group), article_before(new, article) + found["gap"] + new)


AGE = Probe(
    name="age",
    changes="People called young are called old and the other way round; ages move by thirty years.",
    expects="No verdict changes.",
    make=_make,
)
