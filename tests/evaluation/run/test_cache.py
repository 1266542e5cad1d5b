"""The cache of answers: what makes two questions the same, and what is never kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from coach.errors import InvalidInput
from coach.evaluation.prediction import Failure, Prediction
from coach.evaluation.run import AnswerCache
from coach.evaluation.run.cache import answer_key

ANSWER = Prediction(id="d-1", task="deal", output=None, engine="told", duration_ms=1, key="k1")


def test_an_answer_is_found_again_by_another_run(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "new" / "cache.sqlite3") as cache:
        cache.put(ANSWER, ANSWER.model_dump_json())
    with AnswerCache(tmp_path / "new" / "cache.sqlite3") as cache:
        assert ANSWER == cache.get("k1")
        assert cache.get("k2") is None


def test_a_failure_is_never_kept(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.sqlite3") as cache:
        failed = ANSWER.model_copy(update={"error": Failure(code="timeout", detail="late")})
        cache.put(failed, failed.model_dump_json())
        assert cache.get("k1") is None


def test_an_answer_of_another_version_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    with AnswerCache(path) as cache:
        cache.put(ANSWER, ANSWER.model_dump_json())
    with sqlite3.connect(path) as db:
        db.execute("UPDATE answers SET answer = '{\"colour\": 1}'")
    db.close()
    with AnswerCache(path) as cache:
        assert cache.get("k1") is None


def test_a_file_that_is_no_cache_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, and long enough to be read as one" * 20, "utf-8")
    with pytest.raises(InvalidInput, match="cannot be used as the cache"):
        AnswerCache(tmp_path / "notes.txt")


def test_a_key_changes_with_everything_it_depends_on_and_with_nothing_else() -> None:
    asked = {"prompt": "p", "model": "m"}
    assert answer_key(asked, 0) == answer_key({"model": "m", "prompt": "p"}, 0)
    others = [answer_key(asked, 1), answer_key({**asked, "model": "n"}, 0), answer_key({**asked, "prompt": "q"}, 0)]
    assert 4 == len({answer_key(asked, 0), *others})


def test_a_cache_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    with AnswerCache(tmp_path / "cache.sqlite3") as cache:
        cache._db.execute("PRAGMA query_only = ON")
        with pytest.raises(InvalidInput, match="mend it, or run with --no-cache"):
            cache.put(ANSWER, ANSWER.model_dump_json())
