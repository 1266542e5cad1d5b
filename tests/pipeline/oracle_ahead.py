"""What lies ahead, once more in pandas: part 4, warnings, agenda and what two pages leave out; nothing of Coach.

Written from the issue, the codebook and what the modules promise. Amounts are whole ten-thousandths, as in `oracle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pandas as pd

from tests.pipeline import oracle
from tests.pipeline.oracle import KEY, UNIT

WITHOUT_AMOUNT = "~~deals"
"""Stands for the deals without an amount, of which each is worth 1."""
FLOORS = pd.Series([3, 2, 2, 2, 5], index=range(1, 6))
"""Minutes that each part has at least."""


def counted(table: pd.DataFrame) -> list[int | None]:
    """What the forecast counts on: the amount times the probability, to cents, half to even; else all of it."""
    return [
        None
        if pd.isna(units)
        else int(units)
        if odds is None
        else round(Fraction(int(units), UNIT // 100) * Fraction(str(odds))) * (UNIT // 100)
        for units, odds in zip(table["units"], table["probability"], strict=True)
    ]


def closing(table: pd.DataFrame, as_of: date, verdicts: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """The open deals of the next 30 days and those overdue, the most at risk first."""
    days = (table["close_date"] - pd.Timestamp(as_of)).dt.days
    soon = table.assign(days=days)[(table["state"] == "open") & (days <= 30)]
    soon = soon.assign(verdict=[verdicts.get(key, "no_note") for key in soon[KEY].itertuples(index=False, name=None)])
    soon = soon.assign(risk=pd.array(counted(soon), dtype="Int64"))
    soon.loc[(soon["verdict"] == "established") & soon["units"].notna(), "risk"] = 0
    codes = oracle.by_currency(soon)["code"].tolist()
    priced = soon["units"].notna()
    soon = soon.assign(
        tier=np.select([~priced, (soon["risk"] > 0).fillna(value=False).astype(bool)], [2, 0], 1),
        place=[codes.index(code) if known else 0 for code, known in zip(soon["code"], priced, strict=True)],
        size=soon["risk"].fillna(0).astype("int64"),
        to_come=soon["days"] >= 0,
        title=soon["name"].fillna(soon["account"]).fillna(soon["record"]),
    )
    order = {"tier": True, "place": True, "size": False, "to_come": True, "days": True, "title": True}
    by = [*order, "crm", "record"]
    return soon.sort_values(by, ascending=[order.get(column, True) for column in by])


def at_risk(soon: pd.DataFrame) -> list[tuple[str | None, Fraction]]:
    return oracle.sums(soon.assign(units=soon["risk"]))


def money(units: Any, code: str) -> tuple[str | None, Fraction] | None:
    return None if pd.isna(units) else (oracle.named(code), Fraction(int(units), UNIT))


def open_steps(soon: pd.DataFrame, promises: Iterable[Mapping[str, Any]], as_of: date) -> list[tuple[Any, ...]]:
    """What customers have promised, deal by deal in the order of part 4, the nearest day first."""
    columns = [*KEY, "what", "by"]
    listed = pd.DataFrame([{name: one[name] for name in columns} for one in promises], columns=columns)
    listed["by"] = pd.to_datetime(listed["by"]).astype("datetime64[s]")
    listed = listed.drop_duplicates().sort_values("by", kind="stable", na_position="last")
    steps = soon[[*KEY, "close_date"]].assign(turn=range(len(soon))).merge(listed, on=KEY)
    steps = steps.sort_values("turn", kind="stable")
    late, over = steps["by"] > steps["close_date"], steps["by"] < pd.Timestamp(as_of)
    days = [None if pd.isna(day) else day.date() for day in steps["by"]]
    return list(zip(steps["crm"], steps["record"], steps["what"], days, late, over, strict=True))


def win_rate(rep: Mapping[str, Any], team: Mapping[str, Any]) -> dict[str, int | str | None]:
    """Whose wins, among how many closed: the rep's where they are five or more, else the team's, else nobody's."""
    own = rep["wins"] + rep["losses"]
    for whose, of, few in (("the rep's own", rep, None), ("the team's", team, own or None)):
        closed = of["wins"] + of["losses"]
        if closed >= 5:
            percent = round(Fraction(100 * of["wins"], closed))
            return {"whose": whose, "percent": percent, "wins": of["wins"], "closed": closed, "few": few}
    return {"whose": None, "percent": None, "wins": None, "closed": None, "few": None}


