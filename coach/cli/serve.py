"""`coach serve`: the API and the page."""

from __future__ import annotations

import asyncio
import signal
import sys
from types import FrameType

import click


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1, or COACH_HOST]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000, or COACH_PORT]")
def serve(host: str | None, port: int | None) -> None:
    """Serve the page at / and the API at /v1; the API's description is at /openapi.json."""
    import uvicorn

    from coach.api.app import create_app
    from coach.api.protocol import Protocol
    from coach.settings import load_settings
    from coach.wiring import build
    from coach.wiring.entrance import refuse_open_door
    from coach.wiring.logs import configure_logs
    from coach.wiring.telemetry import start_telemetry

    settings = load_settings()
    host = host or settings.host
    port = settings.port if port is None else port
    asyncio.run(refuse_open_door(settings, host))
    click.echo(f"Coach on http://{host}:{port}/ (stop it with Ctrl-C)", err=True)
    configure_logs(settings.log_format, settings.log_level)
    telemetry = start_telemetry(settings.otlp_endpoint)
    app = create_app(build(settings, serving=True), telemetry)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        # There are none, and the server would write their paths and queries to its log.
        ws="none",
        server_header=False,
        http=Protocol,
        timeout_graceful_shutdown=settings.shutdown_s,
    )
    server = uvicorn.Server(config)
    stop = server.handle_exit

    def closing(sig: int, frame: FrameType | None) -> None:
        # What waits in turn is sent away now; what has begun is finished, and then the service ends.
        asyncio.get_running_loop().call_soon_threadsafe(app.state.stopping.begin)
        stop(sig, frame)

    server.handle_exit = closing  # type: ignore[method-assign]
    # The server raises the signal that stopped it again, once all is done: an orderly end is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        telemetry.close()
