"""Ties a node to the demo that started it: the pipe on its standard input closes when the demo is
gone, however that came about, and then the node ends too.
"""

import os
import signal
import sys
import threading


def hold() -> None:
    """From now on, this process ends in good order when its standard input does."""
    threading.Thread(target=_end_with_input, name="leash", daemon=True).start()


def _end_with_input() -> None:
    descriptor = sys.stdin.fileno()
    while os.read(descriptor, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
