"""A real identity provider, where node and its package can be had, and the service that people sign in to by it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from coach.api.app import create_app
from coach.settings import Settings
from coach.wiring import build
from tests.api.test_identity import Installation
from tests.web.conftest import serving

PACKAGE = "oidc-provider@8.8.1"
SECRET = "coach-secret-coach-secret-coach-secret"  # noqa: S105  of a provider that lives as long as a test
SCRIPT = Path(__file__).with_name("provider.mjs")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def provider_package() -> Path:
    """Where the package is; fetched once for this machine and user."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no identity provider: node and npm are not installed")
    folder = Path(tempfile.gettempdir()) / f"coach-tests-{os.getuid()}-{PACKAGE}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "fetched").exists():
            command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
            fetched = subprocess.run(command, capture_output=True, check=False, timeout=120)
            if fetched.returncode:
                pytest.skip(f"no identity provider: npm cannot fetch {PACKAGE}")
            (folder / "fetched").touch()
    return folder


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """The service on a port of its own, with a real provider to sign in by; its client knows the address."""
    folder = provider_package()
    script = folder / f"provider-{os.getpid()}.mjs"
    shutil.copy(SCRIPT, script)
    port, own = free_port(), free_port()
    command = ["node", str(script), str(port), f"http://127.0.0.1:{own}/auth/callback"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            assert "ready" in process.stdout.readline()
            settings = Settings(
                _env_file=None,
                data_dir=tmp_path / "data",
                engine="local",
                encoder=False,
                oidc_issuer=f"http://127.0.0.1:{port}",
                oidc_client_id="coach",
                oidc_client_secret=SECRET,  # type: ignore[arg-type]
                oidc_name="Example Inc",
                public_url=f"http://127.0.0.1:{own}",
            )
            with serving(create_app(build(settings)), port=own):
                yield Installation(None, settings)  # type: ignore[arg-type]
        finally:
            process.kill()
            script.unlink()
