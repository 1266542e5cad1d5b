"""Strings in, spans out: segmentation, grounding, dates, people, documents. Pure; offsets are code points."""
