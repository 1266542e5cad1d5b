"""`--format`: a result for the terminal, as JSON, or as a message for Slack or for mail."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from coach.domain import DealReview, ManagerReview, RepDiagnosis
    from coach.domain.one_on_one import OneOnOne

MESSAGES = ("slack", "email")
"""Those that are messages."""
_FORMS = ("text", "json", *MESSAGES)


def form_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --format, and --json, which is short for one of them; the command takes `form`."""

    @functools.wraps(command)
    def chosen(*args: Any, form: str | None, as_json: bool, **kwargs: Any) -> None:  # noqa: ANN401
        if as_json and form not in {None, "json"}:
            raise click.UsageError(f"--json and --format {form} are two; give one of them")
        command(*args, form="json" if as_json else form or "text", **kwargs)

    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document: short for --format json."),
        click.option(
            "--format",
            "form",
            type=click.Choice(_FORMS),
            help="text for a terminal; json; slack, a message in Slack's mark-up; email, one as HTML for mail.  "
            "[default: text]",
        ),
    ):
        chosen = option(chosen)
    return chosen


def print_result(result: DealReview | RepDiagnosis | ManagerReview, form: str, as_text: Callable[[], None]) -> None:
    """Print a result.

    Args:
        result: What came out.
        form: How to print it.
        as_text: Prints it for the terminal.
    """
    if form == "json":
        print_json(result.model_dump(mode="json", by_alias=True))
    elif form in MESSAGES:
        print_message(result, form)
    else:
        as_text()


def print_message(result: DealReview | RepDiagnosis | ManagerReview | OneOnOne, form: str) -> None:
    """Print a result as a message."""
    from coach.web.results import document

    if form == "slack":
        from coach.web.results.slack import to_slack as write
    else:
        from coach.web.results.email import to_email as write
    _out(write(document(result)))


def print_json(content: dict[str, Any] | list[Any]) -> None:
    """Print a result as one JSON document."""
    _out(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _out(text: str) -> None:
    # In UTF-8, whatever the terminal is set to: it is for a program to read.
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
