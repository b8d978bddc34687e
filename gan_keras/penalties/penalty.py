"""What a penalty is: a term that a player minimises beside its loss."""

import dataclasses
import math
import numbers
from typing import ClassVar

import keras
import tensorflow as tf

from gan_keras.layers.minibatch_discrimination import MinibatchDiscrimination
from gan_keras.serialization import Configurable

# The first update has the term, times the interval: more is one blow, and then no penalty.
LONGEST_INTERVAL = 1_000


@dataclasses.dataclass(kw_only=True)
class Penalty(Configurable):
    """Base of the penalties: abstract; every subclass is final.

    A penalty of your own is a registered keyword-only dataclass with a `name` and a `compute`.
    One that keeps numbers from step to step makes their variables in `build`, for the model to save
    with its own. Say `players = ("generator",)` for a term of the generator's.

    Args:
        weight: float >= 0, the factor of the term. Each subclass has its own default.
        interval: int in [1, 1000]: the model adds the term in every `interval`-th step, times
            `interval`, which costs less and means the same (lazy regularisation, Karras et al.
            2020, arXiv 1912.04958). Logs show the term without that factor, mean of the steps that
            had it. Defaults to 1.
        start_weight: float > 0, the weight that training begins with, for a discriminator that is
            smooth while the players find each other and sharp at the end (R3GAN's falls to a tenth,
            Huang et al., 2024, arXiv 2501.05441). Defaults to None: `weight` from the start.
        annealing_steps: int >= 1: the player's updates in which `start_weight` becomes `weight`,
            along half a cosine of its logarithm. Goes with `start_weight`.

    Raises:
        ValueError: a negative `weight`, an `interval` outside of its range, or one above 1 where
            every update counts; one of `start_weight` and `annealing_steps` without the other.
    """

    name: ClassVar[str] = "penalty"
    players: ClassVar[tuple] = ("discriminator",)
    """Whose term it can be: "discriminator", "generator" or both."""
    every_update: ClassVar[bool] = False
    """Whether it can't be left out of updates: it averages over them, or over replicas."""
    per_image: ClassVar[bool] = False
    """Whether it differentiates an image's logit, which then must not hang on other images."""
    reads_logits: ClassVar[bool] = False
    """Whether it compares logits, and not only their gradients: then they are of one scale."""
    weight: float = 1.0
    interval: int = 1
    start_weight: float | None = None
    annealing_steps: int | None = None

    def __post_init__(self):
        kind = type(self).__name__
        if not (isinstance(self.weight, numbers.Real) and 0 <= self.weight < math.inf):
            raise ValueError(
                f"`weight` of {kind} must be a number, at least 0. Received: {self.weight!r}."
            )
        if not (isinstance(self.interval, int) and self.interval >= 1):
            raise ValueError(
                f"`interval` of {kind} must be a whole number of steps, at least 1. "
                f"Received: {self.interval!r}."
            )
        if self.interval > LONGEST_INTERVAL:
            raise ValueError(
                f"`interval` of {kind} is at most {LONGEST_INTERVAL:,}. "
                f"Received: {self.interval}. Papers take 4 to 16; try 16, or leave the penalty out."
            )
        if self.every_update and self.interval != 1:
            raise ValueError(
                f"{kind} averages over every update or replica, so its `interval` must be 1. "
                f"Received: {self.interval}."
            )
        if (self.start_weight is None) != (self.annealing_steps is None):
            raise ValueError(
                f"`start_weight` and `annealing_steps` of {kind} go together. Received: "
                f"{self.start_weight} and {self.annealing_steps}."
            )
        if self.start_weight is not None and not (
            self.start_weight > 0 and self.weight > 0 and self.annealing_steps >= 1
        ):
            raise ValueError(
                f"`start_weight`, `weight` and `annealing_steps` of {kind} must be above 0 to "
                f"anneal. Received: {self.start_weight}, {self.weight}, {self.annealing_steps}."
            )

    def build(self, networks):
        """Looks at the networks and makes the variables of a penalty with state.

        The model calls it once, in its `__init__`.

        Args:
            networks: list of the networks whose player the penalty is for.

        Returns:
            A `keras.layers.Layer` that holds the variables, for the model to track; None where
            there are none.

        Raises:
            ValueError: a layer that mixes images, where each must be judged alone.
        """
        if self.per_image:
            refuse_mixing(networks, type(self).__name__)
        return None

    def compute(self, critic, real, fake):
        """The term with its weight, without `interval`: a float32 scalar, mean over the batch.

        Args:
            critic: a `Critic`: images -> logits, with labels and augmentation bound.
            real: float32 images (batch, h, w, c), or vectors (batch, features).
            fake: the same shape.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `compute` method.")

    def term(self, updates, critic, real, fake):
        """The term of one update, annealed and lazy as the arguments say.

        Args:
            updates: int64 scalar tensor, the updates that the player has made before.
            critic, real, fake: as in `compute`.
        """
        due = None if self.interval == 1 else updates % self.interval == 0
        found = self.lazily(due, critic, real, fake)
        return found if self.start_weight is None else self.annealing(updates) * found

    def lazily(self, due, critic, real, fake):
        """`compute`, times `interval` where it is due, else zero.

        Args:
            due: bool scalar tensor; None where every update is due.
            critic, real, fake: as in `compute`.
        """
        if due is None:
            return self.compute(critic, real, fake)
        return tf.cond(
            due,
            lambda: self.interval * self.compute(critic, real, fake),
            lambda: tf.zeros(()),
        )

    def annealing(self, updates):
        """By what the weight is multiplied after so many updates: float32 scalar, 1 at last."""
        progress = tf.minimum(1.0, tf.cast(updates, tf.float32) / self.annealing_steps)
        share = 0.5 + 0.5 * tf.cos(math.pi * progress)
        return tf.exp(share * math.log(self.start_weight / self.weight))


MIXING = {
    keras.layers.BatchNormalization: (
        "batch norm",
        "Build it without, for example with layers.GroupNormalization or none.",
    ),
    MinibatchDiscrimination: ("minibatch discrimination", "Build it without that layer."),
}


def refuse_mixing(networks, penalty):
    """Raises a ValueError that names the first layer by which a logit hangs on other images."""
    for network in networks:
        for layer in network._flatten_layers():
            for kind, (what, cure) in MIXING.items():
                if isinstance(layer, kind):
                    raise ValueError(
                        f"{penalty} needs a logit that each image has on its own, but "
                        f"'{network.name}' has {what} ('{layer.name}'). {cure}"
                    )
