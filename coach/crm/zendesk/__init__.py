"""Zendesk: what the first load of an app's page proves."""

from coach.crm.zendesk.proof import agent_of, key_of

__all__ = ["agent_of", "key_of"]
