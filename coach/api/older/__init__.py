"""The API's description in two older formats, for tools that read no other: OpenAPI 3.0 and Swagger 2.0.

Both are derived from the one of OpenAPI 3.1 (`coach.api.description`), and no word of them is written twice. Where
their format has no word for something they say less than that one, and never anything else: what fits it fits these.
"""
