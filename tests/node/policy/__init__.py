"""Who gets what at every address: a declared table, and a sweep that asks all of it."""
