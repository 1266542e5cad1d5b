"""Which operations a reader of the older formats can use: those that take and give one JSON document.

And has a use for: an automation runs no service, and such readers bound how long a document may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_JSON = "application/json"
_WHY = {
    "for administrators": {"audit", "keys", "privacy", "workspace"},
    "for people, about the reader": {"eval-runs"},
    "signed by a CRM": {"hubspot", "pipedrive"},
}
"""Why operations are left out that have one of these tags."""


def unfit(operation: Mapping[str, Any]) -> str | None:
    """Why an operation is left out, in a few words; None where it is not.

    A body that is sent as it is, such as an export of a CRM, would be sent as one long JSON string; a stream of events
    would be waited for until it ends; and an answer of several formats has no schema.

    Args:
        operation: Of the 3.1 document.
    """
    tags = set(operation.get("tags", ()))
    for why, left_out in _WHY.items():
        if tags & left_out:
            return why
    sent = operation.get("requestBody", {}).get("content", {_JSON: None})
    if set(sent) != {_JSON}:
        return f"takes {', '.join(sorted(sent))}"
    for status, response in operation["responses"].items():
        if not status.startswith("2") or status == "204":
            continue
        given = set(response.get("content", ()))
        if given != {_JSON}:
            return f"answers with {', '.join(sorted(given)) or 'a document'}"
    return None
