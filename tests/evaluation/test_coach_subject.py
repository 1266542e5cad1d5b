"""Coach as a subject: what its answers depend on, and what it cannot answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import coach
from coach.evaluation.case import DealCase, RepCase
from coach.evaluation.coach_subject import CoachSubject, code_sha256
from coach.wiring import Coach, build


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package that `code_sha256` takes for the real one."""
    root = tmp_path / "coach"
    shutil.copytree(Path(coach.__file__).parent, root, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(coach, "__file__", str(root / "__init__.py"))
    return root


def uncached() -> str:
    return code_sha256.__wrapped__()


def test_a_changed_rule_or_word_list_changes_the_hash_and_bytecode_does_not(copied: Path) -> None:
    before = uncached()
    assert code_sha256() == before
    for name in ("judgement/claim.py", "wiring/build.py", "text/people/common_words.txt"):
        path = copied / name
        was = path.read_bytes()
        path.write_bytes(was + b"\n# changed\n")
        assert before != uncached(), name
        path.write_bytes(was)
    (copied / "judgement" / "__pycache__").mkdir()
    (copied / "judgement" / "__pycache__" / "claim.pyc").write_bytes(b"x")
    (copied / "web" / "page.py").write_text("# a face\n", "utf-8")
    assert before == uncached()


def test_an_answer_depends_on_the_note_and_on_the_code(told: Callable[..., Coach], deal_case: DealCase) -> None:
    subject = CoachSubject(told({}))
    depends_on = subject.depends_on(deal_case)
    assert deal_case.input.model_dump(mode="json") == depends_on["input"]
    assert code_sha256() == depends_on["code"] == subject.provenance()["code_sha256"]


def test_an_answer_to_a_packet_depends_on_the_packet_and_its_rubric(
    told: Callable[..., Coach], rep_case: RepCase
) -> None:
    wired = told({})
    depends_on = CoachSubject(wired).depends_on(rep_case)
    rubric = wired.rubrics.rep
    assert rep_case.input.model_dump(mode="json") == depends_on["input"]
    assert ["skill_will", rubric.version, rubric.sha256] == depends_on["rubric"]


def test_an_engine_that_was_trained_says_so(told: Callable[..., Coach]) -> None:
    assert "1700 labelled notes" == CoachSubject(build()).provenance()["trained_on"]
    assert "trained_on" not in CoachSubject(told({})).provenance()
