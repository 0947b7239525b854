"""What this node remembers. The only SQL. Knows neither HTTP nor ActivityPub."""
