"""How long each page takes until it answers, opened cold in Chromium as people have it, and how much it loads.

    python -m tests.bench_pages [--rounds 9]

Counted from the start of the navigation, a page answers once it is painted, its scripts have run, no task of over 50 ms
is left, and what was asked of it is painted: a form whose button is pressed while it is empty says so, and what is kept
stands there. Each time the window is a new one with an empty cache and an administrator signed in; only the browser's
process for it runs already, from an address of the service that loads no file of the pages.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.browser import WITH_WINDOWS, chromium
from tests.web.every_page import ADDRESSES, Site, filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_MOST_MS = 300
_MOST_BYTES = 60_000
_LATER_MS = 500
"""How long a page is watched after it has answered, for long tasks that are still to come."""
_WATCH = """
const watched = (window.watched = { answered: null, tasks: [] });
new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map((one) => one.startTime + one.duration)))
    .observe({ type: "longtask", buffered: true });
// The next frame is painted between this callback and the one that it asks for.
const painted = () => requestAnimationFrame(() => setTimeout(() => (watched.answered ??= performance.now())));
// Scripts of type module and those that are deferred have run by then.
addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form#editor");
    const error = document.getElementById("error");
    const done = () => (form ? !error.hidden : !document.querySelector("[aria-busy=true]"));
    form?.querySelector("#submit").click();
    if (done()) return painted();
    new MutationObserver((_, self) => done() && (self.disconnect(), painted()))
        .observe(document, { subtree: true, childList: true, attributes: true });
});
"""
_READ = """() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const files = performance.getEntriesByType("resource").filter((one) => !one.name.includes("/v1/"));
    const [{ startTime: painted }] = performance.getEntriesByName("first-contentful-paint");
    const ran = navigation.domContentLoadedEventEnd;
    const bytes = [navigation, ...files].reduce((sum, one) => sum + one.encodedBodySize, 0);
    return [painted, ran, Math.max(painted, ran, watched.answered, ...watched.tasks), bytes];
}"""


class Opened(NamedTuple):
    """One opening of a page, in ms, and the compressed bytes of the page and its files."""

    painted: float
    ran: float
    answers: float
    bytes: int


def main() -> None:
    """Measure, and print a table; it always exits 0, as a figure is no failure."""
    parser = argparse.ArgumentParser("python -m tests.bench_pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often each page is opened (default: %(default)s)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder)) as site, chromium(WITH_WINDOWS) as browser:
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Chromium {browser.version}, {rounds} times each")
        print(f"{'page':<30} {'painted':>8} {'scripts':>8} {'answers':>8} {'worst':>8} {'kB':>6}", flush=True)
        every = [_page(browser, site, address, rounds) for address in ADDRESSES]
    first = sorted(one.answers for one in every[ADDRESSES.index("/")])
    heaviest = max(one.bytes for times in every for one in times)
    for what, measured in (("median", statistics.median(first)), ("worst", first[-1])):
        print(f"the first page, {what}: {measured:.0f} ms, {_met(measured, _MOST_MS)} ({_MOST_MS} ms)")
    print(f"heaviest: {heaviest / 1000:.1f} kB, {_met(heaviest, _MOST_BYTES)} ({_MOST_BYTES // 1000} kB)")
    print(f"load at the end: {os.getloadavg()[0]:.1f}")


def _page(browser: Browser, site: Site, address: str, rounds: int) -> list[Opened]:
    # The first opening loads what the service itself loads once.
    times = [_open(browser, site, address) for _ in range(rounds + 1)][1:]
    painted, ran, answers = (statistics.median(column) for column in list(zip(*times, strict=True))[:3])
    worst = max(one.answers for one in times)
    kilobytes = max(one.bytes for one in times) / 1000
    print(f"{address:<30} {painted:>8.0f} {ran:>8.0f} {answers:>8.0f} {worst:>8.0f} {kilobytes:>6.1f}", flush=True)
    return times


def _open(browser: Browser, site: Site, address: str) -> Opened:
    window = site.window(browser, viewport={"width": 1280, "height": 900})
    window.add_init_script(_WATCH)
    page = window.new_page()
    page.goto(f"{site.base}healthz")
    page.goto(site.address(address))
    page.wait_for_function("() => window.watched.answered !== null")
    page.wait_for_timeout(_LATER_MS)
    opened = Opened(*page.evaluate(_READ))
    window.close()
    return opened


def _met(measured: float, most: float) -> str:
    return "met" if measured < most else "missed"


if __name__ == "__main__":
    main()
