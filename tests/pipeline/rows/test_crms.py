"""Exports of the four CRMs by their real column names: which CRM it is, what each row says, what the source lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coach.domain.opportunity import DealState, Opportunity
from tests.pipeline.rows.reading_text import AS_OF, EXPORTS, Taken, take

LACKS = ("stage history", "quota")
ROLLOUT = {
    "as_of": AS_OF,
    "name": "Quillmark rollout",
    "amount": Decimal("48000.5"),
    "currency": "EUR",
    "probability": 0.9,
    "created_on": date(2026, 8, 3),
    "close_date": date(2026, 11, 20),
}


def _taken(name: str, zone: str = "UTC") -> Taken:
    return take(EXPORTS / name, zone=zone)


def test_hubspot_csv() -> None:
    taken = _taken("hubspot.csv")
    assert ("hubspot", 3, ("product", *LACKS)) == (taken.export.crm, taken.export.rows, taken.export.missing)
    rollout, pilot, renewal = taken.opportunities
    assert rollout == Opportunity(
        crm="hubspot",
        record="9001",
        **ROLLOUT,
        account="Quillmark GmbH",
        rep="Ilse Brandt",
        stage="Contract Sent (Sales Pipeline)",
        stage_rank=4,
        forecast_category="Commit",
        next_step="Their counsel\nreturns the redlines",
    )
    assert (DealState.WON, None, date(2026, 10, 5), 1.0) == (
        pilot.state,
        pilot.close_date,
        pilot.closed_on,
        pilot.probability,
    )
    assert (DealState.LOST, date(2026, 9, 14), None) == (renewal.state, renewal.closed_on, renewal.amount)
    assert [(4, "no_amount", True)] == taken.told
    assert ("Close Date", "Close Date") == (taken.export.columns["close_date"], taken.export.columns["closed_on"])


def test_hubspot_api_counts_days_in_the_zone_and_knows_its_owners_are_ids() -> None:
    taken = _taken("hubspot_api.json", zone="Europe/Berlin")
    (rollout,) = taken.opportunities
    # 23:30 UTC on 20 November is half past midnight on the 21st in Berlin.
    assert ("9001", date(2026, 11, 21), Decimal("48000.50"), None) == (
        rollout.record,
        rollout.close_date,
        rollout.amount,
        rollout.rep,
    )
    assert (4, 1) == (rollout.stage_rank, taken.deleted)
    assert [(1, "unknown_rep", True)] == taken.told
    assert ["more_pages"] == [one.code.value for one in taken.export.notices]


def test_salesforce_report_settles_commas_and_days_by_its_own_values() -> None:
    taken = _taken("salesforce_report.csv")
    rollout, pilot = taken.opportunities
    assert rollout == Opportunity(
        crm="salesforce",
        record="0065g00000AbCdEAAV",
        **ROLLOUT | {"amount": Decimal("48000.50"), "created_on": None},
        account="Quillmark GmbH",
        rep="Ilse Brandt",
        stage="Negotiation/Review",
        stage_rank=7,
        forecast_category="Commit",
        next_step="Redlines",
    )
    assert (DealState.WON, date(2026, 10, 5), Decimal(12500)) == (pilot.state, pilot.closed_on, pilot.amount)
    # 03.08. and 01.06. have nothing beside them that says which part is the day; 20.11. settles the other column.
    assert [(2, "unclear_date", True), (3, "unclear_date", True)] == taken.told
    assert ["state_by_stage"] == [one.code.value for one in taken.export.notices]


def test_salesforce_data_loader_names_deleted_rows_and_rows_that_contradict_themselves() -> None:
    taken = _taken("salesforce_data_loader.csv")
    (rollout,) = taken.opportunities
    assert ("0065g00000AbCdEAAV", "Ilse Brandt", 0.9) == (rollout.record, rollout.rep, rollout.probability)
    assert (1, [(4, "contradictory_state", False)]) == (taken.deleted, taken.told)


def test_salesforce_report_and_interface_have_one_id_for_one_deal() -> None:
    (by_api,) = _taken("salesforce_api.json").opportunities
    by_report = _taken("salesforce_report.csv").opportunities[0]
    assert by_report.key == by_api.key
    assert by_api == Opportunity(
        crm="salesforce",
        record="0065g00000AbCdEAAV",
        **ROLLOUT,
        account="Quillmark GmbH",
        rep="Ilse Brandt",
        stage="Negotiation/Review",
        stage_rank=7,
        forecast_category="Commit",
    )


@pytest.mark.parametrize("prefix", ["Deal - ", ""])
def test_pipedrive_csv_with_and_without_its_prefix(prefix: str) -> None:
    content = (EXPORTS / "pipedrive.csv").read_text("utf-8").replace("Deal - ", prefix)
    taken = take(content)
    assert ("pipedrive", [], 1) == (taken.export.crm, taken.told, taken.deleted)
    rollout, pilot, renewal = taken.opportunities
    assert rollout == Opportunity(
        crm="pipedrive",
        record="71",
        **ROLLOUT,
        account="Quillmark GmbH",
        rep="Ilse Brandt",
        stage="Negotiations Started",
        stage_rank=4,
    )
    assert (DealState.WON, date(2026, 10, 5), date(2026, 9, 30)) == (pilot.state, pilot.closed_on, pilot.close_date)
    assert (DealState.LOST, date(2026, 9, 14)) == (renewal.state, renewal.closed_on)


def test_pipedrive_api_writes_times_in_utc() -> None:
    taken = _taken("pipedrive_api.json", zone="Asia/Tokyo")
    rollout, pilot = taken.opportunities
    assert (date(2026, 8, 4), "Ilse Brandt", "Quillmark GmbH") == (rollout.created_on, rollout.rep, rollout.account)
    assert (date(2026, 10, 6), None) == (pilot.closed_on, pilot.account)
    assert [] == taken.told


def test_dynamics_csv_takes_what_a_won_deal_was_won_at() -> None:
    taken = _taken("dynamics.csv")
    rollout, pilot = taken.opportunities
    assert rollout == Opportunity(
        crm="dynamics",
        record="3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        **ROLLOUT,
        account="Quillmark GmbH",
        rep="Ilse Brandt",
        stage="Propose",
        stage_rank=2,
    )
    assert (DealState.WON, Decimal("12500.00"), "Orrin Ltd") == (pilot.state, pilot.amount, pilot.account)
    assert (date(2026, 10, 15), date(2026, 9, 30)) == (pilot.closed_on, pilot.close_date)
    assert [] == taken.told


def test_dynamics_api_has_names_where_annotations_were_asked_for() -> None:
    taken = _taken("dynamics_api.json")
    rollout, pilot = taken.opportunities
    assert ("Ilse Brandt", "EUR", 2, "Quillmark GmbH") == (
        rollout.rep,
        rollout.currency,
        rollout.stage_rank,
        rollout.account,
    )
    assert (DealState.WON, Decimal(12500), None) == (pilot.state, pilot.amount, pilot.rep)
    assert [(2, "no_currency", True), (2, "unknown_rep", True)] == taken.told


@pytest.mark.parametrize(
    ("headers", "crm"),
    [
        ("RECORD ID\tdeal  name\tDealStage\tAmount", "hubspot"),
        ("\ufeffOpportunity\u00a0Name\tOpportunity Owner\tStage\tAmount", "salesforce"),
        ("title\tvalue\texpected_close_date\twon_time\towner_name", "pipedrive"),
        ("Topic\tEst. close date\tEst. revenue\tOwner", "dynamics"),
    ],
)
def test_case_and_spaces_of_headers_do_not_count(headers: str, crm: str) -> None:
    cells = "\t".join("1" for _ in headers.split("\t"))
    assert crm == take(f"{headers}\n{cells}").export.crm
