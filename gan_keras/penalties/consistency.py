"""Consistency regularisation: an image and its augmented self get the same logit."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.augment.diffaugment import DiffAugment
from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Consistency(Penalty):
    """Balanced consistency regularisation (bCR), or with `fake_weight=0` the plain one (CR).

    For few images, beside spectral normalisation: the discriminator learns to overlook what the
    augmentation changes, and the generator never sees augmented images. It costs the discriminator
    one more pass for each side.

    weight * E (D(real) - D(T(real)))^2 + fake_weight * E (D(fake) - D(T(fake)))^2,
    where T is a fresh draw of `DiffAugment(policies)`.

    Source: Zhang et al. 2020, arXiv 1910.12027; Zhao et al. 2021, arXiv 2002.04724,
    algorithm 1.

    Args:
        weight: float >= 0, of the real side. Defaults to 10.0.
        fake_weight: float >= 0, of the fake side. Defaults to 10.0.
        policies: what T does, names that `DiffAugment` knows. Defaults to ("flip", "translation").
        interval: int >= 1, every how many steps; see `Penalty`. Defaults to 1.

    Raises:
        ValueError: a negative weight or an unknown policy; in `build`, at a model's construction, a
            discriminator of something else than single images, or colour changes of grey ones.
    """

    name: ClassVar[str] = "consistency"
    reads_logits: ClassVar[bool] = True
    weight: float = 10.0
    fake_weight: float = 10.0
    policies: tuple = ("flip", "translation")

    def __post_init__(self):
        super().__post_init__()
        if not self.fake_weight >= 0:
            raise ValueError(
                f"`fake_weight` of Consistency must be at least 0. Received: {self.fake_weight}."
            )
        self.policies = tuple(self.policies)
        self.augment = DiffAugment(policies=self.policies)

    def build(self, networks):
        """Refuses samples that T can't change: all but images, and grey ones for their colours."""
        super().build(networks)
        for network in networks:
            shapes = [tuple(own.shape[1:]) for own in network.inputs]
            samples = [shape for shape in shapes if shape not in ((), (1,))]  # the others: labels
            if len(samples) != 1 or len(samples[0]) != 3:
                raise ValueError(
                    "Penalty 'consistency' augments images (height, width, channels), one at a "
                    f"time. Received: '{network.name}' judges samples of shapes {samples}. Leave "
                    "it out of `penalties`."
                )
            try:
                self.augment.check(samples[0])
            except ValueError as error:
                raise ValueError(f"`policies` of the penalty 'consistency': {error}") from None

    def compute(self, critic, real, fake):
        """The weighted term of both sides; a side without weight costs no pass."""
        term = tf.zeros(())
        for weight, images in ((self.weight, real), (self.fake_weight, fake)):
            if weight:
                seen = tf.cast(critic(images), tf.float32)
                again = tf.cast(critic(self.augment(images, critic.random)), tf.float32)
                term += weight * tf.reduce_mean(tf.square(seen - again))
        return term

    def get_config(self):
        """The arguments that make an equal object."""
        return {**super().get_config(), "policies": list(self.policies)}
