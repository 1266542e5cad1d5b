"""Reports on stdout: Markdown for a pipe, a layout for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from coach.evaluation.comparison import Change
from coach.evaluation.render import render_comparison, render_markdown
from coach.evaluation.render.terminal import print_comparison, print_report
from coach.evaluation.report import Report
from tests.evaluation.render.made import comparison, difference

Shown = Callable[[Callable[[], None]], str]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """What something prints to a terminal."""

    def shown(act: Callable[[], None]) -> str:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "140")
        monkeypatch.setenv("NO_COLOR", "1")
        act()
        return capsys.readouterr().out

    return shown


def test_a_pipe_gets_markdown(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(report, comparison())
    assert render_markdown(report, comparison()) == capsys.readouterr().out
    print_comparison(comparison())
    assert render_comparison(comparison()) == capsys.readouterr().out


def test_a_terminal_gets_headlines_attacks_failures_and_cost(report: Report, shown: Shown) -> None:
    text = shown(lambda: print_report(report, comparison()))
    order = ("told 1", "✗ Regressed", "Flipped cases: 1 lost, 2 won", "Deal notes", "claim kappa", "1 attack worked")
    places = [text.index(part) for part in (*order, "1 case failed", "d-2: no answer in time", "Cost and time")]
    assert sorted(places) == places
    assert "|" not in text


def test_a_terminal_gets_a_comparison_in_order(shown: Shown) -> None:
    text = shown(lambda: print_comparison(comparison()))
    order = (
        "✗ Regressed",
        "d-1 unproven → refuted (Acme)",
        "Whom it touches: 1",
        "and 2 more",
        "Differences",
        "deal claim (primary)",
    )
    places = [text.index(part) for part in (*order, "in «industry=rail»")]
    assert sorted(places) == places


def test_a_terminal_gets_what_the_engine_was_trained_on_in_a_line_of_its_own(report: Report, shown: Shown) -> None:
    trained = report.model_copy(update={"provenance": {**report.provenance, "trained_on": "9 notes"}})
    first, second, *_ = shown(lambda: print_report(trained)).splitlines()
    assert "told 1 · buyer_evidence" in first
    assert second.startswith("Trained on 9 notes: ")


def test_a_terminal_gets_a_small_p_and_what_a_dash_means(shown: Shown) -> None:
    text = shown(lambda: print_comparison(comparison(differences=(difference(adjusted=0.0, detectable=None),))))
    assert "< 0.0001" in text
    assert text.index("Detectable drop: ") > text.index("< 0.0001")


def test_control_characters_of_a_note_do_not_reach_the_terminal(shown: Shown) -> None:
    change = Change(case="d-1", who="Ac\x1b[2Jme", what=("claim: a → b",), why=("«\u202eevil»",))
    text = shown(lambda: print_comparison(comparison(changes=(change,))))
    assert "Ac□[2Jme" in text
    assert "«□evil»" in text
