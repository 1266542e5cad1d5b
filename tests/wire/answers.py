"""A model's own answers, from a file of the Batch API's responses, given again by the provider, to be recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from coach.domain import Conversation, DealNote, RepPacket
from coach.engines.base import TaskName
from coach.engines.llm import LlmEngine
from coach.errors import InvalidInput
from coach.evaluation.batch_format import BatchLine, Said, said
from coach.evaluation.case import Case, PacketCase, RepCase, TalkCase
from coach.evaluation.files import read_lines
from coach.settings import Settings
from coach.testing.provider import Asked
from coach.wiring import Coach, build

_NOTHING_TO_MEND = '{"statements": [], "signals": [], "moves": [], "suspected": []}'
"""In the form of every task."""


def given(case: Case, coach: Coach) -> tuple[TaskName, DealNote | RepPacket | Conversation]:
    """What an engine is given of a case."""
    if isinstance(case, RepCase | PacketCase):
        return "rep", coach.seen_packet(case.input)
    if isinstance(case, TalkCase):
        return "talk", coach.seen_talk(case.input)
    return "deal", coach.seen(case.input)


def answering(responses: Path, cases: Sequence[Case]) -> Callable[[Asked], str]:
    """What makes the provider give the answers of a file.

    Args:
        responses: Lines of the Batch API, as `coach eval import` takes them; of several repeats the first counts.
        cases: The cases that were asked about.

    Returns:
        An answer for `Provider`, by what the user says in a request. A repair, which no file holds, mends nothing.

    Raises:
        InvalidInput: a response is of none of the cases, or holds no text.
    """
    coach = build(Settings(_env_file=None, engine="llm", model="openai/any-name"), measured=True)
    assert isinstance(coach.engine, LlmEngine)
    users = {case.id: call.user for case in cases for call in coach.engine.calls(*given(case, coach))}
    texts: dict[str, str] = {}
    for where, line in read_lines(responses, BatchLine):
        id_, _, turn = line.custom_id.rpartition("#")
        if turn != "0":
            continue
        answer = said(line)
        if id_ not in users or not isinstance(answer, Said) or not answer.content:
            raise InvalidInput(f"{where}: {line.custom_id!r} is of no case that is given, or holds no text")
        texts[users[id_]] = answer.content

    def answer_to(asked: Asked) -> str:
        return texts[asked.user] if asked.system else _NOTHING_TO_MEND

    return answer_to
