"""The `coach` command, and how its failures end: a sentence on stderr, never a traceback."""

from __future__ import annotations

import os
import sys

import click

from coach import __version__
from coach.cli.audit import audit
from coach.cli.collecting import collect_seldom
from coach.cli.db import db
from coach.cli.deal import deal, demo
from coach.cli.engine import engine
from coach.cli.evaluate import evaluate
from coach.cli.importing import import_
from coach.cli.keys import keys
from coach.cli.mcp import mcp
from coach.cli.members import members
from coach.cli.one_on_one import agree, claims, commitments, one_on_one, settle
from coach.cli.people import manager, rep
from coach.cli.privacy import privacy
from coach.cli.rubric import rubric
from coach.cli.serve import serve
from coach.cli.workspace import workspace
from coach.errors import CoachError

_READER_GONE = 128 + 13
_INTERNAL_ERROR = 70
"""EX_SOFTWARE of sysexits.h: none of the exits that Contract 1 gives a meaning."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coach")
def cli() -> None:
    """What the customer has done, told apart from what the rep has done or hopes.

    Results go to stdout, progress to stderr. Exit 0: done. 1: the check asked for failed. 2: bad input or usage, or
    nothing to measure. 3: a provider failed and no fallback was allowed.
    """


for command in (
    demo,
    deal,
    rep,
    one_on_one,
    agree,
    commitments,
    settle,
    claims,
    manager,
    import_,
    serve,
    mcp,
    evaluate,
    rubric,
    engine,
    db,
    keys,
    members,
    audit,
    workspace,
    privacy,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    collect_seldom()
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped", 130)
    except CoachError as error:
        _end(error.detail, error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; a second failure at shutdown would only be noise.
        # The exit is the one a shell gives a program that SIGPIPE ended: a gate cut short must not look green.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_READER_GONE)
    except Exception as error:  # noqa: BLE001  the last line of defence: a traceback could show the note
        last = error.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        where = f"{last.tb_frame.f_globals.get('__name__')}:{last.tb_lineno}" if last else "unknown"
        _end(f"internal error: {type(error).__name__} at {where}; please report it", _INTERNAL_ERROR)


def _end(message: str, code: int) -> None:
    click.echo(f"coach: {message}", err=True)
    sys.exit(code)
