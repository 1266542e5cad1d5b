"""What a CRM adds to an address, each thing once: whoever puts another before it gets nothing by that."""

from __future__ import annotations

from urllib.parse import parse_qsl

from coach.errors import BadSignature


def once_each(query: str, names: tuple[str, ...], told: str) -> tuple[str, ...]:
    """The values of names in a query string or a form.

    Args:
        query: As it came.
        names: Each of them has to be there, once, and say something.
        told: What to say where that is not so.

    Raises:
        BadSignature: one is missing, empty, or there twice.
    """
    try:
        given = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        raise BadSignature(told) from None
    found = [[value for name, value in given if name == wanted] for wanted in names]
    if any(len(values) != 1 or not values[0] for values in found):
        raise BadSignature(told)
    return tuple(values[0] for values in found)
