"""Migrations, the same on SQLite and PostgreSQL, each of them whole or not at all."""

HEAD = "0003"
"""The version that this code needs; a test holds it against the scripts."""
