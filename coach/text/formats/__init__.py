"""One module for each kind of file that a note may come in: bytes in, text out.

Rule: pure; nothing is fetched, nothing is inflated past a bound, and what cannot be read is an `InvalidInput` that
says why.
"""
