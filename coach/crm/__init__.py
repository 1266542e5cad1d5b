"""What CRMs ask, prove and are shown, each by its vendor's published rules; no HTTP server, no store.

Rule: nothing here writes to a CRM. What Coach would change there is shown to a person, who decides.
"""
