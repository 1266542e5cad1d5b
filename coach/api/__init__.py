"""The HTTP face: thin routes over the use cases, one error format, strict limits and headers."""

from coach.api.app import create_app

__all__ = ["create_app"]
