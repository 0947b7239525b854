"""Streams for client apps: what happens is told at once to whoever has one open.

storage/events.py   what was committed, as numbered rows of ids
reader.py           one reader in each process takes them in order, and loses none
audience.py         who gets which of them, found by index; who may see what is asked anew
hub.py              the open connections, their limits and their ends
socket.py sse.py    the two ways in which clients listen
"""
