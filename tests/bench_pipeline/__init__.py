"""Measures the monthly 1-on-1 and the import against their targets: `python -m tests.bench_pipeline`.

From the checkout. `--postgres URL` names a server on which scratch databases are made and dropped, by a user who may
load without checking references; without it only SQLite is measured. The data are made up from a seed. `--only single
--large 100000` is a quicker look; see `--help`.
"""
