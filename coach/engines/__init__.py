"""Engines turn text into labelled, grounded observations; all keep the protocol of `base`."""
