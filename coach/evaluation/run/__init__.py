"""Running cases: bounded, cached, resumable, replayable; and the folder that comes of it."""

from coach.evaluation.run.cache import AnswerCache
from coach.evaluation.run.folder import Run, keep_cases, open_baseline, open_run, start_run
from coach.evaluation.run.journal import Journal
from coach.evaluation.run.progress import show_progress
from coach.evaluation.run.runner import AT_ONCE, Runner, RunOptions

__all__ = [
    "AT_ONCE",
    "AnswerCache",
    "Journal",
    "Run",
    "RunOptions",
    "Runner",
    "keep_cases",
    "open_baseline",
    "open_run",
    "show_progress",
    "start_run",
]
