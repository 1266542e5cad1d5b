"""A page of somebody else's, on another origin than Coach's and under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.web.serving import serving


@dataclass
class Foreign:
    """What the site serves: files by their paths, all under one policy."""

    address: str = ""
    coach: str = ""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.address.rstrip("/")

    @property
    def policy(self) -> str:
        """Nothing but scripts of Coach's and of its own, and calls to Coach."""
        coach = self.coach.rstrip("/")
        return (
            f"default-src 'none'; script-src {coach} 'self'; connect-src {coach}; base-uri 'none'; form-action 'none'"
        )

    def page(self, body: str, *, head: str = "") -> None:
        """Have a page that loads the component and has a body."""
        script = f'<script src="{self.coach}static/deal-coach.js"></script>'
        head = f'<title>A CRM</title><meta name="viewport" content="width=device-width">{head}'
        html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}{script}</body></html>"
        self.files["/"] = (html, "text/html")


@contextmanager
def foreign_site() -> Iterator[Foreign]:
    """Serve it; it is empty until something is put into it."""
    site = Foreign()

    async def answer(request: Request) -> Response:
        content, kind = site.files.get(request.url.path, ("", "text/plain"))
        return Response(content, media_type=kind, headers={"content-security-policy": site.policy})

    with serving(Starlette(routes=[Route("/{path:path}", answer)])) as address:
        # By another name than Coach's, so that it is another site as well.
        site.address = address.replace("127.0.0.1", "localhost")
        yield site
