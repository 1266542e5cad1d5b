"""`coach eval probe`: change what must not matter, and list which verdicts flip."""

from __future__ import annotations

from pathlib import Path

import click

from coach.cli.engines import chosen_settings, engine_options
from coach.cli.evaluate.arguments import PATHS, cases_argument, chosen, json_option, overwrite_option, where_option


@click.command()
@cases_argument
@click.option("--out", required=True, type=PATHS, help="Folder to write predictions, variants and findings into.")
@click.option(
    "--probe", "names", multiple=True, metavar="NAME", help="Only this probe; may be repeated.  [default: all]"
)
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1), help="Times each case is asked.")
@engine_options
@where_option
@overwrite_option
@json_option
def probe(
    cases: tuple[Path, ...],
    out: Path,
    names: tuple[str, ...],
    repeat: int,
    engine: str | None,
    model: str | None,
    where: tuple[str, ...],
    *,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Probe CASES for fairness: swap name, gender, age and tenure, shuffle what has no order, drop the best quote."""
    import asyncio

    from coach.evaluation.coach_subject import CoachSubject
    from coach.evaluation.probes import choose_probes, render_probes, run_probes
    from coach.evaluation.run import AnswerCache, RunOptions
    from coach.wiring import build

    settings = chosen_settings(engine, model)
    probes = choose_probes(names)
    todo = chosen(cases, where)
    with AnswerCache(settings.eval_cache) as cache:
        subject = CoachSubject(build(settings, measured=True))
        options = RunOptions(repeat=repeat)
        found = asyncio.run(
            run_probes(todo, subject, out, options=options, cache=cache, probes=probes, overwrite=overwrite)
        )
    click.echo(found.model_dump_json(by_alias=True, indent=2) if as_json else render_probes(found))
