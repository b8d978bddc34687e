"""Samples from wherever they come, as blocks of one size."""

import numpy as np

from gan_keras.kinds.labels import if_labels

CHUNK = 1024


def samples(source, num, *, seed=0):
    """Arrays of at most `num` samples in all; see `labelled`, whose labels are left out."""
    for batch, _ in labelled(source, num, seed=seed):
        yield batch


def labelled(source, num, *, seed=0):
    """Pairs (samples, labels) of at most `num` samples in all.

    Args:
        source: an array or a `data.Source` (of more than `num` samples a random part is taken, in
            order); a function from `num` to samples or batches of them; or anything to iterate over
            that gives batches, `(images, labels)` pairs included.
        num: int, or None for all there are.
        seed: int, of the random part. Defaults to 0.

    Yields:
        Arrays (batch, ...), uint8 or floating point, and int32 labels (batch,) or None.
    """
    if callable(source) and not hasattr(source, "__array__"):
        source = source(num)
    if hasattr(source, "samples"):  # a data.Source
        yield from _of_array(source.samples, source.labels, num, seed)
        return
    if isinstance(source, np.ndarray) or hasattr(source, "__array__"):
        yield from _of_array(np.asarray(source), None, num, seed)
        return
    left = num
    for batch in source:
        labels = None
        if isinstance(batch, (tuple, list)):
            batch, labels = batch[0], if_labels(batch[1]) if len(batch) > 1 else None
        batch = np.asarray(batch)[:left]
        if len(batch):
            yield batch, None if labels is None else labels[:left]
        if left is not None:
            left -= len(batch)
            if left <= 0:
                return


def _of_array(array, labels, num, seed):
    rows = None
    if num is not None and len(array) > num:
        rows = np.sort(np.random.default_rng(seed).choice(len(array), num, replace=False))
    for start in range(0, len(array) if rows is None else num, CHUNK):
        part = slice(start, start + CHUNK)
        part = part if rows is None else rows[part]
        yield array[part], None if labels is None else labels[part]


def blocks(pairs, size):
    """The same (samples, labels) in blocks of `size`, the last one shorter.

    Raises:
        ValueError: samples of two shapes.
    """
    waiting, count, shape = [], 0, None
    for array, labels in pairs:
        shape = shape or array.shape[1:]
        if array.shape[1:] != shape:
            raise ValueError(
                f"All samples must be of one shape. Received: {shape} and {array.shape[1:]}."
            )
        while len(array):
            room = size - count
            waiting.append((array[:room], None if labels is None else labels[:room]))
            array, labels = array[room:], None if labels is None else labels[room:]
            count += len(waiting[-1][0])
            if count == size:
                yield _joined(waiting)
                waiting, count = [], 0
    if waiting:
        yield _joined(waiting)


def _joined(pairs):
    arrays, labels = zip(*pairs, strict=True)
    labels = None if any(part is None for part in labels) else np.concatenate(labels)
    return np.concatenate(arrays), labels
