"""Run on its own: calls the service by a client that OpenAPI Generator made of the 2.0 document."""

from __future__ import annotations

import json
import sys

import coach_client  # type: ignore[import-not-found]

address, key, note = sys.argv[1:]
settings = coach_client.Configuration(host=address.rstrip("/"), api_key={"key": key}, api_key_prefix={"key": "Bearer"})
client = coach_client.ApiClient(settings)
submission = coach_client.DealSubmission(
    note=note, deal=coach_client.DealFields(name="Hallström Foods"), rep="Ilse Brandt"
)
review = coach_client.DealReviewsApi(client).review_deal(submission)
page = coach_client.KeptReviewsApi(client).list_deal_reviews(rep="Ilse Brandt", limit=1)
deals = coach_client.OpportunitiesApi(client).list_opportunities(state="open")
try:
    coach_client.KeptReviewsApi(client).read_deal_review("dr_0123456789abcdef")
except coach_client.ApiException as error:
    failed = json.loads(error.body)
print(
    json.dumps(
        {
            "schema": review.var_schema,
            "quotes": [statement.quote for statement in review.statements],
            "close_date": review.claim.close_date,
            "model": review.provenance.model,
            "kept": [one.id == review.id for one in page.reviews],
            "deals": deals.opportunities,
            "failed": [failed["status"], failed["code"]],
        }
    )
)
