"""A suite by files: requests out, for a batch endpoint at half the price or for whoever else answers, and back.

The files are in the format of OpenAI's Batch API; a `custom_id` is the case's id, `#`, and which repeat it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.domain.base import Frozen
from coach.engines.base import DealReading, PacketReading, TalkReading, TaskName
from coach.engines.llm import Call, LlmEngine, Reply
from coach.errors import AnswerTruncated, BadAnswer, CoachError, InvalidInput
from coach.evaluation.batch_format import BatchLine, Said, request_line, said
from coach.evaluation.case import Case, LabelledCase, PacketCase, RepCase, TalkCase, bases_of
from coach.evaluation.coach_subject import DAY
from coach.evaluation.files import read_lines, write_whole, writing_to
from coach.evaluation.outputs import output_of, rep_output, talk_output
from coach.evaluation.prediction import Failure, Output, Prediction, Predictions
from coach.wiring import Coach


def export_batch(cases: Sequence[LabelledCase], coach: Coach, engine: LlmEngine, path: Path, *, repeat: int = 1) -> int:
    """Write a request for every case and repeat, and say how many; the base notes of attacks are asked, too.

    Raises:
        InvalidInput: the file cannot be written, or a text cannot be read, or is so long that it is read in parts.
    """
    bodies = {case.id: _body(_only(case, coach, engine), engine) for case in _all(cases)}
    lines = [request_line(f"{id_}#{turn}", body) for turn in range(repeat) for id_, body in bodies.items()]
    with writing_to(path):
        write_whole(path, lines)
    return len(lines)


async def import_batch(
    cases: Sequence[LabelledCase], coach: Coach, engine: LlmEngine, path: Path
) -> tuple[Predictions, str | None]:
    """Read responses as if the model had just given them: proved, counted and judged alike.

    Nothing is asked, so an entry that cannot be used is left out and never mended; a case without a response fails.

    Returns:
        The predictions, and the model that the responses name.

    Raises:
        InvalidInput: the file cannot be read, a line is no response, or it answers what was not asked, or twice.
    """
    asked = {case.id: case for case in _all(cases)}
    found: dict[str, dict[int, Said | str]] = defaultdict(dict)
    for where, line in read_lines(path, BatchLine):
        id_, _, turn = line.custom_id.rpartition("#")
        if id_ not in asked or not turn.isdecimal():
            raise InvalidInput(
                f"{where}: no case has the custom_id {line.custom_id!r}; import with the cases that were exported"
            )
        if int(turn) in found[id_]:
            raise InvalidInput(f"{where}: the custom_id {line.custom_id!r} comes twice; leave one of the two")
        found[id_][int(turn)] = said(line)
    repeats = 1 + max((turn for turns in found.values() for turn in turns), default=0)
    predictions = {
        id_: [
            await _predicted(case, turn, found[id_].get(turn, "no response"), coach, engine) for turn in range(repeats)
        ]
        for id_, case in asked.items()
    }
    named = (one.model for turns in found.values() for one in turns.values() if isinstance(one, Said) and one.model)
    return predictions, next(named, None)


def _all(cases: Sequence[LabelledCase]) -> list[Case]:
    return [*cases, *bases_of(cases)]


def _only(case: Case, coach: Coach, engine: LlmEngine) -> Call:
    try:
        calls = engine.calls(*_given(case, coach))
    except InvalidInput as error:
        raise type(error)(f"{case.id}: {error.detail}; leave it out with --where") from None
    if not calls:
        raise InvalidInput(f"{case.id}: nothing is left to read where what speaks to the reader is cut; leave it out")
    if len(calls) != 1:
        raise InvalidInput(
            f"{case.id}: this text is read in {len(calls)} parts, and a batch has one request a case; "
            "raise COACH_MAX_TOKENS, or leave it out with --where"
        )
    return calls[0]


def _body(call: Call, engine: LlmEngine) -> dict[str, Any]:
    target = engine.target
    body: dict[str, Any] = {
        # The endpoint knows its models without the provider's name before them.
        "model": target.model.removeprefix("openai/"),
        "messages": [{"role": "system", "content": call.system}, {"role": "user", "content": call.user}],
        "max_tokens": call.max_tokens,
    }
    if call.temperature is not None:
        body["temperature"] = call.temperature
    if target.json_schema != "off":
        schema = {"name": call.schema_name, "strict": True, "schema": call.schema_}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body


async def _predicted(case: Case, turn: int, answer: Said | str, coach: Coach, engine: LlmEngine) -> Prediction:
    blank = Prediction(id=case.id, repeat=turn, task=case.task, output=None, engine=engine.name, duration_ms=0)
    if isinstance(answer, str):
        return blank.model_copy(update={"error": Failure(code="no_response", detail=answer)})
    try:
        output, duration_ms = await _judged(case, answer, coach, engine)
    except CoachError as error:
        return blank.model_copy(update={"error": Failure(code=error.code, detail=error.detail)})
    return blank.model_copy(update={"output": output, "duration_ms": duration_ms, "usage": answer.usage})


async def _judged(case: Case, answer: Said, coach: Coach, engine: LlmEngine) -> tuple[Output, float]:
    """What an answer comes to, and how long judging it took, in milliseconds."""
    given = False

    async def ask(_: Call) -> Reply:
        nonlocal given
        if given:
            # Whatever more would be asked, there is but this one answer.
            if answer.truncated:
                raise AnswerTruncated("the model's answer breaks off")
            raise BadAnswer("the model's answer holds no labels in the form that was asked for")
        given = True
        return Reply(text=answer.content, refused=answer.refused, truncated=answer.truncated, usage=answer.usage)

    reading = await engine.read_by(*_given(case, coach), ask)
    if isinstance(case, RepCase | PacketCase):
        assert isinstance(reading, PacketReading)  # noqa: S101  of the task that was asked
        diagnosis = coach.diagnose_reading(case.input, reading, DAY)
        return rep_output(diagnosis), diagnosis.provenance.duration_ms
    if isinstance(case, TalkCase):
        assert isinstance(reading, TalkReading)  # noqa: S101  likewise
        mirror = coach.review_talk_reading(case.input, reading, DAY)
        return talk_output(mirror), mirror.provenance.duration_ms
    assert isinstance(reading, DealReading)  # noqa: S101  likewise
    review = coach.review_reading(case.input, reading)
    return output_of(review), review.provenance.duration_ms


def _given(case: Case, coach: Coach) -> tuple[TaskName, Frozen]:
    """The task of a case, and its text as an engine is given it."""
    if isinstance(case, RepCase | PacketCase):
        return "rep", coach.seen_packet(case.input)
    if isinstance(case, TalkCase):
        return "talk", coach.seen_talk(case.input)
    return "deal", coach.seen(case.input)
