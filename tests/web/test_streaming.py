"""The embedded engine's reading at once, the model's as it arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coach.api.app import create_app
from coach.errors import RateLimited
from coach.wiring import Coach, build
from tests.web.serving import serving
from tests.web.slow_model import SlowModel
from tests.web.steps import HOSTILE, Visit, focused

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOCAL = "by the embedded engine"
MODEL = "by the model engine"


@dataclass
class Reading:
    page: Page
    model: SlowModel

    def provenance(self) -> str:
        return self.page.locator("deal-coach .provenance").inner_text()

    def status(self) -> str:
        return self.page.locator("deal-coach [role=status]").inner_text()


@pytest.fixture
def begun(visit: Visit, coach: Coach, tmp_path: Path) -> Iterator[Callable[[], Reading]]:
    """A note that was sent, and that the model has begun to read while the first review is there."""
    # With a store of its own, which is closed with the service.
    wired = build(coach.settings.model_copy(update={"data_dir": tmp_path}))
    model = SlowModel(wired.engine)
    with serving(create_app(replace(wired, engine=model))) as address:

        def begin() -> Reading:
            page = visit(address)
            page.evaluate(
                """() => { window.heard = []; for (const name of ["coach-review", "coach-done", "coach-error"])
                    document.addEventListener(name, ({ detail }) => heard.push([name, detail])); }"""
            )
            page.fill("#note", HOSTILE)
            page.fill("#written-on", "2026-05-19")
            page.click("#submit")
            page.locator("#review .verdict").wait_for()
            assert model.began.wait(5)
            return Reading(page, model)

        yield begin
        model.answer()


def done(page: Page) -> list[Any]:
    page.wait_for_function("() => heard.some(([name]) => name === 'coach-done')")
    found: list[Any] = page.evaluate("heard.map(([name, detail]) => [name, detail.provenance.engine])")
    return found


def test_the_embedded_engines_reading_is_there_while_the_model_reads(begun: Callable[[], Reading]) -> None:
    reading = begun()
    assert LOCAL in reading.provenance()
    assert "the model\u2019s reading comes next" in reading.status()
    first = reading.page.locator("mark").all_text_contents()
    reading.model.answer()
    events = done(reading.page)
    assert [["coach-review", "local"], ["coach-review", "llm"], ["coach-done", "llm"]] == events
    assert MODEL in reading.provenance()
    assert first[1:] == reading.page.locator("mark").all_text_contents()
    assert HOSTILE == reading.page.locator("deal-coach .text").text_content()
    assert "" == reading.status()
    assert "The model\u2019s reading is here." in reading.page.locator("deal-coach #announcer").inner_text()


def test_who_reads_a_mark_is_still_on_it_when_the_models_reading_comes(begun: Callable[[], Reading]) -> None:
    reading = begun()
    mark = reading.page.locator("mark").nth(1)
    text = mark.inner_text()
    mark.focus()
    reading.model.answer()
    done(reading.page)
    assert ("MARK", text) == (focused(reading.page, "tagName"), focused(reading.page, "textContent"))


def test_where_the_model_fails_the_first_reading_stands_and_it_is_told(begun: Callable[[], Reading]) -> None:
    reading = begun()
    first = reading.page.locator("mark").all_text_contents()
    reading.model.answer(fails=RateLimited("m is asked too often"))
    problem = reading.page.locator("deal-coach [role=alert]")
    problem.locator("text=the model").wait_for()
    assert "m is asked too often" in problem.inner_text()
    assert first == reading.page.locator("mark").all_text_contents()
    told = reading.page.evaluate("heard.filter(([name]) => name === 'coach-error').map(([, detail]) => detail)")
    assert [{"message": "m is asked too often", "code": "rate_limited", "fields": []}] == told


@pytest.mark.parametrize(
    "leave",
    [
        lambda page: page.go_back(),
        lambda page: page.click("text=Edit note"),
        lambda page: page.goto("about:blank"),
        lambda page: page.evaluate("document.querySelector('deal-coach').remove()"),
        lambda page: page.evaluate("document.querySelector('deal-coach').stop()"),
    ],
    ids=["back", "edit", "another page", "taken away", "stop"],
)
def test_who_leaves_stops_the_work(begun: Callable[[], Reading], leave: Callable[[Page], object]) -> None:
    reading = begun()
    assert not reading.model.stopped.is_set()
    leave(reading.page)
    assert reading.model.stopped.wait(5)


def test_a_component_that_is_moved_reads_on(begun: Callable[[], Reading]) -> None:
    reading = begun()
    reading.page.evaluate("document.body.append(document.querySelector('deal-coach'))")
    reading.model.answer()
    assert ["coach-done", "llm"] == done(reading.page)[-1]
