"""A rep's material, by a model."""
