"""The page in a real browser: no request, no error, and a link opens its case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.evaluation.case import LabelledCase
from coach.evaluation.prediction import Predictions
from coach.evaluation.render import write_report
from coach.evaluation.report import Report
from tests.evaluation.render.made import comparison, flip

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def written(report: Report, cases: Sequence[LabelledCase], predictions: Predictions, out: Path) -> str:
    write_report(report, cases, predictions, out, comparison())
    return (out / "report.html").as_uri()


def test_the_page_opens_offline_without_a_request_or_an_error(
    browser: Browser, report: Report, cases: Sequence[LabelledCase], predictions: Predictions, tmp_path: Path
) -> None:
    address = written(report, cases, predictions, tmp_path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    assert "none" != page.locator("#filter").evaluate("form => getComputedStyle(form).display")  # the script ran
    page.locator("#flips a", has_text="d-1").first.click()
    assert page.locator("#case-d-1 .sides").first.is_visible()
    page.select_option("#filter select", "flipped")
    assert ["d-1", "d-2"] == page.locator(".case:visible summary b").all_text_contents()
    page.select_option("#filter select", "failed")
    assert ["d-2"] == page.locator(".case:visible summary b").all_text_contents()
    context.close()
    assert [address] == asked
    assert [] == said


def test_the_page_fits_a_narrow_screen_and_reads_without_javascript(
    browser: Browser, report: Report, cases: Sequence[LabelledCase], predictions: Predictions, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(written(report, cases, predictions, tmp_path))
    page.locator("#case-d-1 > summary").click()
    gold, predicted = page.locator("#case-d-1 figure").all()
    left, right = gold.bounding_box(), predicted.bounding_box()
    assert left
    assert right
    assert left["y"] + left["height"] <= right["y"]
    assert right["x"] + right["width"] <= 360
    assert page.locator("#filter").is_hidden()
    context.close()


@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (400, 1)])
def test_flips_fit_their_columns_and_only_names_are_cut(
    browser: Browser,
    report: Report,
    cases: Sequence[LabelledCase],
    predictions: Predictions,
    tmp_path: Path,
    width: int,
    columns: int,
) -> None:
    said = ("missing", "seller called buyer", "unproven (2 of 3), established (1 of 3)")
    flips = [
        flip(case=f"d-{number}", who="Acme Universal Holdings, all of its plants", after=said[number % 3])
        for number in range(9)
    ]
    write_report(report, cases, predictions, tmp_path, comparison(flips=tuple(flips)))
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto((tmp_path / "report.html").as_uri())
    assert width == page.evaluate("document.documentElement.scrollWidth")
    rows = page.locator("#flips li")
    boxes = rows.evaluate_all("of => of.map(one => one.getBoundingClientRect().toJSON())")
    assert columns == len({round(box["left"]) for box in boxes})
    turns = page.locator("#flips .turn")
    inside = turns.evaluate_all("of => of.map(one => one.getBoundingClientRect().toJSON())")
    for row, turn in zip(boxes, inside, strict=True):
        assert row["left"] <= turn["left"]
        assert turn["right"] <= row["right"] + 1
    assert sorted(f"· unproven → {one.after}" for one in flips) == sorted(turns.all_inner_texts())
    page.close()
