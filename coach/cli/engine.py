"""`coach engine`: train the embedded engine again, with an honest report."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.engines import chosen_settings

if TYPE_CHECKING:
    from coach.engines.base import TaskName
    from coach.evaluation.case import LabelledCase
    from coach.evaluation.spoil import Spoiling
    from coach.evaluation.training import Artefacts

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
@click.option(
    "--encoder/--no-encoder", default=True, show_default=True, help="Whether to train the encoder of notes and talks."
)
@click.option(
    "--work", type=_PATHS, help="Folder to keep unfinished work of the encoder in, and to go on from when run again."
)
@click.option("--card", type=_PATHS, help="File to write the model card into, once it is measured and trained.")
@click.option("--out", type=_PATHS, help="Folder to write the artefacts into.  [default: the engine's own]")
@click.option("--seed", default=7, show_default=True, help="Shuffles the cases into folds.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2), help="Folds of the cross-validation.")
@click.option("--report", type=_PATHS, help="Folder to write the cross-validation into, as a run.")
@click.option("--cross-validate/--no-cross-validate", default=True, show_default=True, help="Measure before training.")
@click.option("--cross-validate-only", is_flag=True, help="Measure, and leave the artefact as it is.")
@click.option(
    "--spoil",
    "spoiling",
    type=click.Choice(["typos", "dictation"]),
    help="Measure on deal notes made untidy; needs --cross-validate-only.",
)
def train(
    cases: tuple[Path, ...],
    training: tuple[Path, ...],
    signals: Path,
    tasks: tuple[TaskName, ...],
    out: Path | None,
    seed: int,
    folds: int,
    report: Path | None,
    work: Path | None,
    card: Path | None,
    spoiling: Spoiling | None,
    *,
    encoder: bool,
    cross_validate: bool,
    cross_validate_only: bool,
) -> None:
    """Train the embedded engine on labelled cases, after measuring it by cross-validation by case."""
    _check(spoiling, card, cross_validate=cross_validate, cross_validate_only=cross_validate_only)
    import asyncio

    from coach.cli.evaluate.measuring import show
    from coach.engines.local import ARTEFACT, moves, packets
    from coach.engines.local import encoder as encoders
    from coach.evaluation import cross_validation
    from coach.evaluation.case import load_cases
    from coach.evaluation.encoder_training import EncoderTraining
    from coach.evaluation.evaluate import keep_run
    from coach.evaluation.model_card import model_card
    from coach.evaluation.report import build_report
    from coach.evaluation.spoil import spoil
    from coach.evaluation.training import TASKS, fit, read_marks
    from coach.wiring import build

    # The engines that are measured are those of the folds; the one that ships need not even load.
    coach = build(chosen_settings("local", encoder=False), measured=True)
    lexicon, marks = coach.rubric.lexicon, read_marks(signals)
    wanted = {*(tasks or TASKS), *(["attack"] if not tasks or "deal" in tasks else [])}
    say = functools.partial(click.echo, err=True)
    measured, extra = ([one for one in load_cases(paths) if one.task in wanted] for paths in (cases, training))
    # Of one half alone it would forget the other.
    if encoder and not {"deal", "talk"} <= wanted:
        say("the encoder is left out: it is trained on deal notes and conversations together")
    course = EncoderTraining(extra, lexicon, seed, work, say) if encoder and {"deal", "talk"} <= wanted else None

    def train_all(seen: Sequence[LabelledCase]) -> Artefacts:
        small = fit([*seen, *extra], lexicon, seed, marks)
        return small._replace(encoder=course.artefact(seen)) if course else small

    figures = None
    if cross_validate or cross_validate_only:
        found = asyncio.run(
            cross_validation.cross_validate(
                measured,
                coach,
                lambda seen: train_all(seen).engine(lexicon),
                folds=folds,
                seed=seed,
                progress=say,
                shown=lambda case: spoil(case, spoiling, seed) if spoiling else case,
            )
        )
        found.provenance.update({"spoiled": spoiling} if spoiling else {})
        figures = keep_run(*found, report) if report else build_report(*found)
        show(figures, as_json=False)
    if not cross_validate_only:
        paths = (ARTEFACT, packets.ARTEFACT, moves.ARTEFACT, encoders.ARTEFACT)
        files = _written(dict(zip(paths, train_all(measured), strict=True)), out, say)
        if card and figures:
            card.parent.mkdir(parents=True, exist_ok=True)
            card.write_text(model_card(figures, measured, extra, files), encoding="utf-8")


def _check(spoiling: Spoiling | None, card: Path | None, *, cross_validate: bool, cross_validate_only: bool) -> None:
    """Refuse options that would come to nothing, before anything takes an hour."""
    if spoiling and not cross_validate_only:
        raise click.UsageError("--spoil only measures, on notes that nothing is trained on: add --cross-validate-only")
    if card and (cross_validate_only or not cross_validate):
        raise click.UsageError("--card says how good that is what was trained: it needs both measuring and training")


def _written(
    made: Mapping[Path, bytes | None], out: Path | None, say: Callable[[str], None]
) -> dict[str, tuple[int, str]]:
    """Write each artefact into its own place, or into a folder; returns size and hash by file name."""
    if out:
        out.mkdir(parents=True, exist_ok=True)
    files = {}
    for path, artefact in made.items():
        if artefact is not None:
            written = (out / path.name) if out else path
            written.write_bytes(artefact)
            files[path.name] = (len(artefact), hashlib.sha256(artefact).hexdigest())
            say(f"trained: {written}")
    return files


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
