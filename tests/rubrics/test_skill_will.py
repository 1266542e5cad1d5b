"""The rubric for reps' material: what it holds, and that every fault is named with its file and place."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from coach.domain import Competency, Gap, SelfView, WillSubType
from coach.errors import NotFound, RubricError
from coach.rubrics import load
from coach.rubrics.check import check
from coach.rubrics.prompt import FILE
from tests.rubrics.faults import Fault, is_found

FOLDER = "skill_will"


def test_the_rubric_that_ships_names_every_gap_self_view_and_competency() -> None:
    rubric = load(FOLDER)
    assert list(Gap) == sorted((one.id for one in rubric.gaps), key=list(Gap).index)
    assert set(SelfView) == {one.id for one in rubric.self_views}
    assert set(Competency) == {one.id for one in rubric.competencies}


def test_every_gap_and_sub_type_has_its_remedy_and_every_two_gaps_their_observation() -> None:
    rubric = load(FOLDER)
    assert [(gap, None) for gap in Gap] == [
        (one.gap, one.sub_type) for one in (rubric.remedy(gap, None) for gap in Gap)
    ]
    assert list(WillSubType) == [rubric.remedy(Gap.WILL, one).sub_type for one in WillSubType]
    assert [None] == [rubric.remedy(Gap.SKILL, WillSubType.MOTIVE).sub_type]
    for gap, rival in combinations(Gap, 2):
        assert rubric.observation(gap, rival) == rubric.observation(rival, gap)


def test_a_signal_is_found_by_its_name_and_an_unknown_one_is_none() -> None:
    rubric = load(FOLDER)
    assert ["will", None] == [rubric.signal("undone").points_to, rubric.signal("no_such_signal")]


RUBRIC, REMEDIES, EXAMPLES = "rubric.yaml", "remedies.yaml", "examples.yaml"
FAULTS = [
    Fault("missing_gap", RUBRIC, "  - id: both", "  - id: none", "gaps", "'both' is missing"),
    Fault("doubled_gap", RUBRIC, "  - id: both", "  - id: none", "gaps", "'none' stands 2 times"),
    Fault("unknown_gap", RUBRIC, "  - id: both", "  - id: either", "gaps.3.id", "Input should be"),
    Fault("missing_self_view", RUBRIC, "- id: underrates", "- id: overrates", "self_views", "'underrates' is missing"),
    Fault(
        "doubled_competency", RUBRIC, "- id: discovery", "- id: negotiation", "competencies", "'negotiation' stands 2"
    ),
    Fault(
        "missing_competency", RUBRIC, "- id: discovery", "- id: negotiation", "competencies", "'discovery' is missing"
    ),
    Fault("doubled_signal", RUBRIC, "- id: never_shown", "- id: obstacle", "signals", "'obstacle' stands 2 times"),
    Fault("odd_signal", RUBRIC, "- id: never_shown", "- id: Never shown", "signals.1.id", "match pattern"),
    Fault("counts_as", RUBRIC, "counts: label", "counts: rumour", "signals.13.counts", "Input should be"),
    Fault(
        "points_nowhere", RUBRIC, "points_to: environment", "points_to: weather", "signals.0.points_to", "Input should"
    ),
    Fault("unknown_field", RUBRIC, "changed:", "note: x\nchanged:", "note", "not permitted"),
    Fault("other_id", RUBRIC, "id: skill_will", "id: other", "id", "name of its folder"),
    Fault("missing_remedy", REMEDIES, "- gap: both\n", "- gap: skill\n", "remedies", "'both' is missing"),
    Fault(
        "doubled_remedy", REMEDIES, "sub_type: motive", "sub_type: confidence", "remedies", "'will confidence' stands 2"
    ),
    Fault("remedy_slot", REMEDIES, "Show it: ${show}", "Show it: ${film}", "remedies.0", "slot 'film' is not one of"),
    Fault("remedy_dollar", REMEDIES, "Show it: ${show}", "Show it: $ ${show}", "remedies.0", "must begin a slot"),
    Fault("remedy_days", REMEDIES, "days: 30", "days: 0", "remedies.0.days", "greater than or equal to 1"),
    Fault(
        "managers_share_where_it_is_the_reps",
        REMEDIES,
        "  - gap: both\n",
        "  - gap: both\n    manager_action: Mend it.\n",
        "remedies.4",
        "belongs to environment",
    ),
    Fault(
        "no_managers_share", REMEDIES, "    manager_action:", "    # manager_action:", "remedies.5", "belongs to env"
    ),
    Fault(
        "missing_pair",
        REMEDIES,
        "between: [skill, will]",
        "between: [will, none]",
        "observations",
        "'skill/will' is missing",
    ),
    Fault(
        "doubled_pair",
        REMEDIES,
        "between: [skill, will]",
        "between: [none, will]",
        "observations",
        "'none/will' stands 2 times",
    ),
    Fault("gap_beside_itself", REMEDIES, "[skill, will]", "[skill, skill]", "observations", "'skill/will' is missing"),
    Fault("observation_slot", REMEDIES, "can ${rep} do it", "can ${who} do it", "observations.0", "slot 'who' is not"),
    Fault("observation_dated", REMEDIES, "can ${rep} do it", "can it be ${by}", "observations.0", "slot 'by' is not"),
    Fault("assumption_slot", REMEDIES, "What did ${rep} do", "What did ${who} do", "assumption", "slot 'who' is not"),
    Fault("same_field_twice", REMEDIES, "remedies:", "title: x\nremedies:", "title", "stands in rubric.yaml, too"),
    Fault("missing_cue", "cues.yaml", "personnel:", "persons:", "personnel", "is missing"),
    Fault("unknown_cue", "cues.yaml", "personnel:", "persons:", "persons", "is read by no rule"),
    Fault("example_quote", EXAMPLES, "{quote: lazy,", "{quote: idle,", "0.signals.2.quote", "word for word"),
    Fault("example_signal", EXAMPLES, "signal: undone", "signal: forgotten", "0.signals.4.signal", "is no signal of"),
    Fault(
        "example_competency",
        EXAMPLES,
        "signal: undone, competency: prospecting",
        "signal: undone, competency: charm",
        "0.signals.4.competency",
        "Input should be",
    ),
    Fault("example_gap", EXAMPLES, "gap: will,", "gap: lazy,", "0.findings.0.gap", "Input should be"),
    Fault("example_rating", EXAMPLES, "{prospecting: 4}", "{prospecting: 6}", "0.packet.self_assessment.ratings", "5"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_is_named_with_its_file_and_place(root: Path, fault: Fault) -> None:
    is_found(root, FOLDER, fault)


def test_a_quote_of_an_example_must_lie_in_one_text_and_not_across_two(root: Path) -> None:
    across = "I taught the two starters how to open a call in May. She is lazy, to be blunt."
    fault = Fault("", EXAMPLES, "quote: lazy", f'quote: "{across}"', "0.signals.2.quote", "in no text")
    is_found(root, FOLDER, fault)


def test_an_example_that_stands_twice_is_named(root: Path) -> None:
    path = root / FOLDER / EXAMPLES
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    assert [("examples.yaml", "'calls_left_out' stands 2 times; it may stand once")] == [
        (one.file.partition("/")[2], one.message) for one in check(root) if one.path == ""
    ]


@pytest.mark.parametrize("file", [RUBRIC, REMEDIES, "cues.yaml", EXAMPLES, FILE])
def test_a_missing_file_is_named(root: Path, file: str) -> None:
    (root / FOLDER / file).unlink()
    assert [f"{FOLDER}/{file}"] == [one.file for one in check(root)]
    with pytest.raises((RubricError, NotFound), match=FOLDER):
        load(FOLDER, root)
