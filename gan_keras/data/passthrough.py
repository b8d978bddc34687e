"""A `tf.data.Dataset` that somebody else made: looked at once, then passed on."""

import numpy as np
import tensorflow as tf

from gan_keras import images, kinds


def checked(dataset, *, labels=None):
    """`dataset` itself, after a look at its first batch; uint8 images become float32.

    Its elements must be batches: `images` or `(images, labels)`, images uint8 or float32 in
    [-1, 1] of shape (batch, h, w, c), or vectors, float32 (batch, d). Only the first batch is
    looked at, so a stream that can be read only once loses it.

    Args:
        dataset: a `tf.data.Dataset`.
        labels: True: labels must be there; False: they are dropped; None: as they come.

    Raises:
        ValueError: the first batch is not as said above, or there is none.
    """
    first = next(iter(dataset.take(1)), None)
    if first is None:
        raise ValueError("The tf.data.Dataset is empty. Give one with at least one batch.")
    parts = first if isinstance(first, tuple) else (first,)
    if len(parts) > 2 or not all(tf.is_tensor(part) for part in parts):
        raise ValueError(
            f"The tf.data.Dataset gives {_described(first)}, but must give `images` or "
            "`(images, labels)`. Map it to one of them."
        )
    _check_samples(parts[0])
    if len(parts) == 2:
        kinds.Labels().check(parts[1].numpy(), "tf.data.Dataset")
    elif labels:
        raise ValueError(
            "The tf.data.Dataset has no labels, but labels were asked for. Make it give "
            "`(images, labels)`, or train without."
        )
    return _converted(dataset, parts, labels)


def _check_samples(samples):
    """The kind of a first batch that is what networks take, or will be once it is no uint8."""
    try:
        kind = kinds.of_shape(samples.shape[1:])
    except ValueError:
        raise ValueError(
            f"The tf.data.Dataset gives samples of shape {tuple(samples.shape)}, but a batch is "
            "(batch, h, w, c) or (batch, d). Add .batch(64, drop_remainder=True) if it has no "
            "batches yet."
        ) from None
    array = samples.numpy()
    allowed = (np.uint8, np.float32) if isinstance(kind, kinds.Images) else (np.float32,)
    if array.dtype not in allowed:
        raise ValueError(
            f"The tf.data.Dataset gives {array.dtype}, but must give "
            f"{' or '.join(np.dtype(one).name for one in allowed)}. Cast the samples."
        )
    kind.check(array, "tf.data.Dataset")


def _converted(dataset, parts, labels):
    """Wrapped only where something must change: a map costs the data set its batch analysis."""
    is_uint8 = parts[0].dtype == tf.uint8
    has_labels = len(parts) == 2
    if has_labels and labels is False:
        dataset = dataset.map(lambda samples, _: samples)
    elif has_labels and (parts[1].dtype != tf.int32 or parts[1].shape.rank == 2):
        dataset = dataset.map(
            lambda samples, labels: (samples, tf.cast(tf.reshape(labels, [-1]), tf.int32))
        )
    if not is_uint8:
        return dataset
    if has_labels and labels is not False:
        return dataset.map(lambda samples, labels: (images.to_float(samples), labels))
    return dataset.map(images.to_float)


def _described(element):
    if isinstance(element, tuple):
        return f"tuples of {len(element)}"
    return type(element).__name__
