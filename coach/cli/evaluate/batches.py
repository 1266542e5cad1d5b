"""`coach eval export-batch` and `import-batch`: a suite through a provider's batch endpoint, or answered elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.engines import chosen_settings
from coach.cli.evaluate.arguments import PATHS, cases_argument, chosen, json_option, where_option

if TYPE_CHECKING:
    from coach.engines.llm import LlmEngine
    from coach.wiring import Coach

_NOT_RECORDED = "not recorded"


@click.command("export-batch")
@cases_argument
@click.option("--model", required=True, help="The model that is to be asked.")
@click.option("--out", required=True, type=PATHS, help="File to write the requests into.")
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1), help="Times each case is asked.")
@where_option
def export_batch(cases: tuple[Path, ...], model: str, out: Path, repeat: int, where: tuple[str, ...]) -> None:
    """Write what a model would be asked of CASES into a file of OpenAI's Batch API."""
    from coach.evaluation import batch

    coach, engine = _by_model(model)
    written = batch.export_batch(chosen(cases, where), coach, engine, out, repeat=repeat)
    click.echo(f"{written} requests: {out}", err=True)


@click.command("import-batch")
@cases_argument
@click.argument("responses", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--model", help="The model that answered.  [default: as the responses name it]")
@click.option("--out", required=True, type=PATHS, help="Folder to write predictions and reports into.")
@where_option
@json_option
def import_batch(
    cases: tuple[Path, ...], responses: Path, model: str | None, out: Path, where: tuple[str, ...], *, as_json: bool
) -> None:
    """Read RESPONSES to an exported batch of CASES, and write the run that they make."""
    import asyncio

    from coach.cli.evaluate.measuring import say_failed, show
    from coach.evaluation import batch
    from coach.evaluation.coach_subject import CoachSubject
    from coach.evaluation.evaluate import keep_run

    todo = chosen(cases, where)
    coach, engine = _by_model(model or _NOT_RECORDED)
    predictions, named = asyncio.run(batch.import_batch(todo, coach, engine, responses))
    coach, _ = _by_model(model or named or _NOT_RECORDED)
    made = {**CoachSubject(coach).provenance(), "answers": "imported from a file of responses"}
    report = keep_run(todo, predictions, made, out)
    show(report, as_json=as_json)
    say_failed(report)


def _by_model(model: str) -> tuple[Coach, LlmEngine]:
    from coach.engines.llm import LlmEngine
    from coach.wiring import build

    coach = build(chosen_settings("llm", model), measured=True)
    assert isinstance(coach.engine, LlmEngine)  # noqa: S101  a measured engine has nothing around it
    return coach, coach.engine
