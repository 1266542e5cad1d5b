"""Checks every rubric, and that no content changes without a higher version: `versions.lock` keeps the hashes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coach.rubrics.families import FAMILIES
from coach.rubrics.loader import available, read, rubrics_dir
from coach.rubrics.model import Rubric
from coach.rubrics.problem import Problem
from coach.rubrics.prompt import FILE as PROMPT

LOCK = "versions.lock"


def check(root: Path | None = None) -> list[Problem]:
    """All that is wrong with the rubrics of a folder; each file is named from that folder."""
    root = root or rubrics_dir()
    ids = available(root)
    if not ids:
        return [Problem(".", "", "no rubric here: none of its folders holds a rubric.yaml")]
    problems = [
        Problem(f"{name}/rubric.yaml", "", "is missing, and a task reads it") for name in FAMILIES if name not in ids
    ]
    locked = _locked(root)
    for rubric_id in ids:
        rubric, found = read(root / rubric_id)
        problems += [Problem(f"{rubric_id}/{file}", path, message) for file, path, message in found]
        if rubric is not None and locked is not None:
            problems += _version_problems(rubric, locked.get(rubric_id))
    return problems


def lock(root: Path | None = None) -> list[Problem]:
    """Write `versions.lock` for rubrics that are sound and either new, unchanged or of a higher version.

    Returns:
        What stands in the way; the file is written only where nothing does.
    """
    root = root or rubrics_dir()
    problems = [one for one in check(root) if one.file != LOCK]
    if not problems:
        rubrics = (read(root / rubric_id)[0] for rubric_id in available(root))
        fresh = {rubric.id: _entry(rubric) for rubric in rubrics if rubric is not None}
        (root / LOCK).write_text(json.dumps(fresh, indent=2) + "\n", encoding="utf-8")
    return problems


def _entry(rubric: Rubric) -> dict[str, dict[str, Any]]:
    """The hash of each part that has a version of its own."""
    return {
        "rubric.yaml": {"version": rubric.version, "sha256": rubric.sha256},
        PROMPT: {"version": rubric.prompt.version, "sha256": rubric.prompt.sha256},
    }


def _locked(root: Path) -> dict[str, dict[str, Any]] | None:
    """The lock, or None where a folder keeps none."""
    try:
        content: dict[str, dict[str, Any]] = json.loads((root / LOCK).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return content


def _version_problems(rubric: Rubric, before: dict[str, dict[str, Any]] | None) -> list[Problem]:
    problems = []
    for file, now in _entry(rubric).items():
        then = (before or {}).get(file)
        if then is None or now["version"] > then["version"]:
            message = f"does not know version {now['version']} of {file}; refresh the lock"
            problems.append(Problem(LOCK, rubric.id, message))
        elif now != then:
            message = f"the content changed; raise it above {then['version']} and say in `changed` what is new"
            problems.append(Problem(f"{rubric.id}/{file}", "version", message))
    return problems
