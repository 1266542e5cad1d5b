"""A rep's material from the file it comes in: JSON or YAML."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import PurePath
from typing import Any

import yaml
from pydantic import ValidationError

from coach.domain import RepPacket
from coach.errors import InvalidInput, TooLarge, UnsupportedFormat
from coach.rubrics.strict_yaml import parse
from coach.text.documents import MAX_BYTES

_ENDINGS = ("json", "yaml", "yml")
_DEEPEST = 20
"""How deep a file may be nested; a packet has three levels. The parser of YAML ends the process at some thousands."""
_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
"""What can be a field's name; another key is the writer's text, and not given back."""
_TWICE = "the packet has a key that stands twice"
_EVENTS: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_packet(raw: bytes, name: str) -> RepPacket:
    """Read a packet.

    Args:
        raw: The bytes of the file.
        name: Its name, for the ending; without one, what begins with a brace is JSON, and anything else YAML.

    Raises:
        TooLarge: more than `MAX_BYTES`.
        UnsupportedFormat: another kind of file.
        InvalidInput: not JSON or YAML, a key that stands twice, or not a packet; the message says where, and never
            what stands there.
    """
    if len(raw) > MAX_BYTES:
        raise TooLarge(f"the packet has {len(raw)} bytes, more than the {MAX_BYTES} that are read")
    raw = raw.removeprefix(codecs.BOM_UTF8)
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
        raise InvalidInput(f"the packet: {_problem(error)}") from None


def _problem(error: ValidationError) -> str:
    """Where and what the first problem is."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    places = (str(part) for part in first["loc"] if part != "[key]")
    at = ".".join(one if one.isdigit() or _PLACE.fullmatch(one) else "(unnamed)" for one in places)
    return f"at {at or 'the top'}: {first['msg']}"


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise InvalidInput("the packet is not UTF-8; save it as UTF-8 again") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(f"the packet is not valid JSON: line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise InvalidInput("the packet is nested too deeply") from None
    except ValueError:
        raise InvalidInput("the packet holds a number that is too long") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise InvalidInput(_TWICE)
    return content


def _yaml(raw: bytes) -> object:
    try:
        _check_shape(raw.decode("utf-8"))
        return parse(raw)
    except UnicodeDecodeError:
        raise InvalidInput("the packet is not UTF-8; save it as UTF-8 again") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if str(getattr(error, "problem", "")).endswith("stands twice"):
            raise InvalidInput(_TWICE) from None
        where = _where(getattr(error, "problem_mark", None))
        raise InvalidInput(f"the packet is not valid YAML{where}") from None


def _where(mark: Any) -> str:  # noqa: ANN401  a mark of either of YAML's parsers
    return f": line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _check_shape(text: str) -> None:
    """Refuse YAML that is nested deeply, or that repeats a part of itself by name, which can make little much."""
    depth = 0
    for event in yaml.parse(text, Loader=_EVENTS):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise InvalidInput("the packet is nested too deeply")
        if isinstance(event, yaml.AliasEvent):
            raise InvalidInput(
                "the packet has a value that begins with *, by which YAML repeats a part"
                f"{_where(event.start_mark)}; put a text in quotes, and write a part out"
            )
