"""Which currency a code, a name or a symbol means.

Rule: only what means one currency is taken. € is EUR. £ is GBP: other pounds are written with letters beside it, or by
their code. $, kr and ¥ are written for several, and mean none.
"""

from __future__ import annotations

from functools import lru_cache

from coach.pipeline.rows.dictionary import dictionary
from coach.pipeline.rows.problem import Code


@lru_cache(maxsize=1024)
def read_currency(text: str) -> str | Code:
    """The ISO 4217 code that a text means.

    Returns:
        The code; `UNCLEAR_CURRENCY` for a symbol of several currencies, `UNKNOWN_CURRENCY` for anything else.
    """
    known = dictionary()
    code = text.strip().upper()
    if code in known.currencies:
        return code
    folded = " ".join(text.split()).casefold()
    # `US$`, and `$ USD` beside a code.
    found = known.symbols.get(folded.replace(" ", "")) or known.currency_names.get(folded)
    if found:
        return found
    if folded in known.shared:
        return Code.UNCLEAR_CURRENCY
    parts = folded.split()
    codes = {part.upper() for part in parts if part.upper() in known.currencies}
    rest = [part for part in parts if part.upper() not in known.currencies]
    if len(codes) == 1 and all(part in known.shared or part in known.symbols for part in rest):
        return codes.pop()
    return Code.UNKNOWN_CURRENCY
