"""Every probe, and choosing some by name."""

from __future__ import annotations

from collections.abc import Iterable

from coach.errors import InvalidInput
from coach.evaluation.probes.age import AGE
from coach.evaluation.probes.gender import GENDER
from coach.evaluation.probes.name import NAME
from coach.evaluation.probes.order import ORDER
from coach.evaluation.probes.probe import Probe
from coach.evaluation.probes.strongest import STRONGEST
from coach.evaluation.probes.tenure import TENURE

PROBES: tuple[Probe, ...] = (NAME, GENDER, AGE, TENURE, ORDER, STRONGEST)


def choose_probes(names: Iterable[str]) -> tuple[Probe, ...]:
    """Choose probes by name, in the order of the catalogue; all of them where none is named.

    Raises:
        InvalidInput: there is no probe of a name.
    """
    wanted = set(names)
    unknown = sorted(wanted - {probe.name for probe in PROBES})
    if unknown:
        raise InvalidInput(f"no probe {unknown[0]!r}; there are {', '.join(probe.name for probe in PROBES)}")
    return tuple(probe for probe in PROBES if not wanted or probe.name in wanted)
