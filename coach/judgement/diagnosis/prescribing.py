"""The codebook's remedy, with the rep, the competency and a date in it. The wording is the rubric's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from string import Template

from coach.domain import Competency, Gap, Prescription, WillSubType
from coach.rubrics import SkillWill

_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "the"})


def prescribe(  # noqa: PLR0913, PLR0917  what a remedy speaks of
    rubric: SkillWill, rep: str, competency: Competency, gap: Gap, sub_type: WillSubType | None, as_of: date
) -> Prescription:
    """What to do about a gap.

    Args:
        rubric: Whose words it has.
        rep: The rep's name.
        competency: What the gap is in.
        gap: The gap.
        sub_type: Of `will`, why.
        as_of: The day from which dates are counted.
    """
    remedy = rubric.remedy(gap, sub_type)
    by = as_of + timedelta(days=remedy.days)
    values = slot_values(rubric, rep, competency) | {"by": by.isoformat()}
    return Prescription(
        competency=competency,
        gap=gap,
        title=remedy.title,
        next_one_on_one=tuple(filled(one, values) for one in remedy.next_one_on_one),
        practise=filled(remedy.practise, values),
        watch_for=filled(remedy.watch_for, values),
        by=by,
        shows_it_worked=filled(remedy.shows_it_worked, values),
        manager_action=filled(remedy.manager_action, values) if remedy.manager_action else None,
    )


def slot_values(rubric: SkillWill, rep: str, competency: Competency) -> dict[str, str]:
    """What the slots of a remedy or an observation are filled with, but for the date."""
    rule = rubric.competency(competency)
    return {
        "rep": called(rep),
        "competency": rule.title,
        "standard": rule.standard,
        "show": rule.show,
        "practise": rule.practise,
        "watch": rule.watch,
        "proof": rule.proof,
    }


def called(rep: str) -> str:
    """How a sentence speaks of a rep: by first name, unless a title comes first."""
    first, *others = rep.split() or ["the rep"]
    return " ".join((first, *others)) if first.endswith(".") or first.lower() in _TITLES else first


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its slots filled, with a capital at its start."""
    said = Template(text).substitute(values)
    return said[:1].upper() + said[1:]
