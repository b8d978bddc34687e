"""What a set of samples leaves behind once its images are gone."""

import dataclasses
import hashlib
import itertools
from collections.abc import Iterator

import numpy as np

from gan_keras.metrics import stream
from gan_keras.metrics.features.base import as_samples, digest
from gan_keras.metrics.moments import Moments
from gan_keras.metrics.random_part import RandomPart

KEPT_IMAGES = 2048  # for the scores that want images themselves
FROM_EXTRACTOR = {"moments", "features", "probabilities", "classes"}


@dataclasses.dataclass(kw_only=True)
class Statistics:
    """What was asked for: moments, features, probabilities, classes, some images.

    Attributes:
        num: int, how many samples there were.
        shape: of one sample.
        first: str, fingerprint of the first block.
        fingerprint: str, of all samples.
        labels: int32 (num,), if the samples came with labels, or None.
        moments: `Moments` of the features, or None.
        features: float32 (num, features), or None.
        probabilities: float32 (num, classes), or None.
        classes: int64 (num,), the most probable class of each, or None.
        images: a random part of the samples, at most 2,048, or None.
        image_labels: of `images`, or None.
        all_images: all samples, or None.
    """

    num: int
    shape: tuple
    first: str
    fingerprint: str
    labels: np.ndarray | None = None
    moments: Moments | None = None
    features: np.ndarray | None = None
    probabilities: np.ndarray | None = None
    classes: np.ndarray | None = None
    images: np.ndarray | None = None
    image_labels: np.ndarray | None = None
    all_images: np.ndarray | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Opened:
    """A stream of samples of which the first block has been looked at.

    Attributes:
        what: str, whose samples these are: "real", "fake" or "held-out".
        num: int, how many to expect, or None.
        blocks: iterator over (samples, labels or None), the first block included.
        first: str, fingerprint of the first block.
        shape: of one sample.
        has_labels: bool, of the first block.
    """

    what: str
    num: int | None
    blocks: Iterator
    first: str
    shape: tuple
    has_labels: bool


def opened(source, extractor, num, *, seed, what):
    """Samples in blocks for an extractor, see `stream.labelled`: an `Opened`.

    Raises:
        ValueError: there are no samples at all.
    """
    blocks = stream.blocks(stream.labelled(source, num, seed=seed), extractor.batch_size)
    try:
        block, labels = next(blocks)
    except StopIteration:
        raise ValueError(f"No {what} samples: the folder, file or stream is empty.") from None
    block = as_samples(block)
    return Opened(
        what=what,
        num=num,
        blocks=itertools.chain([(block, labels)], blocks),
        first=digest(block),
        shape=block.shape[1:],
        has_labels=labels is not None,
    )


def collect(samples, extractor, *, wants, seed=0, progress=None):
    """Run samples through an extractor, block by block; images are let go at once.

    Args:
        samples: `Opened`.
        extractor: an `Extractor`; it is not called for images alone.
        wants: what to keep: any of "moments", "features", "probabilities", "classes" (None where
            the extractor tells no classes), "images", "all_images".
        seed: int, of which "images" are kept. Defaults to 0.
        progress: function (what, done, num), called after each block. Defaults to None.

    Returns:
        `Statistics`.
    """
    count, moments, whole = 0, Moments(), hashlib.sha256()
    kept = {name: [] for name in ("features", "probabilities", "classes", "all_images", "labels")}
    some = RandomPart(KEPT_IMAGES, seed) if "images" in wants else None
    for part, labels in samples.blocks:
        part = as_samples(part)
        whole.update(np.ascontiguousarray(part))
        if some is not None:
            some.add(part, labels)
        if "all_images" in wants:
            kept["all_images"].append(part)
        if labels is not None:
            kept["labels"].append(labels)
        if wants & FROM_EXTRACTOR:
            _extract(part, extractor, wants, moments, kept)
        count += len(part)
        if progress is not None:
            progress(samples.what, count, samples.num)
    if count < 2:
        raise ValueError(f"A score takes at least 2 samples. Received: {count} {samples.what}.")
    if sum(map(len, kept["labels"])) < count:
        kept["labels"].clear()
    images, image_labels = (None, None) if some is None else some.arrays()
    return Statistics(
        num=count,
        shape=samples.shape,
        first=samples.first,
        fingerprint=whole.hexdigest()[:16],
        moments=moments if "moments" in wants else None,
        images=images,
        image_labels=image_labels,
        **{name: np.concatenate(parts) for name, parts in kept.items() if parts},
    )


def _extract(part, extractor, wants, moments, kept):
    """Adds one block's features to what is kept."""
    features, probabilities = extractor(part)
    if "moments" in wants:
        moments.update(features)
    if "features" in wants:
        kept["features"].append(features)
    if "probabilities" in wants:
        kept["probabilities"].append(probabilities)
    if "classes" in wants and probabilities is not None:
        kept["classes"].append(probabilities.argmax(axis=1))
