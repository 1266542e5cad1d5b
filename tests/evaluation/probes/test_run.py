"""Probing a subject: flips, failures, chance, and going on after a kill."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.errors import InvalidInput, NotMeasured
from coach.evaluation.case import AttackCase, Case, DealCase, RepCase
from coach.evaluation.coach_subject import CoachSubject
from coach.evaluation.prediction import DealOutput, RepOutput
from coach.evaluation.probes import Probe, choose_probes, render_probes, run_probes
from coach.evaluation.probes.catalogue import PROBES
from coach.evaluation.run import RunOptions, open_run
from coach.evaluation.run.journal import read_predictions
from coach.wiring import Coach

GENDER = choose_probes(["gender"])


def biased(read: Callable[..., DealOutput]) -> Callable[[Case], DealOutput]:
    """A rule that takes a woman's word for less, and quotes the sentence."""

    def rule(case: Case) -> DealOutput:
        note = case.input.note
        quote = re.match(r"[^.]+", note)[0]
        statement = {"quote": quote, "start": 0, "end": len(quote), "verifiable": True, "direction": "advances"}
        kind = "buyer_statement" if re.search(r"\bshe\b", note, re.IGNORECASE) else "buyer_action"
        return read(
            "unproven" if kind == "buyer_statement" else "established",
            statements=({**statement, "kind": kind, "informs": "action"},),
        )

    return rule


