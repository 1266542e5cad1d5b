"""Ways of asking every case: each module has `run`, which gives the share of right claims, and `NEEDS`, loaded late."""
