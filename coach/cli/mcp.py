"""`coach mcp`: Coach as tools for an assistant."""

from __future__ import annotations

import click


@click.command()
def mcp() -> None:
    """Serve Coach's tools to an assistant, by the Model Context Protocol, on standard input and output.

    It asks the service at COACH_URL, or works on this machine's data; it acts by COACH_KEY, where that is set.
    """
    import asyncio
    import logging

    from coach.mcp.server import serve
    from coach.settings import load_settings
    from coach.wiring.logs import configure_logs

    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)
    # What it has to say of a message may hold the message.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    asyncio.run(serve(settings))
