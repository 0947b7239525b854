"""`kith demo`: two real nodes on this machine, each a small community, in conversation.

run.py         begins and ends it        places.py      directories and databases
processes.py   the two `kith serve`      errands.py     `kith account create` and the like
communities.py who lives there           seed.py        lets them in, and lets them write
story.py       what happens, step by step, and what both sides must show
"""
