"""What a set of samples leaves behind once its images are gone."""

import dataclasses
import hashlib
import itertools

import numpy as np

from gan_keras.metrics import stream
from gan_keras.metrics.features.base import as_samples, digest
from gan_keras.metrics.moments import Moments

KEPT_IMAGES = 2048  # for the scores and pictures that want images themselves


@dataclasses.dataclass(kw_only=True)
class Statistics:
    """Moments, and if they were asked for features, probabilities and some images.

    Attributes:
        num: int, how many samples there were.
        shape: of one sample.
        first: str, fingerprint of the first block.
        fingerprint: str, of all samples.
        moments: `Moments` of the features.
        features: float32 (num, features), or None.
        probabilities: float32 (num, classes), or None.
        images: the first samples, at most 2,048, or None.
    """

    num: int
    shape: tuple
    first: str
    fingerprint: str
    moments: Moments
    features: np.ndarray | None = None
    probabilities: np.ndarray | None = None
    images: np.ndarray | None = None


def opened(source, extractor, num, *, seed, what):
    """Blocks for the extractor, and the first one's fingerprint.

    Raises:
        ValueError: there are no samples at all.
    """
    parts = stream.blocks(stream.samples(source, num, seed=seed), extractor.batch_size)
    try:
        first = as_samples(next(parts))
    except StopIteration:
        raise ValueError(f"No {what} samples: the folder, file or stream is empty.") from None
    return itertools.chain([first], parts), digest(first), first.shape[1:]


def collect(parts, extractor, *, first, wants, num=None, what="", progress=None):
    """Run samples through an extractor, block by block; images are let go at once.

    Args:
        parts: blocks of samples, from `opened`.
        extractor: an `Extractor`.
        first: str, from `opened`.
        wants: what to keep beside moments: any of "features", "probabilities", "images".
        num: int, how many samples to expect, for `progress`.
        what: str, whose samples these are, for `progress` and errors.
        progress: function (what, done, num), or None.

    Returns:
        `Statistics`.
    """
    moments, whole = Moments(), hashlib.sha256()
    kept = {name: [] for name in ("features", "probabilities", "images")}
    shape, images_kept = None, 0
    for part in parts:
        part = as_samples(part)
        shape = part.shape[1:]
        whole.update(np.ascontiguousarray(part))
        features, probabilities = extractor(part)
        if "probabilities" in wants and probabilities is None:
            raise ValueError(
                f"Extractor '{extractor.name}' gives no class probabilities, which the inception "
                "score needs. Use 'classifier' or 'inception_2015'."
            )
        moments.update(features)
        if images_kept < KEPT_IMAGES:
            kept["images"].append(part[: KEPT_IMAGES - images_kept])
            images_kept += len(kept["images"][-1])
        kept["features"].append(features)
        kept["probabilities"].append(probabilities)
        for name in kept.keys() - set(wants):
            kept[name].clear()
        if progress is not None:
            progress(what, moments.count, num)
    if moments.count < 2:
        raise ValueError(f"A score takes at least 2 samples. Received: {moments.count} {what}.")
    return Statistics(
        num=moments.count,
        shape=shape,
        first=first,
        fingerprint=whole.hexdigest()[:16],
        moments=moments,
        **{name: np.concatenate(parts) for name, parts in kept.items() if parts},
    )
