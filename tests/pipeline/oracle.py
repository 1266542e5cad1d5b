"""Parts 1 to 3 of the 1-on-1 once more, in pandas, from the words of the issue and the codebook; nothing of Coach.

Rows are dictionaries of plain values. Amounts are whole ten-thousandths, so that sums are exact here as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

COLUMNS = [
    "crm",
    "record",
    "as_of",
    "name",
    "account",
    "rep",
    "state",
    "stage",
    "stage_rank",
    "amount",
    "currency",
    "probability",
    "created_on",
    "close_date",
    "closed_on",
]
KEY = ["crm", "record"]
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
NAMELESS = "~none"
"""Stands for no currency; it sorts after every code."""
UNIT = 10_000
"""Ten-thousandths in one."""


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a table: days as timestamps, amounts as whole ten-thousandths."""
    table = pd.DataFrame([{column: row[column] for column in COLUMNS} for row in rows], columns=COLUMNS)
    table = table.astype(object).where(table.notna(), None)
    for column in ("as_of", "created_on", "close_date", "closed_on"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    table["units"] = [None if amount is None else int(amount * UNIT) for amount in table["amount"]]
    table["units"] = table["units"].astype("Int64")
    table["rank"] = pd.array(table["stage_rank"].tolist(), dtype="Int64")
    table["code"] = [currency or NAMELESS for currency in table["currency"]]
    table["state"] = [str(state) for state in table["state"]]
    return table


def periods(as_of: date, fiscal_year_start: int) -> list[tuple[date, date]]:
    """Year to date, previous quarter, previous month."""
    last_month = MONTHS[fiscal_year_start - 2]
    year = pd.Period(as_of, freq=f"Y-{last_month}")
    quarter = pd.Period(as_of, freq=f"Q-{last_month}") - 1
    month = pd.Period(as_of, freq="M") - 1
    return [
        (year.start_time.date(), as_of),
        (quarter.start_time.date(), quarter.end_time.date()),
        (month.start_time.date(), month.end_time.date()),
    ]


def latest(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """Each deal's last row on or before a day."""
    return table[table["as_of"] <= pd.Timestamp(day)].sort_values("as_of").groupby(KEY, as_index=False).tail(1)


def by_currency(table: pd.DataFrame) -> pd.DataFrame:
    """Sum and count of the amounts of each currency: the commonest first, then by code, the nameless last."""
    known = table[table["units"].notna()]
    grouped = known.groupby("code")["units"].agg(["sum", "count"]).reset_index()
    return grouped.sort_values(["count", "code"], ascending=[False, True])


def sums(table: pd.DataFrame) -> list[tuple[str | None, Fraction]]:
    return [(named(code), Fraction(int(units), UNIT)) for code, units in by_currency(table)[["code", "sum"]].values]


def averages(table: pd.DataFrame) -> list[tuple[str | None, Fraction]]:
    """Python rounds fractions half to even."""
    return [
        (named(code), Fraction(round(Fraction(int(units), int(count) * UNIT // 100)), 100))
        for code, units, count in by_currency(table)[["code", "sum", "count"]].values
    ]


def named(code: str) -> str | None:
    return None if code == NAMELESS else code


def figures(table: pd.DataFrame, first: date, last: date) -> dict[str, Any]:
    closed = table[table["closed_on"].between(pd.Timestamp(first), pd.Timestamp(last))]
    counts = closed["state"].value_counts()
    wins, losses = int(counts.get("won", 0)), int(counts.get("lost", 0))
    won = closed[closed["state"] == "won"]
    days = (won["closed_on"] - won["created_on"]).dt.days.dropna()
    days = days[days >= 0]
    low, high = score_interval(wins, wins + losses)
    return {
        "revenue": sums(won),
        "wins": wins,
        "losses": losses,
        "wins_without_amount": int(won["units"].isna().sum()),
        "win_rate": wins / (wins + losses) if wins + losses else None,
        "win_rate_low": low,
        "win_rate_high": high,
        "cycle_days": float(days.mean()) if len(days) else None,
        "cycle_of": len(days),
        "average_deal": averages(won),
    }


def score_interval(wins: int, of: int) -> tuple[float | None, float | None]:
    """Wilson's interval as textbooks print it: the centre, and half a width on either side."""
    if not of:
        return None, None
    z, p = 1.959964, wins / of
    centre = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return centre - half, centre + half


def quotas(table: pd.DataFrame, wanted: list[dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    """What was won towards each quota that runs on the day; the order is left to the reader."""
    answers = []
    for quota in wanted:
        if pd.Interval(pd.Timestamp(quota["first"]), pd.Timestamp(quota["last"]), "both").__contains__(
            pd.Timestamp(as_of)
        ):
            won = table[
                (table["state"] == "won")
                & (table["code"] == (quota["currency"] or NAMELESS))
                & (table["closed_on"] >= pd.Timestamp(quota["first"]))
                & (table["closed_on"] <= pd.Timestamp(as_of))
            ]
            got = Fraction(int(won["units"].fillna(0).sum()), UNIT)
            share = float(got / Fraction(quota["amount"])) if quota["amount"] > 0 else None
            answers.append({**quota, "won": got, "attainment": share})
    return answers


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """The currency of most amounts first, the largest amount first, without an amount last; then name and key."""
    codes = by_currency(table)["code"].tolist()
    place = [
        len(codes) if pd.isna(units) else codes.index(code)
        for units, code in zip(table["units"], table["code"], strict=True)
    ]
    keyed = table.assign(place=place, size=table["units"].fillna(0), title=[name or "" for name in table["name"]])
    return keyed.sort_values(
        ["place", "size", "title", "crm", "record"], ascending=[True, False, True, True, True], kind="stable"
    )


def new_deals(table: pd.DataFrame, since: date, as_of: date) -> dict[str, Any]:
    now, before = latest(table, as_of), latest(table, since)
    marked = now.merge(before[KEY], on=KEY, how="left", indicator=True)
    absent = (marked["_merge"] == "left_only") & (len(before) > 0)
    day = marked["created_on"]
    new = marked[(day > pd.Timestamp(since)) | (day.isna() & absent)]
    return {
        "deals": list(ordered(new)[KEY].itertuples(index=False, name=None)),
        "count": len(new),
        "amounts": sums(new),
        "without_amount": int(new["units"].isna().sum()),
    }


def slips(table: pd.DataFrame, since: date, as_of: date) -> pd.DataFrame:
    """For each deal the pushes of its close date while it was open, and those of them since the last review."""
    rows = table[table["as_of"] <= pd.Timestamp(as_of)].sort_values([*KEY, "as_of"])
    rows = rows.assign(run=(rows["state"] != "open").groupby([rows["crm"], rows["record"]]).cumsum())
    rows = rows[(rows["state"] == "open") & rows["close_date"].notna()]
    rows = rows.assign(days=rows.groupby([*KEY, "run"])["close_date"].diff().dt.days)
    pushed = rows[rows["days"] > 0]
    late = pushed[pushed["as_of"] > pd.Timestamp(since)]
    ever = pushed.groupby(KEY)["days"].agg(times_ever="count", days_ever="sum")
    return ever.join(late.groupby(KEY)["days"].agg(times="count", days="sum")).fillna(0).astype(int).reset_index()


def customers(acts: Iterable[Mapping[str, Any]], noted: Iterable[tuple[str, str]], since: date) -> pd.DataFrame:
    """For each deal with a note, which way the customer's acts and promises moved it after the last review."""
    columns = [*KEY, "kind", "direction", "grade", "on", "noted_on"]
    table = pd.DataFrame([{c: act[c] for c in columns} for act in acts], columns=columns)
    said = pd.to_datetime(table["on"]).astype("datetime64[s]")
    written = pd.to_datetime(table["noted_on"]).astype("datetime64[s]")
    day = pd.concat([said, written], axis=1).min(axis=1)
    kind, direction = table["kind"].astype(str), table["direction"].astype(str)
    moves = ((kind == "buyer_action") & (table["grade"].astype(int) >= 4)) | (kind == "buyer_commitment")
    counted = table[moves & (day > pd.Timestamp(since))].assign(direction=direction)
    deals = pd.DataFrame(list(noted), columns=KEY)
    for way in ("advances", "stalls"):
        those = counted.loc[counted["direction"] == way, KEY].drop_duplicates()
        deals[way] = deals.merge(those, on=KEY, how="left", indicator=True)["_merge"].eq("both").to_numpy()
    deals["customer"] = np.select(
        [deals["advances"] & deals["stalls"], deals["advances"], deals["stalls"]],
        ["both", "advanced", "stalled"],
        "nothing",
    )
    return deals[[*KEY, "customer"]]


def movements(
    table: pd.DataFrame,
    acts: Iterable[Mapping[str, Any]],
    noted: Iterable[tuple[str, str]],
    since: date,
    as_of: date,
) -> dict[str, Any] | None:
    """What became of each deal that was open at the last review; None where there is no snapshot of then."""
    before = latest(table, since)
    if before.empty:
        return None
    now = ordered(latest(table, as_of).merge(before[before["state"] == "open"][KEY], on=KEY))
    joined = now.merge(before, on=KEY, suffixes=("", "_before"))
    joined = joined.merge(slips(table, since, as_of), on=KEY, how="left")
    joined = joined.merge(customers(acts, noted, since), on=KEY, how="left")
    for column in ("times", "days", "times_ever", "days_ever"):
        joined[column] = joined[column].fillna(0).astype(int)
    joined["customer"] = joined["customer"].astype(object).where(joined["customer"].notna(), "no_note")
    joined["moved"] = stages(joined)
    ended = joined["moved"].isin(["won", "lost"])
    troubled = (joined["times"] > 0) | (joined["moved"] == "back") | joined["customer"].isin(["stalled", "both"])
    joined["turn"] = np.select([ended, troubled, joined["moved"] == "forward"], [3, 0, 2], 1)
    joined = joined.sort_values("turn", kind="stable")
    counts = joined["moved"].value_counts()
    return {
        **{move: int(counts.get(move, 0)) for move in ("forward", "still", "back", "changed", "won", "lost")},
        "slipped": int((joined["times"] > 0).sum()),
        "customer_advanced": int(joined["customer"].isin(["advanced", "both"]).sum()),
        "customer_stalled": int(joined["customer"].isin(["stalled", "both"]).sum()),
        "no_note": int((joined["customer"] == "no_note").sum()),
        "deals": list(
            joined[[*KEY, "moved", "times", "days", "times_ever", "days_ever", "customer"]].itertuples(
                index=False, name=None
            )
        ),
    }


def stages(joined: pd.DataFrame) -> np.ndarray[Any, Any]:
    step = (joined["rank"] - joined["rank_before"]).astype("Float64")
    names = joined["stage"].fillna("").str.lower().str.strip()
    names_before = joined["stage_before"].fillna("").str.lower().str.strip()
    return np.select(
        [
            joined["state"] == "won",
            joined["state"] == "lost",
            (step > 0).fillna(value=False).astype(bool),
            (step < 0).fillna(value=False).astype(bool),
            (step == 0).fillna(value=False).astype(bool) | (names == names_before),
        ],
        ["won", "lost", "forward", "back", "still"],
        "changed",
    )
