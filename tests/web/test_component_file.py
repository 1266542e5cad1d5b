"""The component's one file: it is what its sources make, and pages of other sites may load it."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import coach.web

SOURCES = Path(coach.web.__file__).parent / "component"
BUILT = SOURCES.parent / "static" / "deal-coach.js"
AGAIN = "after a change: make component"


def sources() -> set[str]:
    """What the entry brings in of ours, as paths from its folder."""
    found: set[str] = set()
    waiting = ["element.js"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        folder = path.rpartition("/")[0]
        names = re.findall(r'from "(\.[^"]+)"', (SOURCES / path).read_text("utf-8"))
        waiting += [f"{folder}/{name[2:]}" if folder else name.removeprefix("./") for name in names]
    return found


def test_the_file_is_made_of_the_sources_as_they_are() -> None:
    paths = sources()
    assert {"element.js", "component.css", "../static/review.css", "../static/marked.js"} <= paths
    content = hashlib.sha256()
    for path in sorted({*paths, "build.js", "package-lock.json"}):
        content.update((SOURCES / path).read_bytes())
    first, _, _ = BUILT.read_text("utf-8").partition("\n")
    assert f"/* <deal-coach> of Coach; sources {content.hexdigest()} */" == first, AGAIN


def test_building_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (SOURCES / "node_modules" / "esbuild").is_dir():
        pytest.skip("esbuild is not installed: make component")
    again = tmp_path / "deal-coach.js"
    subprocess.run([node, "build.js", str(again)], cwd=SOURCES, check=True, capture_output=True)
    assert BUILT.read_bytes() == again.read_bytes(), AGAIN


def test_it_is_one_file_of_under_16_kb_compressed_that_loads_no_other() -> None:
    text = BUILT.read_text("utf-8")
    assert len(gzip.compress(text.encode())) < 16_000
    assert [] == re.findall(r"\bimport\(|\brequire\(|\bimport[ {\"]|sourceMappingURL|new Worker", text)


@pytest.mark.parametrize(
    ("file", "policy"), [("deal-coach.js", "cross-origin"), ("main.js", "same-origin"), ("texts.js", "same-origin")]
)
def test_of_all_files_pages_of_other_sites_may_load_the_component_alone(app: FastAPI, file: str, policy: str) -> None:
    assert (
        policy
        == TestClient(app, base_url="http://localhost").get(f"/static/{file}").headers["cross-origin-resource-policy"]
    )


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.js")), ids=lambda path: path.name)
def test_no_source_of_it_makes_markup_from_text(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|indexedDB"
    assert [] == re.findall(forbidden, path.read_text("utf-8"))


def test_no_word_of_a_registry_is_in_what_pins_the_bundler() -> None:
    assert "://" not in (SOURCES / "package-lock.json").read_text("utf-8")
