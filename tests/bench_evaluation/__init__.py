"""Holds the evaluation harness against bare loops and against pydantic-evals: `python -m tests.bench_evaluation`.

From the checkout, after `uv sync --group bench`. A stub provider answers every request after 200 ms, 50 at once; each
contender is a whole process, timed from its start to its exit, and they take turns, so that a machine whose speed
drifts does not matter. `--cases 20 --rounds 1` is a quick look, `--only ours-cached` one contender; see `--help`.
"""
