"""The real application on a real port, and a real browser where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI

from coach.api.app import create_app
from coach.settings import load_settings
from coach.wiring import Coach, build
from tests.browser import chromium
from tests.web.serving import serving
from tests.web.staged import staged

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page


@pytest.fixture(scope="session")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Coach:
    folder = tmp_path_factory.mktemp("kept")
    return build(load_settings().model_copy(update={"data_dir": folder}))


@pytest.fixture(scope="session")
def app(coach: Coach) -> FastAPI:
    return create_app(coach)


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def staged_address(coach: Coach) -> Iterator[str]:
    """Where the sample packet is read as `tests.web.staged` has it."""
    with serving(create_app(staged(coach))) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """No longer than a module: while it is open, its event loop is in the way of asynchronous tests."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Page:
    """One page for all tests that ask for no special window: opening one costs more than most tests do."""
    return browser.new_page()


@pytest.fixture
def visit(browser: Browser, shared_page: Page, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page afresh, in a window of its own where options are given; fail on any error that it logs.

    `at` is the page's path, or its whole address where another server has it.
    """
    contexts: list[Any] = []
    listening: list[Page] = []
    faults: list[str] = []

    def on_error(error: Error) -> None:
        faults.append(str(error))

    def on_console(message: ConsoleMessage) -> None:
        # That an answer was a refusal is no fault of the page's.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(message.text)

    def opened(at: str = "", **options: Any) -> Page:
        page = shared_page
        if options:
            contexts.append(browser.new_context(**options))
            page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", on_error)
        page.on("console", on_console)
        listening.append(page)
        page.goto(urljoin(address, at))
        return page

    yield opened
    shared_page.unroute_all()
    for page in listening:
        page.remove_listener("pageerror", on_error)
        page.remove_listener("console", on_console)
    for context in contexts:
        context.close()
    assert [] == faults
