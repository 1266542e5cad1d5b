"""A test double of a model provider: an HTTP server that speaks OpenAI's and Anthropic's protocols, and fails as told.

    async with Provider('{"statements": []}') as provider:
        provider.script(Fault.RATE_LIMITED.of(seconds=2), Fault.RESET)
        ...  # ask at provider.openai_base or provider.anthropic_base: two failures, then the answer
        assert "Dana" in provider.asked[-1].user

`with Provider(...)` does the same in a thread of its own, `python -m coach.testing.provider` in a process of its own.
A fault can also be asked for by the name of the model: `any-name@hang`, `any-name@rate_limited=2`.
"""

from coach.testing.provider.asked import Asked, Message
from coach.testing.provider.fault import Fault, Injection
from coach.testing.provider.provider import Provider
from coach.testing.provider.wire import Usage

__all__ = ["Asked", "Fault", "Injection", "Message", "Provider", "Usage"]
