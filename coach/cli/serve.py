"""`coach serve`: the API and the page."""

from __future__ import annotations

import click


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1, or COACH_HOST]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000, or COACH_PORT]")
def serve(host: str | None, port: int | None) -> None:
    """Serve the page at / and the API at /v1; the API's description is at /openapi.json."""
    import uvicorn

    from coach.api.app import create_app
    from coach.settings import load_settings
    from coach.wiring import build

    settings = load_settings()
    host = host or settings.host
    port = settings.port if port is None else port
    click.echo(f"Coach on http://{host}:{port}/ (stop it with Ctrl-C)", err=True)
    uvicorn.run(
        create_app(build(settings, serving=True)), host=host, port=port, log_level="warning", server_header=False
    )
