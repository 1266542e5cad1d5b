"""What commands read and change of people is in the audit log, as what is asked over HTTP is."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec

import click

_Given = ParamSpec("_Given")
_PEOPLE, _MADE = "coach.people", "coach.made"


def audited(
    person: str | None = None, *, thing: str | None = None, only_with: str | None = None, only_if_kept: bool = False
) -> Callable[..., Callable[..., None]]:
    """Log that a command was run, when it has run, or broke off on the way.

    Args:
        person: The parameter that names whom it is about; `about` names others.
        thing: The parameter that is the id of what it is done to; `came_to` names what was made.
        only_if_kept: Whether nothing is logged where no reviews are kept, for then nothing is left of what it did.
        only_with: The parameter without which nobody is concerned, and nothing is logged.
    """

    def wrap(command: Callable[_Given, None]) -> Callable[_Given, None]:
        @functools.wraps(command)
        def run(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
            broke: BaseException | None = None
            try:
                command(*args, **kwargs)
            except BaseException as error:
                if _did_nothing(error):
                    raise
                broke = error
            if only_with is None or kwargs.get(only_with):
                people = [str(kwargs[person])] if person and kwargs.get(person) else []
                object_ = str(kwargs[thing]) if thing else None
                _log(object_, people, kwargs.get("workspace"), broke, only_if_kept=only_if_kept)
            if broke is not None:
                raise broke

        return run

    return wrap


def about(*names: str) -> None:
    """Name whom the command that runs is about."""
    click.get_current_context().meta.setdefault(_PEOPLE, []).extend(names)


def came_to(thing: object = None, **detail: object) -> None:
    """Say what the command that runs has made or done: an id, codes and counts, never a name or a text."""
    meta = click.get_current_context().meta
    meta.setdefault(_MADE, {}).update(detail | ({} if thing is None else {"": str(thing)}))


def _did_nothing(error: BaseException) -> bool:
    """Whether a command was refused; one that ended early, by a reader that went say, may have shown something."""
    from coach.errors import CoachError, StoreError

    refused = (CoachError, click.ClickException, click.Abort)
    return isinstance(error, refused) and not isinstance(error, StoreError)


def _log(
    thing: str | None, people: list[str], workspace: object, broke: BaseException | None, *, only_if_kept: bool
) -> None:
    from coach.errors import StoreError
    from coach.settings import load_settings
    from coach.wiring.auditing import note

    settings = load_settings()
    if only_if_kept and not settings.keep_reviews:
        return
    context = click.get_current_context()
    detail: dict[str, Any] = dict(context.meta.get(_MADE, {}))
    made = detail.pop("", None)
    if isinstance(broke, SystemExit):
        detail["exit"] = broke.code
    elif broke is not None:
        detail["broke_off"] = True
    try:
        note(
            settings,
            context.command_path.partition(" ")[2],
            object=made or thing,
            people=[*context.meta.get(_PEOPLE, []), *people],
            detail=detail,
            workspace=None if workspace is None else str(workspace),
        )
    except StoreError as error:
        if not isinstance(broke, StoreError):
            click.echo(f"coach: this is not in the audit log: {error.detail}", err=True)
