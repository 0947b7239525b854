"""Web Push: devices are told that there is news (RFC 8030, 8291, 8292).

rules.py         what a device may ask for, and what it is told: nothing by default but that
                 there is something
encryption.py    RFC 8291: only the device can read it
vapid.py         RFC 8292: who we are towards push services; the node's own key
subscribing.py   the use cases of the API
sending.py       the worker: what waits is sent, tried again, or given up
"""
