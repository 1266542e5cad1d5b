"""The guides to CRMs keep their word: what they name is there, and the samples are whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from coach.api import identify
from coach.api.app import create_app
from coach.domain.card import Card
from coach.errors import BadSignature, NotAllowed
from coach.settings import Settings
from coach.wiring import build
from tests.api.standin import StandIn
from tests.test_docs import commands, parsed, words

FOLDER = Path(__file__).parents[3] / "coach" / "docs" / "crm"
TEXTS = {guide.stem: guide.read_text("utf-8") for guide in sorted(FOLDER.glob("*.md"))}
CRMS = sorted(set(TEXTS) - {"iframe"})
BY_KEY = ["dynamics", "salesforce"]
"""Those that ask by the operations of the API, with a key; the others prove who looks."""
BY_PROOF = sorted(set(CRMS) - set(BY_KEY))
ALL = pytest.mark.parametrize("guide", TEXTS)
HUBSPOT = FOLDER / "hubspot"
SAMPLE = HUBSPOT / "src" / "app"
MANIFEST = FOLDER / "zendesk" / "manifest.json"
CODE = (SAMPLE / "cards" / "DealCard.tsx").read_text("utf-8")


def test_there_is_a_guide_to_each_crm_and_one_to_any_frame() -> None:
    assert {"dynamics", "hubspot", "iframe", "pipedrive", "salesforce", "zendesk"} == set(TEXTS)


@ALL
def test_every_command_in_a_guide_is_one(guide: str) -> None:
    found = commands([FOLDER / f"{guide}.md"])
    assert (3 if guide in CRMS else 1) <= len(found)
    for _, line, is_named in found:
        try:
            parsed(words(line))
        except click.MissingParameter:
            # A sentence may name a command alone, where the guide has it whole elsewhere.
            assert is_named, line
            assert guide not in BY_KEY, line
            assert re.fullmatch(r"coach( [a-z]+)+", line), line


@ALL
def test_every_setting_file_address_and_operation_in_a_guide_is_there(guide: str) -> None:
    text = TEXTS[guide]
    assert set(re.findall(r"COACH_[A-Z_]+", text)) <= {f"COACH_{name.upper()}" for name in Settings.model_fields}
    assert [] == [one for one in re.findall(r"\]\(([^)]+)\)", text) if not (FOLDER / one).exists()]
    paths = create_app(StandIn()).openapi()["paths"]  # type: ignore[arg-type]
    named = {
        re.sub(r"/cards/[a-z]+/71", "/cards/{crm}/{record}", one) for one in re.findall(r"/v1/[a-z0-9/{}-]+", text)
    }
    # What is said of all addresses under one is true where there is one.
    assert [] == [one for one in named if not any(path == one or path.startswith(f"{one}/") for path in paths)]
    operations = set(re.findall(r"`((?:read|review|link|list|who)[A-Z]\w+)`", text))
    assert operations <= {operation["operationId"] for item in paths.values() for operation in item.values()}
    if guide in BY_KEY:
        assert {"readCard", "reviewDeal"} <= operations


@ALL
def test_a_guide_says_that_nothing_is_written_to_a_crm_but_by_a_person(guide: str) -> None:
    assert "only ever a proposal" in " ".join(TEXTS[guide].split())


@pytest.mark.parametrize("guide", CRMS)
def test_a_guide_says_that_it_was_not_tried_at_the_vendors(guide: str) -> None:
    text = " ".join(TEXTS[guide].split())
    assert re.search(r"(was not|neither was) tried in an? (account|company) of \w+'s yet|We have no \w+", text)


def test_the_guide_to_hubspot_says_how_far_its_sample_is_checked() -> None:
    text = " ".join(TEXTS["hubspot"].split())
    assert "The sample's TypeScript was not compiled" in text
    assert "by pattern alone" in text


@ALL
def test_no_line_is_long(guide: str) -> None:
    lines = [line for line in TEXTS[guide].splitlines() if not line.startswith("|")]
    assert max(map(len, lines)) <= (132 if guide in BY_KEY else 140)


@pytest.mark.parametrize("guide", BY_KEY)
def test_the_errors_that_it_explains_are_those_that_are_sent(guide: str) -> None:
    sent = [identify._NO_KEY, identify._BAD_KEY, "This key may not do this: it needs the scope reviews:read."]
    apex = (FOLDER / "salesforce" / "classes" / "CoachDeal.cls").read_text("utf-8")
    explained = re.findall(r'^\|[^|"]*"([^"]+)"', TEXTS[guide], re.MULTILINE)
    assert 2 <= len(explained)
    for one in explained:
        start = one.removesuffix(" …")
        assert any(message.startswith(start) for message in sent) or f"'{one}'" in apex, one


@pytest.mark.parametrize("guide", BY_PROOF)
def test_a_guide_says_what_each_refusal_is(guide: str) -> None:
    for error in (BadSignature, NotAllowed):
        assert re.search(rf"\| {error.status_code}( `{error.code}`)? \|", TEXTS[guide])


@pytest.mark.parametrize("guide", ["pipedrive", "zendesk"])
def test_every_page_that_a_crm_opens_is_there(guide: str, tmp_path: Path) -> None:
    text = TEXTS[guide] + MANIFEST.read_text("utf-8")
    coach = build(Settings(_env_file=None, data_dir=tmp_path, engine="local", encoder=False), serving=False)
    there = {getattr(one, "path", None) for one in create_app(coach).routes}
    named = set(re.findall(r"https://coach\.example(/crm/[a-z/]+)", text))
    assert f"/crm/{guide}/panel" in named
    assert named <= there


def test_the_table_of_fields_is_the_cards() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", TEXTS["iframe"], re.MULTILINE)
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


def test_the_sample_reads_fields_that_a_card_has() -> None:
    (declared,) = re.findall(r"interface Card \{\n(.*?)\n\}", CODE, re.DOTALL)
    assert set(re.findall(r"^  (\w+):", declared, re.MULTILINE)) <= set(Card.model_fields)
    schema = json.dumps(Card.model_json_schema())
    for word in re.findall(r"'(\w+)'", declared) + re.findall(
        r"'(\w+)'", CODE.split("type Verdict =")[1].split(";")[0]
    ):
        assert f'"{word}"' in schema


def test_the_zendesk_app_stands_on_sells_deals_and_asks_for_the_signed_token() -> None:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    assert {"sell": {"deal_card": {"url": "https://coach.example/crm/zendesk/panel"}}} == manifest["location"]
    assert (True, True, "2.0") == (manifest["signedUrls"], manifest["private"], manifest["frameworkVersion"])
    names = json.loads((FOLDER / "zendesk" / "translations" / f"{manifest['defaultLocale']}.json").read_text("utf-8"))
    assert {"name", "short_description", "long_description"} == set(names["app"])
