"""An export has everything of a person, nothing of another's but where they are named, and is one document."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coach.errors import StoreError
from coach.service.person_export import document
from coach.store.audit import Audit, Entry
from coach.store.database import Database
from coach.store.exporting import SECTIONS, held_on
from coach.store.mentions import Named
from coach.store.records import Records
from coach.store.secret import Secret
from tests.store.filled import ANAND, DANA, ILSE, RUTH, fill


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    opened = Records(Database(url))
    await fill(opened)
    yield opened
    await opened.close()


@pytest.fixture
def log(records: Records, tmp_path: Path) -> Audit:
    return Audit(records.database, Secret("s" * 40, tmp_path / "secret"))


async def export(
    records: Records, log: Audit, name: str, *, also: tuple[str, ...] = (), everywhere: bool = True
) -> Any:
    named = Named([name, *also])
    rows = held_on(records.database, name, pseudonym=log.pseudonym(name), named=named, everywhere=everywhere)
    return json.loads("".join([piece async for piece in document(name, "main", rows)]))


async def test_everything_of_a_rep_is_in_it(records: Records, log: Audit) -> None:
    await log.append(Entry(actor="key:x", role="admin", action="readDealReview", person=log.pseudonym(ILSE)))
    both = {"people": [log.pseudonym(ANAND), log.pseudonym(ILSE)]}
    await log.append(Entry(actor="key:x", role="admin", action="import", person=log.pseudonym(ANAND), detail=both))
    await log.append(Entry(actor="key:000000000000", role="rep", action="listDealReviews"))
    await log.append(Entry(actor="key:x", role="admin", action="readClaims", person=log.pseudonym(ANAND)))
    held = await export(records, log, "ilse  BRANDT")
    assert ["schema", "person", "workspace", "made_at", "version", *SECTIONS] == list(held)
    assert ("coach.person_export/1", "main") == (held["schema"], held["workspace"])
    assert [{"name": ILSE, "team": "North", "manager": RUTH, "started_on": "2026-03-02"}] == held["roster"]
    assert ["9.0000"] == [one["amount"] for one in held["quotas"]]
    assert ["71", "note"] == sorted(one["record"] if one["crm"] != "note" else "note" for one in held["deals"])
    assert [("hubspot", "71", f"{ILSE} calls {DANA}")] == [
        (one["crm"], one["record"], one["next_step"]) for one in held["snapshots"]
    ]
    assert ["crm", "note"] == sorted(one["source"] for one in held["claims"])
    assert [f"ilsewords of {ILSE}. {DANA} signed on Tuesday."] == [one["text"] for one in held["notes"]]
    assert [("dr_ilse", "dr_ilse")] == [(one["review"], one["content"]["id"]) for one in held["reviews"]]
    assert [("dr_ilse", 0, "ilsequote")] == [(one["review"], one["position"], one["quote"]) for one in held["findings"]]
    assert [("dr_ilse", 0, {"kind": "x"}, "ilsewhy")] == [
        (one["review"], one["position"], one["should_be"], one["why"]) for one in held["corrections"]
    ]
    assert [("dr_ilse", "ilsereply")] == [(one["review"], one["text"]) for one in held["replies"]]
    assert ["ilsepack"] == [one["content"]["said"] for one in held["one_on_ones"]]
    assert ["ilsestep"] == [one["what"] for one in held["commitments"]]
    assert [("000000000000", "rep")] == [(one["id"], one["role"]) for one in held["keys"]]
    assert ["ilse@coach.example"] == [one["email"] for one in held["members"]]
    assert ["readDealReview", "import", "listDealReviews"] == [one["action"] for one in held["audit"]]
    assert "secretdigest" not in json.dumps(held)
    assert "anandwords" not in json.dumps(held)


async def test_a_manager_is_told_of_conversations_and_whom_they_lead(records: Records, log: Audit) -> None:
    held = await export(records, log, RUTH)
    assert [ANAND, ILSE] == [one["name"] for one in held["leads"]]
    assert (["mr_ruth"], ["Ruth: ruthwords"]) == (
        [one["review"] for one in held["reviews"]],
        [one["text"] for one in held["notes"]],
    )
    assert [] == held["roster"] == held["snapshots"]


async def test_where_others_texts_name_somebody_is_said_with_the_texts(records: Records, log: Audit) -> None:
    held = await export(records, log, ILSE)
    assert [
        ("replies", {"text": [f"{ILSE} was there, too."]}),
        ("snapshots", {"next_step": [f"{ILSE} calls back"]}),
        ("api_keys", {"name": [f"{ILSE}'s key"]}),
    ] == _mentions(held)
    of_dana = await export(records, log, DANA)
    assert ["notes", "notes", "reviews", "reviews", "snapshots"] == [table for table, _ in _mentions(of_dana)]
    assert {"mentions"} == {section for section in SECTIONS if of_dana[section]}
    assert _mentions(of_dana)[3] == ("reviews", {"content": [f"Lunch with {DANA}."]})


async def test_other_names_that_texts_use_are_looked_for_too(records: Records, log: Audit) -> None:
    assert [] == (await export(records, log, "Nora Nobody"))["mentions"]
    found = await export(records, log, "Nora Nobody", also=("Quinceblossom",))
    assert 5 == len(found["mentions"])


async def test_what_somebody_exports_of_themselves_has_no_texts_about_others(records: Records, log: Audit) -> None:
    held = await export(records, log, ILSE, everywhere=False)
    assert [] == held["mentions"]
    assert ["dr_ilse"] == [one["review"] for one in held["reviews"]]


async def test_of_somebody_who_is_not_known_every_section_is_empty(records: Records, log: Audit) -> None:
    held = await export(records, log, "No Such Person")
    assert [] == [section for section in SECTIONS if held[section]]


async def test_content_that_is_no_json_is_given_as_it_is() -> None:
    async def rows() -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
        yield "reviews", {"content": "{odd", "difference": None}
        yield "reviews", {"content": '{"a": 1}'}

    held = json.loads("".join([piece async for piece in document("x", "main", rows())]))
    assert ["{odd", {"a": 1}] == [one["content"] for one in held["reviews"]]


async def test_what_cannot_be_read_is_an_error_before_the_first_piece(tmp_path: Path) -> None:
    (tmp_path / "data.sqlite3").write_text("no database" * 99)
    database = Database(tmp_path / "data.sqlite3")
    rows = held_on(database, ILSE, pseudonym="p", named=Named([ILSE]), everywhere=True)
    with pytest.raises(StoreError):
        await anext(document(ILSE, "main", rows))


def _mentions(held: Any) -> list[tuple[str, dict[str, Any]]]:
    places = {"table", "id", "deal_id", "as_of"}
    return [
        (one["table"], {name: value for name, value in one.items() if name not in places}) for one in held["mentions"]
    ]
