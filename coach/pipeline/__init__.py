"""CRM rows to opportunities, and the arithmetic of the 1-on-1 and of the claim ledger. Pure: no I/O, no clock."""
