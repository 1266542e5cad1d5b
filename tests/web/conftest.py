"""The real application on a real port, and a real browser where there is one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from fastapi import FastAPI

from coach.api.app import create_app
from coach.wiring import build
from tests.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Error, Page


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return create_app(build())


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=10)


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
    """Open the page afresh, in a window of its own where options are given; fail on any error that it logs."""
    contexts: list[Any] = []
    listening: list[Page] = []
    faults: list[str] = []

    def on_error(error: Error) -> None:
        faults.append(str(error))

    def opened(**options: Any) -> Page:
        page = shared_page
        if options:
            contexts.append(browser.new_context(**options))
            page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", on_error)
        listening.append(page)
        page.goto(address)
        return page

    yield opened
    shared_page.unroute_all()
    for page in listening:
        page.remove_listener("pageerror", on_error)
    for context in contexts:
        context.close()
    assert [] == faults
