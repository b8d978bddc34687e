"""Samples from wherever they come, as blocks of one size."""

import numpy as np

CHUNK = 1024


def samples(source, num, *, seed=0):
    """Arrays of at most `num` samples in all.

    Args:
        source: an array (of more than `num` samples a random part is taken, in order); a function
            from `num` to samples or batches of them; or anything to iterate over that gives
            batches, `(images, labels)` pairs included.
        num: int, or None for all there are.
        seed: int, of the random part. Defaults to 0.

    Yields:
        Arrays (batch, ...), uint8 or floating point.
    """
    if callable(source) and not hasattr(source, "__array__"):
        source = source(num)
    if hasattr(source, "samples"):  # a data.Source
        source = source.samples
    if isinstance(source, np.ndarray) or hasattr(source, "__array__"):
        yield from _of_array(np.asarray(source), num, seed)
        return
    left = num
    for batch in source:
        if isinstance(batch, (tuple, list)):
            batch = batch[0]
        batch = np.asarray(batch)[:left]
        if len(batch):
            yield batch
        if left is not None:
            left -= len(batch)
            if left <= 0:
                return


def _of_array(array, num, seed):
    rows = None
    if num is not None and len(array) > num:
        rows = np.sort(np.random.default_rng(seed).choice(len(array), num, replace=False))
    for start in range(0, len(array) if rows is None else num, CHUNK):
        part = slice(start, start + CHUNK)
        yield array[part] if rows is None else array[rows[part]]


def blocks(arrays, size):
    """The same samples in blocks of `size`, the last one shorter.

    Raises:
        ValueError: samples of two shapes.
    """
    waiting, count, shape = [], 0, None
    for array in arrays:
        shape = shape or array.shape[1:]
        if array.shape[1:] != shape:
            raise ValueError(
                f"All samples must be of one shape. Received: {shape} and {array.shape[1:]}."
            )
        while len(array):
            part, array = array[: size - count], array[size - count :]
            waiting.append(part)
            count += len(part)
            if count == size:
                yield np.concatenate(waiting)
                waiting, count = [], 0
    if waiting:
        yield np.concatenate(waiting)
