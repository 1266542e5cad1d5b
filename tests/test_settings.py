"""What the settings come to, beyond what each says."""

from __future__ import annotations

import pytest

from coach.settings import Settings, same_provider


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gpt-4o", "gpt-4o", True),
        ("openai/gpt-4o", "openai/gpt-4o-mini", True),
        ("openrouter/openai/gpt-4o", "openrouter/anthropic/claude", True),
        ("gpt-4o", "claude-sonnet-4-5", False),
        ("openai/gpt-4o", "gpt-4o", False),
        ("openai", "openai/gpt-4o", False),
        ("openai/gpt-4o", "anthropic/claude", False),
    ],
)
def test_a_key_is_for_models_that_are_known_to_be_of_one_provider(one: str, other: str, *, same: bool) -> None:
    assert same is same_provider(one, other)
    assert same is Settings(_env_file=None, model=other).is_at_home(one)  # type: ignore[call-arg]


def test_a_model_alone_says_that_a_model_reads() -> None:
    assert "local" == Settings(_env_file=None).engine_name  # type: ignore[call-arg]
    assert "llm" == Settings(_env_file=None, model="m").engine_name  # type: ignore[call-arg]
    assert "local" == Settings(_env_file=None, model="m", engine="local").engine_name  # type: ignore[call-arg]
