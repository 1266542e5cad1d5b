"""What a judge says: `yes`, `no`, or nothing that counts.

A reply that does not say one of the two in so many words is unscored, with the reason; it is never guessed.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NamedTuple

from coach.domain.base import Frozen


class JudgeVerdict(StrEnum):
    """The menu; nothing else is on it."""

    YES = "yes"
    NO = "no"


class Unscored(StrEnum):
    """Why there is no verdict."""

    OFF_MENU = "off_menu"
    """The reply has a verdict, and it is neither `yes` nor `no`."""
    UNPARSABLE = "unparsable"
    """The reply is not one JSON object with a verdict."""
    REFUSED = "refused"
    """The judge declined to answer, or its provider did."""
    FAILED = "failed"
    """The judge could not be asked."""
    MISSING = "missing"
    """The responses do not answer this item."""


class Reply(NamedTuple):
    """What was read from a reply: a verdict or, instead of one, why it is unscored."""

    verdict: JudgeVerdict | None
    unscored: Unscored | None
    reason: str
    """The judge's own; where there is no verdict, what was wrong."""


class Judged(Frozen):
    """One text, judged by one criterion."""

    id: str
    """Of the item."""
    criterion: str
    group: str
    """What the item is resampled with."""
    text: str
    verdict: JudgeVerdict | None
    unscored: Unscored | None
    """Why there is no verdict; None where there is one."""
    reason: str
    """The judge's own; where there is no verdict, what was wrong."""
    prompt_sha256: str


class _RepeatedKeyError(ValueError):
    """An object says two things under one name."""


def unscored(why: Unscored, reason: str) -> Reply:
    """A reply that gives no verdict."""
    return Reply(None, why, reason)


def parse_reply(reply: str) -> Reply:
    """Read a judge's reply: one JSON object, with whatever prose or fences around it.

    Two objects, a broken one, or one that gives two verdicts say nothing, whichever of them might have been meant.
    Letters count as they stand: `Yes` is not on the menu, nor is `true`.
    """
    start, end = reply.find("{"), reply.rfind("}") + 1
    if start < 0 or not end:
        return unscored(Unscored.UNPARSABLE, "no JSON object in the reply")
    try:
        fields = json.loads(reply[start:end], object_pairs_hook=_no_key_twice)
    except (ValueError, RecursionError):
        return unscored(Unscored.UNPARSABLE, "not one whole JSON object")
    if "verdict" not in fields:
        return unscored(Unscored.UNPARSABLE, "the object has no verdict")
    verdict, reason = fields["verdict"], fields.get("reason")
    if verdict not in list(JudgeVerdict):
        return unscored(Unscored.OFF_MENU, f"the verdict is {json.dumps(verdict, ensure_ascii=False)[:40]}")
    return Reply(JudgeVerdict(verdict), None, reason if isinstance(reason, str) else "")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise _RepeatedKeyError
    return fields
