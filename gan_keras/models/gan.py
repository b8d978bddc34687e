"""The generative adversarial network (Goodfellow et al., 2014, arXiv:1406.2661)."""

import functools

import tensorflow as tf

from gan_keras.models import features, penalized, validation
from gan_keras.models.judged import JudgedModel
from gan_keras.models.players import held_still
from gan_keras.penalties.critic import Critic
from gan_keras.serialization import register


@register
class GAN(JudgedModel):
    """A generator and a discriminator, conditional or not, with any loss and penalties.

    DCGAN, SNGAN, WGAN-GP, R3GAN, ... are choices of its arguments (see `gan_keras.recipes`).

    Args:
        generator: built `keras.Model`: latents (batch, latent_dim), or [latents, int32 labels
            (batch,)], to samples; images are float32 in [-1, 1].
        discriminator: built `keras.Model`: samples, or [samples, labels], to float logits, larger
            for real ones.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names, added to the discriminator's loss.
        generator_penalties: the same for the generator's loss: "feature_matching",
            "historical_averaging", "path_length"; their `interval` counts its updates.
        augment: a `gan_keras.augment.Augment` or its name, which real and fake samples alike pass
            on their way to the discriminator, or None.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        prior: "normal" or "uniform", what latents are drawn from.
        num_classes: number of classes of a conditional model, else None. Fakes get the labels of
            the real batch, so that both have the data's share of each class.
        packing: number of samples that the discriminator judges together, stacked along the last
            axis (PacGAN, Lin et al., 2018, arXiv:1712.04086): build it with that many times the
            channels.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, `num_classes` or `packing`.

    Example:
        from gan_keras.networks import dcgan
        gan = GAN(dcgan.generator(), dcgan.discriminator(), moving_average=10_000)
        gan.compile("adam", "adam")
        gan.fit(gan_keras.data.load("fashion_mnist_10k", batch_size=64), epochs=1)
        images = gan.sample(64)
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        loss="non_saturating",
        penalties=(),
        generator_penalties=(),
        augment=None,
        moving_average=None,
        prior="normal",
        num_classes=None,
        packing=1,
        seed=0,
        name=None,
    ):
        validation.check_positive_integers(packing=packing)
        validation.check_conditioning(generator, discriminator, num_classes)
        validation.check_fit(generator, discriminator, packing)
        if len(discriminator.outputs) != 1:
            raise ValueError(
                f"`discriminator` gives {len(discriminator.outputs)} outputs, but a GAN takes the "
                "logits alone. Build it without a second head, or take ACGAN, SSGAN or InfoGAN."
            )
        if packing > 1 and num_classes is not None:
            raise ValueError(
                f"`packing` judges samples of several classes together, so it can't be {packing} "
                "in a conditional model. Set packing=1, or leave the labels out."
            )
        generator_objects = penalized.objects(generator_penalties, "generator")
        super().__init__(
            generator,
            discriminator,
            loss=loss,
            penalties=penalties,
            augment=augment,
            generator_terms=[penalty.name for penalty in generator_objects],
            prior=prior,
            num_classes=num_classes,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.generator_penalties = generator_objects
        self.generator_penalty_states = penalized.states(generator_objects, [generator])
        self.packing = packing

    def check_batch(self, data, num_batches=1):
        """As in `LatentModel`, and whether the packs come out even."""
        super().check_batch(data, num_batches)
        images, _ = validation.unpacked(data, needs_labels=False)
        validation.check_packing(int(images.shape[0]) // num_batches, self.packing)

    def discriminator_losses(self, batch, synthesized):
        """The adversarial term on one real and one fake pass, and the penalties on those passes."""
        score = functools.partial(self._score, labels=batch.get("labels"))
        real, fake = self._packed(batch["images"]), self._packed(synthesized["images"])
        return self.adversarial_terms(score, real, fake)

    def generator_losses(self, batch, synthesized):
        """The adversarial term through the discriminator, which is held still, and penalties."""
        labels, loss = batch.get("labels"), self.adversarial_loss
        critic = Critic(
            functools.partial(self._score_held, labels=labels),
            self.random,
            features=functools.partial(self._features_held, labels=labels),
            inputs=self.inputs_of(batch),
        )
        real, fake = self._packed(batch["images"]), self._packed(synthesized["images"])
        fake_logits = critic(fake)
        real_logits = critic(real) if loss.needs_real_for_generator else None
        terms = penalized.generator_terms(self, critic, real, fake)
        return {"adversarial": loss.generator(real_logits, fake_logits), **terms}

    def _score(self, packed, labels):
        """Logits of packed samples, after the augmentation of each one."""
        return self._judged(self.discriminator, self._augmented(packed), labels)

    def _score_held(self, packed, labels):
        """The same, and the discriminator does not notice."""
        return self._held(self.discriminator, packed, labels)

    def _features_held(self, packed, labels):
        """What the last dense layer of the discriminator reads of them; it does not notice."""
        return self._held(features.reader(self.discriminator), packed, labels)

    def _held(self, network, packed, labels):
        packed = self._augmented(packed)  # outside, or its draws would be forgotten
        with held_still([self.discriminator]):
            return self._judged(network, packed, labels)

    def _judged(self, network, packed, labels):
        inputs = packed if labels is None else [packed, labels]
        return tf.cast(network(inputs, training=self.is_training), tf.float32)

    def _augmented(self, packed):
        if self.augment is None:
            return packed
        return self._packed(self.augmented(self._unpacked(packed)))

    def _packed(self, samples):
        """(batch, ..., c) -> (batch / packing, ..., c * packing)"""
        if self.packing == 1:
            return samples
        validation.check_packing(samples.shape[0], self.packing)
        groups = tf.reshape(samples, (-1, self.packing, *samples.shape[1:]))
        return tf.concat(tf.unstack(groups, axis=1), axis=-1)

    def _unpacked(self, packed):
        """The inverse of `_packed`."""
        if self.packing == 1:
            return packed
        groups = tf.stack(tf.split(packed, self.packing, axis=-1), axis=1)
        return tf.reshape(groups, (-1, *groups.shape[2:]))
