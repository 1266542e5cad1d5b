"""A service with something kept in it, on a port of its own, for the pages that show what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from coach.api.app import create_app
from coach.settings import Settings
from coach.wiring import build
from tests.web.conftest import serving

HOSTILE = "<img src=x onerror=alert(1)> & Söhne"
HEADER = (
    "Record ID,Deal Name,Associated Company,Deal owner,Deal Stage,Amount,Currency,Close Date,"
    "Is Closed Won,Is Deal Closed?\n"
)
SNAPSHOTS = {
    "2026-08-31": "71,Fridges,Hallström Foods,Ilse Brandt,Discovery,60000,EUR,2026-09-30,false,false\n",
    "2026-09-30": "71,Fridges,Hallström Foods,Ilse Brandt,Proposal,60000,EUR,2026-10-31,false,false\n"
    "72,Rosters,Vale Buses,Anand Rao,Proposal,64000,GBP,2026-09-28,true,true\n",
    "2026-10-31": "71,Fridges,Hallström Foods,Ilse Brandt,Proposal,72000,EUR,2099-12-18,false,false\n"
    f"73,{HOSTILE},,Ilse Brandt,Talks,,,2099-12-31,false,false\n",
}
NOTES = (
    (
        "2026-09-10",
        "Fridges",
        "2026-09-30",
        "Dana Ruiz, their plant manager, asked for a price. I think we close this month.",
    ),
    (
        "2026-10-14",
        "Fridges",
        "2026-10-31",
        "I called their finance manager, Olle Nyberg. Dana Ruiz signed the order form on Monday. They love us. "
        "Their lawyer has not replied to my mails since 6 October.",
    ),
    ("2026-11-03", HOSTILE, "2099-12-31", "Maya Ode asked us for a test."),
)


@contextmanager
def service(folder: Path) -> Iterator[httpx.Client]:
    """A service in which nothing is kept yet; its client knows where it is."""
    settings = Settings(_env_file=None, data_dir=folder, eval_runs=folder / "runs", engine="local", encoder=False)
    with serving(create_app(build(settings))) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def keep(client: httpx.Client) -> None:
    """Bring in three snapshots, a roster and three notes."""
    csv = {"content-type": "text/csv"}
    _done(client.post("v1/people", content="rep,manager,team\nIlse Brandt,Ruth Kerr,North\n", headers=csv))
    for day, rows in SNAPSHOTS.items():
        at = {"as_of": day, "name": "deals.csv"}
        _done(client.post("v1/opportunities", params=at, content=(HEADER + rows).encode(), headers=csv))
    for day, deal, closes, note in NOTES:
        submitted: dict[str, Any] = {"deal": {"name": deal, "close_date": closes}, "rep": "Ilse Brandt"}
        _done(client.post("v1/deal-reviews", json=submitted | {"written_on": day, "note": note}))


def _done(answer: httpx.Response) -> None:
    assert answer.is_success, answer.text
