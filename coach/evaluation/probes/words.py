"""The probes' word lists, read from `words.yaml` when first needed; editing them takes no programming."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from coach.domain.base import Frozen, first_problem
from coach.errors import InvalidInput

PATH = Path(__file__).with_name("words.yaml")


def _split(words: Any) -> Any:  # noqa: ANN401  what the file held, of any shape
    return words.split() if isinstance(words, str) else words


WordSet = Annotated[frozenset[str], BeforeValidator(_split), Field(min_length=1)]
Swaps = Annotated[dict[str, str], Field(min_length=1)]


class Person(Frozen):
    """A name to put in the place of another."""

    origin: str
    given: str
    family: str


class NameWords(Frozen):
    """Names."""

    people: tuple[Person, ...] = Field(min_length=3)


class GenderWords(Frozen):
    """Words that tell a gender, and what "her" and "his" become before which words."""

    titles: Swaps
    pronouns: Swaps
    nouns: Swaps
    keep: tuple[str, ...]
    object_before: WordSet
    possessive_before: tuple[str, ...]
    object_before_last: WordSet
    giving: WordSet
    causing: WordSet
    caused: WordSet
    his_alone_before: WordSet


class AgeWords(Frozen):
    """Words that tell an age."""

    young: Swaps
    old: Swaps
    young_before: WordSet
    old_before: WordSet
    titles: WordSet
    nouns: Swaps
    keep: tuple[str, ...]
    decades: Swaps


class TenureWords(Frozen):
    """Words that tell how long somebody has done the work."""

    long_becomes: int = Field(ge=1, le=99)
    short_becomes: int = Field(ge=1, le=99)
    phrases: tuple[str, ...]
    not_experience: WordSet
    words: Swaps


class OrderWords(Frozen):
    """Words by which an item of a list leans on its neighbours, or a list on its order."""

    begins: WordSet
    holds: WordSet
    headings: WordSet
    dates: WordSet


class StrongestWords(Frozen):
    """Words that decide what may be cut out of a sentence."""

    subjects: WordSet
    dependent: WordSet


class Words(Frozen):
    """The whole file."""

    name: NameWords
    gender: GenderWords
    age: AgeWords
    tenure: TenureWords
    order: OrderWords
    strongest: StrongestWords


@cache
def words() -> Words:
    """The word lists as packaged.

    Raises:
        InvalidInput: an edit broke the file; the message says where.
    """
    return read_words(PATH)


def read_words(path: Path) -> Words:
    """Read a file of word lists.

    Raises:
        InvalidInput: it is not YAML, a key stands twice, or a list is missing or of another shape.
    """
    import yaml  # noqa: PLC0415  only a run of the probes needs it

    from coach.rubrics.strict_yaml import parse  # noqa: PLC0415  it imports YAML

    try:
        return Words.model_validate(parse(path.read_bytes()))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: not YAML: {error}") from None
    except ValidationError as error:
        raise InvalidInput(f"{path}: {first_problem(error)}") from None
