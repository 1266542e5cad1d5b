"""Judging by hand-relayed files, in the format of OpenAI's Batch API both ways; no model is asked from here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.errors import InvalidInput
from coach.evaluation.batch_format import BatchLine, request_line, said
from coach.evaluation.files import read_lines, write_whole, writing_to
from coach.evaluation.judge.item import Item, asked_once
from coach.evaluation.judge.verdict import Judged, Reply, Unscored, parse_reply, unscored

_MOST_TOKENS = 200
"""Room for a verdict and a sentence."""


def export_requests(items: Sequence[Item], model: str, path: Path) -> int:
    """Write a request for every prompt, and say how many; items with the same prompt share one.

    The `custom_id` is the item's id and the beginning of its prompt's hash, so that no response is taken for the
    answer to a prompt that has changed since.

    Raises:
        InvalidInput: the file cannot be written.
    """
    once = asked_once(items).values()
    requests = (
        request_line(
            _custom_id(item),
            {
                "model": model,
                "messages": [{"role": "user", "content": item.prompt}],
                "temperature": 0,
                "max_tokens": _MOST_TOKENS,
            },
        )
        for item in once
    )
    with writing_to(path):
        write_whole(path, requests)
    return len(once)


def import_responses(items: Sequence[Item], path: Path) -> tuple[Judged, ...]:
    """Read the responses to exported requests, in any order; an item that none of them answers is unscored.

    Raises:
        InvalidInput: the file cannot be read, or a line is no response, answers nothing that was asked, or answers
            what an earlier line has answered.
    """
    asked = {_custom_id(item): sha256 for sha256, item in asked_once(items).items()}
    replies: dict[str, Reply] = {}
    for where, line in read_lines(path, BatchLine):
        sha256 = asked.get(line.custom_id)
        if sha256 is None:
            raise InvalidInput(
                f"{where}: nothing was asked under the custom_id {line.custom_id!r}; "
                "import what was exported from the same run with the same criteria, or export again"
            )
        if sha256 in replies:
            raise InvalidInput(f"{where}: the custom_id {line.custom_id!r} comes twice; leave one of the two")
        replies[sha256] = _reply(line)
    missing = unscored(Unscored.MISSING, "no response")
    return tuple(item.judged(replies.get(item.prompt_sha256, missing)) for item in items)


def _custom_id(item: Item) -> str:
    return f"{item.id}@{item.prompt_sha256[:12]}"


def _reply(line: BatchLine) -> Reply:
    answer = said(line)
    if isinstance(answer, str):
        return unscored(Unscored.FAILED, answer)
    if answer.refused:
        return unscored(Unscored.REFUSED, "the judge declined")
    return parse_reply(answer.content or "")
