"""What a leader would have asked instead of the most telling moves.

Rule: a reader's own question is shown only where it is one question, about nothing that the rubric forbids, and speaks
of no name or number that the conversation does not have; else the rubric's is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from coach.domain import GroundedMove, Rewritten
from coach.rubrics import ManagerMoves
from coach.rubrics.forbidden import is_forbidden
from coach.rubrics.manager_moves import REWRITTEN
from coach.rubrics.slots import fill
from coach.text.people.vocabulary import common_words

_MOST = 3
_LONGEST = 240
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?]\s+")


def rewrite(
    moves: Sequence[GroundedMove],
    named: Mapping[int, str],
    offered: Mapping[int, str],
    known: frozenset[str],
    rubric: ManagerMoves,
) -> tuple[Rewritten, ...]:
    """Rewrite the most telling moves, at most three, in their order.

    Args:
        moves: The manager's moves.
        named: Of a move, the customer's person that it is about.
        offered: Of a move, a reader's own question.
        known: The conversation's words, in lower case.
        rubric: The questions where no reader has one.
    """
    asks: dict[str, int] = {}
    for index in _telling(moves, offered, named):
        own = offered.get(index, "")
        ask = own if own not in asks and is_fit(own, known) else _worded(moves[index], named.get(index), rubric, asks)
        # The same question twice would say nothing more.
        if len(asks) < _MOST and ask:
            asks.setdefault(ask, index)
    return tuple(Rewritten(move=index, ask=ask) for ask, index in sorted(asks.items(), key=lambda one: one[1]))


def is_fit(ask: str, known: frozenset[str]) -> bool:
    """Whether a reader's question may be put in a manager's mouth."""
    if not ask.endswith("?") or _SENTENCE.search(ask) or len(ask) > _LONGEST or is_forbidden(ask):
        return False
    return all(word.lower() in known for word in _claims(ask))


def _claims(ask: str) -> Iterator[str]:
    """The names and numbers of a question: a digit; a capital, at the head of a sentence only on no common word."""
    for place, word in enumerate(_WORD.findall(ask)):
        is_name = word[0].isupper() and word != "I" and (place > 0 or word.lower() not in common_words())
        if is_name or any(map(str.isdigit, word)):
            yield word


def _telling(moves: Sequence[GroundedMove], offered: Mapping[int, str], named: Mapping[int, str]) -> Iterator[int]:
    """Indexes, the most telling first: one of each kind in the order of gravity, then the next of each."""
    kinds = [
        # Of a kind, what the reader has a question for comes first, then what speaks of somebody there.
        sorted(
            (index for index, one in enumerate(moves) if one.move is move),
            key=lambda index: (index not in offered, index not in named),
        )
        for move in REWRITTEN
    ]
    for turn in range(len(moves)):
        yield from (kind[turn] for kind in kinds if turn < len(kind))


def _worded(move: GroundedMove, who: str | None, rubric: ManagerMoves, used: Mapping[str, int]) -> str | None:
    values = {"who": who} if who else {}
    asks = [ask for one in rubric.rewrites if one.move is move.move and (ask := fill(one.ask, values))]
    return next((ask for ask in asks if ask not in used), None)
