"""LeCam regularisation: logits stay near the other side's moving average."""

import dataclasses
from typing import ClassVar

import keras
import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class LeCam(Penalty):
    """LeCam penalty: for few images, where the discriminator learns them by heart.

    weight * (E (D(real) - m_fake)^2 + E (D(fake) - m_real)^2),
    where m_real and m_fake are moving averages of the mean logits, which start at 0 as the logits
    do. With the Wasserstein loss the generator then minimises a LeCam divergence.

    Source: Tseng et al. 2021, arXiv 2104.03310.

    Args:
        weight: float >= 0. Defaults to 0.1.
        decay: float in [0, 1), the share of a moving average that stays in a step. Defaults to
            0.99.

    Raises:
        ValueError: a `decay` outside [0, 1), or an `interval` other than 1.
    """

    name: ClassVar[str] = "lecam"
    reads_logits: ClassVar[bool] = True
    every_update: ClassVar[bool] = True
    weight: float = 0.1
    decay: float = 0.99

    def __post_init__(self):
        super().__post_init__()
        if not 0 <= self.decay < 1:
            raise ValueError(f"`decay` of LeCam must be in [0, 1). Received: {self.decay}.")
        self.anchors = None

    def build(self, networks):
        """Makes the two moving averages."""
        self.anchors = _Anchors(name="lecam_anchors")
        return self.anchors

    def compute(self, critic, real, fake):
        """Distances to the averages before this batch, which then moves them."""
        if self.anchors is None:
            raise ValueError("LeCam keeps moving averages: call its `build([])` before `compute`.")
        real_logits = tf.cast(critic(real), tf.float32)
        fake_logits = tf.cast(critic(fake), tf.float32)
        mean_real, mean_fake = tf.unstack(tf.convert_to_tensor(self.anchors.means))
        term = tf.reduce_mean(tf.square(real_logits - mean_fake))
        term += tf.reduce_mean(tf.square(fake_logits - mean_real))
        self.anchors.follow(real_logits, fake_logits, decay=self.decay)
        return self.weight * term


class _Anchors(keras.layers.Layer):
    """Moving averages of the mean real and the mean fake logit, of the global batch."""

    def __init__(self, **arguments):
        super().__init__(dtype="float32", **arguments)
        self.means = self.add_weight(
            name="means", shape=(2,), initializer="zeros", trainable=False, aggregation="mean"
        )
        self.built = True

    def follow(self, real_logits, fake_logits, *, decay):
        now = replicas.mean(tf.stack([tf.reduce_mean(real_logits), tf.reduce_mean(fake_logits)]))
        self.means.assign(decay * self.means + (1.0 - decay) * tf.stop_gradient(now))
