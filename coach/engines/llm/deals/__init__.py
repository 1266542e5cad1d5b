"""Deal notes, by a model."""
