"""Statistics of real data: from the cache where they are there, else gathered and kept."""

import os

from gan_keras.metrics import statistics, statistics_file
from gan_keras.metrics.features.base import digest


def real_statistics(
    stream,
    extractor,
    *,
    fingerprint,
    wants,
    seed,
    split=None,
    cache_dir=None,
    progress=None,
):
    """`Statistics` of real data.

    Args:
        stream: what `statistics.opened` made of the data.
        extractor: an `Extractor`.
        fingerprint: str, of the data; None for data that nobody will know again.
        wants: what to keep; see `statistics.collect`.
        seed: int, of the random part of the data.
        split, cache_dir, progress: see `evaluate`.

    Raises:
        ValueError: kept statistics that no longer fit the data.
    """
    path = None
    if fingerprint is not None and cache_dir is not False:
        key = {
            "data": fingerprint,
            "split": split,
            "resolution": list(stream.shape),
            "resize": extractor.resize,
            "extractor": f"{extractor.name}@{extractor.fingerprint}",
            "number": stream.num,
            "seed": seed,
            "contents": sorted(wants),
        }
        path = statistics_file.path_of(key, cache_dir)
        if os.path.exists(path):
            return statistics_file.load(path, key=key, first=stream.first, shape=stream.shape)
    found = statistics.collect(stream, extractor, wants=wants, seed=seed, progress=progress)
    if path is not None:
        statistics_file.save(path, found, key)
    return found


def fingerprint_of(source):
    """Of a `data.Source` or an array; None for what is only read once."""
    if hasattr(source, "fingerprint"):
        return source.fingerprint
    return digest(source.__array__()) if hasattr(source, "__array__") else None
