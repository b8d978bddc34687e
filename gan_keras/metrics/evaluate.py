"""Score samples against real data: from images to `Score`s in one call."""

import os

from gan_keras.metrics import features, statistics, statistics_file
from gan_keras.metrics.features.base import digest
from gan_keras.metrics.score import Score
from gan_keras.metrics.table import METRICS
from gan_keras.spelling import nearest


def evaluate(
    fake,
    real,
    *,
    metrics=("fid", "kid", "prdc"),
    extractor="classifier",
    num=10_000,
    num_real=None,
    held_out=None,
    seed=0,
    data=None,
    split=None,
    fingerprint=None,
    cache_dir=None,
    progress=None,
):
    """Scores of samples against real data, each with its whole protocol.

    Images pass in blocks and are let go at once; what is kept is moments, and features where a
    score needs them. Real statistics are kept on disk, by data, split, resolution, resize and
    extractor, and checked when they come back.

    Args:
        fake: samples: an array, a function from `num` to samples or batches, or anything to iterate
            over that gives batches; uint8 or floats in [-1, 1] (num, h, w, c), or vectors.
        real: the same, or a `data.Source`.
        metrics: names; see `METRICS`. Defaults to ("fid", "kid", "prdc").
        extractor: a name, the path of a Keras model, or an `Extractor`. Defaults to "classifier",
            which takes a `Source` with labels.
        num: int, how many samples to score. Defaults to 10,000.
        num_real: int, how many real ones. Defaults to `num`, or all if there are fewer.
        held_out: as `real`, data that were never trained on; for "memorization".
        seed: int, of random parts, subsets and splits. Defaults to 0.
        data: str, what scores call the real data. Defaults to the source's name.
        split: str, which part of it this is, or None.
        fingerprint: str, of the real data. Defaults to the source's, or is computed; real data that
            are iterated over are only cached if it is given.
        cache_dir: str; None for the default folder, False for no cache.
        progress: function (what, done, num), called after each block. Defaults to None.

    Returns:
        A list of `Score`.

    Raises:
        ValueError: an unknown metric or extractor; no or too few samples; samples of two sizes; a
            cached statistic that no longer fits its data.

    Example:
        >>> import numpy as np
        >>> points = np.random.default_rng(0).normal(size=(200, 2))
        >>> [score] = evaluate(
        ...     points + 1.0, points, metrics=["fid"], extractor="pixels", cache_dir=False)
        >>> round(score.value, 4), score.num_fake, score.extractor
        (2.0, 200, 'pixels@0000000000000000')
    """
    wanted = chosen(metrics)
    if held_out is None and any(metric.held_out for metric in wanted):
        raise ValueError(
            "'memorization' compares with data that were never trained on. Pass `held_out`."
        )
    extractor = features.get(extractor, source=real, cache_dir=cache_dir or None)
    wants = {need for metric in wanted for need in metric.needs}
    num_real = num_real or num
    found_real, fingerprint = real_statistics(
        real, extractor, num_real, wants, seed, split, fingerprint, cache_dir, progress
    )
    fake_statistics = _fresh(fake, extractor, num, wants, seed, "fake", progress)
    same_shape("fake", fake_statistics.shape, found_real.shape)
    held_out_statistics = None
    if held_out is not None:
        held_out_statistics = _fresh(held_out, extractor, None, wants, seed, "held-out", progress)
        same_shape("held-out", held_out_statistics.shape, found_real.shape)
    name = data or getattr(real, "name", "array")
    scores = []
    for metric in wanted:
        found = metric.compute(found_real, fake_statistics, held_out_statistics, seed)
        on_images = "images" in metric.needs  # of which only the first are kept
        for score_name, (value, std) in found.items():
            scores.append(
                Score(
                    metric=extractor.score_name(score_name),
                    value=float(value),
                    std=None if std is None else float(std),
                    extractor=f"{extractor.name}@{extractor.fingerprint}",
                    resize=extractor.resize,
                    num_real=len(found_real.images) if on_images else found_real.num,
                    num_fake=len(fake_statistics.images) if on_images else fake_statistics.num,
                    data=f"{name}{f'/{split}' if split else ''}@{fingerprint}",
                    seed=seed,
                )
            )
    return scores


def chosen(names):
    """Entries of `METRICS` by name.

    Raises:
        ValueError: an unknown name, or none at all.
    """
    names = [names] if isinstance(names, str) else list(names)
    if not names:
        raise ValueError(f"No metrics to compute. Known: {', '.join(METRICS)}.")
    for name in names:
        if name not in METRICS:
            raise ValueError(f"Unknown metric '{name}'.{nearest(name, METRICS)}")
    return [METRICS[name] for name in names]


def same_shape(what, shape, real_shape):
    """Raise unless samples are of the real ones' size."""
    if tuple(shape) != tuple(real_shape):
        raise ValueError(
            f"The {what} samples are of shape {tuple(shape)}, the real ones of "
            f"{tuple(real_shape)}. Bring both to one size first."
        )


def _fresh(source, extractor, num, wants, seed, what, progress):
    parts, first, _ = statistics.opened(source, extractor, num, seed=seed, what=what)
    return statistics.collect(
        parts, extractor, first=first, wants=wants, num=num, what=what, progress=progress
    )


def real_statistics(source, extractor, num, wants, seed, split, fingerprint, cache_dir, progress):
    """Real statistics, from the cache if they are there, and the fingerprint of the data."""
    if fingerprint is None:
        if hasattr(source, "fingerprint"):
            fingerprint = source.fingerprint
        elif hasattr(source, "__array__"):
            fingerprint = digest(source.__array__())
    parts, first, shape = statistics.opened(source, extractor, num, seed=seed, what="real")
    path = None
    if fingerprint is not None and cache_dir is not False:
        key = {
            "data": fingerprint,
            "split": split,
            "resolution": list(shape),
            "resize": extractor.resize,
            "extractor": f"{extractor.name}@{extractor.fingerprint}",
            "number": num,
            "seed": seed,
            "contents": sorted(wants),
        }
        path = statistics_file.path_of(key, cache_dir)
        if os.path.exists(path):
            kept = statistics_file.load(path, key=key, first=first, shape=shape)
            return kept, fingerprint
    found = statistics.collect(
        parts, extractor, first=first, wants=wants, num=num, what="real", progress=progress
    )
    if path is not None:
        statistics_file.save(path, found, key)
    return found, fingerprint or found.fingerprint
