"""`python -m coach.cli`, for where the `coach` script is not on the path."""

from coach.cli import main

main()
