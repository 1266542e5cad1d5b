"""The guides to CRMs keep their word: what they name is there, and the samples are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coach.api.app import create_app
from coach.domain.card import Card
from coach.errors import BadSignature, NotAllowed
from coach.settings import Settings
from coach.wiring import build
from tests.api.standin import StandIn
from tests.test_docs import BLOCK, LINE, parsed, words

FOLDER = Path(__file__).parents[2] / "coach" / "docs" / "crm"
GUIDES = sorted(FOLDER.glob("*.md"))
HUBSPOT = FOLDER / "hubspot"
SAMPLE = HUBSPOT / "src" / "app"
MANIFEST = FOLDER / "zendesk" / "manifest.json"
CODE = (SAMPLE / "cards" / "DealCard.tsx").read_text("utf-8")


def commands() -> list[tuple[str, str]]:
    return [
        (guide.name, line.strip())
        for guide in GUIDES
        for block in BLOCK.findall(guide.read_text("utf-8"))
        for line in LINE.findall(block)
    ]


def test_there_is_a_guide_to_each_crm_and_one_to_any_frame() -> None:
    assert {"hubspot.md", "iframe.md", "pipedrive.md", "zendesk.md"} <= {guide.name for guide in GUIDES}
    assert 5 <= len(commands())


@pytest.mark.parametrize(("guide", "line"), commands())
def test_every_command_in_a_guide_is_one(guide: str, line: str) -> None:
    assert parsed(words(line)).command is not None, guide


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_setting_file_and_address_in_a_guide_is_there(guide: Path) -> None:
    text = guide.read_text("utf-8")
    known = {f"COACH_{name.upper()}" for name in Settings.model_fields} | {"COACH_KEY"}
    assert set(re.findall(r"COACH_[A-Z_]+", text)) <= known
    paths = set(create_app(StandIn()).openapi()["paths"])  # type: ignore[arg-type]
    named = {
        re.sub(r"/cards/[a-z]+/71", "/cards/{crm}/{record}", one) for one in re.findall(r"/v1/[a-z0-9/{}-]+", text)
    }
    # What is said of all addresses under one is true where there is one.
    assert [] == [one for one in named if not any(path == one or path.startswith(f"{one}/") for path in paths)]
    assert [] == [one for one in re.findall(r"\]\(([^)]+)\)", text) if not (guide.parent / one).exists()]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_a_guide_says_that_nothing_is_written_to_a_crm_but_by_a_person(guide: Path) -> None:
    assert "only ever a proposal" in " ".join(guide.read_text("utf-8").split())


def test_the_table_of_fields_is_the_cards() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", (FOLDER / "iframe.md").read_text("utf-8"), re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(Card.model_fields) - {"schema_", "crm", "record", "name", "written_on"} == told


def test_the_sample_card_is_for_the_sidebar_of_a_deal_and_asks_an_address_that_is_there_and_permitted() -> None:
    card = json.loads((SAMPLE / "cards" / "DealCard-hsmeta.json").read_text("utf-8"))
    assert ("card", "crm.record.sidebar", ["deals"]) == (
        card["type"],
        card["config"]["location"],
        card["config"]["objectTypes"],
    )
    assert (HUBSPOT / "src").joinpath(card["config"]["entrypoint"].removeprefix("/")).is_file()
    app = json.loads((SAMPLE / "app-hsmeta.json").read_text("utf-8"))
    (permitted,) = app["config"]["permittedUrls"]["fetch"]
    assert f"const COACH = '{permitted}';" in CODE
    assert ["crm.objects.deals.read"] == app["config"]["auth"]["requiredScopes"]
    (asked,) = re.findall(r"hubspot\.fetch\(`\$\{COACH\}([^`]+)`, \{ method: 'GET'", CODE)
    paths = create_app(StandIn()).openapi()["paths"]  # type: ignore[arg-type]
    assert "get" in paths[asked.replace("${deal}", "{record}")]
    assert "src" == json.loads((HUBSPOT / "hsproject.json").read_text("utf-8"))["srcDir"]


@pytest.mark.parametrize("guide", ["pipedrive", "zendesk"])
def test_every_page_that_a_crm_opens_is_there(guide: str, tmp_path: Path) -> None:
    text = (FOLDER / f"{guide}.md").read_text("utf-8") + MANIFEST.read_text("utf-8")
    coach = build(Settings(_env_file=None, data_dir=tmp_path, engine="local", encoder=False), serving=False)
    there = {getattr(one, "path", None) for one in create_app(coach).routes}
    named = set(re.findall(r"https://coach\.example(/crm/[a-z/]+)", text))
    assert f"/crm/{guide}/panel" in named
    assert named <= there


def test_the_zendesk_app_stands_on_sells_deals_and_asks_for_the_signed_token() -> None:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    assert {"sell": {"deal_card": {"url": "https://coach.example/crm/zendesk/panel"}}} == manifest["location"]
    assert (True, True, "2.0") == (manifest["signedUrls"], manifest["private"], manifest["frameworkVersion"])
    names = json.loads((FOLDER / "zendesk" / "translations" / f"{manifest['defaultLocale']}.json").read_text("utf-8"))
    assert {"name", "short_description", "long_description"} == set(names["app"])


@pytest.mark.parametrize("guide", ["hubspot", "pipedrive", "zendesk"])
def test_a_guide_says_what_each_refusal_is(guide: str) -> None:
    text = (FOLDER / f"{guide}.md").read_text("utf-8")
    for error in (BadSignature, NotAllowed):
        assert re.search(rf"\| {error.status_code}( `{error.code}`)? \|", text)


def test_the_sample_reads_fields_that_a_card_has() -> None:
    (declared,) = re.findall(r"interface Card \{\n(.*?)\n\}", CODE, re.DOTALL)
    assert set(re.findall(r"^  (\w+):", declared, re.MULTILINE)) <= set(Card.model_fields)
    schema = json.dumps(Card.model_json_schema())
    for word in re.findall(r"'(\w+)'", declared) + re.findall(
        r"'(\w+)'", CODE.split("type Verdict =")[1].split(";")[0]
    ):
        assert f'"{word}"' in schema
