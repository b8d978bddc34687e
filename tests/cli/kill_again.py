"""Runs `gan-keras train` in children that are killed with SIGKILL, again and again; a script.

TensorFlow is imported once, here, and first used in the children: importing it starts no thread,
so that they may be forked, and start in a second instead of ten.

    python kill_again.py SEED NUM_KILLS FOLDER ARGUMENTS...
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import gan_keras.running.training  # TensorFlow, Keras and all that a child would import
from gan_keras.cli import main

assert gan_keras.running.training


def child(arguments):
    """Starts the command in a process of its own and returns its id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        main(arguments)
    except SystemExit as error:
        code = error.code or 0
    finally:
        os._exit(code)


def ended(pid):
    """Whether a child has ended by itself."""
    return os.waitpid(pid, os.WNOHANG)[0] != 0


def wait(pid, condition, seconds):
    """Polls until the condition holds or the time is over; False if the child ended before."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not condition():
        if ended(pid):
            return False
        time.sleep(0.0005)
    return True


def kill_somewhere(pid, checkpoints, chance, how):
    """Kills the child in the middle of a write, between two, or at any time since its start."""
    known = set(checkpoints.glob("0*"))

    def writes():
        return any(checkpoints.glob(".*"))

    def has_saved():
        return bool(set(checkpoints.glob("0*")) - known)

    if how == "any time":
        going = wait(pid, lambda: False, chance.uniform(0, 6))
    else:
        going = wait(pid, has_saved, 60) and wait(pid, lambda: False, chance.uniform(0, 0.5))
    if going and how == "writing":
        going = wait(pid, writes, 60) and wait(pid, lambda: False, chance.uniform(0, 0.03))
    if not going:
        raise RuntimeError(f"the run ended before kill '{how}'")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def kill_again(seed, num_kills, folder, arguments):
    """Kills the run `num_kills` times; prints how many died in the middle of a checkpoint."""
    chance, checkpoints, torn = random.Random(seed), Path(folder) / "checkpoints", 0
    for number in range(num_kills):
        command = ["train", "--resume", folder] if Path(folder).exists() else arguments
        pid = child([*command, "--checkpoint-every", "3"])
        kill_somewhere(pid, checkpoints, chance, ("writing", "any time", "between")[number % 3])
        torn += any(checkpoints.glob(".*"))
    print(torn)


if __name__ == "__main__":
    kill_again(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
