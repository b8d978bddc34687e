"""Gradient penalties between the data and elsewhere: WGAN-GP and DRAGAN."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register

SMALLEST_SQUARE = 1e-12  # inside the root, whose slope at 0 is infinite


@register
@dataclasses.dataclass(kw_only=True)
class GradientPenalty(Penalty):
    """Gradient penalty of WGAN-GP: slope `target` on the lines from real to fake images.

    For the Wasserstein loss. The discriminator must treat each image alone: no batch norm in it.

    weight * E (|grad D(x)| - target)^2,  x = real + alpha (fake - real),
    one alpha in U(0, 1) and one norm for each image.

    Source: Gulrajani et al. 2017, arXiv 1704.00028, equation 3; the one-sided form in section 4
    there and in Petzka et al. 2018, arXiv 1709.08894.

    Args:
        weight: float >= 0. Defaults to 10.0.
        target: float >= 0, the slope wished for. Defaults to 1.0.
        one_sided: whether only slopes above `target` cost. Defaults to False.
        interval: int >= 1, every how many steps; see `Penalty`. Defaults to 1.

    Raises:
        ValueError: a negative `target`.
    """

    name: ClassVar[str] = "gradient_penalty"
    per_image: ClassVar[bool] = True
    weight: float = 10.0
    target: float = 1.0
    one_sided: bool = False

    def __post_init__(self):
        super().__post_init__()
        _check_target(self.target)

    def compute(self, critic, real, fake):
        """Weighted mean squared distance of the slopes between `real` and `fake` to `target`."""
        alpha = critic.random.uniform((_batch_size(real), *[1] * (real.shape.rank - 1)))
        slopes = _norms(critic.gradients(real + alpha * (fake - real)))
        excess = slopes - self.target
        if self.one_sided:
            excess = tf.nn.relu(excess)
        return self.weight * tf.reduce_mean(tf.square(excess))


@register
@dataclasses.dataclass(kw_only=True)
class DRAGAN(Penalty):
    """DRAGAN penalty: slope `target` in a cloud of noise around the real images.

    For the non-saturating loss: it takes the sharp gradients off the data, in which the generator
    gets stuck on one mode. The discriminator must treat each image alone: no batch norm in it.

    weight * E (|grad D(real + noise)| - target)^2,  noise ~ N(0, stddev^2) for each pixel.
    The authors' later code scales the noise by the batch's own deviation; here it is a number, as
    in the paper, so that an image's penalty does not hang on its neighbours in the batch.

    Source: Kodali et al. 2017, arXiv 1705.07215.

    Args:
        weight: float >= 0. Defaults to 10.0.
        target: float >= 0, the slope wished for. Defaults to 1.0.
        stddev: float > 0, the noise's standard deviation, in the images' units (they span
            [-1, 1]). Defaults to 0.25.
        interval: int >= 1, every how many steps; see `Penalty`. Defaults to 1.

    Raises:
        ValueError: a negative `target`, or a `stddev` that is not positive.
    """

    name: ClassVar[str] = "dragan"
    per_image: ClassVar[bool] = True
    weight: float = 10.0
    target: float = 1.0
    stddev: float = 0.25

    def __post_init__(self):
        super().__post_init__()
        _check_target(self.target)
        if not self.stddev > 0:
            raise ValueError(f"`stddev` of DRAGAN must be above 0. Received: {self.stddev}.")

    def compute(self, critic, real, fake):
        """Weighted mean squared distance of the slopes around `real` to `target`."""
        noise = self.stddev * critic.random.normal((_batch_size(real), *real.shape[1:]))
        slopes = _norms(critic.gradients(real + noise))
        return self.weight * tf.reduce_mean(tf.square(slopes - self.target))


def _batch_size(images):
    return tf.shape(images)[0] if images.shape[0] is None else images.shape[0]


def _norms(gradients):
    """Length of each image's gradient, (batch,); its own gradient is 0, not NaN, at 0."""
    axes = list(range(1, gradients.shape.rank))
    return tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=axes) + SMALLEST_SQUARE)


def _check_target(target):
    if not target >= 0:
        raise ValueError(f"`target` is a slope, at least 0. Received: {target}.")
