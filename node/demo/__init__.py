"""`kith demo`: two real nodes on this machine, each a small community, in conversation.

`run.py` begins and ends it, in the `places.py` where the nodes keep their data. `processes.py` runs
the two `kith serve`, which the `leash.py` ends when the demo is gone; `errands.py` runs `kith
account create` and the like. `communities.py` says who lives there (`harbour.py`, `meadow.py`) and
`seed.py` lets them in. `story.py` is what happens, step by step: `acts.py` does it, `checks.py`
holds what both sides show against each other, through `stage.py` and `views.py`.
"""
