"""Our own API, for what neither door of the fediverse has: the reply wanted, reactions by name,
who still waits for an answer, a group's moderation, what became of a delete. Small and versioned
(`/api/kith/v1`); `/openapi.json` is made from its routes and types, and `/api` shows it to people.
"""
