"""Which numbers a training computes with, and who chooses them."""

import contextlib
import os

import keras
import tensorflow as tf

from gan_keras.machines import processor

PRECISIONS = ("float32", "mixed_bfloat16", "mixed_float16")  # Keras's dtype policies
AUTO = "auto"


def check(precision):
    """Raises ValueError for what is neither one of `PRECISIONS` nor `AUTO`."""
    if precision not in (*PRECISIONS, AUTO):
        raise ValueError(
            f"`precision` is one of {', '.join(PRECISIONS)}, or {AUTO}. Received: {precision!r}"
        )


def chosen(precision, *, gains):
    """One of `PRECISIONS`: for "auto" what suits the training, else what was asked for.

    Args:
        precision: one of `PRECISIONS`, or "auto".
        gains: whether the training gains by bfloat16: machine and networks are quicker, and what
            they learn is as good.
    """
    if precision != AUTO:
        return precision
    return "mixed_bfloat16" if gains else "float32"


def machine_gains():
    """Whether steps in bfloat16 were measured to be quicker on a machine such as this one.

    On a processor with instructions for it, by oneDNN. With a GPU nobody has measured it.
    """
    by_onednn = os.environ.get("TF_ENABLE_ONEDNN_OPTS", "1").lower() not in ("0", "false")
    return by_onednn and processor.has_bfloat16() and not tf.config.list_physical_devices("GPU")


@contextlib.contextmanager
def in_float32():
    """Networks built inside compute in float32, whatever a training computes in. Also decorates."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
