"""A suite by files: requests out, for a batch endpoint at half the price or for whoever else answers, and back.

The files are in the format of OpenAI's Batch API; a `custom_id` is the case's id, `#`, and which repeat it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.domain import DealNote
from coach.engines.base import DealReading
from coach.engines.llm import Call, LlmEngine, Reply
from coach.errors import AnswerTruncated, BadAnswer, CoachError, InvalidInput, UnsupportedTask
from coach.evaluation.batch_format import BatchLine, Said, request_line, said
from coach.evaluation.case import Case, LabelledCase, bases_of
from coach.evaluation.coach_subject import note_of, output_of
from coach.evaluation.files import read_lines, write_whole, writing_to
from coach.evaluation.prediction import Failure, Prediction, Predictions
from coach.wiring import Coach


def export_batch(cases: Sequence[LabelledCase], coach: Coach, engine: LlmEngine, path: Path, *, repeat: int = 1) -> int:
    """Write a request for every case and repeat, and say how many; the base notes of attacks are asked, too.

    Raises:
        InvalidInput: the file cannot be written, or a note is so long that it is read in parts.
        UnsupportedTask: a case is of a task that no model is asked about.
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
        calls = engine.reader.calls(coach.seen(note_of(case)))
    except UnsupportedTask as error:
        raise UnsupportedTask(f"{case.id}: {error.detail}; leave it out with --where") from None
    if not calls:
        raise InvalidInput(f"{case.id}: nothing is left to read where what speaks to the reader is cut; leave it out")
    if len(calls) != 1:
        raise InvalidInput(
            f"{case.id}: this note is read in {len(calls)} parts, and a batch has one request a case; "
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
        reading = await _reading(note_of(case), answer, coach, engine)
    except CoachError as error:
        return blank.model_copy(update={"error": Failure(code=error.code, detail=error.detail)})
    review = coach.review_reading(note_of(case), reading)
    return blank.model_copy(
        update={
            "output": output_of(review),
            "duration_ms": review.provenance.duration_ms,
            "usage": reading.usage,
        }
    )


async def _reading(note: DealNote, answer: Said, coach: Coach, engine: LlmEngine) -> DealReading:
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

    return await engine.read_by(coach.seen(note), ask)
