"""The cases that every contender is given, and what the stub answers to each: the gold labels, spoilt a little.

Plain JSON throughout: what makes the cases must not weigh on what is measured.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

_GOLD = Path(__file__).parents[2] / "evals" / "cases" / "deals.jsonl"
_TAGS = ("short", "long", "email", "log", "second-language")
_KINDS = {"buyer_statement": "buyer_action", "seller_action": "seller_opinion"}


def write_cases(count: int, folder: Path) -> tuple[Path, Path]:
    """Write so many cases, and the answer to each by its id; the gold notes come round again under new ids.

    Returns:
        The file of cases and the file of answers.
    """
    cases, answers = folder / f"cases-{count}.jsonl", folder / f"answers-{count}.jsonl"
    with cases.open("w", encoding="utf-8") as asked, answers.open("w", encoding="utf-8") as answered:
        for number, case in enumerate(islice(_gold(), count)):
            case |= {"id": f"{case['id']}-{number}", "tags": [_TAGS[number % len(_TAGS)]]}
            asked.write(json.dumps(case, ensure_ascii=False) + "\n")
            answered.write(json.dumps({"id": case["id"], "answer": json.dumps(_spoilt(case, number))}) + "\n")
    return cases, answers


def read_answers(path: Path) -> dict[str, str]:
    """What is answered to each case, a JSON text, by id."""
    with path.open(encoding="utf-8") as file:
        return {line["id"]: line["answer"] for line in map(json.loads, file)}


def _gold() -> Iterator[dict[str, Any]]:
    for line in cycle(_GOLD.read_text("utf-8").splitlines()):
        yield json.loads(line)


def _spoilt(case: dict[str, Any], number: int) -> dict[str, Any]:
    """A reading about as wrong as a middling model's: 90 % of the claims are right."""
    expected = case["expected"]
    statements = [one for place, one in enumerate(expected["statements"]) if (place + number) % 7]
    return {
        "statements": [_moved(one, case["input"]["note"], place + number) for place, one in enumerate(statements)],
        "coverage": {**expected["coverage"], **({"process": "partial"} if number % 4 == 0 else {})},
        "claim": expected["claim"] if number % 10 else _other(expected["claim"]),
    }


def _moved(statement: dict[str, Any], note: str, number: int) -> dict[str, Any]:
    end = statement["end"] - 3 * (number % 5 == 0 and len(statement["quote"]) > 3)
    kind = statement["kind"] if number % 6 else _KINDS.get(statement["kind"], statement["kind"])
    return {**statement, "kind": kind, "end": end, "quote": note[statement["start"] : end]}


def _other(claim: str) -> str:
    return "established" if claim == "unproven" else "unproven"