def thin(
    table: pd.DataFrame, quotas: Iterable[Mapping[str, Any]], rate: Mapping[str, Any], as_of: date
) -> list[dict[str, Any]]:
    """The figures of each quota that what is open by its end, times the win rate, is too little for."""
    opened = table[table["state"] == "open"]
    answers = []
    for quota in sorted(quotas, key=lambda one: (one["last"], one["first"])):
        due = opened[opened["close_date"].between(pd.Timestamp(quota["first"]), pd.Timestamp(quota["last"]))]
        priced = due[due["units"].notna() & (due["code"] == (quota["currency"] or oracle.NAMELESS))]
        left = Fraction(quota["amount"]) - quota["won"]
        pipeline = Fraction(int(priced["units"].sum()), UNIT)
        likely = pipeline * (Fraction(rate["wins"], rate["closed"]) if rate["whose"] else 1)
        if left <= 0 or likely >= left:
            continue
        some = len(priced) > 0
        said = rate if some else dict.fromkeys(rate)
        answers.append(
            {
                "by": quota["last"].strftime("%-d %B" if quota["last"].year == as_of.year else "%-d %B %Y"),
                "currency": quota["currency"],
                "left": round(left),
                "opened": round(pipeline) if some else None,
                **said,
                "likely": likely if said["whose"] else None,
                "part": floor(100 * likely / left) if some else None,
                "unpriced": len(due) - len(priced) or None,
                "undated": int(opened["close_date"].isna().sum()) or None,
            }
        )
    return answers


def moves(deals: Iterable[tuple[str, str, str, int, str]]) -> pd.DataFrame:
    """Part 3: each deal's key, what became of its stage, how often it slipped, and what the customer did."""
    return pd.DataFrame(list(deals), columns=[*KEY, "moved", "times", "customer"])


def standing(table: pd.DataFrame, deals: pd.DataFrame) -> tuple[int, int, int] | None:
    """How many of how many open deals did not move, and how many of those have no note; None where it does not hold."""
    held = deals[~deals["moved"].isin(["won", "lost"])]
    still = held[(held["moved"] == "still") & held["customer"].isin(["nothing", "no_note"])]
    unknown = table.loc[table["state"] == "open", "stage"].dropna().empty
    if unknown or len(held) < 3 or len(still) < len(held) / 2:
        return None
    return len(still), len(held), int((still["customer"] == "no_note").sum())


def minutes(table: pd.DataFrame, soon: pd.DataFrame, deals: pd.DataFrame, new: int) -> list[int]:
    """Thirty minutes for the five parts: the floors, and sixteen more by count and by the value at risk."""
    troubled = (
        deals["moved"].isin(["still", "back"]) | (deals["times"] > 0) | deals["customer"].isin(["stalled", "both"])
    )
    far = deals[troubled & ~deals["moved"].isin(["won", "lost"])]
    far = far.merge(soon[KEY], on=KEY, how="left", indicator=True)
    far = far[far["_merge"] == "left_only"][KEY].merge(table, on=KEY)
    talk = pd.concat(
        [
            pd.DataFrame({"part": 4, "code": soon["code"].to_numpy(), "value": soon["risk"].tolist()}),
            pd.DataFrame({"part": 3, "code": far["code"].to_numpy(), "value": counted(far)}),
        ]
    )
    shares = pd.Series([Fraction(0)] * 5, index=range(1, 6), dtype=object)
    if talk.empty:
        shares[2] = Fraction(3, 4) if new else Fraction(1, 2)
        shares[5] = 1 - shares[2]
    else:
        near = nearer(talk)
        shares[2] = min(Fraction(new, new + len(talk)), Fraction(1, 2))
        shares[3], shares[4] = (1 - shares[2]) * (1 - near), (1 - shares[2]) * near
    exact = shares * (30 - int(FLOORS.sum()))
    whole = exact.map(floor)
    gains = (whole - exact).sort_values(kind="stable").index[: 30 - int(FLOORS.sum()) - int(whole.sum())]
    return [int(FLOORS[part] + whole[part] + (part in gains)) for part in FLOORS.index]


def nearer(talk: pd.DataFrame) -> Fraction:
    """Part 4's share of what is at risk: in each currency, and these by their deals; by count where nothing is."""
    unknown = talk["value"].isna()
    talk = talk.assign(
        unit=talk["code"].where(~unknown, WITHOUT_AMOUNT),
        value=[1 if pd.isna(value) else max(int(value), 0) for value in talk["value"]],
    )
    values = talk.pivot_table(index="unit", columns="part", values="value", aggfunc="sum", fill_value=0)
    values = values.reindex(columns=[3, 4], fill_value=0).assign(deals=talk.groupby("unit").size())
    values = values[values[3] + values[4] > 0]
    if values.empty:
        return Fraction(int((talk["part"] == 4).sum()), len(talk))
    shares = [Fraction(int(near), int(far + near)) * int(deals) for far, near, deals in values.to_numpy()]
    return sum(shares, Fraction(0)) / int(values["deals"].sum())


def left_out(listed: pd.DataFrame, most: int) -> tuple[int, list[tuple[str | None, Fraction]]]:
    """How many deals of a list in order two pages have no room for, and their amounts."""
    rest = listed.iloc[most:]
    return len(rest), oracle.sums(rest)


def in_order(table: pd.DataFrame, keys: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """A table's rows in the order of keys of theirs."""
    return pd.DataFrame([key[:2] for key in keys], columns=KEY).merge(table, on=KEY, how="left")
