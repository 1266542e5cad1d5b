"""Serves the pages: their files, the sample note, and what is in a file that is dropped on one of them.

Rule: these addresses are the pages' own, no part of the published API; everything of use to a program is under `/v1`.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import os
from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

from coach.domain import DealNote
from coach.service.packet_file import read_packet
from coach.text.documents import read_document
from coach.web.card import card_page
from coach.web.composed import HERE, STATIC, composed

_HEADER = HERE / "header.html"
# Some systems map .js to text/plain, and a browser then refuses the module.
mimetypes.add_type("text/javascript", ".js")

# Checked with the server on each visit, so that an update of Coach is an update of the page.
_FRESH = {"cache-control": "no-cache"}

_PAGES = {
    "/": "index.html",
    "/deals": "deals.html",
    "/deal": "deal.html",
    "/rep": "rep.html",
    "/manager": "manager.html",
    "/one-on-one": "one_on_one.html",
    "/mine": "mine.html",
    "/selection": "selection.html",
    "/settings": "settings.html",
    "/evals": "evals.html",
}
"""Of each address, the file that is there."""
_UNDER = {"/": "./", "/deal": "deals", "/evals": "settings"}
"""The link of the header that stands for a page, where that is not the page's own address."""
_PLACE = "<!-- header -->"


_FOR_ANY_PAGE = "deal-coach.js"
"""The component, which pages of other sites may load, too."""


class FreshFiles(StaticFiles):
    """The pages' files, read and compressed once: a page asks for twenty of them at the same moment."""

    def file_response(self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, *given: int) -> Response:
        """Answer with a file as it is now."""
        response = super().file_response(full_path, stat_result, scope, *given)
        response.headers.update(_FRESH)
        if Path(full_path).name == _FOR_ANY_PAGE:
            response.headers.update({"cross-origin-resource-policy": "cross-origin"})
        asked = Headers(scope=scope)
        is_whole = scope["method"] == "GET" and "range" not in asked
        if not is_whole or not isinstance(response, FileResponse):
            return response
        plain, packed = _read(str(full_path), stat_result.st_mtime_ns)
        response.headers["vary"] = "accept-encoding"
        # Of what is sent, which may be another file by now.
        del response.headers["content-length"]
        if "gzip" not in asked.get("accept-encoding", "") or len(packed) >= len(plain):
            return Response(plain, headers=response.headers)
        response.headers["content-encoding"] = "gzip"
        return Response(packed, headers=response.headers)


@lru_cache(maxsize=256)
def _read(path: str, _changed_ns: int) -> tuple[bytes, bytes]:
    """A file as it was when it was last changed: its bytes, and these compressed."""
    content = Path(path).read_bytes()
    return content, gzip.compress(content, mtime=0)


def page_routes(sample: DealNote) -> list[BaseRoute]:
    """Routes of the pages; `sample` is what the sample button of the deal note's page shows."""

    async def sample_note(_: Request) -> Response:
        return JSONResponse(sample.model_dump(mode="json"))

    return [
        *(Route(address, _page(address)) for address in _PAGES),
        # Whatever is shown there is asked for by the page, with what proves who asks.
        Route("/card/{crm}/{record:path}", _card),
        Mount("/static", FreshFiles(directory=STATIC)),
        Route("/page/sample", sample_note),
        Route("/page/text", _text_of_file, methods=["POST"]),
        Route("/page/packet", _packet_of_file, methods=["POST"]),
    ]


def _with_header(address: str) -> str:
    """A page with the header that all of them share, in which its own link is the current one."""
    link = f'<a href="{_UNDER.get(address, address.removeprefix("/"))}"'
    header = _HEADER.read_text("utf-8").replace(link, f'{link} aria-current="page"')
    if address == "/mine":
        header = header.replace(" hidden>", ">")
    return composed(STATIC / _PAGES[address]).replace(_PLACE, header)


def _page(address: str) -> Callable[[Request], Awaitable[Response]]:
    html = _with_header(address)

    async def page(_: Request) -> Response:
        return HTMLResponse(html, headers=_FRESH)

    return page


async def _card(_: Request) -> Response:
    return HTMLResponse(card_page(), headers=_FRESH)


async def _text_of_file(request: Request) -> Response:
    name = request.query_params.get("name", "")
    document = await asyncio.to_thread(read_document, await request.body(), name)
    return JSONResponse({"text": document.text})


async def _packet_of_file(request: Request) -> Response:
    name = request.query_params.get("name", "")
    packet = await asyncio.to_thread(read_packet, await request.body(), name)
    # Not JSONResponse: a figure that is no number would fail there, and is null here.
    return Response(packet.model_dump_json(), media_type="application/json")
