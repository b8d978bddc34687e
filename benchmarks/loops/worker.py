"""The other side of `blocks`: a loop's process, and the images that it is fed."""

import json
import os
import pathlib
import subprocess

import numpy as np

from benchmarks.pages import report


class Worker:
    """A process that runs one loop, block by block."""

    def __init__(self, name, arguments, python, errors, variables=None):
        self.name, self.errors = name, errors
        self.process = subprocess.Popen(
            [python, "-m", "benchmarks.loops.run", name, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=report.ROOT,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **(variables or {})},
            text=True,
        )
        self._facts = None

    @property
    def facts(self):
        """What it says of itself as soon as it has started."""
        if self._facts is None:
            self._facts = self._answer()
        return self._facts

    def block(self, num_steps):
        """Makes that many steps; a dict of CPU seconds, wall seconds and what else was measured."""
        assert self.facts, "it has started"
        print(num_steps, file=self.process.stdin, flush=True)
        return self._answer()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            self.errors.seek(0)
            lines = self.errors.read().strip().splitlines()
            raise RuntimeError(f"{self.name} stopped: {lines[-1] if lines else 'no message'}")
        return json.loads(line)


def write_images(configuration, folder):
    """A file of uint8 images of the configuration's shape: bands of random grey or colour."""
    random = np.random.default_rng(0)
    height, width, channels = configuration.image_shape
    rows = random.integers(0, 256, (4096, height, 1, channels), dtype=np.uint8)
    path = str(pathlib.Path(folder) / "images.npy")
    np.save(path, np.repeat(rows, width, axis=2))
    return path
