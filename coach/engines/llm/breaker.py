"""A circuit breaker a provider: one that fails again and again is left alone for a while, and nobody waits for it.

Closed, open, half-open (Nygard, Release It!, 2007): after a rest a single call tries, and its outcome decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coach.errors import CircuitOpen, ProviderTimeout, ProviderUnavailable

FAILURES = 5
"""Failures in a row that open the circuit."""
REST_S = 30.0
"""Seconds that an open circuit rests before one call may try."""


class CircuitBreaker:
    """One provider's; used from one event loop."""

    def __init__(
        self,
        provider: str,
        *,
        failures: int = FAILURES,
        rest_s: float = REST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._provider = provider
        self._most = failures
        self._rest_s = rest_s
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Whether it failed so often that it is left alone."""
        return self._opened_at is not None

    @contextmanager
    def call(self) -> Iterator[None]:
        """Make a call inside this: it is refused while the circuit is open, and its outcome counts.

        A provider that says no, because of the key, the quota or the request, is alive: only silence and its own
        failures count against it.

        Raises:
            CircuitOpen: it failed too often just now.
        """
        self._enter()
        try:
            yield
        except (ProviderUnavailable, ProviderTimeout):
            self._failed()
            raise
        except Exception:
            self._worked()
            raise
        except BaseException:
            self._trying = False  # cancelled: nothing is known
            raise
        self._worked()

    def _enter(self) -> None:
        if self._opened_at is None:
            return
        left_s = self._opened_at + self._rest_s - self._clock()
        if left_s > 0 or self._trying:
            when = f"in {max(left_s, 1):.0f} s" if left_s > 0 else "shortly"
            raise CircuitOpen(f"{self._provider} failed {self._failures} times in a row; it is tried again {when}")
        self._trying = True

    def _failed(self) -> None:
        self._failures += 1
        if self._trying or self._failures >= self._most:
            self._opened_at = self._clock()
        self._trying = False

    def _worked(self) -> None:
        self._failures, self._opened_at, self._trying = 0, None, False
