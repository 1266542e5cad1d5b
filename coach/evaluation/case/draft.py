"""A case to be corrected by hand: a note with the labels that Coach gave it, in YAML that a person can edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from coach.domain import DealNote, Question, Statement, Status, Verdict

_HEAD = """\
# Every label below is Coach's own reading: correct it against the codebook before it counts.
# yaml-language-server: $schema=../case.schema.json
"""


def draft_case(
    id_: str, note: DealNote, statements: Sequence[Statement], coverage: dict[Question, Status], claim: Verdict
) -> str:
    """Write a case file of one note; offsets are left out where a quote comes only once in it."""
    import yaml  # noqa: PLC0415  only a draft is written as YAML

    class _Dumper(yaml.SafeDumper):
        """Texts of several lines stay readable."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    _Dumper.add_representer(str, text)
    case = {
        "id": id_,
        "task": "deal",
        "split": "dev",
        "tags": [],
        "input": note.model_dump(mode="json"),
        "expected": {
            "statements": [dict(_labels(one, note.note)) for one in statements],
            "coverage": {question.value: status.value for question, status in coverage.items()},
            "claim": claim.value,
        },
    }
    return _HEAD + yaml.dump(case, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def _labels(statement: Statement, note: str) -> Iterator[tuple[str, Any]]:
    yield "quote", statement.quote
    if note.count(statement.quote) > 1:
        yield from (("start", statement.start), ("end", statement.end))
    yield "kind", statement.kind.value
    if statement.verifiable is not None and statement.direction and statement.informs:
        yield "verifiable", statement.verifiable
        yield "direction", statement.direction.value
        yield "informs", statement.informs.value
