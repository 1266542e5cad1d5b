"""`coach engine`: train the embedded engine again, with an honest report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.engines import chosen_settings

if TYPE_CHECKING:
    from coach.engines.base import TaskName

_PATHS = click.Path(path_type=Path)


@click.group()
def engine() -> None:
    """Train the embedded engine."""


@engine.command()
@click.option(
    "--cases", multiple=True, type=_PATHS, default=["evals/cases"], help="Labelled cases, measured on and trained on."
)
@click.option("--training", multiple=True, type=_PATHS, default=["evals/training"], help="Cases that only ever train.")
@click.option("--signals", type=_PATHS, default="evals/signals/reps.jsonl", help="Signals of rep cases.")
@click.option("--task", "tasks", multiple=True, type=click.Choice(["deal", "rep", "talk"]), help="Only these.")
@click.option("--out", type=_PATHS, help="Folder to write the artefacts into.  [default: the engine's own]")
@click.option("--seed", default=7, show_default=True, help="Shuffles the cases into folds.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2), help="Folds of the cross-validation.")
@click.option("--report", type=_PATHS, help="Folder to write the cross-validation into, as a run.")
@click.option("--cross-validate/--no-cross-validate", default=True, show_default=True, help="Measure before training.")
@click.option("--cross-validate-only", is_flag=True, help="Measure, and leave the artefact as it is.")
def train(
    cases: tuple[Path, ...],
    training: tuple[Path, ...],
    signals: Path,
    tasks: tuple[TaskName, ...],
    out: Path | None,
    seed: int,
    folds: int,
    report: Path | None,
    *,
    cross_validate: bool,
    cross_validate_only: bool,
) -> None:
    """Train the embedded engine on labelled cases, after measuring it by cross-validation by case."""
    import asyncio

    from coach.cli.evaluate.measuring import show
    from coach.engines.local import ARTEFACT, moves, packets
    from coach.evaluation import cross_validation
    from coach.evaluation.case import load_cases
    from coach.evaluation.evaluate import keep_run
    from coach.evaluation.report import build_report
    from coach.evaluation.training import TASKS, fit, read_marks
    from coach.wiring import build

    coach = build(chosen_settings("local"), measured=True)
    lexicon, marks = coach.rubric.lexicon, read_marks(signals)
    wanted = {*(tasks or TASKS), *(["attack"] if not tasks or "deal" in tasks else [])}
    measured, extra = ([one for one in load_cases(paths) if one.task in wanted] for paths in (cases, training))
    if cross_validate or cross_validate_only:
        found = asyncio.run(
            cross_validation.cross_validate(
                measured,
                extra,
                coach,
                lambda seen: fit(seen, lexicon, seed, marks).engine(lexicon),
                folds=folds,
                seed=seed,
                progress=lambda line: click.echo(line, err=True),
            )
        )
        show(keep_run(*found, report) if report else build_report(*found), as_json=False)
    if not cross_validate_only:
        if out:
            out.mkdir(parents=True, exist_ok=True)
        made = fit([*measured, *extra], lexicon, seed, marks)
        for path, artefact in zip((ARTEFACT, packets.ARTEFACT, moves.ARTEFACT), made, strict=True):
            if artefact is not None:
                written = (out / path.name) if out else path
                written.write_bytes(artefact)
                click.echo(f"trained: {written}", err=True)


@engine.command("train-register")
@click.option("--passages", type=_PATHS, default="evals/passages/training.jsonl", help="Passages, benign or not.")
@click.option("--ordinary", multiple=True, type=_PATHS, default=["evals/cases", "evals/training"], help="Cases.")
def train_register(passages: Path, ordinary: tuple[Path, ...]) -> None:
    """Train what tells speech to a reader from news of a deal, with its figures out of fold."""
    from coach.evaluation.case import AttackCase, DealCase, TalkCase, load_cases
    from coach.evaluation.files import read_lines
    from coach.evaluation.passages import Passage
    from coach.text.untrusted.register import ARTEFACT
    from coach.text.untrusted.train import fit

    known = [(one.text, one.benign) for _, one in read_lines(passages, Passage)]
    texts = []
    for case in load_cases(ordinary):
        if isinstance(case, DealCase):
            texts.append(case.input.note)
        elif isinstance(case, TalkCase):
            texts.append(case.input.transcript)
        elif isinstance(case, AttackCase):
            known.append((case.expected.inserted, case.expected.benign))
    attacks = [text for text, benign in known if not benign]
    lookalikes = [text for text, benign in known if benign]
    trained = fit(attacks, lookalikes, texts)
    ARTEFACT.write_bytes(trained.artefact)
    click.echo(
        f"trained on {len(attacks)} attacks, {len(lookalikes)} look-alikes, {len(texts)} ordinary texts; out of fold "
        f"{trained.recall:.2f} of the attacks and {trained.lookalikes_suspected:.2f} of the look-alikes are suspected: "
        f"{ARTEFACT}",
        err=True,
    )
