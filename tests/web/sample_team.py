"""A month of a small team around the sample note: what a manager has in Coach by then, brought in over the API."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx

from coach.samples import sample

REP = "Anand Rao"
DAY = "2026-05-20"
"""The day on which the pages are looked at."""
RECORD = "9101"
"""What the CRM calls the deal of the sample note."""
_MANAGER = "Ruth Kerr"
_SAMPLE = sample()
_DEAL = _SAMPLE.deal.name
_COLUMNS = (
    "Record ID,Deal Name,Associated Company,Deal owner,Deal Stage,Amount,Currency,Close Date,"
    "Is Closed Won,Is Deal Closed?"
)
_SNAPSHOTS = {
    "2026-03-31": (
        (RECORD, _DEAL, "Harbour & Vale Buses", REP, "Discovery", 58000, "2026-05-29"),
        ("9103", "Kestrel Coaches, roster renewal", "Kestrel Coaches", REP, "Proposal", 22000, "2026-04-30"),
        ("9104", "Northgate Trams, overtime reports", "Northgate Trams", REP, "Proposal", 51000, "2026-06-12"),
    ),
    "2026-04-30": (
        (RECORD, _DEAL, "Harbour & Vale Buses", REP, "Proposal", 64000, "2026-06-15"),
        ("9102", "Tarn Ferries, crew planning", "Tarn Ferries", REP, "Discovery", 38000, "2026-06-30"),
        ("9103", "Kestrel Coaches, roster renewal", "Kestrel Coaches", REP, "Won", 22000, "2026-04-21"),
        ("9104", "Northgate Trams, overtime reports", "Northgate Trams", REP, "Proposal", 51000, "2026-06-12"),
        ("9105", "Brook Hospital, ward rosters", "Brook Hospital", "Ilse Brandt", "Discovery", 90000, "2026-08-14"),
    ),
    "2026-05-19": (
        (RECORD, _DEAL, "Harbour & Vale Buses", REP, "Proposal", 64000, "2026-06-30"),
        ("9102", "Tarn Ferries, crew planning", "Tarn Ferries", REP, "Discovery", 38000, "2026-07-31"),
        ("9103", "Kestrel Coaches, roster renewal", "Kestrel Coaches", REP, "Won", 22000, "2026-04-21"),
        ("9104", "Northgate Trams, overtime reports", "Northgate Trams", REP, "Negotiation", 51000, "2026-06-12"),
        ("9105", "Brook Hospital, ward rosters", "Brook Hospital", "Ilse Brandt", "Proposal", 90000, "2026-08-14"),
    ),
}
_NOTES = (
    (
        REP,
        "2026-04-14",
        _DEAL,
        "2026-05-29",
        "First call with Marion Okafor, their operations director. She said two routes did not run last winter because "
        "a shift was double-booked. She wants to see the roster board with her own depots in it. I sent her our "
        "deck and the price list. Feels like a quick one, end of May.",
    ),
    (
        REP,
        "2026-05-06",
        "Tarn Ferries, crew planning",
        "2026-07-31",
        "Sent Joss Penrose the summary and a slot for a demo, and chased twice. He likes what he has seen. "
        "I think they will move before the summer timetable.",
    ),
    (
        REP,
        "2026-05-12",
        "Northgate Trams, overtime reports",
        "2026-06-12",
        "On Monday Ines Valdez (head of operations) sent back the signed order form with a purchase order number. "
        "Their legal counsel Tom Farrow returned the contract with two edits on Tuesday, and both are agreed. "
        "Ines booked 8 June with her planners to load the depots.",
    ),
    (
        "Ilse Brandt",
        "2026-05-11",
        "Brook Hospital, ward rosters",
        "2026-08-14",
        "Demo for the ward managers went well. Sister Adeyemi said agency shifts cost them 30,000 a month. "
        "She asked who else of their size uses it. I hope to meet the finance side next.",
    ),
)
_TALK = (
    "Ruth: How is Kestrel?\nAnand: They want the renewal by Friday.\nRuth: Then send it today, and copy me.\n"
    "Anand: Right.\nRuth: Is Harbour still May?\nAnand: I think so.\nRuth: Push them for a date."
)
_STEPS = (
    {"what": "Ask Marion Okafor who else has to agree, and how they decide", "owner": "rep", "due_on": "2026-05-06"},
    {"what": "Introduce Anand to the finance director of Northgate Trams", "owner": "manager", "due_on": "2026-04-30"},
)
_PACKET = {
    "rep": REP,
    "as_of": DAY,
    "manager_observation": "On 22 April we agreed that he would ask Marion Okafor who else decides. On 6 May he had "
    "not asked, and nothing stood in the way. With Northgate he asked that in the first call, and got three names.",
    "self_assessment": {"text": "I dread the question about who decides, and put it off."},
}
_KEYS: tuple[dict[str, Any], ...] = (
    {"name": "Ruth’s", "role": "manager", "person": _MANAGER},
    {"name": "Anand’s", "role": "rep", "person": REP, "last_day": "2027-06-30"},
    {"name": "The CRM sidebar’s", "role": "service", "scopes": ["reviews:read", "pipeline:read"]},
)


def keep(client: httpx.Client) -> None:
    """Bring it all in, as an administrator."""
    _import(
        client, "v1/people", [["rep", "manager", "team"], [REP, _MANAGER, "North"], ["Ilse Brandt", _MANAGER, "North"]]
    )
    for day, deals in _SNAPSHOTS.items():
        rows = [[*deal[:6], "GBP", deal[6], won := str(deal[4] == "Won").lower(), won] for deal in deals]
        _import(client, "v1/opportunities", [_COLUMNS.split(","), *rows], as_of=day, name="deals.csv")
    for rep, day, deal, closes, note in (
        *_NOTES,
        (REP, str(_SAMPLE.written_on), _DEAL, str(_SAMPLE.deal.close_date), _SAMPLE.note),
    ):
        known = {"deal": {"name": deal, "close_date": closes}, "rep": rep, "written_on": day, "note": note}
        record = {"record": {"crm": "hubspot", "record": RECORD}} if deal == _DEAL else {}
        _sent(client, "v1/deal-reviews", known | record)
    _sent(client, "v1/diagnoses", _PACKET)
    _sent(
        client, "v1/manager-reviews", {"manager": "Ruth", "rep": "Anand", "held_on": "2026-04-22", "transcript": _TALK}
    )
    _sent(client, "v1/one-on-ones/held", {"rep": REP, "held_on": "2026-04-22", "steps": _STEPS})
    for key in _KEYS:
        _sent(client, "v1/keys", key)


def _import(client: httpx.Client, path: str, rows: list[list[Any]], **query: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    answer = client.post(path, params=query, content=written.getvalue().encode(), headers={"content-type": "text/csv"})
    assert answer.is_success, answer.text


def _sent(client: httpx.Client, path: str, content: dict[str, Any]) -> None:
    answer = client.post(path, json=content)
    assert answer.is_success, answer.text
