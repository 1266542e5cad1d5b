"""A run folder is whole: what it was made of can be read back, and what does not fit is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.errors import InvalidInput
from coach.evaluation.case import DealCase
from coach.evaluation.prediction import Prediction
from coach.evaluation.run import open_baseline, open_run, start_run
from coach.evaluation.run.folder import by_case, name_some


def started(folder: Path, case: DealCase) -> Path:
    start_run(folder, [case], 1, {"engine": "told"})
    (folder / "predictions.jsonl").touch()
    return folder


def test_a_run_is_read_back_with_its_cases(deal_case: DealCase, tmp_path: Path) -> None:
    run = open_run(started(tmp_path, deal_case))
    assert (deal_case,) == run.cases
    assert {"engine": "told"} == run.manifest.provenance


def test_a_baseline_needs_no_cases_of_its_own(deal_case: DealCase, tmp_path: Path) -> None:
    (started(tmp_path, deal_case) / "cases.jsonl").unlink()
    assert {"d-1"} == open_baseline(tmp_path).manifest.inputs.keys()
    with pytest.raises(InvalidInput, match="give them with --cases"):
        open_run(tmp_path)


def test_a_corrected_label_is_still_the_same_case(deal_case: DealCase, tmp_path: Path) -> None:
    corrected = deal_case.model_copy(
        update={"expected": deal_case.expected.model_copy(update={"claim": "refuted"}), "tags": ("new",)}
    )
    assert (corrected,) == open_run(started(tmp_path, deal_case), [corrected]).cases


def test_a_case_that_asks_something_else_is_refused(deal_case: DealCase, tmp_path: Path) -> None:
    other = deal_case.model_copy(update={"input": deal_case.input.model_copy(update={"note": "Another note."})})
    with pytest.raises(InvalidInput, match="1 of its cases are missing, or ask something else now: d-1"):
        open_run(started(tmp_path, deal_case), [other])


@pytest.mark.parametrize("content", ["", "{}", '{"schema": "other/1"}'])
def test_a_folder_of_something_else_is_no_run(deal_case: DealCase, tmp_path: Path, content: str) -> None:
    (started(tmp_path, deal_case) / "run.json").write_text(content, "utf-8")
    with pytest.raises(InvalidInput, match="not the record of a run"):
        open_run(tmp_path)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"provenance": {"engine": "other"}}, "other engine"),
        ({"provenance": {}}, "other engine"),
        ({"cases": ()}, "other cases"),
    ],
)
def test_another_run_is_not_replaced_unless_asked(
    deal_case: DealCase, tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    started(tmp_path, deal_case)
    run: dict[str, Any] = {"cases": [deal_case], "repeat": 1, "provenance": {"engine": "told"}}
    with pytest.raises(InvalidInput, match=rf"holds another run \({named}\); give another --out, or --overwrite"):
        start_run(tmp_path, **{**run, **change})
    start_run(tmp_path, **run)
    start_run(tmp_path, **{**run, **change}, overwrite=True)


def test_answers_of_a_run_that_is_replaced_are_gone_before_the_new_one_begins(
    deal_case: DealCase, tmp_path: Path
) -> None:
    started(tmp_path, deal_case)
    for name in ("predictions.jsonl", "report.json", "report.html"):
        (tmp_path / name).write_text("of the old run", "utf-8")
    start_run(tmp_path, [deal_case], 1, {"engine": "other"}, overwrite=True)
    assert {"run.json", "cases.jsonl"} == {path.name for path in tmp_path.iterdir()}


def test_a_run_that_is_the_same_keeps_its_answers_when_told_to_overwrite(deal_case: DealCase, tmp_path: Path) -> None:
    started(tmp_path, deal_case)
    start_run(tmp_path, [deal_case], 1, {"engine": "told"}, overwrite=True)
    assert (tmp_path / "predictions.jsonl").exists()


def test_a_record_that_cannot_be_read_is_another_run(deal_case: DealCase, tmp_path: Path) -> None:
    (started(tmp_path, deal_case) / "run.json").write_text("{", "utf-8")
    with pytest.raises(InvalidInput, match="holds another run"):
        start_run(tmp_path, [deal_case], 1, {"engine": "told"})
    start_run(tmp_path, [deal_case], 1, {"engine": "told"}, overwrite=True)


def test_fewer_repeats_would_lose_answers_and_more_would_not(deal_case: DealCase, tmp_path: Path) -> None:
    start_run(tmp_path, [deal_case], 2, {})
    with pytest.raises(InvalidInput, match="more repeats"):
        start_run(tmp_path, [deal_case], 1, {})
    start_run(tmp_path, [deal_case], 3, {})


def test_an_empty_folder_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"no run\.json in it"):
        open_run(tmp_path)


def test_of_several_lines_for_one_repeat_the_last_counts() -> None:
    lines = [
        Prediction(id="d-1", repeat=repeat, task="deal", output=None, engine=engine, duration_ms=0)
        for repeat, engine in ((1, "b"), (0, "a"), (1, "c"))
    ]
    assert {"d-1": ["a", "c"]} == {id_: [one.engine for one in of] for id_, of in by_case(lines).items()}


def test_many_ids_are_named_by_the_first_few() -> None:
    assert ["a, b, c", "a, b, c and 2 more"] == [name_some(list("abc")), name_some(list("abcde"))]
