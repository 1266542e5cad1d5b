"""A pack in which every text that comes from people or a CRM tries to be more than text."""

from __future__ import annotations

from enum import Enum

from coach.domain.one_on_one import OneOnOne
from tests.web.packs.samples import fullest

MARK = "zqx"
HOSTILE = (
    f"{MARK} <script>alert(1)</script><img src=x onerror=alert(1)> [pay](https://pay.example) "
    "![p](https://pay.example/p.png) </style><h1>H</h1> & \"'{{ 7 * 7 }} \x1b[31m\u202e\n# heading | cell"
)
_OURS = {"schema", "id", "code", "currency", "period", "by", "reason_from", "leaning", "unit"}


def hostile() -> OneOnOne:
    """The fullest pack, each text of it hostile."""
    return OneOnOne.model_validate(_hostile(fullest().model_dump(by_alias=True), ""))


def _hostile(value: object, name: str) -> object:
    match value:
        case Enum():
            return value
        case str():
            return value if name in _OURS else HOSTILE
        case dict():
            return {one: _hostile(inside, str(one)) for one, inside in value.items()}
        case list() | tuple():
            return tuple(_hostile(one, name) for one in value)
        case _:
            return value
