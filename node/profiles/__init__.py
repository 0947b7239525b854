"""Profiles: what a persona writes outside groups, who follows it, and what people hand on."""
