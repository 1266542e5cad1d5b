"""The engine that reads by a language model: any that litellm reaches."""

from coach.engines.llm.asking import Patience
from coach.engines.llm.budget import Budgets
from coach.engines.llm.call import Call, Client, Reply, Target
from coach.engines.llm.client import LitellmClient
from coach.engines.llm.engine import Asked, LlmEngine

__all__ = ["Asked", "Budgets", "Call", "Client", "LitellmClient", "LlmEngine", "Patience", "Reply", "Target"]
