"""Statistics of real data: from the cache where they are there, else gathered and kept."""

import os

from gan_keras.metrics import statistics, statistics_file
from gan_keras.metrics.features.base import digest


def real_statistics(
    stream,
    extractor,
    *,
    source,
    wants,
    seed,
    split=None,
    fingerprint=None,
    cache_dir=None,
    progress=None,
):
    """Real statistics and the fingerprint of the data that they are of.

    Args:
        stream: what `statistics.opened` made of the data.
        extractor: an `Extractor`.
        source: the data; an array or a `data.Source` has a fingerprint of its own.
        wants: what to keep; see `statistics.collect`.
        seed: int, of the random part of the data.
        split, fingerprint, cache_dir, progress: see `evaluate`.

    Raises:
        ValueError: kept statistics that no longer fit the data.
    """
    if fingerprint is None:
        if hasattr(source, "fingerprint"):
            fingerprint = source.fingerprint
        elif hasattr(source, "__array__"):
            fingerprint = digest(source.__array__())
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
            kept = statistics_file.load(path, key=key, first=stream.first, shape=stream.shape)
            return kept, fingerprint
    found = statistics.collect(stream, extractor, wants=wants, progress=progress)
    if path is not None:
        statistics_file.save(path, found, key)
    return found, fingerprint or found.fingerprint
