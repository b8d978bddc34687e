"""The scores `gan_train`, `gan_test` and `gan_base`: what a classifier makes of which images.

Shmelkov, Schmid, Alahari, "How good is my GAN?", 2018, arXiv:1807.09499. What is learnt from are as
many images on each side: those that were scored.
"""

import numpy as np

from gan_keras.metrics import stream, task_based
from gan_keras.metrics.features.base import CLASSIFIER_TRAINING, digest

EPOCHS = 4
EXTRACTOR = f"task_classifier@{digest(EPOCHS, CLASSIFIER_TRAINING)}"


def train_on_samples(sides):
    """Learn from samples, be asked about held-out images."""
    return {"gan_train": _accuracy(sides, _fake(sides), _held_out(sides))}


def test_on_samples(sides):
    """Learn from real images, be asked about samples."""
    return {"gan_test": _accuracy(sides, _real(sides), _fake(sides))}


def base(sides):
    """Learn from real images, be asked about held-out ones: what the other two compare with."""
    return {"gan_base": _accuracy(sides, _real(sides), _held_out(sides))}


def _accuracy(sides, learnt, asked):
    """The share of right answers and its standard error."""
    share = task_based.gan_train(*learnt, *asked, epochs=EPOCHS, seed=sides.seed)
    return share, float(np.sqrt(share * (1.0 - share) / len(asked[0])))


def _fake(sides):
    return sides.fake.all_images, sides.fake.labels


def _real(sides):
    return gathered(sides.real_source, sides.real.num, sides.seed)


def _held_out(sides):
    return gathered(sides.held_out_source, None, sides.seed)


def gathered(source, num, seed):
    """All samples of a source and their labels, or a random part of `num`."""
    pairs = list(stream.labelled(source, num, seed=seed))
    if not pairs:
        raise ValueError(
            "A classifier learns from the real samples after they were scored, but they can be "
            "read only once. Pass an array, a `data.Source` or a function in place of an iterator."
        )
    samples, labels = zip(*pairs, strict=True)
    return np.concatenate(samples), np.concatenate(labels)
