"""The sign-in page: rendered here, so that it works before anything else does."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coach.web.composed import HERE, composed

if TYPE_CHECKING:
    from jinja2 import Template

MESSAGES = {
    "key": "This key opens nothing here: it is mistyped, has ended, or was revoked.",
    "tries": "Too many keys that open nothing came from your address. Wait a minute, and try again.",
    "access": "You have signed in, but have no access to Coach here. Ask whoever runs it to let you in.",
    "provider": "The sign-in did not work out. Try again; if it fails again, use a key, or ask whoever runs Coach.",
    "out": "You have signed out.",
}
"""What the page says, by the `why` of its address."""
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9_./-]*(\?id=[0-9]{1,19})?")


def login_page(*, why: str, onward: str, provider: str | None) -> str:
    """Render the page.

    Args:
        why: What to say first, of `MESSAGES`; anything else says nothing.
        onward: Where to go from it.
        provider: What the identity provider is called, where there is one.
    """
    return _template().render(message=MESSAGES.get(why), out=why == "out", onward=onward, provider=provider)


def onward_page(onward: str) -> str:
    """Render a page that goes on to an address, as `local` gives it.

    A browser that comes from another site brings the sign-in along from here, and not by a redirect. What stands behind
    the # of its address, which only the browser knows, its script takes along.
    """
    at_once = f'<script src="/static/onward.js" data-onward="{onward}"></script>'
    at_once += f'<noscript><meta http-equiv="refresh" content="0;url={onward}"></noscript>'
    # Else a browser asks for an icon where there is none.
    icon = '<link rel="icon" href="data:,">'
    link = f'<a href="{onward}">Go on to Coach</a>'
    return f'<!doctype html><html lang="en">{icon}{at_once}<title>Coach</title>{link}</html>'


def local(address: str) -> str:
    """An address to go on to: one of this service's own pages, or its first page."""
    return address if _LOCAL.fullmatch(address) else "/"


@cache
def _template() -> Template:
    from jinja2 import Environment  # noqa: PLC0415  loaded where somebody signs in

    return Environment(autoescape=True).from_string(composed(HERE / "login.html.j2"))
