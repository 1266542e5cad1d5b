"""What tests of Coach need and others may use; nothing of Coach itself imports it."""
