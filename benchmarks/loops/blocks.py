"""A loop that is timed in blocks, at the command of another process.

The parent starts every loop, then asks one after the other for a block of steps, round after round,
so that what disturbs the machine disturbs all alike.
"""

import json
import os
import sys
import time


class Blocks:
    """The loop's side: call `done()` after every step.

    `done` answers at the end of a block and waits there for the next command, so that a loop which
    Keras drives can be timed like one that is written out.

    Args:
        facts: dict that the parent gets before the first block.
    """

    def __init__(self, facts):
        self.answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
        sys.stdout = sys.stderr  # whatever a library prints
        self._answer(facts)
        self._wait()

    def done(self):
        """One step is made; the last one of a block does not return before the next block."""
        self.remaining -= 1
        if self.remaining == 0:
            self.answer_block({})

    def answer_block(self, measured):
        """Ends the block: its seconds, and what else was measured."""
        self._answer(
            {
                "cpu_seconds": time.process_time() - self.cpu_start,
                "wall_seconds": time.perf_counter() - self.wall_start,
                **measured,
            }
        )
        self._wait()

    def _answer(self, answer):
        print(json.dumps(answer), file=self.answers, flush=True)

    def _wait(self):
        command = sys.stdin.readline().strip()
        if not command:
            os._exit(0)  # the parent is done; a loop under `fit` has no other way out
        self.remaining = int(command)
        self.cpu_start, self.wall_start = time.process_time(), time.perf_counter()
