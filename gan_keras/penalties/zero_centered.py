"""Zero-centred gradient penalties: R1 at the real images, R2 at the fake ones."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class R1(Penalty):
    """R1 penalty: the discriminator is flat at real images.

    It makes the game converge locally, with any loss that is a function of single logits or of
    their differences. The discriminator must treat each image alone: no batch norm in it.

    weight / 2 * E |grad D(real)|^2: the sum over pixels and channels, the mean over the batch.

    Source: Mescheder et al. 2018, arXiv 1801.04406, equation 9.

    Args:
        weight: float >= 0, called gamma in the paper. Grows with the number of pixels: 0.1 to 1 at
            28x28 pixels, about 10 at 256x256. Defaults to 1.0.
        interval: int >= 1, every how many steps; see `Penalty`. Defaults to 1.
    """

    name: ClassVar[str] = "r1"
    per_image: ClassVar[bool] = True

    def compute(self, critic, real, fake):
        """Half the weighted mean squared gradient at `real`."""
        return 0.5 * self.weight * _mean_squared_norm(critic.gradients(real))


@register
@dataclasses.dataclass(kw_only=True)
class R2(Penalty):
    """R2 penalty: the discriminator is flat at fake images.

    Beside R1, with a relativistic loss: early in training fakes lie far from the data, where R1
    alone lets the discriminator be as steep as it likes.

    weight / 2 * E |grad D(fake)|^2: the sum over pixels and channels, the mean over the batch.

    Source: Mescheder et al. 2018, arXiv 1801.04406; Huang et al. 2024, arXiv 2501.05441.

    Args:
        weight: float >= 0, called gamma in the paper; mostly that of R1. Defaults to 1.0.
        interval: int >= 1, every how many steps; see `Penalty`. Defaults to 1.
    """

    name: ClassVar[str] = "r2"
    per_image: ClassVar[bool] = True

    def compute(self, critic, real, fake):
        """Half the weighted mean squared gradient at `fake`."""
        return 0.5 * self.weight * _mean_squared_norm(critic.gradients(fake))


def _mean_squared_norm(gradients):
    axes = list(range(1, gradients.shape.rank))
    return tf.reduce_mean(tf.reduce_sum(tf.square(gradients), axis=axes))
