"""Run on its own: calls the service by a client that `openapi-python-client` made of the 3.0 document."""

from __future__ import annotations

import json
import sys

from coach_client import AuthenticatedClient  # type: ignore[import-not-found]
from coach_client.api.deal_reviews import review_deal  # type: ignore[import-not-found]
from coach_client.api.kept_reviews import list_deal_reviews, read_deal_review  # type: ignore[import-not-found]
from coach_client.api.opportunities import list_opportunities  # type: ignore[import-not-found]
from coach_client.models import (  # type: ignore[import-not-found]
    DealFields,
    DealSubmission,
    ListOpportunitiesState,
    Problem,
)

address, key, note = sys.argv[1:]
client = AuthenticatedClient(base_url=address.rstrip("/"), token=key)
deal = DealFields(name="Hallström Foods")
review = review_deal.sync(client=client, body=DealSubmission(note=note, deal=deal, rep="Ilse Brandt"))
page = list_deal_reviews.sync(client=client, rep="Ilse Brandt", limit=1)
deals = list_opportunities.sync(client=client, state=ListOpportunitiesState.OPEN)
failed = read_deal_review.sync(id="dr_0123456789abcdef", client=client)
assert isinstance(failed, Problem)
print(
    json.dumps(
        {
            "schema": review.schema.value,
            "quotes": [statement.quote for statement in review.statements],
            "close_date": review.claim.close_date,
            "model": review.provenance.model,
            "kept": [one.id == review.id for one in page.reviews],
            "deals": deals.opportunities,
            "failed": [failed.status, failed.code],
        }
    )
)
