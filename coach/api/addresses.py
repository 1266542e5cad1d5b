"""The form of an id in an address, where another address stands beside it that no id may be taken for."""

from __future__ import annotations

from typing import ClassVar

from starlette.convertors import Convertor, register_url_convertor


class _Review(Convertor[str]):
    regex: ClassVar[str] = r"[a-z]{2}_[0-9a-f]{6,64}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def register() -> None:
    """Make `{id:review}` known, before routes are made that have it."""
    register_url_convertor("review", _Review())
