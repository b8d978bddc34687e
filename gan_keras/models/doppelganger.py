"""DoppelGANger, of series between limits (Lin et al., 2020, arXiv:1909.13403)."""

import copy

import keras
import tensorflow as tf

from gan_keras import kinds
from gan_keras.models import validation
from gan_keras.models.feeding import feed
from gan_keras.models.judge import Judge
from gan_keras.models.latent import ORDER, LatentModel
from gan_keras.networks import doppelganger
from gan_keras.serialization import register


@register
class DoppelGANger(LatentModel):
    """A GAN of series whose generator makes the limits of each channel first, then the steps.

    Channels of one series differ in level more than they move. So each is told by its limits, the
    middle between its smallest and largest reading and half their distance, and by steps that
    are scaled by these to [-1, 1] (section 4.1.3 of the paper). One discriminator judges both
    together, an auxiliary one the limits alone (section 4.1.2), each with WGAN-GP's loss:

    L = L_1(limits, steps) + auxiliary_weight * L_2(limits).

    Attributes are classes here, drawn as often as the data have them, where the paper's are made
    by a network; flags of a series' end are a channel (see `kinds.Signals`).

    In the logs, terms of the auxiliary discriminator begin with "auxiliary_".

    Args:
        generator, discriminator, auxiliary: of `networks.doppelganger`.
        kind: the `kinds.Signals` of the data.
        loss: a `losses.Loss` or its name. Defaults to "wasserstein".
        penalties: list of `penalties.Penalty` objects or names, of both discriminators. Defaults
            to ("gradient_penalty",).
        auxiliary_weight: alpha. Defaults to 1, the paper's.
        num_classes: number of classes of a conditional model, else None.
        moving_average: a `MovingAverage`, a half-life in series, or None.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other or the kind, or a negative weight.

    Example:
        source = gan_keras.data.source("weather")
        model = gan_keras.recipes.get("doppelganger").build(source)
        model.fit(source.batches(100), epochs=1)
        readings = model.kind.decode(model.sample(1000))
    """

    def __init__(
        self,
        generator,
        discriminator,
        auxiliary,
        *,
        kind,
        loss="wasserstein",
        penalties=("gradient_penalty",),
        auxiliary_weight=1.0,
        num_classes=None,
        moving_average=None,
        seed=0,
        name=None,
    ):
        if not isinstance(kind, kinds.Signals):
            raise ValueError(
                f"DoppelGANger makes series, but the data are {kind.name}. Take another algorithm."
            )
        validation.check_weights(auxiliary_weight=auxiliary_weight)
        steps, channels = kind.shape
        sizes = {"discriminator": channels * (steps + 2), "auxiliary": 2 * channels}
        for argument, network in (("discriminator", discriminator), ("auxiliary", auxiliary)):
            validation.check_conditioning(generator, network, num_classes)
            taken = network.inputs[0].shape[-1]
            if taken != sizes[argument]:
                raise ValueError(
                    f"`{argument}` takes {taken} numbers, but series of {steps} steps and "
                    f"{channels} channels have {sizes[argument]} for it. Build it by "
                    "networks.doppelganger with the same `image_shape`."
                )
        first = Judge(discriminator, loss=loss, penalties=penalties)
        # What a penalty keeps from step to step is of one discriminator alone: hence copies.
        others = [copy.copy(penalty) for penalty in first.penalties]
        second = Judge(auxiliary, loss=loss, penalties=others, prefix="auxiliary_")
        super().__init__(
            generator,
            judges=[first, second],
            prior="normal",
            num_classes=num_classes,
            kind=kind,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.discriminator, self.auxiliary = discriminator, auxiliary
        self.adversarial_loss, self.penalties = first.loss, first.penalties
        self.judge, self.auxiliary_judge = first, second
        self.auxiliary_weight = auxiliary_weight

    def synthesize(self, batch):
        """One pass: series, their limits, and their scaled steps."""
        network = with_parts(self.active(self.generator))
        fake, limits, scaled = network(feed(network, batch, ORDER), training=self.is_training)
        return {"fake": fake, "limits": limits, "scaled": scaled}

    def discriminator_losses(self, batch, synthesized):
        """Both discriminators' terms, the auxiliary one's by its weight."""
        given, terms = self.given(batch), {}
        for judge, real, fake, weight in self._sides(batch, synthesized):
            found = judge.discriminator_losses(judge.critic(given), real, fake)
            terms |= {name: weight * term for name, term in found.items()}
        return terms

    def generator_losses(self, batch, synthesized):
        """The same through the discriminators, which keep their state."""
        given, terms = self.given(batch), {}
        for judge, real, fake, weight in self._sides(batch, synthesized):
            found = judge.generator_losses(judge.critic_held(given), real, fake)
            terms |= {name: weight * term for name, term in found.items()}
        return terms

    def _sides(self, batch, synthesized):
        """For each judge: itself, what is real, what is fake, and its weight."""
        reach = self.generator.get_layer(doppelganger.SAMPLE).scale
        real_limits, real_scaled = parted(batch["real"], reach)
        limits, scaled = synthesized["limits"], synthesized["scaled"]
        return (
            (self.judge, whole(real_limits, real_scaled), whole(limits, scaled), 1.0),
            (self.auxiliary_judge, real_limits, limits, self.auxiliary_weight),
        )


def parted(series, reach):
    """Limits and scaled steps of series, in the generator's units.

    Args:
        series: float32 (batch, steps, channels).
        reach: what 1 is in these units, for each channel.

    Returns:
        (limits (batch, 2 * channels): middles, then halves; steps in [-1, 1], 0 where a channel
        does not move).
    """
    series = series / tf.constant(reach, series.dtype)
    low, high = tf.reduce_min(series, axis=1), tf.reduce_max(series, axis=1)
    middle, half = (high + low) / 2, (high - low) / 2
    scaled = tf.math.divide_no_nan(series - middle[:, None], half[:, None])
    return tf.concat([middle, half], axis=1), scaled


def whole(limits, scaled):
    """Both as one vector, (batch, channels * (steps + 2))."""
    size = scaled.shape[1] * scaled.shape[2]
    return tf.concat([limits, tf.reshape(scaled, (-1, size))], axis=1)


def with_parts(generator):
    """A network with the generator's layers that also gives limits and scaled steps."""
    names = (doppelganger.LIMITS, doppelganger.SCALED)
    outputs = [generator.output, *(generator.get_layer(name).output for name in names)]
    inputs = generator.inputs
    return keras.Model(inputs[0] if len(inputs) == 1 else inputs, outputs, name="with_parts")
