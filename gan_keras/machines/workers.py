"""The workers that TF_CONFIG names: how many, which one am I, and who of them answers.

TensorFlow trains on several machines if each has the environment variable TF_CONFIG:

    {"cluster": {"worker": ["host-a:23456", "host-b:23456"]},
     "task": {"type": "worker", "index": 0}}

Its own wait for the others can't be interrupted and names nobody, so we wait before it does.
Without TF_CONFIG there is one worker, and every function here is free.
"""

import contextlib
import faulthandler
import json
import os
import socket
import time

LIMIT = "GAN_KERAS_WORKER_TIMEOUT"  # environment variable: seconds to wait for a worker
DEFAULT_LIMIT = 300.0
EXIT_CODE = 75  # sysexits.h, EX_TEMPFAIL: start all workers again


class WorkerLostError(Exception):
    """A worker did not come, or is gone. All must be started again, with `--resume`."""


def addresses():
    """Dict from a worker's name ("worker 1") to its address ("host:port"), the chief first.

    Raises:
        ValueError: TF_CONFIG is no such JSON.
    """
    text = os.environ.get("TF_CONFIG")
    if not text:
        return {}
    try:
        config = json.loads(text)
        tasks = config["cluster"]
        found = {
            f"{kind} {number}": address
            for kind in ("chief", "worker")
            for number, address in enumerate(tasks.get(kind, ()))
        }
        if f"{config['task']['type']} {config['task']['index']}" not in found:
            raise KeyError("task")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            'TF_CONFIG must be JSON of the form {"cluster": {"worker": ["host:port", ...]}, '
            f'"task": {{"type": "worker", "index": 0}}}}. Received: {text}'
        ) from error
    return found


def count():
    """Number of workers; 1 without TF_CONFIG."""
    return max(1, len(addresses()))


def index():
    """This worker's place among them; 0 is the chief, who writes what people look at."""
    if not addresses():
        return 0
    task = json.loads(os.environ["TF_CONFIG"])["task"]
    return list(addresses()).index(f"{task['type']} {task['index']}")


def name(place):
    """What messages call the worker at a place: "worker 1 (host:port)"."""
    return "{} ({})".format(*list(addresses().items())[place])


def own_folder(folder):
    """The run folder of this worker: that of the chief, or <folder>-worker-<n> beside it."""
    return folder if index() == 0 else f"{str(folder).rstrip('/')}-worker-{index()}"


def silent():
    """The places of the other workers that accept no connection now."""
    return [
        place
        for place, address in enumerate(addresses().values())
        if place != index() and not _answers(address)
    ]


def wait_for_all():
    """Returns when every worker has been seen.

    Raises:
        WorkerLostError: the time limit passed (seconds in `GAN_KERAS_WORKER_TIMEOUT`, or 300).
        ValueError: this worker's port is in use.
    """
    limit = float(os.environ.get(LIMIT, DEFAULT_LIMIT))
    deadline = time.monotonic() + limit
    with _listening():
        missing = set(silent())
        while missing:
            if time.monotonic() > deadline:
                raise WorkerLostError(
                    f"Waited {limit:g} s for {_named(missing)}: no answer. Look there, then start "
                    f"all workers again. (The limit is the environment variable {LIMIT}.)"
                )
            time.sleep(0.2)
            missing &= set(silent())
        time.sleep(1.0)  # the last to come must see the others, too, before they close


@contextlib.contextmanager
def bounded_wait():
    """Ends the process if the block hangs in TensorFlow, which holds Python's lock meanwhile."""
    limit = float(os.environ.get(LIMIT, DEFAULT_LIMIT))
    faulthandler.dump_traceback_later(limit, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def losses_named():
    """Turns TensorFlow's error about a lost connection into one that says who is gone.

    Raises:
        WorkerLostError: from any of TensorFlow's errors while another worker does not answer.
    """
    if count() == 1:
        yield
        return
    import tensorflow as tf

    try:
        yield
    except tf.errors.OpError as error:
        gone = _gone()
        if not gone:
            raise
        raise WorkerLostError(
            f"Lost {_named(gone)}. TensorFlow can't take a worker back in: start all workers "
            "again, with --resume. Nothing before the last checkpoint is lost."
        ) from error


def _gone(patience=5.0):
    """Who does not answer; a process that dies may take a moment to let go of its port."""
    deadline = time.monotonic() + patience
    while not (found := silent()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def _named(places):
    return " and ".join(name(place) for place in sorted(places))


def _answers(address):
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=2.0):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def _listening():
    """Answers at this worker's port until TensorFlow does."""
    address = list(addresses().values())[index()]
    port = int(address.rpartition(":")[2])
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("", port))
        except OSError as error:
            raise ValueError(
                f"Port {port} of {name(index())} can't be used ({error.strerror}). End the process "
                "that has it, or change TF_CONFIG on every worker."
            ) from error
        listener.listen(1024)
        yield
