"""The side pane's script, against a stand-in for the client API and against its published types."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from coach.crm.words import WORDS
from coach.domain import Direction, Status, Verdict
from coach.domain.card import Card, CardGap, CardQuote
from tests.docs.crm.node import modules, node, run

FOLDER = Path(__file__).parents[3] / "coach" / "docs" / "crm"
SCRIPT = FOLDER / "dynamics" / "pane.js"
GUIDE = (FOLDER / "dynamics.md").read_text("utf-8")
LABELS = dict(re.findall(r"^   \| ([a-z ]+) \| `([^`]+)` \|$", GUIDE, re.MULTILINE))
"""The labels of the custom page, and the formula of each."""
TYPES = {
    "compilerOptions": {
        "allowJs": True,
        "checkJs": True,
        "noEmit": True,
        "strict": True,
        "target": "es2020",
        "lib": ["es2020", "dom"],
        "types": ["xrm"],
        "typeRoots": ["./node_modules/@types"],
    },
    "files": ["pane.js"],
}
DRIVE = """
const fs = require("node:fs");
const done = [];
const open = {};
globalThis.Xrm = { App: { sidePanes: {
    getPane: (id) => open[id],
    createPane: async (options) => {
        done.push(["create", options.paneId, options.isSelected]);
        return (open[options.paneId] = { navigate: async (page) => done.push(["navigate", page]) });
    },
} } };
const form = (id) => ({ getFormContext: () => ({ data: { entity: {
    getId: () => id, getEntityName: () => "opportunity" } } }) });
(async () => {
    const { openPane } = new Function(fs.readFileSync("pane.js", "utf8") + "; return Coach;")();
    await openPane(form(""));
    await openPane(form("{3F2504E0-4F89-11D3-9A0C-0305E82C3301}"));
    await openPane(form("{3F2504E0-4F89-11D3-9A0C-0305E82C3302}"));
    console.log(JSON.stringify(done));
})();
"""


def page(record: str) -> list[object]:
    return [
        "navigate",
        {"pageType": "custom", "name": "coach_card_1a2b3", "entityName": "opportunity", "recordId": record},
    ]


def test_the_pane_opens_once_and_follows_the_opportunity(tmp_path: Path) -> None:
    shutil.copy(SCRIPT, tmp_path)
    (tmp_path / "drive.cjs").write_text(DRIVE)
    assert [
        ["create", "coach", False],
        page("3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        page("3f2504e0-4f89-11d3-9a0c-0305e82c3302"),
    ] == json.loads(run(node(), "drive.cjs", folder=tmp_path))


def test_the_script_fits_the_published_types_of_the_client_api(tmp_path: Path) -> None:
    packages = modules("typescript", "@types/xrm")
    (tmp_path / "node_modules").symlink_to(packages)
    shutil.copy(SCRIPT, tmp_path)
    (tmp_path / "tsconfig.json").write_text(json.dumps(TYPES))
    assert "" == run(node(), packages / "typescript" / "bin" / "tsc", "-p", ".", folder=tmp_path)


def test_the_labels_show_what_a_card_has() -> None:
    shown = " ".join(LABELS.values())
    fields = set(re.findall(r"\bcard\.(\w+)", shown))
    assert {"verdict", "says", "quote", "missing", "ask", "close_date", "crm_close_date", "written_on"} == fields
    assert fields <= set(Card.model_fields)
    of_quote = set(re.findall(r"card\.quote\.(\w+)", shown))
    assert {"quote", "direction", "who", "on"} == of_quote
    assert of_quote <= set(CardQuote.model_fields)
    assert {"question", "status"} == set(CardGap.model_fields)


def test_each_verdict_has_its_word() -> None:
    named = dict(re.findall(r'"([a-z_]+)", "([A-Z][a-z ]+)"', LABELS["verdict"]))
    assert LABELS["verdict"].endswith(", Proper(card.verdict))")
    # Proper makes the first letter of each word a capital.
    assert WORDS == {one: named.get(one.value, one.value.title()) for one in Verdict}


def test_the_labels_say_what_speaks_against_the_deal_what_is_partly_answered_and_another_close_date() -> None:
    against = f'card.quote.direction = "{Direction.STALLS}", "The customer, against the deal", '
    assert f'If({against}!IsBlank(card.quote.quote), "The customer")' == LABELS["whose"]
    assert f'question & If(status = "{Status.PARTIAL}", " (partly)", "")' in LABELS["missing"]
    assert '"Note of " & card.written_on' in LABELS["day of the note"]
    differs = "!IsBlank(card.crm_close_date) && card.crm_close_date <> card.close_date"
    assert f"If({differs}, card.crm_close_date)" == LABELS["another close date"]
    said = '"Dynamics now says so. The verdict is not about that day."'
    assert f"If(!IsBlank('another close date'.Text), {said})" == LABELS["about that date"]
