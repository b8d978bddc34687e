"""Historical averaging: a player's weights stay near their own past mean."""

import dataclasses
from typing import ClassVar

import keras
import tensorflow as tf

from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class HistoricalAveraging(Penalty):
    """Historical averaging: damps two players who circle round each other.

    For toys and for study: on images R1 does this better. It may stand in either player's
    penalties; it pulls on the networks that it was built for.

    weight * |w - mean of w over all steps so far|^2, summed over every trainable weight.

    Source: Salimans et al. 2016, arXiv 1606.03498, section 3.3.

    Args:
        weight: float >= 0. Defaults to 1e-4.

    Raises:
        ValueError: an `interval` other than 1.
    """

    name: ClassVar[str] = "historical_averaging"
    players: ClassVar[tuple] = ("discriminator", "generator")
    every_update: ClassVar[bool] = True
    weight: float = 1e-4

    def __post_init__(self):
        super().__post_init__()
        self.past = None

    def build(self, networks):
        """Makes the running means, which start at the weights as they are."""
        self.past = _Past(networks, name="historical_averaging")
        return self.past

    def compute(self, critic, real, fake):
        """Distance to the mean so far, which then takes in the present weights."""
        if self.past is None:
            raise ValueError("HistoricalAveraging must be given its networks: call `build` first.")
        term = self.weight * self.past.distance()
        self.past.follow()
        return term


class _Past(keras.layers.Layer):
    """The running mean of each trainable weight, and of how many steps it is."""

    def __init__(self, networks, **arguments):
        super().__init__(dtype="float32", **arguments)
        present = [v for network in networks for v in network.trainable_variables]
        self.present = lambda: present  # a list would be tracked, and saved, as this layer's own
        self.steps = self._kept("steps", (), "zeros")
        self.means = [
            self._kept(f"mean_{i}", variable.shape, _Copy(variable))
            for i, variable in enumerate(present)
        ]
        self.built = True

    def distance(self):
        pairs = zip(self.present(), self.means, strict=True)
        return tf.add_n([tf.reduce_sum(tf.square(tf.subtract(w, mean))) for w, mean in pairs])

    def follow(self):
        self.steps.assign_add(1.0)
        for weight, mean in zip(self.present(), self.means, strict=True):
            mean.assign(mean + (weight - mean) / self.steps)

    def _kept(self, name, shape, initializer):
        return self.add_weight(
            name=name,
            shape=shape,
            initializer=initializer,
            trainable=False,
            aggregation="only_first_replica",
        )


class _Copy(keras.initializers.Initializer):
    """Starts a variable at another one's value."""

    def __init__(self, variable):
        self.variable = variable

    def __call__(self, shape, dtype=None, **arguments):
        return keras.ops.cast(self.variable, dtype)
