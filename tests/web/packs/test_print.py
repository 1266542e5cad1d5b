"""The page in a real browser: two sheets at most, no request, no error, and it reads on a phone and in the dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.domain.one_on_one import OneOnOne
from coach.pipeline.fit import fit
from coach.web.packs.html import to_html
from tests.web.packs.hostile import hostile
from tests.web.packs.samples import first_month, fullest, middle, new_hire

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
PACKS = {
    "fullest": (fullest(), 2),
    "middle": (middle(), 2),
    "first month": (first_month(), 2),
    "new hire": (new_hire(), 1),
    "hostile, cut": (fit(hostile()), 2),
}


def written(pack: OneOnOne, out: Path) -> str:
    (out / "pack.html").write_text(to_html(pack), "utf-8")
    return (out / "pack.html").as_uri()


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
@pytest.mark.parametrize(("pack", "most"), PACKS.values(), ids=PACKS)
def test_it_prints_on_two_sheets(browser: Browser, pack: OneOnOne, most: int, sheet: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(written(pack, tmp_path))
    printed = page.pdf(format=sheet, print_background=True)
    page.close()
    assert 1 <= len(_SHEET.findall(printed)) <= most


@pytest.mark.parametrize("pack", [fullest(), hostile()], ids=["fullest", "hostile"])
def test_no_request_leaves_no_script_is_there_and_its_style_applies(
    browser: Browser, pack: OneOnOne, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    address = written(pack, tmp_path)
    page.goto(address)
    assert 0 == page.locator("script, img, link, a").count()
    assert "grid" == page.locator(".charts").evaluate("one => getComputedStyle(one).display")
    context.close()
    assert [address] == asked
    assert [] == said


def test_it_fits_a_narrow_screen_and_has_dark_colours(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    page.goto(written(fullest(), tmp_path))
    assert 390 == page.evaluate("document.documentElement.scrollWidth")
    assert "rgb(28, 32, 38)" == page.locator("main").evaluate("one => getComputedStyle(one).backgroundColor")
    page.emulate_media(media="print")
    assert "rgb(28, 33, 39)" == page.locator("body").evaluate("one => getComputedStyle(one).color")
    page.close()
