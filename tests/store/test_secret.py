"""The service's secret: given, or made once, for its owner alone."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach.errors import StoreError
from coach.store.secret import Secret


def test_what_is_made_stays_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret"
    first = Secret(None, file).digest("keys", "one")
    assert first == Secret(None, file).digest("keys", "one")
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert [file] == list(file.parent.iterdir())
    assert 64 == len(first)


def test_many_that_come_first_together_read_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: Secret(None, tmp_path / "secret").digest("keys", "one"), range(64)))
    assert 1 == len(made)


def test_a_digest_is_of_its_purpose_its_text_and_its_secret(tmp_path: Path) -> None:
    given, other = Secret("g" * 40, tmp_path / "none"), Secret("h" * 40, tmp_path / "none")
    digests = {given.digest("keys", "one"), given.digest("keys", "two"), given.digest("audit", "one")}
    assert 4 == len(digests | {other.digest("keys", "one")})
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_damaged_file_is_told_and_not_used(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"secret: (is damaged|cannot be used)"):
        Secret(None, file).digest("keys", "one")
    assert content == file.read_bytes()
