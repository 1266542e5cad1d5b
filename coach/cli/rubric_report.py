"""What a rubric says, at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from coach.cli.terminal import rows, section, show
from coach.rubrics import BuyerEvidence, ManagerMoves, Rubric, SkillWill

_Part = tuple[str, list[tuple[str, str]]]


def print_rubric(rubric: Rubric) -> None:
    """Print a rubric: what there is to find, and by which rules."""
    title = (Text(rubric.title, style="bold"), Text(f"{rubric.id}, version {rubric.version}: {rubric.changed}"))
    parts: list[RenderableType] = [rows([title])]
    for name, pairs in _parts(rubric):
        parts.append(section(name, rows((Text(one, style="bold"), Text(words)) for one, words in pairs)))
    show(Group(*parts))


def _parts(rubric: Rubric) -> Iterator[_Part]:
    if isinstance(rubric, BuyerEvidence):
        yield "Kinds of statement", [(kind.id, kind.is_) for kind in rubric.kinds]
        yield "Questions", [(question.id, question.ask) for question in rubric.questions]
        yield "Verdicts", [(verdict.id, verdict.when) for verdict in rubric.verdicts]
        yield "Rules", _numbered(rubric.rules)
    elif isinstance(rubric, SkillWill):
        yield "Gaps", [(gap.title, f"{gap.test} Typical: {gap.signs}.") for gap in rubric.gaps]
        yield "Signals", [(signal.id, signal.is_) for signal in rubric.signals]
        yield "Competencies", [(one.id, f"A rep {one.standard}.") for one in rubric.competencies]
        yield "Rules", _numbered(rubric.rules)
    elif isinstance(rubric, ManagerMoves):
        yield "Moves", [(move.title, move.is_) for move in rubric.moves]
        yield "What to practise", [(focus.id, focus.title) for focus in rubric.focuses]
        yield "Rules", _numbered(rubric.rules)


def _numbered(rules: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(str(number), rule) for number, rule in enumerate(rules, start=1)]
