"""Serves the page: its files, the sample note, and the text of a file that is dropped on it.

Rule: these addresses are the page's own, no part of the published API; everything of use to a program is under `/v1`.
"""

from __future__ import annotations

import asyncio
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from coach.domain import DealNote
from coach.text.documents import read_document

_STATIC = Path(__file__).parent / "static"
# Some systems map .js to text/plain, and a browser then refuses the module.
mimetypes.add_type("text/javascript", ".js")

# Checked with the server on each visit, so that an update of Coach is an update of the page.
_FRESH = {"cache-control": "no-cache"}


class _FreshFiles(StaticFiles):
    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers.update(_FRESH)
        return response


def page_routes(sample: DealNote) -> list[BaseRoute]:
    """Routes of the page; `sample` is what its sample button shows."""

    async def sample_note(_: Request) -> Response:
        return JSONResponse(sample.model_dump(mode="json"))

    return [
        Route("/", _page),
        Mount("/static", _FreshFiles(directory=_STATIC)),
        Route("/page/sample", sample_note),
        Route("/page/text", _text_of_file, methods=["POST"]),
    ]


async def _page(_: Request) -> Response:
    return FileResponse(_STATIC / "index.html", headers=_FRESH)


async def _text_of_file(request: Request) -> Response:
    name = request.query_params.get("name", "")
    document = await asyncio.to_thread(read_document, await request.body(), name)
    return JSONResponse({"text": document.text})
