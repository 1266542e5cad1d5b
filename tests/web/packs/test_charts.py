"""Bars: as long as their values, and told in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from coach.domain.one_on_one import Charted
from coach.web.packs.charts import bars, shares
from tests.web.packs.hostile import HOSTILE
from tests.web.packs.samples import LEDGER

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_the_longer_value_has_the_longest_bar_and_the_other_its_part() -> None:
    drawing = parsed(bars(Charted(label="Won", unit="EUR", rep=50_000, team=100_000), 1))
    lengths = {one.get("class"): float(one.get("width", "nan")) for one in drawing.iter(f"{SVG}rect")}
    assert {"rep": 36, "team": 72} == lengths


def test_a_chart_says_all_that_it_shows() -> None:
    drawing = parsed(bars(Charted(label="Win rate", unit="%", rep=31, team=None), 2, rep="Mara", team="average rep"))
    assert ("img", "chart-2-title chart-2-desc") == (drawing.get("role"), drawing.get("aria-labelledby"))
    assert "Win rate" == drawing.findtext(f"{SVG}title")
    assert "Mara: 31 %; average rep: not known." == drawing.findtext(f"{SVG}desc")


def test_a_missing_value_and_nothing_at_all_have_no_bar() -> None:
    for chart in (Charted(label="Won", unit="EUR"), Charted(label="Won", unit="EUR", rep=0, team=0)):
        drawing = parsed(bars(chart, 1))
        assert ["0", "0"] == [one.get("width") for one in drawing.iter(f"{SVG}rect")]
    assert 2 == bars(Charted(label="Won", unit="EUR"), 1).count(">not known</text>")


def test_words_in_a_chart_are_only_words() -> None:
    drawing = parsed(bars(Charted(label=HOSTILE.replace("\x1b", ""), unit="EUR", rep=1, team=2), 1))
    kinds = {re.sub(r"\{.*\}", "", one.tag) for one in drawing.iter()}
    assert {"svg", "title", "desc", "g", "text", "rect"} == kinds


def test_a_month_is_as_high_as_its_share() -> None:
    drawing = parsed(shares(LEDGER.evidence))
    heights = [float(one.get("height", "nan")) for one in drawing.iter(f"{SVG}rect")]
    # 14 of 45 is 31 %, and the highest possible bar is 30: 9.3. The last: 22 of 37, 17.8.
    assert (6, 9.3, 17.8) == (len(heights), heights[0], heights[-1])
    assert (drawing.findtext(f"{SVG}desc") or "").startswith("Jun 2026: 31 %; Jul 2026: 38 %")


def test_no_month_is_no_drawing() -> None:
    assert "" == shares(())
