"""The adversarial autoencoder (Makhzani et al., 2016, arXiv:1511.05644)."""

import keras
import tensorflow as tf

from gan_keras import losses
from gan_keras.models import heads, penalized
from gan_keras.models.encoding import EncoderModel
from gan_keras.models.players import held_still
from gan_keras.penalties.critic import Critic
from gan_keras.serialization import register


@register
class AdversarialAutoencoder(EncoderModel):
    """An autoencoder whose codes a discriminator holds to the prior.

    For compressing and sampling in one: it reconstructs faithfully and never collapses, but its
    samples are as soft as a squared error makes them, since no discriminator sees an image.

    Real, for the discriminator, are draws of the prior, and fake the codes E(x). The encoder and
    the decoder minimise
    reconstruction_weight * mean (x - G(E(x)))^2 + the generator's loss at the codes' logits.
    The paper takes the two terms in turns, with an optimizer each; here they are one sum.

    Args:
        generator: built `keras.Model`, the decoder: latents (batch, latent_dim) to samples; images
            are float32 in [-1, 1].
        encoder: built `keras.Model`: samples to (batch, latent_dim) for points, or to
            (batch, 2 latent_dim), means and log-variances, for Gaussians.
        discriminator: built `keras.Model`: latents to logits, such as
            `networks.mlp.discriminator((latent_dim,))`.
        reconstruction_weight: weight of the mean squared error, which is in [0, 4] for images.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names, on the codes' discriminator.
        moving_average: a `MovingAverage`, a half-life in images, or None; of both networks.
        prior: "normal" or "uniform", what the codes shall be distributed as.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, or a negative weight.

    Example:
        from gan_keras.networks import dcgan, heads, mlp
        decoder = dcgan.generator(latent_dim=16)
        encoder = heads.encoder(dcgan.discriminator(), 16)
        model = models.AdversarialAutoencoder(decoder, encoder, mlp.discriminator((16,)))
        model.compile("adam", "adam")
        model.fit(gan_keras.data.load("fashion_mnist_10k", labels=False), epochs=1)
        again, new = model.reconstruct(images), model.sample(64)
    """

    def __init__(
        self,
        generator,
        encoder,
        discriminator,
        *,
        reconstruction_weight=10.0,
        loss="non_saturating",
        penalties=(),
        moving_average=None,
        prior="normal",
        seed=0,
        name=None,
    ):
        heads.check_weights(reconstruction_weight=reconstruction_weight)
        check_code_discriminator(generator, discriminator)
        penalty_objects = penalized.objects(penalties)
        super().__init__(
            generator,
            encoder,
            prior=prior,
            discriminator_terms=("adversarial", *(penalty.name for penalty in penalty_objects)),
            generator_terms=("adversarial", "reconstruction"),
            monitors=("real_logits", "fake_logits"),
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.discriminator = discriminator
        self.reconstruction_weight = reconstruction_weight
        self.adversarial_loss = losses.get(loss)
        self.penalties = penalty_objects
        self.penalty_states = penalized.states(penalty_objects, [discriminator])

    def discriminator_networks(self):
        """The discriminator of codes."""
        return [self.discriminator]

    def synthesize(self, batch):
        """Codes of the images, and what the decoder makes of them."""
        codes = self.encoded(batch)["codes"]
        generator = self.playing(self.generator)
        return {"codes": codes, "images": generator(codes, training=self.is_training)}

    def discriminator_losses(self, batch, synthesized):
        """Telling the prior from the codes."""
        critic = Critic(self._judge, self.random)
        real, fake = batch["latents"], synthesized["codes"]
        real_logits, fake_logits = critic(real), critic(fake)
        self.monitor(real_logits=real_logits, fake_logits=fake_logits)
        return {
            "adversarial": self.adversarial_loss.discriminator(real_logits, fake_logits),
            **penalized.terms(self, critic, real, fake),
        }

    def generator_losses(self, batch, synthesized):
        """Codes like the prior, images like the originals."""
        loss = self.adversarial_loss
        with held_still([self.discriminator]):
            fake_logits = self._judge(synthesized["codes"])
            real_logits = None
            if loss.needs_real_for_generator:
                real_logits = self._judge(batch["latents"])
        error = tf.cast(synthesized["images"], tf.float32) - batch["images"]
        return {
            "adversarial": loss.generator(real_logits, fake_logits),
            "reconstruction": self.reconstruction_weight * tf.reduce_mean(tf.square(error)),
        }

    def _judge(self, codes):
        """Logits (batch, 1) of codes (batch, latent_dim)."""
        return tf.cast(self.discriminator(codes, training=self.is_training), tf.float32)

    def get_config(self):
        """The arguments, networks serialised."""
        serialize = keras.saving.serialize_keras_object
        return {
            "generator": serialize(self.generator),
            "encoder": serialize(self.encoder),
            "discriminator": serialize(self.discriminator),
            "reconstruction_weight": self.reconstruction_weight,
            "loss": serialize(self.adversarial_loss),
            "penalties": [serialize(penalty) for penalty in self.penalties],
            "moving_average": serialize(self.moving_average),
            "prior": self.prior,
            "seed": self.seed,
            "name": self.name,
        }


def check_code_discriminator(generator, discriminator):
    """Raises ValueError unless the discriminator takes what the decoder does."""
    expected, taken = generator.inputs[0].shape[1:], discriminator.inputs[0].shape[1:]
    if tuple(expected) != tuple(taken) or len(discriminator.inputs) > 1:
        raise ValueError(
            f"`discriminator` judges latents, {tuple(expected)}. Received: it takes "
            f"{[tuple(own.shape[1:]) for own in discriminator.inputs]}. "
            f"Build it with `gan_keras.networks.mlp.discriminator({tuple(expected)})`."
        )
