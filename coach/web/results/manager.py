"""A manager's mirror as a message: the balance, one thing to practise, what a leader would have asked."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain import ManagerReview, Move, MoveBalance
from coach.web.results.closing import closing
from coach.web.results.parts import Document, Said, Section, Tone, Words, facts, faint, first, points, said, strong

_ASKING = frozenset({Move.BUYER_QUESTION, Move.COACHING_QUESTION, Move.SUPPORT, Move.ACCOUNTABILITY})
_MOST = 12


def manager_document(review: ManagerReview) -> Document:
    """What a message says of a conversation."""
    return Document(
        title=Words(review.manager),
        about=Words(f"a mirror{f' · with {review.rep}' if review.rep else ''} · {review.held_on}"),
        sections=tuple(_sections(review)),
    )


def _sections(review: ManagerReview) -> Iterator[Section]:
    yield Section("The balance", facts(_balance(review.balance)))
    practice = review.practice
    yield Section(
        "One thing to practise next time", (said(strong(practice.title)), said(practice.why), said(practice.do))
    )
    if review.rewrites:
        rows = ((_quote(review, one.move), one.ask) for one in review.rewrites)
        yield Section("What a leader would have asked", points(said(quote, strong(ask)) for quote, ask in rows))
    moves = [said(_quote(review, at), faint(_name(one.move))) for at, one in enumerate(review.moves)]
    nothing = (said("No question, advice, support or agreement was found."),)
    yield Section("What you said", points(first(moves, _MOST, "move")) or nothing)
    if review.trend:
        before = [(one.held_on, one.balance) for one in review.trend]
        rows_ = ((day.isoformat(), _in_short(one)) for day, one in (*before, (review.held_on, review.balance)))
        yield Section("Over time", facts(rows_))
    yield from closing(review.notices, review.provenance)


def _balance(one: MoveBalance) -> Iterator[tuple[str, Said]]:
    yield "asked", said(strong(f"{one.asked}"), f"about the customer {one.buyer_questions}, about us "
                        f"{one.seller_questions}, coaching questions {one.coaching_questions}")  # fmt: skip
    yield "told", said(strong(f"{one.told}"), f"told {one.tells}, taken over {one.takeovers}, judged {one.judgements}")
    yield "besides", said(f"support {one.supports}, agreed or checked {one.accountabilities}")
    words = one.manager_words + one.other_words
    if words:
        yield "your words", said(f"{100 * one.manager_words / words:.0f} % of all")


def _in_short(one: MoveBalance) -> Said:
    return said(f"asked {one.asked}, told {one.told}; about the customer {one.buyer_questions}, about us "
                f"{one.seller_questions}; taken over {one.takeovers}, judged {one.judgements}")  # fmt: skip


def _quote(review: ManagerReview, index: int) -> Words:
    one = review.moves[index]
    return Words(one.quote, Tone.BUYER if one.move in _ASKING else Tone.SELLER)


def _name(move: Move) -> str:
    return move.value.replace("_", " ")
