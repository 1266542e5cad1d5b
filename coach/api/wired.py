"""Hands the wired use cases to the routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from coach.wiring import Coach


def _wired(request: Request) -> Coach:
    coach: Coach = request.app.state.coach
    return coach


Wired = Annotated[Coach, Depends(_wired)]
