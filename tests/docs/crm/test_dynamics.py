"""The side pane's script, against a stand-in for the client API and against its published types."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.docs.crm.node import modules, node, run

SCRIPT = Path(__file__).parents[3] / "coach" / "docs" / "crm" / "dynamics" / "pane.js"
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
