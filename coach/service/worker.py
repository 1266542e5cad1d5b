"""One process of `coach.service.workers`: calls functions that it is told of, until nobody tells it any more.

Nothing of what it is given is printed or logged: where a call fails, whoever asked is told so and nothing else.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import Any, BinaryIO

LENGTH = struct.Struct("<I")
"""What stands before each message, either way."""


def main() -> None:
    """Answer calls from standard input, in order, on standard output."""
    # Whoever started it ends it; a Ctrl-C in the terminal is for the service.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whatever prints does not print into an answer
    shared: dict[str, Any] = {}
    while (message := _read(sys.stdin.buffer)) is not None:
        answer = _answer(message, shared)
        answers.write(LENGTH.pack(len(answer)) + answer)


def _read(source: BinaryIO) -> bytes | None:
    length = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(length)[0]) if len(length) == LENGTH.size else None


def _answer(message: bytes, shared: dict[str, Any]) -> bytes:
    """The pickled result of a call; empty where it failed. A message without a function is what all calls share."""
    try:
        function, args, kwargs, names = pickle.loads(message)  # noqa: S301  from the process that started this one
        if function is None:
            shared.update(kwargs)
            return pickle.dumps(None)
        return pickle.dumps(
            function(*args, **kwargs, **{name: shared[name] for name in names}), pickle.HIGHEST_PROTOCOL
        )
    except Exception:  # noqa: BLE001  whatever it is, it happens again where the call came from, and is told there
        return b""


if __name__ == "__main__":
    main()
