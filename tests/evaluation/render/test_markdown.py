"""Markdown of a report and of a comparison: what comes first, and that a case's words stay words."""

from __future__ import annotations

import pytest

from coach.evaluation.comparison import Change
from coach.evaluation.render import render_comparison, render_markdown
from coach.evaluation.report import Report
from tests.evaluation.render.made import comparison, flip


def in_order(text: str, *parts: str) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_a_report_begins_with_headlines_then_attacks_failures_and_cost(report: Report) -> None:
    text = render_markdown(report)
    assert in_order(
        text,
        "# Evaluation",
        "told 1 · buyer_evidence",
        "## Deal notes",
        "| claim_kappa |",
        "## Rep packets",
        "## Conversations",
        "## Attacks",
        "## 1 attack worked",
        "- a-1: ",
        "## 1 case failed, and count as wrong",
        "- no answer in time: d-2",
        "## Cost and time",
        "<details><summary>Slices</summary>",
        "<details><summary>Every other figure</summary>",
        "| direction_accuracy |",
        "<details><summary>Provenance</summary>",
    )
    assert text.count("<details>") == text.count("</details>")


def test_every_row_of_a_table_has_as_many_cells_as_its_head(report: Report) -> None:
    columns = 0
    for line in render_markdown(report, comparison()).splitlines():
        if not line.startswith("|"):
            columns = 0
            continue
        columns = columns or line.count("|")
        assert columns == line.count("|"), line


def test_slices_are_one_row_each(report: Report) -> None:
    assert "| short | 2 | " in render_markdown(report)


def test_what_changed_comes_before_the_figures(report: Report) -> None:
    text = render_markdown(report, comparison())
    assert in_order(text, "## ✗ Regressed", "## Flipped cases", "## Deal notes", "every difference</summary>")


def test_a_comparison_has_verdict_flips_people_and_figures_in_this_order() -> None:
    text = render_comparison(comparison())
    assert in_order(
        text,
        "## ✗ Regressed",
        "130 cases, runs/old → runs/new",
        "- deal claim fell by 0.100",
        "## Flipped cases: 1 lost, 2 won, in 3 cases",
        "### claim: 1 lost, 1 won",
        "- lost: d-1 unproven → refuted (Acme)",
        "- won: d-3 refuted → no claim (Bolt)",
        "### action: 0 lost, 1 won",
        "- won: d-2 partial → missing\n",
        "## Whom it touches: 1",
        "- **Acme** (d-1): claim: unproven → no claim",
        "## Differences",
        "| deal claim (primary) | 130 | 0.900 | 0.800 | -0.100 | -0.150 to -0.050 | 15 / 2 | 0.0020 | 0.080",
        "| deal safe | 130 | 0.900 | 0.800 | -0.100 | - | 15 / 2 | 0.0020 | - | inconclusive |",
        "Detectable drop: ",
        "## Differences by slice",
        "| industry=rail | deal claim (primary) | 12 |",
    )


def test_flips_that_changed_alike_stand_together_the_most_first() -> None:
    flips = (
        flip(case="d-1", after="established"),
        flip(case="d-2", after="refuted"),
        flip(case="d-3", after="no_claim"),
        flip(case="d-4", after="refuted"),
    )
    line = "d-2 unproven → refuted (Acme); d-4 unproven → refuted (Acme); d-1 unproven → established (Acme); d-3 "
    assert f"- lost: {line}" in render_comparison(comparison(flips=flips))


def test_what_the_engine_was_trained_on_has_a_line_of_its_own(report: Report) -> None:
    trained = report.model_copy(update={"provenance": {**report.provenance, "trained_on": "9 notes"}})
    lines = render_markdown(trained).splitlines()
    assert "told 1 · buyer_evidence" == lines[2]
    assert lines[4].startswith("Trained on 9 notes: ")


def test_of_many_reasons_the_first_five_are_shown_and_the_rest_counted() -> None:
    text = render_comparison(comparison())
    assert "word 5" in text
    assert "word 6" not in text
    assert "  - and 2 more" in text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a | b", "a \\| b"),
        ("![x](http://x)", "\\!\\[x\\](http\\://x)"),
        ("<script>", "\\<script\\>"),
        ("one\n\n# two", "one \\# two"),
        ("`code` *bold*", "\\`code\\` \\*bold\\*"),
    ],
)
def test_the_words_of_a_case_stay_words(words: str, expected: str) -> None:
    change = Change(case="d-1", who=words, what=("claim: a → b",), why=(words,))
    text = render_comparison(comparison(changes=(change,)))
    assert f"- **{expected}** (d-1)" in text
    assert f"  - {expected}\n" in text


def test_a_comparison_in_which_nothing_flipped_says_so() -> None:
    text = render_comparison(comparison(flips=(), changes=(), verdict="pass"))
    assert "## ✓ Pass" in text
    assert "## Flipped cases: none" in text
    assert "Whom it touches" not in text
