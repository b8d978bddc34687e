"""Patch-wise contrastive loss: a patch knows its own place among the others."""

import dataclasses

import tensorflow as tf

from gan_keras.losses.loss import float32
from gan_keras.serialization import Configurable, register
from gan_keras.spelling import nearest

NEGATIVES = ("image", "batch")


@register
@dataclasses.dataclass(kw_only=True)
class PatchNCE(Configurable):
    """PatchNCE: what a one-sided translator (CUT) keeps of its input.

    It is no adversarial loss, and so has no name in `losses.NAMES`: queries are features of patches
    of the translation, keys those of the same patches of the input. With both of length 1,

    -mean over patches i of log(exp(q_i . k_i / temperature) / sum_j exp(q_i . k_j / temperature)),

    where j runs over the patches of the same image, or of the whole batch (this replica's). The
    function brings both to length 1, and lets no gradient into the keys. A vector of zeros, which
    has no direction, stays one and gets no gradient.

    Source: Park et al. 2020, arXiv 2007.15651, equations 3 and 4, and its code.

    Args:
        temperature: float > 0. Defaults to 0.07.
        negatives: "image" or "batch": where the other patches come from. Defaults to "image", the
            paper's choice but for single-image training.

    Raises:
        ValueError: a `temperature` that is not above 0, unknown `negatives`, or queries and keys of
            two shapes (when called).

    Example:
        >>> queries = tf.constant([[[1.0, 0.0], [0.0, 1.0]]])
        >>> round(float(PatchNCE(temperature=1.0)(queries, queries)), 6)  # log(1 + 1 / e)
        0.313262
    """

    temperature: float = 0.07
    negatives: str = "image"

    def __post_init__(self):
        if not self.temperature > 0:
            raise ValueError(
                f"`temperature` of PatchNCE must be above 0. Received: {self.temperature!r}."
            )
        if self.negatives not in NEGATIVES:
            raise ValueError(
                f"Unknown `negatives` {self.negatives!r} of PatchNCE."
                f"{nearest(self.negatives, NEGATIVES)}"
            )

    def __call__(self, queries, keys):
        """The loss of one layer's features.

        Args:
            queries: float (batch, patches, channels), of the translation.
            keys: the same shape, of the input, at the same places.

        Returns:
            A float32 scalar, mean over all patches; log(patches) where features tell nothing.
        """
        queries, keys = float32(queries), tf.stop_gradient(float32(keys))
        if queries.shape.rank != 3 or not queries.shape.is_compatible_with(keys.shape):
            raise ValueError(
                "PatchNCE takes queries and keys (batch, patches, channels) of one shape. "
                f"Received: {tuple(queries.shape)} and {tuple(keys.shape)}."
            )
        if self.negatives == "batch":
            queries, keys = (tf.reshape(x, (1, -1, x.shape[-1])) for x in (queries, keys))
        queries, keys = unit(queries), unit(keys)
        logits = tf.matmul(queries, keys, transpose_b=True) / self.temperature
        own = tf.linalg.diag_part(logits)  # (batch, patches)
        return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=-1) - own)


def unit(vectors):
    """Vectors of length 1 along the last axis; shorter than 1e-6: zeros, without a gradient.

    The slope is 1 / length. A patch whose units are all dead would outweigh all others.
    """
    squares = tf.reduce_sum(tf.square(vectors), axis=-1, keepdims=True)
    known = squares > 1e-12
    lengths = tf.sqrt(tf.where(known, squares, 1.0))
    return tf.where(known, vectors / lengths, 0.0)
