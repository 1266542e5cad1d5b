"""What a rep says to what was said about them: made again with it, both kept, the difference told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from coach.cli.main import cli
from coach.errors import StoreError

NOTE = "I sent Dana the order form. I think we close this month. They love us."
GIVEN = {
    "rep": "Ilse Brandt",
    "deal": {"name": "Hallström Foods", "close_date": "2026-03-31"},
    "note": NOTE,
    "written_on": "2026-03-02",
}
TALK = {
    "manager": "Ruth",
    "transcript": "Ruth: Did the quote go out?\nIlse: On Monday.\nRuth: Good.",
    "held_on": "2026-03-03",
}
PACKET = {
    "rep": "Ilse Brandt",
    "as_of": "2026-03-03",
    "manager_observation": "The call block was in her diary on four mornings, and each time she tidied the CRM.",
}
PROOF = "On Friday Dana's CFO signed the order form and sent it back to us. Dana set the kick-off for 16 March."


def reviewed(client: TestClient, **changed: Any) -> dict[str, Any]:
    made: dict[str, Any] = client.post("/v1/deal-reviews", json=GIVEN | changed).json()
    return made


def replied(client: TestClient, review: str, text: str = PROOF, day: str = "2026-03-09") -> dict[str, Any]:
    answer = client.post(f"/v1/reviews/{review}/reply", json={"text": text, "written_on": day})
    assert 200 == answer.status_code, answer.text
    difference: dict[str, Any] = answer.json()["difference"]
    return difference


def test_a_reply_with_what_the_customer_did_changes_the_verdict_and_both_can_be_read(served: TestClient) -> None:
    first = reviewed(served)
    difference = replied(served, first["id"])
    assert first["id"] == difference["before"]
    assert first["claim"]["verdict"] == difference["claim"]["before"] == "unproven"
    assert any("signed the order form" in one["quote"] and one["grade"] >= 4 for one in difference["added"])
    assert [] == difference["gone"]
    second = served.get(f"/v1/deal-reviews/{difference['after']}").json()
    assert difference["claim"]["after"] == second["claim"]["verdict"]
    assert first == served.get(f"/v1/deal-reviews/{first['id']}").json()
    assert ["with_reply"] == [one["code"] for one in second["notices"]][:1]


def test_every_quote_of_the_second_review_stands_in_note_and_reply(served: TestClient) -> None:
    first = reviewed(served)
    second = served.get(f"/v1/deal-reviews/{replied(served, first['id'])['after']}").json()
    whole = f"{NOTE}\n\n[Reply of 2026-03-09]\n{PROOF}"
    assert all(whole[one["start"] : one["end"]] == one["quote"] for one in second["statements"])
    assert any(one["start"] >= len(NOTE) for one in second["statements"])


def test_dates_in_a_reply_are_counted_from_its_own_day(served: TestClient) -> None:
    difference = replied(served, reviewed(served)["id"])
    second = served.get(f"/v1/deal-reviews/{difference['after']}").json()
    signed = next(one for one in second["statements"] if "signed" in one["quote"])
    assert "2026-03-06" == signed["when"]


def test_a_hope_changes_nothing_that_was_established(served: TestClient) -> None:
    difference = replied(served, reviewed(served)["id"], "I am sure they will sign, believe me. They love us.")
    assert difference["claim"]["before"] == difference["claim"]["after"]
    assert all(one["grade"] < 4 for one in difference["added"])


def test_the_second_review_stands_for_the_note_and_counts_once(served: TestClient) -> None:
    first = reviewed(served)
    second = replied(served, first["id"])["after"]
    listed = served.get("/v1/deal-reviews?rep=Ilse Brandt").json()["reviews"]
    assert [second] == [one["id"] for one in listed]
    packet = {"rep": "Ilse Brandt", "as_of": "2026-03-10", "manager_observation": "She promised ten calls."}
    assert [second] == served.post("/v1/diagnoses", json=packet).json()["deal_reviews"]


def test_a_reply_to_the_second_review_goes_on_from_it(served: TestClient) -> None:
    second = replied(served, reviewed(served)["id"])["after"]
    more = "Dana's counsel approved the terms on Tuesday."
    third = replied(served, second, more, "2026-03-12")
    assert second == third["before"]
    review = served.get(f"/v1/deal-reviews/{third['after']}").json()
    whole = f"{NOTE}\n\n[Reply of 2026-03-09]\n{PROOF}\n\n[Reply of 2026-03-12]\n{more}"
    assert all(whole[one["start"] : one["end"]] == one["quote"] for one in review["statements"])


def test_what_is_said_again_proves_no_more(served: TestClient) -> None:
    second = replied(served, reviewed(served)["id"])["after"]
    again = replied(served, second)
    assert [] == again["added"]
    assert again["claim"]["before"] == again["claim"]["after"]
    assert again["claim"]["why_before"] == again["claim"]["why_after"]


def test_what_was_said_is_listed_with_what_it_changed(served: TestClient) -> None:
    first = reviewed(served)
    difference = replied(served, first["id"])
    (said,) = served.get(f"/v1/reviews/{first['id']}/replies").json()["replies"]
    assert (PROOF, "local", difference) == (said["text"], said["by"], said["difference"])
    assert [] == served.get(f"/v1/reviews/{difference['after']}/replies").json()["replies"]


def test_a_reply_may_be_kept_without_another_review(served: TestClient) -> None:
    first = reviewed(served)
    answer = served.post(f"/v1/reviews/{first['id']}/reply", json={"text": PROOF, "rerun": False})
    assert {"kept": True, "difference": None} == answer.json()
    (said,) = served.get(f"/v1/reviews/{first['id']}/replies").json()["replies"]
    assert (PROOF, None) == (said["text"], said["difference"])
    assert [first] == served.get("/v1/deal-reviews").json()["reviews"]


def test_the_difference_tells_what_to_work_on_and_the_balance(served: TestClient) -> None:
    first = reviewed(served)
    difference = replied(served, first["id"])
    second = served.get(f"/v1/deal-reviews/{difference['after']}").json()
    assert {"before": first["focus"]["title"], "after": second["focus"]["title"]} == difference["focus"]
    assert {"before": first["balance"], "after": second["balance"]} == difference["balance"]
    assert first["balance"]["buyer"] < second["balance"]["buyer"]


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_a_reply_without_words_is_refused_and_not_kept(served: TestClient, text: str) -> None:
    first = reviewed(served)
    answer = served.post(f"/v1/reviews/{first['id']}/reply", json={"text": text})
    assert 422 == answer.status_code
    assert [] == served.get(f"/v1/reviews/{first['id']}/replies").json()["replies"]


def test_what_is_dated_after_tomorrow_is_refused_and_not_kept(served: TestClient) -> None:
    to_come = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    review = reviewed(served)["id"]
    for path, body in (
        ("/v1/deal-reviews", GIVEN | {"note": f"{NOTE} And more.", "written_on": to_come}),
        (f"/v1/reviews/{review}/reply", {"text": PROOF, "written_on": to_come}),
    ):
        answer = served.post(path, json=body)
        assert (422, f"written_on: {to_come} is still to come") == (answer.status_code, answer.json()["detail"])
    assert [review] == [one["id"] for one in served.get("/v1/deal-reviews").json()["reviews"]]
    assert [] == served.get(f"/v1/reviews/{review}/replies").json()["replies"]


def test_a_diagnosis_is_kept_read_and_replied_to(served: TestClient) -> None:
    first = served.post("/v1/diagnoses", json=PACKET).json()
    assert [first] == served.get("/v1/diagnoses?rep=ilse brandt").json()["diagnoses"]
    assert first == served.get(f"/v1/diagnoses/{first['id']}").json()
    said = "Nobody has shown me how to open a call with a plant manager. I asked for a training in January."
    difference = replied(served, first["id"], said)
    assert ("coach.diagnosis_difference/1", first["id"]) == (difference["schema"], difference["before"])
    second = served.get(f"/v1/diagnoses/{difference['after']}").json()
    assert second["primary"]["gap"] == difference["primary_after"]["gap"]
    assert second["prescription"]["title"] == difference["prescription"]["after"]
    texts = (said, PACKET["manager_observation"])
    assert [] == [one["quote"] for one in second["signals"] if not any(one["quote"] in text for text in texts)]
    assert [second["id"]] == [one["id"] for one in served.get("/v1/diagnoses").json()["diagnoses"]]


def test_conversations_of_a_manager_are_listed_and_read(served: TestClient) -> None:
    made = served.post("/v1/manager-reviews", json=TALK).json()
    assert made == served.get(f"/v1/manager-reviews/{made['id']}").json()
    assert 404 == served.get(f"/v1/manager-reviews/mr_{24 * '0'}").status_code
    assert [made["id"]] == [one["id"] for one in served.get("/v1/manager-reviews?manager=ruth").json()["reviews"]]
    assert [] == served.get("/v1/manager-reviews?manager=Tom").json()["reviews"]


def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[dict[str, Any]], str]:
    """The cases that the corrections of the workspace become, and what is said of the rest."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    ended = CliRunner().invoke(cli, ["eval", "export-feedback", "--from-store"])
    assert 0 == ended.exit_code, ended.output
    Path("cases.jsonl").write_text(ended.stdout)
    return [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


def rerun() -> dict[str, Any]:
    """The figures of a run on what was exported."""
    ran = CliRunner().invoke(cli, ["eval", "run", "cases.jsonl", "--out", "run", "--engine", "local"])
    assert 0 == ran.exit_code, ran.output
    metrics: dict[str, Any] = json.loads(Path("run/report.json").read_text())["metrics"]
    return metrics


def corrected(client: TestClient, review: str, place: int, **said: Any) -> None:
    answer = client.post(f"/v1/findings/{review}.{place}/feedback", json={"right": False} | said)
    assert 200 == answer.status_code, answer.text


def test_corrections_become_cases_that_the_next_run_is_held_to(
    served: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reviewed(served)
    wrong = next(number for number, one in enumerate(first["statements"]) if "love us" in one["quote"])
    fixed = next(number for number, one in enumerate(first["statements"]) if "order form" in one["quote"])
    corrected(served, first["id"], fixed, should_be={"kind": "seller_opinion"}, why="hope")
    corrected(served, first["id"], wrong)
    corrected(served, first["id"], wrong, right=True)
    (case,), left_out = exported(tmp_path, monkeypatch)
    assert ("feedback", NOTE, "") == (case["split"], case["input"]["note"], left_out)
    kinds = {one["quote"]: one["kind"] for one in case["expected"]["statements"]}
    assert "seller_opinion" == kinds[first["statements"][fixed]["quote"]]
    assert first["statements"][wrong]["kind"] == kinds[first["statements"][wrong]["quote"]]
    assert "Ilse" not in json.dumps(case)
    figures = rerun()
    assert 1 == figures["claim_accuracy"]["n"]
    assert figures["kind_macro_f1"]["value"] < 1


def test_what_was_called_the_customers_can_be_corrected_to_ours(
    served: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reviewed(served, note=PROOF)
    place = next(number for number, one in enumerate(first["statements"]) if one["centre"] == "buyer")
    corrected(served, first["id"], place, should_be={"kind": "seller_opinion"})
    (case,), _ = exported(tmp_path, monkeypatch)
    one = next(one for one in case["expected"]["statements"] if one["quote"] == first["statements"][place]["quote"])
    assert ("seller_opinion", None, None, None) == tuple(
        one[name] for name in ("kind", "verifiable", "direction", "informs")
    )


def test_corrections_of_a_conversation_and_of_a_diagnosis_become_cases(
    served: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = served.post("/v1/manager-reviews", json=TALK).json()
    found = served.post("/v1/diagnoses", json=PACKET).json()
    corrected(served, talk["id"], 0, should_be={"move": "buyer_question"})
    gap = "environment"
    assert gap != found["primary"]["gap"]
    corrected(served, found["id"], found["primary"]["because"][0], should_be={"gap": gap})
    cases, _ = exported(tmp_path, monkeypatch)
    by_task = {case["task"]: case for case in cases}
    assert {"talk", "rep"} == set(by_task)
    (move, *_) = by_task["talk"]["expected"]["moves"]
    assert (talk["moves"][0]["quote"], "buyer_question") == (move["quote"], move["move"])
    expected = by_task["rep"]["expected"]
    misread = found["signals"][found["primary"]["because"][0]]["quote"]
    assert (gap, None, gap) == (expected["gap"], expected["sub_type"], expected["prescription"])
    assert misread not in expected["key_quotes"]
    assert 0 == rerun()["gap_accuracy"]["value"]


def test_labels_that_do_not_fit_together_are_left_out_and_told(
    served: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, talk = reviewed(served), served.post("/v1/manager-reviews", json=TALK).json()
    ours = next(number for number, one in enumerate(first["statements"]) if one["centre"] == "seller")
    corrected(served, first["id"], ours, should_be={"kind": "buyer_action"})
    corrected(served, talk["id"], 0)
    cases, left_out = exported(tmp_path, monkeypatch)
    assert ["talk"] == [case["task"] for case in cases]
    assert talk["moves"][0]["quote"] not in [one["quote"] for one in cases[0]["expected"]["moves"]]
    assert first["id"] in left_out


@pytest.mark.parametrize(
    ("label", "says"), [({"move": "tell"}, "no move; it has kind"), ({"gap": "will"}, "no gap; it has kind")]
)
def test_a_finding_has_the_labels_of_its_kind(served: TestClient, label: dict[str, str], says: str) -> None:
    first = reviewed(served)
    refused = served.post(f"/v1/findings/{first['id']}.0/feedback", json={"right": False, "should_be": label})
    assert (422, "invalid_input") == (refused.status_code, refused.json()["code"])
    assert says in refused.json()["detail"]


def test_where_the_reply_cannot_be_kept_the_first_review_stands(
    served: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reviewed(served)

    async def fails(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("coach.store.feedback.put_review", fails)
        refused = served.post(f"/v1/reviews/{first['id']}/reply", json={"text": PROOF, "written_on": "2026-03-09"})
    assert 503 == refused.status_code
    assert [] == served.get(f"/v1/reviews/{first['id']}/replies").json()["replies"]
    assert [first] == served.get("/v1/deal-reviews").json()["reviews"]