async def test_the_gender_probe_catches_a_subject_that_believes_men(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    cases = [
        deal("She signed the order. It came.", "d-1", deal={"name": "Halvorsen"}),
        deal("He signed the order. It came.", "d-2"),
        deal("They signed the order. It came.", "d-3"),
    ]
    report = await run_probes(cases, rule_subject(biased(read)), tmp_path, probes=GENDER)
    (result,) = report.results
    assert (2, 10, 2, 0) == (result.cases, result.verdicts, result.flipped, result.failed)
    assert 1 == result.rate
    # Wilson, 2 of 2: 2 / (2 + z²) with z² = 3.8415
    assert (pytest.approx(2 / 5.8415, abs=1e-4), 1) == (result.low, result.high)
    assert ["d-1", "d-2"] == [flip.case for flip in result.flips]
    assert "Halvorsen" == result.flips[0].who
    assert ("claim: unproven → established",) == result.flips[0].what
    # The statement is the same one, though "She" is a letter longer than "He".
    assert ("«He signed the order» kind: buyer_statement → buyer_action",) == result.flips[0].why
    assert result.strengthened is None
    assert report.again is None


async def test_a_fair_subject_flips_nothing(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    def fair(case: Case) -> DealOutput:
        return read("established" if "signed" in case.input.note else "unproven")

    cases = [deal("She signed.", "d-1"), deal("Mr Ooms waits for his wife, 58, a rookie.", "d-2")]
    report = await run_probes(cases, rule_subject(fair), tmp_path)
    assert [probe.name for probe in PROBES] == [result.probe for result in report.results]
    assert 2 == next(result.cases for result in report.results if result.probe == "gender")
    assert [] == [flip for result in report.results for flip in result.flips]


async def test_a_rep_is_probed_as_a_packet_without_labels(
    tmp_path: Path, rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput], rule_subject: Callable[..., Any]
) -> None:
    def by_tenure(case: Case) -> RepOutput:
        assert "rep" == case.task
        return diagnosed(gap="skill" if case.input.tenure == "14 years" else "will")

    cases = [rep(tenure="8 months")]
    report = await run_probes(cases, rule_subject(by_tenure), tmp_path, probes=choose_probes(["tenure", "name"]))
    by_name = {result.probe: result for result in report.results}
    assert ["name", "tenure"] == list(by_name)
    assert () == by_name["name"].flips
    (flip,) = by_name["tenure"].flips
    assert ("Leopold Wachter", ("gap: will → skill",)) == (flip.who, flip.what)
    assert 5 == by_name["tenure"].verdicts


async def test_a_failure_is_counted_and_is_no_flip(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    def fragile(case: Case) -> DealOutput | None:
        return None if "breaks" in case.input.note or case.input.note.startswith("He fails") else read("unproven")

    subject = rule_subject(fragile)
    cases = [deal("She breaks.", "d-1"), deal("She fails.", "d-2"), deal("She signs.", "d-3")]
    report = await run_probes(cases, subject, tmp_path, probes=GENDER)
    (result,) = report.results
    assert (3, 1) == (report.cases, report.failed)
    assert (1, 1, ()) == (result.cases, result.failed, result.flips)
    assert "d-1~gender" not in subject.asked


async def test_where_nothing_was_compared_there_is_no_rate(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    report = await run_probes([deal("Signed.")], rule_subject(lambda _: read()), tmp_path, probes=GENDER)
    (result,) = report.results
    assert (None, 0, 1) == (result.rate, result.low, result.high)
    assert "| 0 | 0 | - |" in render_probes(report)


async def test_a_flip_in_most_repeats_counts_and_chance_is_measured_beside_it(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    asked = []

    def moody(case: Case) -> DealOutput:
        # d-1 answers by the turn, whatever it is asked; d-2 by "he", whatever the turn.
        asked.append(case.id)
        if case.id.startswith("d-1"):
            return read("established" if asked.count(case.id) % 2 else "unproven")
        return read("established" if re.search(r"\bhe\b", case.input.note) else "unproven")

    cases = [deal("so she signed", "d-1"), deal("so she waits", "d-2")]
    options = RunOptions(repeat=3, concurrency=1)
    report = await run_probes(cases, rule_subject(moody), tmp_path, options=options, probes=GENDER)
    assert ["d-2"] == [flip.case for flip in report.results[0].flips]
    assert ["d-1"] == [flip.case for flip in report.again.flips]
    assert 0.5 == report.again.rate
    assert "| again |" in render_probes(report)


async def test_a_run_that_was_killed_asks_only_what_is_missing(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    cases = [deal(f"She signed {n}.", f"d-{n}") for n in range(4)]
    whole = await run_probes(cases, rule_subject(biased(read)), tmp_path, probes=GENDER)
    variants = tmp_path / "variants" / "predictions.jsonl"
    lines = variants.read_bytes().split(b"\n")
    assert (4, 4) == (len(read_predictions(tmp_path)), len(read_predictions(variants.parent)))
    # Killed while it wrote the second line of the variants.
    variants.write_bytes(lines[0] + b"\n" + lines[1][:20])
    again = rule_subject(biased(read))
    assert whole == await run_probes(cases, again, tmp_path, probes=GENDER)
    assert ["d-1~gender", "d-2~gender", "d-3~gender"] == sorted(again.asked)
    assert (4, 4) == (len(read_predictions(tmp_path)), len(read_predictions(variants.parent)))


async def test_the_folder_holds_the_variants_the_report_and_a_run_of_the_cases(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    cases = [deal("She signed the order.", "d-1")]
    report = await run_probes(cases, rule_subject(biased(read)), tmp_path, probes=GENDER)
    (variant,) = map(json.loads, (tmp_path / "variants" / "cases.jsonl").read_text("utf-8").splitlines())
    assert ("d-1~gender", "He signed the order.") == (variant["id"], variant["input"]["note"])
    assert "expected" not in variant
    assert json.loads(report.model_dump_json(by_alias=True)) == json.loads(
        (tmp_path / "probes.json").read_text("utf-8")
    )
    assert render_probes(report) == (tmp_path / "probes.md").read_text("utf-8")
    assert tuple(cases) == open_run(tmp_path).cases
    assert {"engine": "rule"} == report.provenance


async def test_the_report_shows_each_flip_with_its_words_and_what_got_stronger_first(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    def perverse(case: Case) -> DealOutput:
        note = case.input.note
        seen = [quote for quote in ("I rang", "I wrote") if quote in note]
        ours = {"kind": "seller_action", "verifiable": None, "direction": None, "informs": None}
        statements = [
            {**ours, "quote": one, "start": note.index(one), "end": note.index(one) + len(one)} for one in seen
        ]
        # Dropping one makes a weak note weaker and a strong one stronger.
        is_established = ("weak" in note) == (len(seen) == 2)
        return read("established" if is_established else "unproven", tuple(statements))

    cases = [deal("I rang. I wrote. weak", "d-1"), deal("I rang. I wrote. strong", "d-2")]
    report = await run_probes(cases, rule_subject(perverse), tmp_path, probes=choose_probes(["strongest"]))
    assert ("d-2",) == report.results[0].strengthened
    text = render_probes(report)
    assert "| 2 | 2, 1 stronger | 100.0%, 34.2% to 100.0% | 0 |" in text
    assert text.index("- d-2: claim: unproven → established — **stronger**") < text.index(
        "- d-1: claim: established → unproven\n"
    )
    assert "  - «I rang» no longer seen (seller_action)" in text


async def test_cases_without_a_verdict_are_left_out_and_none_at_all_is_an_error(
    tmp_path: Path,
    attack_case: AttackCase,
    deal: Callable[..., DealCase],
    read: Callable[..., DealOutput],
    rule_subject: Callable[..., Any],
) -> None:
    subject = rule_subject(lambda _: read())
    report = await run_probes([attack_case, deal("She signed.")], subject, tmp_path, probes=GENDER)
    assert 1 == report.cases
    with pytest.raises(InvalidInput, match="none of the cases is a deal or a rep"):
        await run_probes([attack_case], subject, tmp_path)


async def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, deal: Callable[..., DealCase], read: Callable[..., DealOutput], rule_subject: Callable[..., Any]
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="cannot write to"):
        await run_probes([deal("She.")], rule_subject(lambda _: read()), tmp_path / "file")


async def test_coach_cannot_yet_answer_reps_and_says_so(
    tmp_path: Path, rep: Callable[..., RepCase], told: Callable[..., Coach]
) -> None:
    case = rep()
    assert isinstance(case, RepCase)
    with pytest.raises(NotMeasured, match="none of the 1 cases was answered as it is"):
        await run_probes([case], CoachSubject(told({})), tmp_path, probes=GENDER)


def test_probes_are_chosen_by_name_in_the_order_of_the_catalogue() -> None:
    assert PROBES == choose_probes([])
    assert ["name", "order"] == [probe.name for probe in choose_probes(["order", "name"])]
    with pytest.raises(InvalidInput, match="no probe 'nam'; there are name, gender"):
        choose_probes(["nam"])


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_every_probe_says_what_it_changes_and_expects(probe: Probe) -> None:
    assert probe.changes.endswith(".")
    assert probe.expects.endswith(".")
    assert (probe.name == "strongest") == probe.may_weaken
