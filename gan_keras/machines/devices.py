"""Determinism and `tf.distribute` strategies, and all that is set for a whole process."""

import contextlib
import os

import keras
import tensorflow as tf

from gan_keras.machines import workers
from gan_keras.machines.precision import PRECISIONS

STRATEGIES = ("auto", "mirrored", "multi_worker", "tpu")


def configure(*, precision="float32", deterministic=False):
    """Sets what holds for the whole process; call it before anything is built.

    Args:
        precision: one of `precision.PRECISIONS`.
        deterministic: whether ops that are fast in any order must be slow in one (on a GPU; on a
            CPU a run gives the same bits as it is).

    Raises:
        ValueError: an unknown precision.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"`precision` is one of {', '.join(PRECISIONS)}. Received: {precision!r}")
    keras.config.set_dtype_policy(precision)
    if deterministic:
        tf.config.experimental.enable_op_determinism()


def strategy(name="auto"):
    """A `tf.distribute` strategy; None where one device needs none.

    Args:
        name: one of `STRATEGIES`. "auto" takes TF_CONFIG's workers if it is set, a TPU if one
            answers, all GPUs if there are several, or the one device.

    Raises:
        ValueError: an unknown name, or something that this machine can't give.
        WorkerLostError: a worker of TF_CONFIG did not come in time.
    """
    if name not in STRATEGIES:
        raise ValueError(f"`strategy` is one of {', '.join(STRATEGIES)}. Received: {name!r}")
    return {"auto": _auto, "mirrored": _mirrored, "multi_worker": _multi_worker, "tpu": _tpu}[
        name
    ]()


def scope(chosen):
    """The strategy's scope, or one that does nothing."""
    return contextlib.nullcontext() if chosen is None else chosen.scope()


def _auto():
    if os.environ.get("TF_CONFIG"):
        return _multi_worker()
    if os.environ.get("TPU_NAME") or tf.config.list_logical_devices("TPU"):
        return _tpu()
    if len(tf.config.list_logical_devices("GPU")) > 1:
        return _mirrored()
    return None


def _mirrored():
    gpus, cpus = (tf.config.list_logical_devices(kind) for kind in ("GPU", "CPU"))
    devices = gpus if len(gpus) > 1 else cpus
    if len(devices) < 2:
        raise ValueError(
            f"--strategy mirrored needs at least two GPUs; this machine has {len(gpus)}. "
            "Leave --strategy out."
        )
    names = [device.name for device in devices]
    if devices is gpus:
        return tf.distribute.MirroredStrategy(names)
    # Logical CPU devices, as in tests: the collectives of a second strategy would hang.
    return tf.distribute.MirroredStrategy(
        names, cross_device_ops=tf.distribute.ReductionToOneDevice()
    )


def _multi_worker():
    if not os.environ.get("TF_CONFIG"):
        raise ValueError(
            "--strategy multi_worker needs TF_CONFIG, which names all workers and which one this "
            "is. Set it on every worker."
        )
    workers.wait_for_all()
    with workers.bounded_wait():
        return tf.distribute.MultiWorkerMirroredStrategy()


def _tpu():
    try:
        resolver = tf.distribute.cluster_resolver.TPUClusterResolver()
        tf.config.experimental_connect_to_cluster(resolver)
        tf.tpu.experimental.initialize_tpu_system(resolver)
    except (ValueError, tf.errors.OpError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(
            f"--strategy tpu found no TPU ({reason}). Run it on a TPU VM, or set TPU_NAME."
        ) from error
    return tf.distribute.TPUStrategy(resolver)
