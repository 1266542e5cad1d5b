"""The claim ledger again, with pandas, from the words of the issue; it shares no code with coach."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

_Z = 1.959964


def table(rows: list[dict[str, Any]], as_of: date) -> pd.DataFrame:
    """Claims made by a day, oldest first, with `true` as 1, 0, or missing while nobody can know."""
    names = [
        "crm",
        "record",
        "made_on",
        "close_date",
        "probability",
        "verdict",
        "grade",
        "outcome",
        "closed_on",
    ]
    frame = pd.DataFrame(rows, columns=names)
    for name in ("made_on", "close_date", "closed_on"):
        frame[name] = pd.to_datetime(frame[name])
    for name in ("probability", "grade"):
        frame[name] = frame[name].astype("float64")
    today = pd.Timestamp(as_of)
    frame = frame[frame["made_on"].le(today)].copy()
    later = frame["closed_on"].gt(today)
    frame["outcome"] = frame["outcome"].mask(later, "open")
    frame["closed_on"] = frame["closed_on"].mask(later)
    won, lost = frame["outcome"].eq("won"), frame["outcome"].eq("lost")
    frame["true"] = np.select(
        [won & frame["closed_on"].isna(), won & frame["closed_on"].le(frame["close_date"]), won, lost],
        [np.nan, 1.0, 0.0, 0.0],
        default=np.where(frame["close_date"].lt(today), 0.0, np.nan),
    )
    frame["deal"] = frame["crm"].astype(str) + "/" + frame["record"].astype(str)
    return frame.sort_values(["made_on", "close_date", "probability"], na_position="first")


def frequency(group: pd.DataFrame) -> dict[str, Any]:
    """How often the first claim of each deal came true, with the textbook form of Wilson's interval."""
    firsts = group.drop_duplicates("deal", keep="first").dropna(subset=["true"])
    n = len(firsts)
    if n == 0:
        return {"true": 0, "of": 0, "share": None, "low": None, "high": None, "too_few": True}
    share = firsts["true"].mean()
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return {
        "true": int(firsts["true"].sum()),
        "of": n,
        "share": share,
        "low": centre - half,
        "high": centre + half,
        "too_few": n < 10,
    }


def grouped(frame: pd.DataFrame, by: str) -> dict[Any, dict[str, Any]]:
    """Frequencies by verdict or grade, None for claims without a note; groups of which nothing is settled left out."""
    keys = frame[by].astype(object).where(frame[by].notna(), "without")
    found = {key: frequency(group) for key, group in frame.groupby(keys, sort=False)}
    return {None if key == "without" else key: value for key, value in found.items() if value["of"]}


def odds(frame: pd.DataFrame) -> dict[str, Any]:
    """Brier score and bias over settled claims with odds; deals won early over all claims."""
    given = frame.dropna(subset=["true", "probability"])
    off = given["probability"] - given["true"]
    firsts = frame.drop_duplicates("deal", keep="first")
    won = firsts[firsts["outcome"].eq("won") & firsts["closed_on"].notna()]
    return {
        "claims": len(given),
        "deals": given["deal"].nunique(),
        "brier": None if given.empty else (off**2).mean(),
        "bias": None if given.empty else off.mean(),
        "too_few": given["deal"].nunique() < 10,
        "won_early": int((won["close_date"] - won["closed_on"]).dt.days.gt(30).sum()),
    }


def curve(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Claims cut at fifths of the odds."""
    given = frame.dropna(subset=["probability"]).copy()
    given["bin"] = pd.cut(given["probability"], [0, 0.2, 0.4, 0.6, 0.8, 1.1], right=False, labels=False)
    found = []
    for place, group in given.groupby("bin"):
        firsts = group.drop_duplicates("deal", keep="first").dropna(subset=["true"])
        if len(firsts):
            low = [0.0, 0.2, 0.4, 0.6, 0.8][int(place)]
            found.append({"low": low, "stated": firsts["probability"].mean(), **frequency(group)})
    return found


def shares(notes: list[tuple[date, int, int]], as_of: date) -> list[dict[str, Any]]:
    """Statements by month."""
    frame = pd.DataFrame(notes, columns=["day", "buyer", "seller"])
    frame["day"] = pd.to_datetime(frame["day"])
    frame = frame[frame["day"].le(pd.Timestamp(as_of))]
    found = []
    for month, group in frame.groupby(frame["day"].dt.to_period("M")):
        every = int(group["buyer"].sum() + group["seller"].sum())
        found.append(
            {
                "month": month.start_time.date(),
                "notes": len(group),
                "buyer": int(group["buyer"].sum()),
                "seller": int(group["seller"].sum()),
                "share": group["buyer"].sum() / every if every else None,
            }
        )
    return found
