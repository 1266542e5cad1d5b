"""`coach rep` and `coach manager`: a rep's material becomes a diagnosis, a conversation a mirror for its manager."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import click

from coach.cli.auditing import about, audited, came_to
from coach.cli.deal import DAY, today
from coach.cli.engines import chosen_settings, engine_options, fallback_option
from coach.cli.forms import form_options, print_result

if TYPE_CHECKING:
    from coach.domain import Conversation, ManagerReview, RepDiagnosis, RepPacket
    from coach.settings import Settings


@click.command()
@click.argument("packet", metavar="PACKET")
@click.option("--as-of", type=DAY, help="The day from which dates are counted; today where not given.")
@engine_options
@fallback_option
@form_options
@audited(only_if_kept=True)
def rep(
    packet: str, as_of: date | None, engine: str | None, model: str | None, *, no_fallback: bool, form: str
) -> None:
    """Diagnose a rep: skill, will or neither. PACKET is a file (.json .yaml), or - for standard input."""
    from coach.cli.input import read_bytes
    from coach.service.packet_file import read_packet
    from coach.wiring.auditing import ran

    given = read_packet(*read_bytes(packet))
    about(given.rep)
    settings = chosen_settings(engine, model, **({"fallback": False} if no_fallback else {}))
    found = asyncio.run(_diagnosed(given, as_of or today(), settings))
    came_to(**ran(found))

    def as_text() -> None:
        from coach.cli.rep_report import print_diagnosis

        print_diagnosis(found)

    print_result(found, form, as_text)


@click.command()
@click.argument("transcript", metavar="TRANSCRIPT")
@click.option("--manager", default="", help="As the transcript calls the manager; found out where not given.")
@click.option("--rep", default="", help="As the transcript calls the rep.")
@click.option("--held-on", type=DAY, help="The day of the conversation; today where not given.")
@engine_options
@fallback_option
@form_options
@audited(only_if_kept=True)
def manager(
    transcript: str,
    manager: str,
    rep: str,
    held_on: date | None,
    engine: str | None,
    model: str | None,
    *,
    no_fallback: bool,
    form: str,
) -> None:
    """Hold up a mirror to a manager: TRANSCRIPT is a file (.txt .md .docx .vtt .srt), or - for standard input."""
    from pydantic import ValidationError

    from coach.cli.input import read_note
    from coach.domain import Conversation
    from coach.errors import InvalidInput
    from coach.wiring.auditing import ran

    try:
        talk = Conversation(manager=manager, rep=rep, transcript=read_note(transcript).text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InvalidInput(f"--{first['loc'][-1]}: {first['msg']}") from None
    settings = chosen_settings(engine, model, **({"fallback": False} if no_fallback else {}))
    found = asyncio.run(_mirrored(talk, held_on or today(), settings))
    about(found.manager, rep)
    came_to(**ran(found))

    def as_text() -> None:
        from coach.cli.manager_report import print_mirror

        print_mirror(found)

    print_result(found, form, as_text)


async def _diagnosed(packet: RepPacket, as_of: date, settings: Settings) -> RepDiagnosis:
    from coach.wiring import build

    coach = build(settings)
    try:
        await coach.refuse_diagnosis_off()
        return await coach.diagnose_rep(packet, as_of)
    finally:
        await coach.close()


async def _mirrored(talk: Conversation, held_on: date, settings: Settings) -> ManagerReview:
    from coach.wiring import build

    coach = build(settings)
    try:
        return await coach.review_manager(talk, held_on)
    finally:
        await coach.close()
