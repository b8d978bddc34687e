"""Unpaired translation there and back (CycleGAN: Zhu et al., 2017, arXiv:1703.10593)."""

import copy

import tensorflow as tf

from gan_keras.models import validation
from gan_keras.models.history_pool import HistoryPool
from gan_keras.models.judge import Judge
from gan_keras.models.translation import TranslationModel, refuse_latents
from gan_keras.serialization import register


@register
class CycleGAN(TranslationModel):
    """Two translators between two sets of images without pairs, each the other's inverse.

    With G the generator from inputs x to samples y, and F the way back, both are one player:

    adversarial(G(x)) + adversarial(F(y)) + cycle_weight * (|F(G(x)) - x| + |G(F(y)) - y|)
    + identity_weight * (|G(y) - y| + |F(x) - x|),

    means over pixels (section 3). Both cycles move both generators. Each discriminator sees, in
    place of every other fake, one of the last `pool_size`.

    In the logs, terms of F and of the discriminator of inputs begin with "input_".

    Args:
        generator: built `keras.Model`: "input" to samples.
        backward_generator: built `keras.Model` from samples to inputs.
        discriminator: built `keras.Model`: samples to logits, or a list of them.
        input_discriminator: the same for inputs.
        loss: a `losses.Loss` or its name. Defaults to "least_squares", the paper's.
        cycle_weight: lambda. Defaults to 10.
        identity_weight: of samples that shall stay as they are; inputs and samples must then have
            the same channels. Defaults to 5, half of lambda, as the authors' code has it; 0 leaves
            it out.
        pool_size: fakes that are kept for each discriminator. Defaults to 50; 0 for none.
        penalties: list of `penalties.Penalty` objects or names, for both discriminators.
        crop: a `augment.PairedCrop` for training, or None.
        moving_average: a `MovingAverage`, a half-life in images, or None; of both generators.
        kind, input_kind: the `kinds.Kind` of samples and inputs. Default to None: images.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, or a negative weight.

    Example:
        from gan_keras.networks import patchgan, resnet_translator
        networks = [resnet_translator.generator() for _ in range(2)]
        judges = [patchgan.discriminator(num_layers=2) for _ in range(2)]
        model = models.CycleGAN(*networks, *judges)
        model.compile()
        model.fit(dataset, epochs=1)  # of (inputs, samples), or {"input": ..., "real": ...}
        there, back = model.translate(x), model.translate(y, direction="backward")
    """

    def __init__(
        self,
        generator,
        backward_generator,
        discriminator,
        input_discriminator,
        *,
        loss="least_squares",
        cycle_weight=10.0,
        identity_weight=5.0,
        pool_size=50,
        penalties=(),
        crop=None,
        moving_average=None,
        kind=None,
        input_kind=None,
        seed=0,
        name=None,
    ):
        validation.check_weights(cycle_weight=cycle_weight, identity_weight=identity_weight)
        validation.check_translator(generator, discriminator)
        validation.check_translator(backward_generator, input_discriminator)
        refuse_latents(generator, "generator")
        refuse_latents(backward_generator, "backward_generator")
        check_inverse(generator, backward_generator, identity_weight)
        first = Judge(discriminator, loss=loss, penalties=penalties, scales=True)
        # What a penalty keeps from step to step is of one discriminator alone: hence copies.
        others = [copy.copy(penalty) for penalty in first.penalties]
        second = Judge(
            input_discriminator, loss=loss, penalties=others, scales=True, prefix="input_"
        )
        judges = [first, second]
        terms = ["cycle", "input_cycle"]
        if identity_weight:
            terms += ["identity", "input_identity"]
        super().__init__(
            generator,
            judges=judges,
            generator_terms=terms,
            kind=kind,
            input_kind=input_kind,
            crop=crop,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.backward_generator = backward_generator
        self.moving_average_backward_generator = self.average_of(
            backward_generator, "moving_average_backward_generator"
        )
        self.discriminator, self.input_discriminator = discriminator, input_discriminator
        self.adversarial_loss, self.penalties = judges[0].loss, judges[0].penalties
        self.judge, self.input_judge = judges
        self.cycle_weight = cycle_weight
        self.identity_weight = identity_weight
        self.pool_size = pool_size
        self.pool = pool_of(generator, crop, pool_size)
        self.input_pool = pool_of(backward_generator, crop, pool_size)

    def generator_networks(self):
        """Both generators."""
        return [self.generator, self.backward_generator]

    def synthesize(self, batch):
        """G(x) and F(y)."""
        backward = self.active(self.backward_generator)
        return {**super().synthesize(batch), "fake_input": self._run(backward, batch["real"])}

    def discriminator_losses(self, batch, synthesized):
        """Each set against translations into it, some of them from earlier steps."""
        fake, fake_input = synthesized["fake"], synthesized["fake_input"]
        if self.is_training:
            fake, fake_input = (
                self.pool(fake, self.random),
                self.input_pool(fake_input, self.random),
            )
        judge, other = self.judge, self.input_judge
        return {
            **judge.discriminator_losses(judge.critic(), batch["real"], fake),
            **other.discriminator_losses(other.critic(), batch["input"], fake_input),
        }

    def generator_losses(self, batch, synthesized):
        """Taken for real on both sides, back where it came from, and idle where it should be."""
        forward, backward = map(self.active, self.generator_networks())
        x, y = batch["input"], batch["real"]
        fake, fake_input = synthesized["fake"], synthesized["fake_input"]
        judge, other = self.judge, self.input_judge
        terms = {
            **judge.generator_losses(judge.critic_held(), y, fake),
            **other.generator_losses(other.critic_held(), x, fake_input),
            "cycle": self.cycle_weight * gap(self._run(forward, fake_input), y),
            "input_cycle": self.cycle_weight * gap(self._run(backward, fake), x),
        }
        if self.identity_weight:
            terms["identity"] = self.identity_weight * gap(self._run(forward, y), y)
            terms["input_identity"] = self.identity_weight * gap(self._run(backward, x), x)
        return terms

    def directions(self):
        """There and back."""
        backward = self.moving_average_backward_generator or self.backward_generator
        return {**super().directions(), "backward": (backward, self.kind, self.input_kind)}

    def served(self):
        """Both generators."""
        backward = self.moving_average_backward_generator or self.backward_generator
        return {**super().served(), "backward_generator": backward}

    def _run(self, network, inputs):
        return self.run(network, {"input": inputs})


def gap(a, b):
    """Mean absolute difference, float32."""
    return tf.reduce_mean(tf.abs(tf.cast(a, tf.float32) - tf.cast(b, tf.float32)))


def pool_of(generator, crop, size):
    """A pool for what a generator makes, of the size of the crop where any size will do."""
    shape = tuple(generator.outputs[0].shape[1:])
    if size and None in shape:
        if crop is None:
            raise ValueError(
                f"A pool keeps images of one size, but '{generator.name}' makes {shape}. Set "
                "`crop`, build the generators for one size, or set pool_size=0."
            )
        sides = (crop.size, crop.size) if isinstance(crop.size, int) else tuple(crop.size)
        shape = (*sides, shape[-1])
    return HistoryPool(shape if size else (0,), size=size)


def check_inverse(generator, backward_generator, identity_weight):
    """Raises ValueError unless each generator takes what the other gives."""
    there = tuple(generator.inputs[0].shape[1:]), tuple(generator.outputs[0].shape[1:])
    back = (
        tuple(backward_generator.outputs[0].shape[1:]),
        tuple(backward_generator.inputs[0].shape[1:]),
    )
    if there != back:
        raise ValueError(
            f"`generator` leads from {there[0]} to {there[1]}, but `backward_generator` from "
            f"{back[1]} to {back[0]}. Build it the other way round."
        )
    if identity_weight and there[0] != there[1]:
        raise ValueError(
            f"The identity terms hand {there[1]} to a generator that takes {there[0]}. Set "
            "identity_weight=0, or build both sides with the same shape."
        )
