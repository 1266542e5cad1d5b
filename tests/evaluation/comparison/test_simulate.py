"""The simulation judges the gate itself: it is quiet where nothing changed, and sees what is large."""

from __future__ import annotations

from coach.evaluation.comparison import render_simulations, simulate_gate


def test_the_gate_is_quiet_on_noise_and_sees_a_large_drop() -> None:
    nothing, primary, _, everywhere = simulate_gate(300, 0.15, rounds=20)
    assert nothing.regressed <= 0.1
    assert 1 == primary.regressed == everywhere.regressed
    for one in (nothing, primary, everywhere):
        assert 1 == one.regressed + one.passed + one.inconclusive


def test_too_few_cases_are_inconclusive_and_not_green() -> None:
    nothing, primary, *_ = simulate_gate(30, 0.1, rounds=40)
    assert nothing.inconclusive > 0.5
    # A drop of twice the margin: a pass would be wrong, and may come one time in twenty.
    assert primary.passed <= 0.05


def test_a_simulation_can_be_repeated_and_is_a_table() -> None:
    first = simulate_gate(50, 0.1, rounds=5)
    assert first == simulate_gate(50, 0.1, rounds=5)
    table = render_simulations(first)
    assert "Gate over 50 cases, 5 simulated comparisons each" in table
    assert "| 0.100 in every check |" in table
