"""Use cases, one file each: no HTTP, no SQL, no prompt text."""
