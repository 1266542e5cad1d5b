"""Bars as SVG, drawn for the eye and told in words for whoever cannot see them.

Rule: a chart is one element with a title and a description that say all that it shows; its colours are classes, so that
the page decides them for light, dark and paper; a value that is missing is said and gets no bar.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.domain.one_on_one import Charted, EvidenceShare
from coach.web.packs.amounts import charted, percent
from coach.web.packs.wording import month

_WIDTH, _BAR = 72, 9
"""The longest bar, and how thick one is; units of the drawing."""
_COLUMN, _HEIGHT = 34, 30
"""How wide a month is, and how high a share of 1."""

_CHART = Markup(
    '<svg class="chart" role="img" viewBox="0 0 170 42" aria-labelledby="{id}-title {id}-desc">'
    '<title id="{id}-title">{label}</title><desc id="{id}-desc">{told}</desc>'
    '<g aria-hidden="true"><text class="label" x="0" y="10">{label}</text>{bars}</g></svg>'
)
_NAMED_BAR = Markup(
    '<text class="who" x="0" y="{text_y}">{who}</text>'
    '<rect class="{kind}" x="26" y="{y}" width="{width}" height="{bar}" rx="1.5"/>'
    '<text class="value" x="{after}" y="{text_y}">{value}</text>'
)
_SHARES = Markup(
    '<svg class="shares" role="img" viewBox="0 0 {width} 56" aria-labelledby="shares-title shares-desc">'
    '<title id="shares-title">The customer’s share of the statements in the notes</title>'
    '<desc id="shares-desc">{told}</desc><g aria-hidden="true">{columns}</g></svg>'
)
_MONTH = Markup(
    '<text class="value middle" x="{x}" y="{value_y}">{value}</text>'
    '<rect class="rep" x="{left}" y="{y}" width="20" height="{height}" rx="1.5"/>'
    '<text class="who middle" x="{x}" y="54">{month}</text>'
)


def bars(chart: Charted, number: int, *, rep: str = "rep", team: str = "team") -> Markup:
    """Draw a number of the rep's above the same of the team's average rep.

    Args:
        chart: The two values.
        number: Which chart of the page it is; ids are made of it.
        rep: What the rep's bar is called.
        team: What the team's is called.
    """
    told = f"{rep}: {charted(chart, chart.rep)}; {team}: {charted(chart, chart.team)}."
    longest = max(chart.rep or 0, chart.team or 0)
    drawn = Markup("").join(
        _NAMED_BAR.format(
            kind=kind,
            who=who,
            y=y,
            text_y=y + 7.5,
            width=(width := _length(value, longest)),
            after=30 + width if value is not None else 26,
            bar=_BAR,
            value=charted(chart, value),
        )
        for kind, who, value, y in (("rep", "Rep", chart.rep, 16), ("team", "Team", chart.team, 29))
    )
    return _CHART.format(id=f"chart-{number}", label=chart.label, told=told, bars=drawn)


def shares(evidence: Sequence[EvidenceShare]) -> Markup:
    """Draw the customer's share of the statements, month by month; nothing where there is no month."""
    if not evidence:
        return Markup("")
    told = "; ".join(f"{month(one.month)} {one.month.year}: {percent(one.share)}" for one in evidence)
    columns = Markup("").join(_month(one, place) for place, one in enumerate(evidence))
    return _SHARES.format(width=_COLUMN * len(evidence), told=f"{told}.", columns=columns)


def _month(one: EvidenceShare, place: int) -> Markup:
    height = round(_HEIGHT * (one.share or 0), 1)
    middle = _COLUMN * place + _COLUMN // 2
    return _MONTH.format(
        x=middle,
        left=middle - 10,
        y=round(44 - height, 1),
        height=height,
        value_y=round(41 - height, 1),
        value="?" if one.share is None else percent(one.share),
        month=month(one.month),
    )


def _length(value: float | None, longest: float) -> float:
    """How long a bar is; a value below 0 has none."""
    return round(_WIDTH * max(value, 0) / longest, 1) if value is not None and longest > 0 else 0
