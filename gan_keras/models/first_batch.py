"""The first batch of what a model is given, to be looked at before Keras takes any of it."""

import inspect
import itertools
import types

import keras
import numpy as np
import tensorflow as tf


def of(x, y=None):
    """The first batch of `x`, and `x` to go on with, of which nothing is missing.

    Args:
        x: what `fit` or `predict` takes.
        y: what `fit` takes beside arrays. Defaults to None.

    Returns:
        The batch (of arrays all that there is; None where it can't be looked at), and `x`.

    Raises:
        ValueError: there is no batch in it, or a generator gives something else than tuples.
    """
    if isinstance(x, tf.data.Dataset):
        return some(next(iter(x.take(1)), None)), x
    if isinstance(x, keras.utils.PyDataset):
        return some(x[0] if x.num_batches != 0 else None), x
    if isinstance(x, types.GeneratorType):
        batch = some(next(x, None))
        if not isinstance(batch, tuple):
            raise ValueError(
                "A Python generator gives tuples, (samples,) or (samples, labels). Received: "
                f"{type(batch).__name__}. Write `yield samples,`."
            )
        return batch, (one for one in itertools.chain([batch], x))
    if are_arrays(x):
        return (x if y is None else (x, y)), x
    return None, x


def are_arrays(x):
    """Whether `x` is an array or a tensor, or a dict or tuple of them, and no stream of batches."""
    parts = x.values() if isinstance(x, dict) else x if isinstance(x, (tuple, list)) else [x]
    return bool(parts) and all(isinstance(part, np.ndarray) or tf.is_tensor(part) for part in parts)


def some(batch):
    """The batch itself, if there is one."""
    if batch is None:
        raise ValueError(
            "The data hold no batch: fewer samples, perhaps, than one batch with "
            "`drop_remainder=True`, or a generator that was used up. Give more samples, or a "
            "smaller batch size."
        )
    return batch


def check_ends(method, steps, x, arguments, keywords):
    """Raises ValueError for a data set that never ends, if nobody says after how many batches.

    Args:
        method: Keras's `fit`, `evaluate` or `predict`.
        steps: what it calls the number of batches.
        x, arguments, keywords: what it is called with.
    """
    given = inspect.signature(method).bind_partial(x, *arguments, **keywords).arguments
    if not isinstance(x, tf.data.Dataset) or given.get(steps) is not None:
        return
    if int(x.cardinality()) == tf.data.INFINITE_CARDINALITY:
        raise ValueError(
            f"The data set repeats without end, so `{method.__name__}` has none either. Give it "
            f"`{steps}`, or leave repeat() out."
        )
