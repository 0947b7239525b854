"""The canary proof: words of private fields, looked for in every byte that leaves a node and in all
that it keeps (DESIGN section 5, 1). Run it with `make canary`.

    fields.py     every column of the database, and what may be found in it
    markers.py    the words, and the disguises in which they are looked for
    spy/          runs inside each node and writes down what leaves it
    channels.py   every way out that is known; another one fails the proof
    stage.py      three real nodes and a stranger, and the people on them
    drive_*.py    all that people do, room by room
"""
