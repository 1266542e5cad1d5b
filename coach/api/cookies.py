"""Cookies of signing in: out of reach of scripts, and bound to this one host wherever browsers come by https."""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

_BOUND = "__Host-"
"""Browsers take such a cookie from this very host alone, by https: no neighbouring host can put one in its place."""


class Cookies:
    """Sets, reads and drops cookies."""

    def __init__(self, public_url: str | None = None) -> None:
        """Take the address that browsers reach this service by; where None, what each request came by counts."""
        self._is_public_safe = None if public_url is None else public_url.startswith("https:")

    def get(self, request: Request, name: str) -> str | None:
        """The value of a cookie."""
        return request.cookies.get(self._named(request, name))

    def put(
        self,
        answer: Response,
        request: Request,
        name: str,
        value: str,
        *,
        same_site: Literal["strict", "lax"] = "strict",
    ) -> None:
        """Have the browser keep a cookie until it is closed.

        Args:
            answer: What it travels with.
            request: What is answered.
            name: What to call it.
            value: What it holds.
            same_site: `lax` where it has to come along on a way that began at another site.
        """
        safe = self._is_safe(request)
        named = self._named(request, name)
        answer.set_cookie(named, value, path="/", secure=safe, httponly=True, samesite=same_site)

    def drop(self, answer: Response, request: Request, name: str) -> None:
        """Have the browser forget a cookie."""
        safe = self._is_safe(request)
        answer.delete_cookie(self._named(request, name), path="/", secure=safe, httponly=True)

    def _named(self, request: Request, name: str) -> str:
        return _BOUND + name if self._is_safe(request) else name

    def _is_safe(self, request: Request) -> bool:
        # A proxy that ends the encryption may not say so.
        return request.url.scheme == "https" if self._is_public_safe is None else self._is_public_safe
