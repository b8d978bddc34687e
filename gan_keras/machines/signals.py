"""Ctrl-C and the notice before a machine is taken away: finish the step, save, then stop."""

import contextlib
import signal
import threading
import time

REPEAT_SECONDS = 1.0  # in which a second signal is a slip of the finger, or the shell's own


@contextlib.contextmanager
def stopping(request_stop):
    """While the block runs, SIGINT and SIGTERM call `request_stop` instead of ending the process.

    A second Ctrl-C ends it at once. One within a second of the first does nothing: it would lose
    what the first is about to save. In a thread other than the main one, which may set no
    handlers, nothing changes.

    Args:
        request_stop: function without arguments.

    Yields:
        A list that receives the number of the signal.
    """
    received, came = [], []

    def handle(number, frame):
        if received:
            if time.monotonic() - came[0] >= REPEAT_SECONDS:
                raise KeyboardInterrupt
            return
        received.append(number)
        came.append(time.monotonic())
        request_stop()

    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
