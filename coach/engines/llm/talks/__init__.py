"""A manager's conversations, by a model."""
