"""What a rep's data do not have, so that nobody takes its absence for a nought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from coach.domain.one_on_one.results import Results
from coach.domain.opportunity import DealState, Opportunity, Rep
from coach.domain.review import Notice
from coach.pipeline.lines import line

_MOST_NAMED = 5


def missing(
    now: Sequence[Opportunity],
    history: Mapping[tuple[str, str], Sequence[Opportunity]],
    results: Results,
    rep: Rep,
) -> tuple[str, ...]:
    """Name what the pack would say, and cannot: what no deal has, and what is not known of the rep.

    Args:
        now: The rep's deals as they stand.
        history: Every snapshot of those that are open.
        results: Part 1.
        rep: What is known of the rep.
    """
    return tuple(_missing(now, history, results, rep))


def unseen(now: Sequence[Opportunity], latest: Mapping[str, date]) -> Iterator[Notice]:
    """Name the open deals that the latest snapshot of their CRM does not have: nothing shows whether they still stand.

    An export may be of a part of the deals, so they are shown as they were last seen, and this is said.

    Args:
        now: The rep's deals as they stand.
        latest: The day of the latest snapshot of each CRM.
    """
    gone = [one for one in now if one.state is DealState.OPEN and one.as_of < latest.get(one.crm, one.as_of)]
    if not gone:
        return
    named = [f"{line(one).name} (last seen {one.as_of})" for one in gone[:_MOST_NAMED]]
    more = f" and {len(gone) - _MOST_NAMED} more" if len(gone) > _MOST_NAMED else ""
    yield Notice(
        code="not_in_latest_data",
        text=f"Open, and not in the latest data of their CRM: {', '.join(named)}{more}. They are shown as last seen; "
        "check whether they still stand.",
    )


def _missing(
    now: Sequence[Opportunity],
    history: Mapping[tuple[str, str], Sequence[Opportunity]],
    results: Results,
    rep: Rep,
) -> Iterator[str]:
    if not results.quotas:
        yield "quota, or its currency"
    if rep.team is None:
        yield "team: everybody's results stand beside the rep's"
    open_deals = [one for one in now if one.state is DealState.OPEN]
    for name, has in (
        ("probability", any(one.probability is not None for one in open_deals)),
        ("order of stages", any(one.stage_rank is not None for one in open_deals)),
        ("close dates", any(one.close_date is not None for one in open_deals)),
    ):
        if open_deals and not has:
            yield name
    for name, has in (
        ("amounts", any(one.amount is not None for one in now)),
        ("currency", any(one.currency is not None for one in now)),
        ("creation dates", any(one.created_on is not None for one in now)),
    ):
        if now and not has:
            yield name
    if open_deals and all(len(every) < 2 for every in history.values()):
        yield "stage history: there is one snapshot of each open deal"
