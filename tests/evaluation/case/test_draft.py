"""A draft is a case that loads as it is, and that a person can edit."""

from __future__ import annotations

from pathlib import Path

from coach.domain import DealNote, Question, Statement, Status, Verdict
from coach.evaluation.case import DealCase, load_cases
from coach.evaluation.case.draft import draft_case

NOTE = "Dana signed.\nI called. Dana signed."


def test_a_draft_is_a_case_and_names_offsets_only_where_a_quote_repeats(tmp_path: Path) -> None:
    spans = ((0, 11, "buyer_action"), (13, 21, "seller_action"), (23, 34, "buyer_action"))
    statements = [
        Statement(
            quote=NOTE[start:end],
            start=start,
            end=end,
            kind=kind,
            **({"verifiable": True, "direction": "advances", "informs": "action"} if kind == "buyer_action" else {}),
        )
        for start, end, kind in spans
    ]
    written = draft_case(
        "mine",
        DealNote(written_on="2026-03-02", note=NOTE),
        statements,
        dict.fromkeys(Question, Status.MISSING),
        Verdict.NO_CLAIM,
    )
    assert 2 == written.count("start:")
    assert "  note: |-\n    Dana signed.\n    I called. Dana signed.\n" in written
    assert "correct it against the codebook" in written
    path = tmp_path / "mine.yaml"
    path.write_text(written, "utf-8")
    (case,) = load_cases([path])
    assert isinstance(case, DealCase)
    assert NOTE == case.input.note
    assert [span[:2] for span in spans] == [(one.start, one.end) for one in case.expected.statements]
