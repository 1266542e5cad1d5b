"""A rep's material from the file it comes in: JSON or YAML."""

from __future__ import annotations

import json
from pathlib import PurePath

import yaml
from pydantic import ValidationError

from coach.domain import RepPacket
from coach.domain.base import first_problem
from coach.errors import InvalidInput, TooLarge, UnsupportedFormat
from coach.rubrics.strict_yaml import parse
from coach.text.documents import MAX_BYTES

_ENDINGS = ("json", "yaml", "yml")


def read_packet(raw: bytes, name: str) -> RepPacket:
    """Read a packet.

    Args:
        raw: The bytes of the file.
        name: Its name, for the ending; without one, what begins with a brace is JSON, and anything else YAML.

    Raises:
        TooLarge: more than `MAX_BYTES`.
        UnsupportedFormat: another kind of file.
        InvalidInput: not JSON or YAML, or not a packet; the message says where, and never what stands there.
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(f"the packet has {len(raw)} bytes, more than the {MAX_BYTES} that are read")
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending and ending not in _ENDINGS:
        raise UnsupportedFormat(f"files that end in .{ending} are no packets; send one of .{', .'.join(_ENDINGS)}")
    is_json = ending == "json" or (not ending and raw.lstrip()[:1] == b"{")
    content = _json(raw) if is_json else _yaml(raw)
    if not isinstance(content, dict):
        raise InvalidInput("the packet must be one object with rep, self_assessment, manager_observation and so on")
    try:
        return RepPacket.model_validate(content)
    except ValidationError as error:
        raise InvalidInput(f"the packet: {first_problem(error)}") from None


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidInput("the packet is not UTF-8; save it as UTF-8 again") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(f"the packet is not valid JSON: line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise InvalidInput("the packet is nested too deeply") from None


def _yaml(raw: bytes) -> object:
    try:
        return parse(raw)
    except UnicodeDecodeError:
        raise InvalidInput("the packet is not UTF-8; save it as UTF-8 again") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f": line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise InvalidInput(f"the packet is not valid YAML{where}") from None
