"""A rep diagnosis at a terminal: the gap and what it rests on, what to do, how the rep sees it, what to check."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from coach.cli.terminal import closing, marks, plain, rows, section, show
from coach.domain import Finding, Gap, Prescription, RepDiagnosis
from coach.text.joined import field_title

_STYLE = {
    Gap.SKILL: "bold cyan",
    Gap.WILL: "bold magenta",
    Gap.BOTH: "bold yellow",
    Gap.ENVIRONMENT: "bold blue",
    Gap.NONE: "bold green",
    Gap.INSUFFICIENT_EVIDENCE: "bold",
}


def print_diagnosis(found: RepDiagnosis) -> None:
    """Print a diagnosis."""
    show(Group(*_parts(found)))


def _parts(found: RepDiagnosis) -> Iterator[RenderableType]:
    yield Text.assemble((plain(found.rep), "bold"), f"  as of {found.as_of}")
    if found.declined:
        yield Text.assemble(("\nDeclined: ", "bold"), found.declined.reason)
    yield section("Skill, will or neither", _finding(found.primary))
    yield section("What to do", _prescription(found.prescription, found))
    yield section("What it rests on", _signals(found))
    if found.contrast:
        yield section("The same rep, elsewhere", _contrast(found))
    if found.self_assessment:
        yield section("How the rep sees it, and what the texts show", _self_assessment(found))
    if found.assumptions:
        yield section("Assumptions to check", _assumptions(found))
    if found.others:
        yield section("Besides", Group(*(_finding(one) for one in found.others)))
    for one in found.further:
        yield section(f"Later: {one.title} ({_words(one.competency)})", _prescription(one, found, titled=False))
    if found.records:
        counts = (
            (one.question, *(f"{status} {count}" for status, count in one.counts.items())) for one in found.records
        )
        many = len(found.deal_reviews)
        yield section(f"Over {many} stored deal review{'' if many == 1 else 's'}", rows(counts))
    yield from closing(found.notices, found.provenance)


def _finding(finding: Finding) -> RenderableType:
    gap = finding.gap.value.replace("_", " ").upper()
    kind = f" ({finding.sub_type})" if finding.sub_type else ""
    lines = [
        Text.assemble(
            (("NOT SURE, BEST GUESS " if finding.abstained else "") + gap + kind, _STYLE[finding.gap]),
            f"  in {_words(finding.competency)}",
            (f"  ({finding.confidence:.0%} sure)" if finding.confidence is not None else "", "dim"),
            marks(finding.because),
        ),
        Text(f"what else fits: {_words(finding.rival)}. To tell them apart: {plain(finding.look)}", style="dim"),
    ]
    if finding.capped:
        lines.append(Text(f"not {_words(finding.capped.gap)}: {finding.capped.why}", style="dim"))
    return Group(*lines)


def _prescription(one: Prescription, found: RepDiagnosis, *, titled: bool = True) -> RenderableType:
    lines: list[tuple[RenderableType, RenderableType]] = []
    if titled:
        lines.append((Text("Remedy", style="bold"), Text(one.title, style="bold")))
    if one.manager_action:
        lines.append((Text("Yours to mend", style="bold"), Text(plain(one.manager_action))))
    for number, index in enumerate(one.bring):
        lines.append((Text("" if number else "Bring", style="bold"), Text(f"«{plain(found.signals[index].quote)}»")))
    for number, step in enumerate(one.next_one_on_one):
        lines.append((Text("" if number else "Next 1-on-1", style="bold"), Text(plain(step))))
    lines += [
        (Text("Practise", style="bold"), Text(plain(one.practise))),
        (Text("Watch for", style="bold"), Text(plain(one.watch_for))),
        (Text("It worked if", style="bold"), Text(plain(one.shows_it_worked))),
    ]
    return rows(lines)


def _signals(found: RepDiagnosis) -> RenderableType:
    if not found.signals:
        return Text("nothing that the rep did or left undone")
    return rows(
        (
            Text(f"[{number}]", style="dim"),
            Text(_words(one.signal), style=_STYLE[one.points_to] if one.points_to else "dim"),
            Text.assemble(f"«{plain(one.quote)}»", (f"  {field_title(one.field)}", "dim")),
        )
        for number, one in enumerate(found.signals, start=1)
    )


def _contrast(found: RepDiagnosis) -> RenderableType:
    assert found.contrast  # noqa: S101  asked before
    missing, shown = found.signals[found.contrast.missing], found.signals[found.contrast.shown]
    return rows(
        (
            (Text("missing here", style="bold"), Text(f"«{plain(missing.quote)}»")),
            (Text("done here", style="bold"), Text(f"«{plain(shown.quote)}»")),
        )
    )


def _self_assessment(found: RepDiagnosis) -> RenderableType:
    return rows(
        (
            _words(one.competency),
            f"{one.rating} of 5" if one.rating else "not rated",
            _words(one.shows),
            Text.assemble(one.self_view.value, marks(one.because)),
        )
        for one in found.self_assessment
    )


def _assumptions(found: RepDiagnosis) -> RenderableType:
    return rows((f"«{plain(found.signals[one.signal].quote)}»", Text(one.ask)) for one in found.assumptions)


def _words(name: str) -> str:
    return name.replace("_", " ")
