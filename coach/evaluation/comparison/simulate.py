"""Does the gate keep its word? Simulated runs whose truth is known, judged by the gate itself.

Each simulated case has a chance of being right; between two runs of the same prompt a given share flips each way; a
worse prompt loses a further share of what was right.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from coach.domain.base import Frozen
from coach.evaluation.comparison.difference import MARGIN, differences
from coach.evaluation.comparison.pairs import Scored
from coach.evaluation.metrics import PRIMARY

_CHECKS = ("claim", "problem", "criteria", "action", "process", "safe")
_SLICES = 5
_ACCURACY = 0.85
"""The share of cases that the earlier prompt gets right."""


class Simulation(Frozen):
    """How often the gate said what, over simulated comparisons of known truth."""

    cases: int
    drop: float
    """The true drop, as a share of cases."""
    dropped: tuple[str, ...]
    """The checks that dropped."""
    rounds: int
    regressed: float
    passed: float
    inconclusive: float
    """Shares of the rounds."""


def simulate_gate(
    cases: int, drop: float, *, noise: float = 0.03, rounds: int = 400, seed: int = 7
) -> tuple[Simulation, ...]:
    """Simulate the worlds that matter: nothing got worse; the primary check did; another one did; all did.

    Args:
        cases: How many cases.
        drop: How much worse the later prompt truly is on the checks that drop, as a share of cases.
        noise: The share of cases that flip each way between two runs of one prompt.
        rounds: Pairs of runs, for each world.
        seed: Makes the simulation repeatable.
    """
    primary = PRIMARY["deal"]
    worlds = [(0.0, ()), (drop, (primary,)), (drop, ("problem",)), (drop, _CHECKS)]
    return tuple(_simulate(cases, fall, dropped, noise, rounds, seed) for fall, dropped in worlds)


def render_simulations(simulations: Sequence[Simulation]) -> str:
    """The simulations as a Markdown table."""
    rows = [
        f"| {one.drop:.3f} in {_names(one.dropped)} | {one.regressed:.3f} | {one.inconclusive:.3f} | {one.passed:.3f} |"
        for one in simulations
    ]
    first = simulations[0]
    head = [
        f"Gate over {first.cases} cases, {first.rounds} simulated comparisons each; "
        f"{len(_CHECKS)} checks and {_SLICES} slices tested at once.",
        "",
        "| true drop | regressed | inconclusive | pass |",
        "|---|---|---|---|",
    ]
    return "\n".join((*head, *rows)) + "\n"


def _names(checks: Sequence[str]) -> str:
    return "nothing" if not checks else "every check" if len(checks) == len(_CHECKS) else ", ".join(checks)


def _simulate(  # noqa: PLR0913, PLR0917  the parameters of the simulated world
    cases: int, drop: float, dropped: Sequence[str], noise: float, rounds: int, seed: int
) -> Simulation:
    rng = random.Random(seed)  # noqa: S311  statistics, not secrets
    verdicts = []
    for _ in range(rounds):
        rows = differences(_world(rng, cases, drop, dropped, noise), margin=MARGIN)
        regressed = any(row.verdict == "regressed" for row in rows)
        verdicts.append("regressed" if regressed else next(row.verdict for row in rows if row.primary))
    return Simulation(
        cases=cases,
        drop=drop,
        dropped=tuple(dropped),
        rounds=rounds,
        regressed=verdicts.count("regressed") / rounds,
        passed=verdicts.count("pass") / rounds,
        inconclusive=verdicts.count("inconclusive") / rounds,
    )


def _world(rng: random.Random, cases: int, drop: float, dropped: Sequence[str], noise: float) -> list[Scored]:
    scores = []
    for number in range(cases):
        slices = (f"slice {number % _SLICES}",)
        for check in _CHECKS:
            right = rng.random() < _ACCURACY
            lost = noise + (drop if check in dropped else 0)
            flips = rng.random() < (lost / _ACCURACY if right else noise / (1 - _ACCURACY))
            scores.append(
                Scored.model_construct(
                    case=str(number),
                    group=str(number),
                    slices=slices,
                    task="deal",
                    name=check,
                    kind="check",
                    before=float(right),
                    after=float(right != flips),
                )
            )
    return scores
