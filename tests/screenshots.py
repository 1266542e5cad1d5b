"""Takes a picture of every page, light, dark and 375 pixels wide, of the month of `tests.web.sample_team`.

    python -m tests.screenshots tests/web/screenshots

What differs from run to run is set: the day, how long a reading took, and of keys the id and the day. So a browser with
the same fonts takes the same pictures, and a change in one of them is a change of the page.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

from coach.api import deals
from tests.browser import chromium
from tests.web.every_page import ADDRESSES, CARD, MORE, Site, filled, has_form, send_form
from tests.web.sample_team import DAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

PAGE = "screenshots.md"
LOOKS = {"light": ("light", 1280, 0.75), "dark": ("dark", 1280, 0.75), "phone": ("light", 375, 1.0)}
"""Of each look, the colours, the width, and how large it is taken."""
_TALLEST = 1500
"""What is further down is left out, to keep the pictures small."""
_SIDEBAR = 300
"""As wide as a CRM shows a card."""
_PICTURE = {"format": "webp", "quality": 21, "captureBeyondViewport": True}
_STEADY = (
    (r'("duration_ms": ?)[\d.]+', r"\g<1>30"),
    (r'("made_at": ?")[^"]+"', rf'\g<1>{DAY}T09:00:00Z"'),
)
_KEY_ID = re.compile(r'(?<="id":")(key:)?([0-9a-f]{12})(?=")')
_LEAD = """# The pages

Written by `python -m tests.screenshots`, with the pictures. They show a month that was made up around Coach's samples,
read by the embedded engine; of the two eval runs one has the figures of `evals/baselines/local`, and in the other one a
figure was changed. The day is set to {day}, how long a reading took to 30 ms, and of keys the id and the day; all else
is as the pages show it. What is more than 1500 pixels down is left out.
"""


class Shot(NamedTuple):
    """A page in a state that is worth a picture."""

    name: str
    title: str
    address: str


def main() -> None:
    """Take all of them, in place of those that are there."""
    parser = argparse.ArgumentParser("python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go, and the page that shows them")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    with (
        mock.patch.object(deals, "today", return_value=date.fromisoformat(DAY)),
        tempfile.TemporaryDirectory() as kept,
        filled(Path(kept), encoder=True) as site,
        chromium() as browser,
    ):
        shots = [list(_take(browser, site, look, folder)) for look in LOOKS]
    (folder / PAGE).write_text(written(shots[0]), encoding="utf-8")
    size = sum(one.stat().st_size for one in folder.glob("*.webp"))
    print(f"{sum(map(len, shots))} pictures, {size / 1000:.0f} kB")


def written(shots: list[Shot]) -> str:
    """The page that shows them."""
    parts = [_LEAD.format(day=DAY)]
    for one in shots:
        images = "\n".join(f"![{one.title}, {look}]({one.name}.{look}.webp)" for look in LOOKS)
        parts.append(f"## {one.title}\n\n`{one.address}`\n\n{images}\n")
    return "\n".join(parts)


def named(address: str) -> str:
    """What the pictures of a page are called."""
    return address.strip("/").partition("/")[0] or "deal-note"


def _take(browser: Browser, site: Site, look: str, folder: Path) -> Iterator[Shot]:
    scheme, width, _ = LOOKS[look]
    window = site.window(browser, color_scheme=scheme, locale="en-GB", timezone_id="UTC")
    ids: dict[str, str] = {}
    window.route("**/v1/**", lambda route: _steady(route, ids))
    page = window.new_page()
    page.clock.set_fixed_time(f"{DAY}T09:00:00Z")
    for address in ADDRESSES:
        page.set_viewport_size({"width": _SIDEBAR if address == CARD and width > 375 else width, "height": 900})
        site.open(page, address)
        if has_form(page):
            yield _shot(page, Shot(f"{named(address)}.form", page.title(), address), look, folder)
            send_form(page)
        yield _shot(page, Shot(named(address), page.title(), address), look, folder)
        for name, at in MORE.get(address, {}).items():
            page.goto(f"{site.base}{at}")
            page.locator("[aria-busy=false]").first.wait_for()
            yield _shot(page, Shot(name, page.title(), f"/{at}"), look, folder)
    window.close()


def _shot(page: Page, shot: Shot, look: str, folder: Path) -> Shot:
    # A caret that blinks would be in one picture and not in the next.
    page.evaluate("() => (document.activeElement.blur(), scrollTo(0, 0))")
    # So would what the pointer came to lie on.
    page.mouse.move(0, 0)
    page.wait_for_function(
        "() => !document.querySelector('deal-coach')?.shadowRoot.querySelector('.card:not([hidden])')"
    )
    width, height = page.evaluate("() => [innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, _TALLEST), "scale": LOOKS[look][2]}
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", _PICTURE | {"clip": clip})
    (folder / f"{shot.name}.{look}.webp").write_bytes(base64.b64decode(taken["data"]))
    return shot


def _steady(route: Route, ids: dict[str, str]) -> None:
    def steady_id(found: re.Match[str]) -> str:
        made = hashlib.sha256(str(len(ids)).encode()).hexdigest()[:12]
        return f"{found[1] or ''}{ids.setdefault(found[2], made)}"

    answer = route.fetch()
    kind = answer.headers.get("content-type", "")
    if not re.search("json|event-stream", kind):
        route.fulfill(response=answer)
        return
    body = _KEY_ID.sub(steady_id, answer.text())
    for pattern, fixed in _STEADY:
        body = re.sub(pattern, fixed, body)
    route.fulfill(response=answer, body=body)


if __name__ == "__main__":
    main()
