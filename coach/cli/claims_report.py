"""A claim ledger at a terminal."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from coach.cli.terminal import plain, section, show
from coach.domain.one_on_one import ClaimLedger
from coach.web.packs.amounts import percent
from coach.web.packs.claims import claim_lines


def print_claims(ledger: ClaimLedger) -> None:
    """Print a claim ledger: what came true, then whose the statements of each month's notes are."""
    title = Text.assemble((plain(ledger.rep), "bold"), f"  claims until {ledger.as_of}")
    months = [
        Text(f"{one.month:%Y-%m}  {percent(one.share)} of {one.buyer + one.seller} statements are the customer's")
        for one in ledger.evidence
    ]
    lines = [Text(plain(line)) for line in claim_lines(ledger)]
    show(Group(title, section("Claims", Group(*lines)), *([section("Notes", Group(*months))] if months else [])))
