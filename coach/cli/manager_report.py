"""A manager's mirror at a terminal: the balance, what a leader would have asked, one thing to practise."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from coach.cli.terminal import closing, marks, plain, rows, section, show
from coach.domain import ManagerReview, Move, MoveBalance

_ASKING = frozenset({Move.BUYER_QUESTION, Move.COACHING_QUESTION, Move.SUPPORT, Move.ACCOUNTABILITY})


def print_mirror(review: ManagerReview) -> None:
    """Print a review of a conversation."""
    show(Group(*_parts(review)))


def _parts(review: ManagerReview) -> Iterator[RenderableType]:
    rep = f" with {plain(review.rep)}" if review.rep else ""
    yield Text.assemble((plain(review.manager), "bold"), f"{rep}  {review.held_on}")
    yield section("The balance", _balance(review.balance))
    practice = review.practice
    title = Text.assemble((practice.title, "bold"), marks(practice.because))
    yield section("One thing to practise next time", Group(title, Text(practice.why), Text(practice.do)))
    if review.rewrites:
        yield section("What a leader would have asked", _rewrites(review))
    yield section("What you said", _moves(review))
    if review.trend:
        yield section("Over time", _trend(review))
    yield from closing(review.notices, review.provenance)


def _balance(one: MoveBalance) -> RenderableType:
    words = one.manager_words + one.other_words
    share = f"{100 * one.manager_words / words:.0f} % of the words are yours" if words else ""
    return rows(
        (
            (Text("asked", style="bold"), f"{one.asked}", Text("told", style="bold"), f"{one.told}", share),
            (
                "about the customer",
                f"{one.buyer_questions}",
                "about us",
                f"{one.seller_questions}",
                f"coaching questions {one.coaching_questions}",
            ),
            (
                "taken over",
                f"{one.takeovers}",
                "judged",
                f"{one.judgements}",
                f"support {one.supports}, agreed or checked {one.accountabilities}",
            ),
        )
    )


def _rewrites(review: ManagerReview) -> RenderableType:
    lines: list[tuple[RenderableType, RenderableType]] = []
    for one in review.rewrites:
        move = review.moves[one.move]
        lines.append((Text(f"[{one.move + 1}]", style="dim"), Text(f"«{plain(move.quote)}»")))
        lines.append(("", Text(plain(one.ask), style="cyan")))
    return rows(lines)


def _moves(review: ManagerReview) -> RenderableType:
    if not review.moves:
        return Text("no question, advice, support or agreement was found")
    return rows(
        (
            Text(f"[{number}]", style="dim"),
            Text(one.move.value.replace("_", " "), style="cyan" if one.move in _ASKING else "magenta"),
            Text(f"«{plain(one.quote)}»"),
        )
        for number, one in enumerate(review.moves, start=1)
    )


def _trend(review: ManagerReview) -> RenderableType:
    points = [*((one.held_on, one.balance) for one in review.trend), (review.held_on, review.balance)]
    return rows(
        (
            str(day),
            f"asked {one.asked}, told {one.told}",
            f"about the customer {one.buyer_questions}, about us {one.seller_questions}",
            f"taken over {one.takeovers}, judged {one.judgements}",
        )
        for day, one in points
    )
