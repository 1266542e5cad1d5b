"""The folders of eval runs: which there are, and a file of one.

Whatever else is in the folder, nothing outside it is read: a link is not followed, and a name is looked for as it is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from coach.errors import StoreError, TooLarge

REPORT, MANIFEST = "report.json", "run.json"
LARGEST = 8_000_000
"""Bytes of a file; that of the whole suite, with a slice for each of its tags, has 220,000."""
_MOST = 10_000
"""Entries of the folder that are looked at."""
_LATEST_S = 253_402_300_799
"""The end of the year 9999; a file may claim to be of a later one."""


class RunFolder(NamedTuple):
    """A folder that a run writes, or wrote."""

    name: str
    written_at: datetime
    """When its report was written, or, where there is none, its manifest."""


def run_folders(folder: Path) -> list[RunFolder]:
    """The folders of runs, that with the latest report first; none where the folder is not there.

    Raises:
        StoreError: the folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            found = [run for entry in islice(entries, _MOST) if (run := _run(entry))]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StoreError(f"the folder of eval runs cannot be read: {os.strerror(error.errno or 0)}") from None
    return sorted(found, key=lambda run: (-run.written_at.timestamp(), run.name))


def run_folder(folder: Path, name: str) -> RunFolder | None:
    """The folder of one run; None where there is none of this name.

    Raises:
        StoreError: the folder cannot be read.
    """
    # Of the names that are there, so that no other can lead anywhere.
    return next((run for run in run_folders(folder) if run.name == name), None)


def read_file(folder: Path, run: RunFolder, file: str) -> bytes:
    """A file of a run.

    Raises:
        OSError: it is not there, a link, no file, or forbidden.
        TooLarge: it is larger than any report.
    """
    way_in = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    # Without waiting: a pipe of that name would never open.
    way_to_file = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with ExitStack() as opened:
        handle = -1
        for name, how in ((str(folder), way_in), (run.name, way_in | os.O_NOFOLLOW), (file, way_to_file)):
            handle = os.open(name, how, dir_fd=None if handle < 0 else handle)
            opened.callback(os.close, handle)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("no file")
        return b"".join(_parts(handle))


def _parts(handle: int) -> Iterator[bytes]:
    left = LARGEST
    while part := os.read(handle, 1_000_000):
        left -= len(part)
        if left < 0:
            raise TooLarge(f"a file of an eval run has more than {LARGEST:,} bytes")
        yield part


def _run(entry: os.DirEntry[str]) -> RunFolder | None:
    # A name that cannot be shown, or that hides its folder, is nobody's --out.
    if entry.name.startswith(".") or not entry.name.isprintable():
        return None
    try:
        if not entry.is_dir(follow_symlinks=False):
            return None
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    for file in (REPORT, MANIFEST):
        try:
            about = Path(entry.path, file).lstat()
        except FileNotFoundError:
            continue
        except OSError:
            # What is in it may not be seen; that there is something may.
            pass
        return RunFolder(entry.name, datetime.fromtimestamp(min(max(about.st_mtime, 0), _LATEST_S), UTC))
    return None
