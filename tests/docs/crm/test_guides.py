"""The two guides keep their word: commands, files, operations, settings and errors that they name are there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from coach.api import identify
from coach.api.app import create_app
from coach.settings import Settings
from tests.api.standin import StandIn
from tests.test_docs import BLOCK, LINE, parsed, words

GUIDES = Path(__file__).parents[3] / "coach" / "docs" / "crm"
GUIDE = pytest.mark.parametrize("guide", ["salesforce.md", "dynamics.md"])
CARDS = {"readCard", "linkCard"}


def text(guide: str) -> str:
    return (GUIDES / guide).read_text("utf-8")


@GUIDE
def test_every_command_is_one(guide: str) -> None:
    lines = [line.strip() for block in BLOCK.findall(text(guide)) for line in LINE.findall(block)]
    lines += re.findall(r"`(coach [a-z][^`]*)`", text(guide))
    assert 3 <= len(lines)
    for line in lines:
        parsed(words(line))


@GUIDE
def test_every_file_operation_and_setting_is_there(guide: str) -> None:
    assert [] == [one for one in re.findall(r"\]\(([^)]+)\)", text(guide)) if not (GUIDES / one).exists()]
    paths = create_app(StandIn()).openapi()["paths"]  # type: ignore[arg-type]
    known = {operation["operationId"] for item in paths.values() for operation in item.values()}
    if importlib.util.find_spec("coach.api.cards") is None:
        known |= CARDS
    named = set(re.findall(r"`((?:read|review|link|list|who)[A-Z]\w+)`", text(guide)))
    assert {"readCard", "reviewDeal"} <= named
    assert set() == named - known
    settings = {f"COACH_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"COACH_[A-Z_]+", text(guide))) <= settings


@GUIDE
def test_the_errors_that_it_explains_are_those_that_are_sent(guide: str) -> None:
    sent = [identify._NO_KEY, identify._BAD_KEY, "This key may not do this: it needs the scope reviews:read."]
    apex = (GUIDES / "salesforce" / "classes" / "CoachDeal.cls").read_text("utf-8")
    explained = re.findall(r'^\|[^|"]*"([^"]+)"', text(guide), re.MULTILINE)
    assert 2 <= len(explained)
    for one in explained:
        start = one.removesuffix(" …")
        assert any(message.startswith(start) for message in sent) or f"'{one}'" in apex, one


def test_no_line_is_long() -> None:
    for guide in ("salesforce.md", "dynamics.md"):
        lines = [line for line in text(guide).splitlines() if not line.startswith("|")]
        assert max(map(len, lines)) <= 132
