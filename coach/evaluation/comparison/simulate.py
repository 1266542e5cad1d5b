"""Does the gate keep its word? Simulated runs whose truth is known, judged by the gate itself.

Each simulated case has a chance of being right; between two runs of the same prompt a given share flips each way; a
worse prompt loses a further share of what was right.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from coach.domain.base import Frozen
from coach.errors import InvalidInput
from coach.evaluation.comparison.difference import MARGIN, differences, verdict_of
from coach.evaluation.comparison.pairs import Scored
from coach.evaluation.metrics import PRIMARY

_CHECKS = ("claim", "problem", "criteria", "action", "process", "safe")
_SLICES = 5
_IN_CLUSTER = 5
"""Cases of one deal, in the world where cases come in clusters; what flips, flips for all of them."""
ACCURACY = 0.85
"""The share of cases that the earlier prompt gets right."""


class Simulation(Frozen):
    """How often the gate said what, over simulated comparisons of known truth."""

    world: str
    """What is true of it, in words."""
    cases: int
    rounds: int
    regressed: float
    inconclusive: float
    passed: float
    """Shares of the rounds."""


class _World(NamedTuple):
    name: str
    drop: float
    dropped: Sequence[str]
    in_cluster: int = 1


def simulate_gate(
    cases: int, drop: float, *, noise: float = 0.03, rounds: int = 400, seed: int = 7
) -> tuple[Simulation, ...]:
    """Simulate the worlds that matter: nothing got worse, or the primary check, another one, or all of them did.

    Args:
        cases: How many cases.
        drop: How much worse the later prompt truly is on the checks that drop, as a share of cases.
        noise: The share of cases that flip each way between two runs of one prompt, at most what is wrong.
        rounds: Pairs of runs, for each world.
        seed: Makes the simulation repeatable.

    Raises:
        InvalidInput: more cases are to change than there are.
    """
    if noise > 1 - ACCURACY or noise + drop > ACCURACY:
        raise InvalidInput(
            f"of the simulated cases {ACCURACY:.0%} are right: no more than {1 - ACCURACY:.0%} can flip each way, "
            f"and no more than {ACCURACY:.0%} can flip and drop"
        )
    primary = PRIMARY["deal"]
    worlds = (
        _World("nothing got worse", 0, ()),
        _World(f"nothing got worse, {_IN_CLUSTER} cases a deal", 0, (), _IN_CLUSTER),
        _World(f"{primary} fell by {drop:g}", drop, (primary,)),
        _World(f"problem fell by {drop:g}", drop, ("problem",)),
        _World(f"problem fell by {drop:g}, {_IN_CLUSTER} cases a deal", drop, ("problem",), _IN_CLUSTER),
        _World(f"every check fell by {drop:g}", drop, _CHECKS),
    )
    return tuple(_simulate(world, cases, noise, rounds, random.Random(seed)) for world in worlds)  # noqa: S311


def render_simulations(simulations: Sequence[Simulation]) -> str:
    """The simulations as a Markdown table."""
    first = simulations[0]
    lines = [
        f"Gate over {first.cases} cases, {first.rounds} simulated comparisons each; "
        f"{len(_CHECKS)} checks and {_SLICES} slices tested at once.",
        "",
        "| what is true | regressed | inconclusive | pass |",
        "|---|--:|--:|--:|",
        *(f"| {one.world} | {one.regressed:.3f} | {one.inconclusive:.3f} | {one.passed:.3f} |" for one in simulations),
    ]
    return "\n".join(lines) + "\n"


def _simulate(world: _World, cases: int, noise: float, rounds: int, rng: random.Random) -> Simulation:
    verdicts = Counter(verdict_of(differences(_scores(world, cases, noise, rng), margin=MARGIN)) for _ in range(rounds))
    return Simulation(
        world=world.name,
        cases=cases,
        rounds=rounds,
        regressed=verdicts["regressed"] / rounds,
        inconclusive=verdicts["inconclusive"] / rounds,
        passed=verdicts["pass"] / rounds,
    )


def _scores(world: _World, cases: int, noise: float, rng: random.Random) -> list[Scored]:
    scores = []
    for first in range(0, cases, world.in_cluster):
        for check in _CHECKS:
            right = rng.random() < ACCURACY
            lost = noise + (world.drop if check in world.dropped else 0)
            flips = rng.random() < (lost / ACCURACY if right else noise / (1 - ACCURACY))
            scores += [
                Scored.model_construct(
                    case=str(number),
                    group=str(first),
                    slices=(f"slice {first // world.in_cluster % _SLICES}",),
                    task="deal",
                    name=check,
                    kind="check",
                    before=float(right),
                    after=float(right != flips),
                )
                for number in range(first, min(first + world.in_cluster, cases))
            ]
    return scores
