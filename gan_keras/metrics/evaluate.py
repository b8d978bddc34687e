"""Score samples against real data: from images to `Score`s in one call."""

from gan_keras.metrics import features, refusals, statistics
from gan_keras.metrics.real_statistics import fingerprint_of, real_statistics
from gan_keras.metrics.score import Score
from gan_keras.metrics.sides import Sides
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
) -> list[Score]:
    """Scores of samples against real data, each with its whole protocol.

    Images pass in blocks and are let go at once; what is kept is moments, and features where a
    score needs them. Only "gan_train" and "gan_test" keep all images, as bytes, and "pyramid" and
    "ms_ssim" a random 2,048. Real statistics are kept on disk, by data, split, resolution, resize
    and extractor, and checked when they come back.

    Args:
        fake: samples: an array, a function from `num` to samples or batches, or anything to iterate
            over that gives batches, `(images, labels)` too; uint8 or floats in [-1, 1] (num, h, w,
            c), or vectors.
        real: the same, or a `data.Source`.
        metrics: names; see `METRICS`. Defaults to ("fid", "kid", "prdc").
        extractor: a name, the path of a Keras model, or an `Extractor`. Defaults to "classifier",
            which takes a `Source` with labels.
        num: int, how many samples to score. Defaults to 10,000.
        num_real: int, how many real ones. Defaults to `num`, or all if there are fewer.
        held_out: as `real`, data that were never trained on; for "memorization" and "gan_train".
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
    num_real = num_real or num
    refusals.check_numbers(wanted, refusals.size(real, num_real), refusals.size(fake, num))
    refusals.check_held_out(wanted, held_out)
    wants = {need for metric in wanted.values() for need in metric.needs}
    if not wants & statistics.FROM_EXTRACTOR:
        extractor = "pixels"  # nobody will ask it
    extractor = features.get(extractor, source=real, cache_dir=cache_dir or None)
    refusals.check_extractor(wanted, real, extractor)

    def opened(what, source, num):
        return statistics.opened(source, extractor, num, seed=seed, what=what)

    fingerprint = fingerprint or fingerprint_of(real)
    held_out_fingerprint = None if held_out is None else fingerprint_of(held_out)
    refusals.check_not_the_same(fingerprint, held_out_fingerprint)
    streams = {"real": opened("real", real, num_real), "fake": opened("fake", fake, num)}
    if held_out is not None:
        streams["held-out"] = opened("held-out", held_out, None)
    refusals.check_streams(wanted, streams)
    found_real = real_statistics(
        streams.pop("real"),
        extractor,
        fingerprint=fingerprint,
        wants=wants - {"all_images"},
        seed=seed,
        split=split,
        cache_dir=cache_dir,
        progress=progress,
    )
    for metric in wanted.values():
        if metric.enough is not None:
            metric.enough(found_real.moments.mean.size, refusals.size(fake, num))
    found = {
        what: statistics.collect(stream, extractor, wants=kept, seed=seed, progress=progress)
        for what, stream, kept in (
            ("fake", streams["fake"], wants),
            ("held-out", streams.get("held-out"), wants & {"features"}),
        )
        if stream is not None
    }
    sides = Sides(
        real=found_real,
        fake=found["fake"],
        held_out=found.get("held-out"),
        real_source=real,
        held_out_source=held_out,
        held_out_fingerprint=held_out_fingerprint,
        extractor=extractor,
        seed=seed,
    )
    name = data or getattr(real, "name", "array")
    named = f"{name}{f'/{split}' if split else ''}@{fingerprint or found_real.fingerprint}"
    return [score for metric in wanted.values() for score in scored(metric, sides, named)]


def scored(metric, sides, data):
    """The scores of one entry of the table.

    Args:
        metric: a `table.Metric`.
        sides: `Sides`.
        data: str, what scores call the real data.
    """
    extractor = sides.extractor
    if metric.held_out:
        name = getattr(sides.held_out_source, "name", "array")
        fingerprint = sides.held_out_fingerprint or sides.held_out.fingerprint
        data = f"{data}, held out {name}@{fingerprint}"
    counts = {"num_real": sides.real.num, "num_fake": sides.fake.num}
    if "images" in metric.needs:  # of which only a random part is looked at
        counts = {name: min(count, statistics.KEPT_IMAGES) for name, count in counts.items()}
    return [
        Score(
            metric=name if metric.extractor else extractor.score_name(name),
            value=float(value),
            std=None if std is None else float(std),
            extractor=metric.extractor or f"{extractor.name}@{extractor.fingerprint}",
            resize="none" if metric.extractor else extractor.resize,
            data=data,
            seed=sides.seed,
            **counts,
        )
        for name, (value, std) in metric.compute(sides).items()
    ]


def chosen(names):
    """Entries of `METRICS` by name, in a dict.

    Raises:
        ValueError: an unknown name, or none at all.
    """
    names = [names] if isinstance(names, str) else list(names)
    if not names:
        raise ValueError(f"No metrics to compute. Known: {', '.join(METRICS)}.")
    for name in names:
        if name not in METRICS:
            raise ValueError(f"Unknown metric '{name}'.{nearest(name, METRICS)}")
    return {name: METRICS[name] for name in names}
