"""News for one persona: who answered, who reacted, who asks to be let in."""
