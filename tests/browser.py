"""A real browser for the tests of pages; where there is none they are skipped, with the reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What people have; without a display it draws into windows that nobody sees, and takes twice as long."""
BROWSERS = ("chromium-headless-shell", *WITH_WINDOWS)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium(browsers: Sequence[str] = BROWSERS) -> Iterator[Browser]:
    """Start the first of these browsers that this machine has."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (dependency group `browser`)"
    )
    executable = next(filter(None, map(shutil.which, browsers)), None)
    if executable is None:
        pytest.skip(f"no browser found; looked for {', '.join(browsers)}")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()
