"""Pages about posts that wait before other nodes hear of them."""
