"""Memorisation: are samples nearer to training images than to ones held out?"""

import numpy as np

from gan_keras import images as pictures
from gan_keras.metrics import checks
from gan_keras.metrics.neighbours import MAX_BYTES, nearest_neighbours


def memorization(fake, train, held_out, *, seed=0, max_bytes=MAX_BYTES):
    """Share of samples that are nearer to training than to held-out data.

    When to use it: with any good score. A generator that copies its training set has an excellent
    FID; here it scores 1. One that has learnt the distribution scores one half.

    The larger of the two real sets is cut at random to the size of the other, because the nearest
    of more images is nearer; ties count half.

    Source: the nearest-neighbour test of Lopez-Paz & Oquab (2017), arXiv:1610.06545, as a one-sided
    count; compare Meehan et al. (2020), arXiv:2004.05675.

    Args:
        fake: features (num, features).
        train: features of the training images.
        held_out: features of images that were never trained on.
        seed: int, of the cut. Defaults to 0.
        max_bytes: int, memory for blocks of distances. Defaults to 256 MiB.

    Returns:
        {"memorization": share in [0, 1], best at 0.5, "std": its standard error over draws of the
        real images and samples (the delta method, for samples that share their nearest image are
        not independent), "nearest": int64 (num,) rows of `train` (all of it), "distances": float64
        (num,) to them}.

    Raises:
        ValueError: fewer than two samples, different widths, NaN or infinite features.
    """
    fake, train = checks.pair(fake, train, ("fake", "train"))
    _, held_out = checks.pair(fake, held_out, ("fake", "held_out"))
    random = np.random.default_rng(seed)
    num = min(len(train), len(held_out))
    indices, distances = nearest_neighbours(fake, train, max_bytes=max_bytes)
    in_train, to_train = indices, distances
    if len(train) > num:
        chosen = random.choice(len(train), num, replace=False)
        in_train, to_train = nearest_neighbours(fake, train[chosen], max_bytes=max_bytes)
    if len(held_out) > num:
        held_out = held_out[random.choice(len(held_out), num, replace=False)]
    in_held_out, to_held_out = nearest_neighbours(fake, held_out, max_bytes=max_bytes)
    wins = _wins(to_train, to_held_out)
    share = wins.mean()
    # Each real image has as many samples as are nearest to it; the images are what was drawn.
    of_train = np.bincount(in_train, weights=wins, minlength=num).var(ddof=1)
    of_held_out = np.bincount(in_held_out, weights=1 - wins, minlength=num).var(ddof=1)
    variance = num * ((1 - share) ** 2 * of_train + share**2 * of_held_out)
    return {
        "memorization": float(share),
        "std": float(np.sqrt(variance) / len(wins)),
        "nearest": indices,
        "distances": distances,
    }


def memorization_odds(fake, train, held_out, *, max_bytes=MAX_BYTES):
    """The same against all training data, with the odds that their number alone gives taken out.

    When to use it: where fewer samples were held out than trained on, for it overlooks no copy. Of
    n training and m held-out samples the nearest is a training one with the chance n / (n + m), if
    there was no copying. A share s of such fakes becomes s / n / (s / n + (1 - s) / m): 0.5 is no
    copying, and copies score 1, whatever n and m are. Ties count half.

    Args:
        fake: features (num, features).
        train: features of the training samples.
        held_out: features of samples that were never trained on.
        max_bytes: int, memory for blocks of distances. Defaults to 256 MiB.

    Returns:
        {"memorization": in [0, 1], best at 0.5, "std": its standard error over draws of all three
        (the delta method, as of `memorization`)}.

    Raises:
        ValueError: fewer than two samples, different widths, NaN or infinite features.
    """
    in_train, to_train = nearest_neighbours(fake, train, max_bytes=max_bytes)
    in_held_out, to_held_out = nearest_neighbours(fake, held_out, max_bytes=max_bytes)
    wins = _wins(to_train, to_held_out)
    n, m = len(train), len(held_out)
    # How many fakes each real one is nearest to; the real ones are what was drawn.
    of_train = np.bincount(in_train, weights=wins, minlength=n)
    of_held_out = np.bincount(in_held_out, weights=1 - wins, minlength=m)
    a, b = of_train.mean(), of_held_out.mean()
    variance = b**2 * of_train.var(ddof=1) / n + a**2 * of_held_out.var(ddof=1) / m
    return {
        "memorization": float(a / (a + b)),
        "std": float(np.sqrt(variance) / (a + b) ** 2),
    }


def _wins(to_train, to_held_out):
    """1 for each sample that is nearer to training data, and half for a tie."""
    return np.where(to_train < to_held_out, 1.0, np.where(to_train == to_held_out, 0.5, 0.0))


def nearest_real_picture(samples, real, extractor, *, num=20):
    """A picture of samples, each above the real image that is nearest to it in feature space.

    Args:
        samples: images (n, h, w, c), uint8 or floats in [-1, 1]; the first `num` are shown.
        real: images (n, h, w, c), uint8 or floats in [-1, 1].
        extractor: an `Extractor`.
        num: int. Defaults to 20.

    Returns:
        uint8 (H, W, c).
    """
    samples = samples[: max(num, 2)]
    found, among = (extractor(images)[0] for images in (samples, real))
    places, _ = nearest_neighbours(found, among)
    return nearest_picture(samples, real[places], num=num)


def nearest_picture(samples, neighbours, *, num=10):
    """A picture of samples, in the upper rows, each above its nearest training image.

    Args:
        samples: images (n, h, w, c), uint8 or floats in [-1, 1].
        neighbours: images (n, h, w, c), the nearest of each.
        num: int, how many pairs, ten in a row. Defaults to 10.

    Returns:
        uint8 (H, W, c).
    """
    num = min(num, len(samples))
    columns = min(num, 10)
    rows = []
    for start in range(0, num, columns):
        for images in (samples, neighbours):
            part = np.asarray(images[start : min(start + columns, num)])
            part = part if part.dtype == np.uint8 else pictures.to_uint8(part)
            blank = np.full((columns - len(part), *part.shape[1:]), 255, "uint8")
            rows.append(np.concatenate([part, blank]))
    return pictures.grid(np.concatenate(rows), columns=columns)
