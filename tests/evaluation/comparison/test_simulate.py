"""The simulation judges the gate itself: it is quiet where nothing changed, and sees what is large."""

from __future__ import annotations

import pytest

from coach.errors import InvalidInput
from coach.evaluation.comparison import render_simulations, simulate_gate


def test_the_gate_is_quiet_on_noise_and_sees_a_large_drop() -> None:
    nothing, clustered, primary, other, _, everywhere = simulate_gate(300, 0.15, rounds=40)
    assert nothing.regressed <= 0.1
    assert clustered.regressed <= 0.1
    assert 1 == primary.regressed == everywhere.regressed
    assert other.passed == 0
    for one in (nothing, clustered, primary, other, everywhere):
        assert 1 == pytest.approx(one.regressed + one.passed + one.inconclusive)


def test_too_few_cases_are_inconclusive_and_not_green() -> None:
    nothing, *_ = worlds = simulate_gate(30, 0.1, rounds=40)
    assert nothing.inconclusive > 0.5
    # A drop of twice the margin: a pass would be wrong, and may come one time in twenty.
    assert all(world.passed <= 0.05 for world in worlds[2:])


def test_a_simulation_can_be_repeated_and_is_a_table() -> None:
    first = simulate_gate(50, 0.1, rounds=5)
    assert first == simulate_gate(50, 0.1, rounds=5)
    table = render_simulations(first)
    assert "Gate over 50 cases, 5 simulated comparisons each" in table
    assert "| every check fell by 0.1 |" in table


@pytest.mark.parametrize(("drop", "noise"), [(0.05, 0.2), (0.9, 0.03)])
def test_a_world_that_cannot_be_is_refused(drop: float, noise: float) -> None:
    with pytest.raises(InvalidInput, match="85% are right"):
        simulate_gate(50, drop, noise=noise, rounds=1)
