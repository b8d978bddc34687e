"""Top-k training: the generator learns only from its best fakes."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses.hinge import Hinge
from gan_keras.losses.least_squares import LeastSquares
from gan_keras.losses.loss import Loss
from gan_keras.losses.minimax import Minimax
from gan_keras.losses.non_saturating import NonSaturating
from gan_keras.losses.wasserstein import Wasserstein
from gan_keras.serialization import lookup, register

WRAPPED = {loss.name: loss for loss in (Minimax, NonSaturating, LeastSquares, Hinge, Wasserstein)}


@register
@dataclasses.dataclass(kw_only=True)
class TopK(Loss):
    """Another loss whose generator side sees the highest fake logits alone.

    For fakes that lie between the modes of the data: their gradients point away from all of them,
    and leaving the worst out helps. The discriminator's side is unchanged. The share is fixed (the
    paper lowers it slowly from 1), and taken on each replica for itself.

    Source: Sinha et al. 2020, arXiv 2002.06224, algorithm 1.

    Args:
        loss: a `Loss` that does not need real logits for the generator, its name or its config.
            Defaults to `NonSaturating()`.
        share: float in (0, 1], the part of the batch that is kept, at least one. Defaults to 0.75.

    Raises:
        ValueError: a `share` outside (0, 1], or a relativistic `loss`.
    """

    name: ClassVar[str] = "top_k"
    loss: Loss = dataclasses.field(default_factory=NonSaturating)
    share: float = 0.75

    def __post_init__(self):
        self.loss = lookup(self.loss, WRAPPED, "loss", Loss)
        if not 0 < self.share <= 1:
            raise ValueError(f"`share` of TopK must be in (0, 1]. Received: {self.share}.")
        if self.loss.generator_needs_real:
            raise ValueError(
                f"TopK ranks fakes by themselves, but {type(self.loss).__name__} judges them "
                "beside real images. Take a loss that is not relativistic."
            )

    def discriminator(self, real_logits, fake_logits):
        """The wrapped loss."""
        return self.loss.discriminator(real_logits, fake_logits)

    def real_margins(self, real_logits, fake_logits):
        """The wrapped loss's."""
        return self.loss.real_margins(real_logits, fake_logits)

    def generator(self, real_logits, fake_logits):
        """The wrapped loss of the highest logits."""
        logits = tf.reshape(fake_logits, (-1,))
        share = tf.round(self.share * tf.cast(tf.size(logits), tf.float32))
        kept = tf.maximum(1, tf.cast(share, tf.int32))
        return self.loss.generator(None, tf.math.top_k(logits, kept).values)
