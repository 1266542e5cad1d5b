"""A rubric's prompt for language models: `prompt.md`, text with named slots, in sections.

The file begins with `version` and `changed` between two lines of `---`; each section begins with `# ` and its name.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import Template

import yaml
from pydantic import Field, ValidationError

from coach.domain.base import Frozen, first_problem
from coach.rubrics.slots import is_well_formed, slots
from coach.rubrics.strict_yaml import parse

FILE = "prompt.md"
Slots = Mapping[str, frozenset[str]]
"""Each section, and the slots it must have, all of them: no part of the rubric is left unsaid by mistake."""

_FRONT = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SECTION = re.compile(r"^# (?P<name>.+)$", re.MULTILINE)


class Prompt(Frozen):
    """What a model is told, before the slots are filled."""

    version: int = Field(ge=1)
    changed: str = Field(min_length=1)
    """What changed in this version, for whoever reads the history."""
    system: str
    """The same for every note: providers keep what stands first, and charge less for it."""
    user: str
    """The note at hand, as data."""
    repair: str
    """What is asked where some entries of an answer cannot be used."""
    sha256: str
    """Of the file."""

    def filled(self, section: str, values: dict[str, str]) -> str:
        """A section with its slots filled; what is filled in is never read for slots itself."""
        return Template(getattr(self, section)).substitute(values)


def read_prompt(raw: bytes, wanted: Slots) -> Prompt:
    """Read a prompt file.

    Args:
        raw: The file.
        wanted: Its sections and their slots.

    Raises:
        ValueError: what is wrong, and where in the file: `user: slot 'note' is missing`.
    """
    found = _FRONT.match(raw.decode("utf-8").replace("\r\n", "\n"))
    if not found:
        raise ValueError("expected version and changed between two lines of --- at the start")
    try:
        front = parse(found["front"].encode())
    except yaml.YAMLError as error:
        raise ValueError(f"what stands between the lines of --- is not valid YAML: {error}") from None
    if not isinstance(front, dict):
        raise ValueError("expected version and changed between two lines of --- at the start")  # noqa: TRY004
    for problem in _problems(list(_sections(found["body"])), front, wanted):
        raise ValueError(problem)
    sections = dict(_sections(found["body"]))
    try:
        return Prompt.model_validate(front | sections | {"sha256": hashlib.sha256(raw).hexdigest()})
    except ValidationError as error:
        raise ValueError(first_problem(error)) from None


def _sections(body: str) -> Iterator[tuple[str, str]]:
    heads = list(_SECTION.finditer(body))
    if before := body[: heads[0].start() if heads else None].strip():
        yield "", before
    ends = [head.start() for head in heads[1:]] + [len(body)]
    for head, end in zip(heads, ends, strict=True):
        yield head["name"].strip(), body[head.end() : end].strip()


def _problems(listed: Sequence[tuple[str, str]], front: dict[str, object], wanted: Slots) -> Iterator[str]:
    sections = dict(listed)
    outside = sections.pop("", None)
    for name in sorted(wanted.keys() - sections.keys()):
        yield f"the section '# {name}' is missing"
    for name in sorted(sections.keys() - wanted.keys()):
        yield f"the section '# {name}' is read by nothing; there are {', '.join(wanted)}"
    if outside is not None:
        yield f"there are words before '# {next(iter(wanted))}'; each section begins with '# ' and its name"
    for name, times in Counter(name for name, _ in listed).items():
        if times > 1:
            yield f"the section '# {name}' stands {times} times; it may stand once"
    for name in sorted(front.keys() & (wanted.keys() | {"sha256"})):
        yield f"{name} may not stand between the lines of ---"
    for name, text in sections.items():
        if not is_well_formed(text):
            yield f"{name}: a $ must begin a slot such as ${{note}}; write $$ for the sign itself"
            continue
        for slot in sorted(wanted[name] ^ slots(text)):
            yield f"{name}: slot {slot!r} " + ("is missing" if slot in wanted[name] else "is not known")
