"""What the run's own discriminator takes for real, for whoever plays against it."""

import numpy as np
import tensorflow as tf

from gan_keras.models.feeding import feed, roles_of
from gan_keras.models.judge import ORDER


def of(model, images, labels):
    """Which images the discriminator takes for real: bool (n,).

    A critic's logits have no natural zero. So it is told what a player is told, that half of the
    images are real, and calls the upper half of its logits real.

    Args:
        model: a GAN with one judge, in whose weights the moving average plays no part.
        images: float32 (n, h, w, c) in [-1, 1].
        labels: int32 (n,) or None.

    Raises:
        ValueError: there are several judges, or one that takes more than an image and its label.
    """
    return calls(logits(model, images, labels))


def calls(found):
    """The upper half of some logits (n,), as bool (n,); of equal ones, the first."""
    order = np.argsort(-np.asarray(found, "float64"), kind="stable")
    chosen = np.zeros(len(found), bool)
    chosen[order[: len(found) // 2]] = True
    return chosen


def logits(model, images, labels):
    """The mean logit of each image, float32 (n,); larger for what looks real."""
    judges = model.judges
    given = {"sample": tf.convert_to_tensor(images)}
    if labels is not None:
        given["labels"] = tf.convert_to_tensor(labels)
    fits = len(judges) == 1 and judges[0].packing == 1 and judges[0].arrange is None
    if fits:
        roles = roles_of(judges[0].network)
        fits = len(roles) <= len(given) and all(r in given or r not in ORDER for r in roles)
    if not fits:
        raise ValueError(
            f"Nobody can play against the discriminator of {type(model).__name__}, which does not "
            "judge one image at a time. Leave --play out."
        )
    outputs = judges[0].network(feed(judges[0].network, given, ORDER), training=False)
    first = outputs[0] if isinstance(outputs, (list, tuple)) else outputs
    return np.asarray(first, "float32").reshape(len(images), -1).mean(axis=1)
