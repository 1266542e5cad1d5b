"""`coach engine`: train the embedded engine again, with an honest report."""

from __future__ import annotations

from pathlib import Path

import click

_PATHS = click.Path(path_type=Path)


@click.group()
def engine() -> None:
    """Train the embedded engine."""


@engine.command()
@click.option(
    "--cases", multiple=True, type=_PATHS, default=["evals/cases"], help="Labelled cases, measured on and trained on."
)
@click.option("--training", multiple=True, type=_PATHS, default=["evals/training"], help="Cases that only ever train.")
@click.option("--out", type=_PATHS, help="Where to write the artefact.  [default: the engine's own folder]")
@click.option("--seed", default=7, show_default=True, help="Shuffles the cases into folds.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2), help="Folds of the cross-validation.")
@click.option("--report", type=_PATHS, help="Folder to write the cross-validation into, as a run.")
@click.option("--cross-validate/--no-cross-validate", default=True, show_default=True, help="Measure before training.")
@click.option("--cross-validate-only", is_flag=True, help="Measure, and leave the artefact as it is.")
def train(
    cases: tuple[Path, ...],
    training: tuple[Path, ...],
    out: Path | None,
    seed: int,
    folds: int,
    report: Path | None,
    *,
    cross_validate: bool,
    cross_validate_only: bool,
) -> None:
    """Train the embedded engine on labelled notes, after measuring it by cross-validation by note."""
    import asyncio

    from coach.cli.evaluate.measuring import show
    from coach.engines.local import ARTEFACT, LocalEngine
    from coach.engines.local.train import fit
    from coach.evaluation import cross_validation
    from coach.evaluation.case import DealCase, load_cases
    from coach.evaluation.evaluate import keep_run
    from coach.evaluation.report import build_report
    from coach.wiring import build

    coach = build()
    lexicon = coach.rubric.lexicon
    measured, extra = load_cases(cases), load_cases(training)
    if cross_validate or cross_validate_only:
        found = asyncio.run(
            cross_validation.cross_validate(
                measured,
                extra,
                coach,
                lambda notes: LocalEngine(lexicon, fit(notes, lexicon, seed)),
                folds=folds,
                seed=seed,
                progress=lambda line: click.echo(line, err=True),
            )
        )
        show(keep_run(*found, report) if report else build_report(*found), as_json=False)
    if not cross_validate_only:
        notes = [cross_validation.labelled(case) for case in (*measured, *extra) if isinstance(case, DealCase)]
        out = out or ARTEFACT
        out.write_bytes(fit(notes, lexicon, seed))
        click.echo(f"trained on {len(notes)} notes: {out}", err=True)


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
