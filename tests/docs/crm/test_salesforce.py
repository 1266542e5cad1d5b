"""The Salesforce sample: it compiles, keeps to Salesforce's own rules, and asks for what Coach answers."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from coach.api import cards
from coach.domain import Direction, Question, Status, Verdict
from coach.domain.card import Card, CardGap, CardQuote
from tests.crm.test_hubspot_legacy import CARD, QUOTE
from tests.docs.crm.node import modules, node, run

SAMPLE = Path(__file__).parents[3] / "coach" / "docs" / "crm" / "salesforce"
BUNDLE = SAMPLE / "lwc" / "coachDeal"
XML = "{http://soap.sforce.com/2006/04/metadata}"
COMPILE = """
const { transformSync } = require("@lwc/compiler");
const fs = require("node:fs");
for (const name of ["coachDeal.js", "coachDeal.html"]) {
    const options = { name: "coachDeal", namespace: "c", apiVersion: 64 };
    const made = transformSync(fs.readFileSync(name, "utf8"), name, options);
    console.log(name, made.code.length > 500, (made.warnings ?? []).length);
}
"""
DRIVE = """
const fs = require("node:fs");
const script = "class LightningElement {}\\n" + fs.readFileSync("coachDeal.js", "utf8") + "; return CoachDeal;";
const shown = Object.assign(new (new Function(script)())(), { card: JSON.parse(fs.readFileSync("card.json", "utf8")) });
const { verdict, otherDate = null, customer, saidBy, missing } = shown;
console.log(JSON.stringify({ verdict, otherDate, customer, saidBy, missing }));
"""
LINT = """
const { configs } = require("@salesforce/eslint-config-lwc");
module.exports = [...configs.extended];
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A copy of the component, beside which checkers may put their settings."""
    return Path(shutil.copytree(BUNDLE, tmp_path / "lwc" / "coachDeal"))


def test_the_component_compiles(bundle: Path) -> None:
    (bundle / "node_modules").symlink_to(modules("@lwc/compiler"))
    (bundle / "compile.cjs").write_text(COMPILE)
    assert ["coachDeal.js true 0", "coachDeal.html true 0"] == run(node(), "compile.cjs", folder=bundle).splitlines()


def test_the_component_passes_salesforces_own_lint(bundle: Path) -> None:
    packages = modules("eslint", "@salesforce/eslint-config-lwc", "@lwc/eslint-plugin-lwc")
    (bundle / "node_modules").symlink_to(packages)
    (bundle / "eslint.config.cjs").write_text(LINT)
    eslint = packages / "eslint" / "bin" / "eslint.js"
    assert "" == run(node(), eslint, "--max-warnings", "0", "coachDeal.js", folder=bundle)


def test_the_component_is_for_the_page_of_an_opportunity() -> None:
    meta = ET.parse(BUNDLE / "coachDeal.js-meta.xml").getroot()
    assert f"{XML}LightningComponentBundle" == meta.tag
    assert "true" == meta.findtext(f"{XML}isExposed")
    assert ["lightning__RecordPage"] == [one.text for one in meta.iter(f"{XML}target")]
    assert ["Opportunity"] == [one.text for one in meta.iter(f"{XML}object")]


def test_each_class_has_its_description() -> None:
    classes = sorted(one.name for one in (SAMPLE / "classes").glob("*.cls"))
    assert ["CoachDeal.cls", "CoachDealTest.cls"] == classes
    for name in classes:
        meta = ET.parse(SAMPLE / "classes" / f"{name}-meta.xml").getroot()
        assert (f"{XML}ApexClass", "Active") == (meta.tag, meta.findtext(f"{XML}status"))


def test_the_component_asks_for_a_method_that_the_class_lets_it_call() -> None:
    (asked,) = re.findall(r'from "@salesforce/apex/(\w+\.\w+)"', (BUNDLE / "coachDeal.js").read_text("utf-8"))
    code = (SAMPLE / "classes" / "CoachDeal.cls").read_text("utf-8")
    (method,) = re.findall(r"@AuraEnabled\(cacheable=true\)\s+public static [\w<>, ]+ (\w+)\(", code)
    assert asked == f"CoachDeal.{method}"


def test_texts_are_shown_as_texts() -> None:
    shown = "".join((BUNDLE / name).read_text("utf-8") for name in ("coachDeal.html", "coachDeal.js"))
    for way_in in ("innerHTML", "lwc:dom", "lightning-formatted-rich-text", "insertAdjacentHTML"):
        assert way_in not in shown


def test_the_component_shows_what_a_card_has() -> None:
    shown = "".join((BUNDLE / name).read_text("utf-8") for name in ("coachDeal.html", "coachDeal.js"))
    fields = set(re.findall(r"\bcard\.(\w+)", shown))
    assert {"verdict", "says", "quote", "missing", "ask", "close_date", "crm_close_date", "written_on"} == fields
    assert fields <= set(Card.model_fields)
    assert {"quote", "direction"} == set(re.findall(r"card\.quote\.(\w+)", shown))
    assert {"quote", "direction", "who", "on"} <= set(CardQuote.model_fields)
    assert "({ question, status })" in shown
    assert {"question", "status"} == set(CardGap.model_fields)
    words = set(re.findall(r"^    (\w+): \"", shown, re.MULTILINE))
    assert {one.value for one in Verdict} == words


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {},
            {
                "verdict": "Unproven: closes by 2026-03-31",
                "otherDate": None,
                "customer": "The customer",
                "saidBy": "Dana, 2026-02-20",
                "missing": "criteria, process (partly)",
            },
        ),
        ({"verdict": Verdict.NO_CLAIM, "close_date": None, "crm_close_date": None}, {"verdict": "No claim"}),
        (
            {"crm_close_date": date(2026, 4, 30)},
            {"otherDate": "Salesforce now says 2026-04-30. The verdict is not about that day."},
        ),
        ({"crm_close_date": None}, {"otherDate": None}),
        (
            {"quote": QUOTE.model_copy(update={"direction": Direction.STALLS})},
            {"customer": "The customer, against the deal"},
        ),
        ({"missing": (CardGap(question=Question.CRITERIA, status=Status.MISSING),)}, {"missing": "criteria"}),
    ],
)
def test_the_component_says_of_a_card(
    tmp_path: Path, changed: dict[str, object], expected: dict[str, str | None]
) -> None:
    code = (BUNDLE / "coachDeal.js").read_text("utf-8")
    # What Salesforce's compiler makes of these, node need not know.
    (tmp_path / "coachDeal.js").write_text(re.sub(r"^import .*|^export default |@api |@wire.*", "", code, flags=re.M))
    (tmp_path / "card.json").write_text(CARD.model_copy(update=changed).model_dump_json(by_alias=True))
    (tmp_path / "drive.cjs").write_text(DRIVE)
    said = json.loads(run(node(), "drive.cjs", folder=tmp_path))
    assert expected == {name: said[name] for name in expected}


def test_every_line_that_the_component_makes_is_on_its_page() -> None:
    made = set(re.findall(r"^    get (\w+)\(\)", (BUNDLE / "coachDeal.js").read_text("utf-8"), re.MULTILINE))
    page = (BUNDLE / "coachDeal.html").read_text("utf-8")
    assert {"verdict", "otherDate", "customer", "saidBy", "missing"} == made
    assert {"says", "written_on", "quote.quote", "ask"} == set(re.findall(r"[^=]\{card\.([\w.]+)\}", page))
    assert made == set(re.findall(r"[^=]\{(\w+)\}", page)) - {"failure"}


def test_the_class_asks_at_an_address_that_is_there() -> None:
    code = (SAMPLE / "classes" / "CoachDeal.cls").read_text("utf-8")
    (address,) = re.findall(r"'callout:Coach(/[^']+/)' \+ recordId", code)
    assert "/v1/cards/salesforce/" == address
    assert "/v1/cards/{crm}/{record:path}" in {route.path for route in cards.router.routes}
