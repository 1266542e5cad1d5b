"""The pages on privacy and law keep their word: each command in them is one, and each file is there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from coach.api.app import create_app
from coach.cli.main import cli
from coach.service.workspace import WorkspaceRules
from coach.settings import Settings
from tests.api.standin import StandIn

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "coach" / "docs").glob("*.md"))
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^(coach [^#\n]*)", re.MULTILINE)
INLINE = re.compile(r"`(coach [a-z][^`]*)`")


def words(line: str) -> list[str]:
    return [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', line)][1:]


def parsed(given: list[str]) -> click.Context:
    """Parse a command as the command line would, and run nothing."""
    context, command = click.Context(cli), cli
    while isinstance(command, click.Group):
        name, found, given = command.resolve_command(context, given)
        assert found is not None
        context, command = click.Context(found, parent=context, info_name=name), found
    return command.make_context(context.info_name, given, parent=context.parent)


def commands(pages: list[Path]) -> list[tuple[str, str, bool]]:
    """Page and line of each, and whether it stands in a sentence, which may leave out what it is given."""
    found = []
    for page in pages:
        blocks, text = BLOCK.findall(page.read_text("utf-8")), BLOCK.sub("", page.read_text("utf-8"))
        found += [(page.name, line.strip(), False) for block in blocks for line in LINE.findall(block)]
        found += [(page.name, line, True) for line in INLINE.findall(text)]
    return found


def test_there_are_pages_with_commands() -> None:
    assert {"component.md", "eu-ai-act.md", "privacy.md", "tools.md"} <= {page.name for page in PAGES}
    assert {False, True} == {is_named for _, _, is_named in commands(PAGES)}
    assert 30 <= len(commands(PAGES))


@pytest.mark.parametrize(("page", "line", "is_named"), commands(PAGES))
def test_every_command_in_a_page_is_one(page: str, line: str, is_named: bool) -> None:
    try:
        context = parsed(words(line))
    except click.MissingParameter:
        assert is_named, f"{page}: {line}: lacks what it is given"
    except click.ClickException as error:
        pytest.fail(f"{page}: {line}: {error.format_message()}")
    else:
        if context.info_name == "set":
            WorkspaceRules(**{context.params["setting"]: context.params["value"]})


def test_every_setting_file_page_and_address_that_is_named_is_there() -> None:
    known = {f"COACH_{name.upper()}" for name in Settings.model_fields}
    paths = set(create_app(StandIn()).openapi()["paths"])  # type: ignore[arg-type]
    for page in PAGES:
        text = page.read_text("utf-8")
        assert set(re.findall(r"COACH_[A-Z_]+", text)) <= known, page.name
        assert set(re.findall(r"/v1/[a-z0-9/{}_-]+", text)) <= paths, page.name
        assert [] == [one for one in re.findall(r"`((?:evals|rubrics)/[\w./-]+)`", text) if not (ROOT / one).exists()]
        assert [] == [one for one in re.findall(r"\]\(([^)]+)\)", text) if not (page.parent / one).exists()]


def test_the_page_on_privacy_says_of_each_crm_that_has_a_guide_what_leaves() -> None:
    (leaves,) = re.findall(
        r"^## What leaves\n(.*?)^## ",
        (ROOT / "coach" / "docs" / "privacy.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    guides = {f"crm/{guide.name}" for guide in (ROOT / "coach" / "docs" / "crm").glob("*.md")}
    assert guides == set(re.findall(r"^\| \[[^]]+\]\((crm/[^)]+)\)", leaves, re.MULTILINE))
    assert ["Models", "CRMs", "Assistants", "Messages"] == re.findall(r"^\*\*(\w+)\.\*\*", leaves, re.MULTILINE)


def test_the_page_on_the_law_says_what_it_is_not() -> None:
    text = " ".join((ROOT / "coach" / "docs" / "eu-ai-act.md").read_text("utf-8").split())
    for said in ("not legal advice", "No conformity assessment was made", "Check the consolidated text"):
        assert said in text
    for article in ("9", "10", "11", "12", "13", "14", "15", "26", "27", "50", "86"):
        assert f"| {article} " in text
