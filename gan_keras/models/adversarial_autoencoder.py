"""The adversarial autoencoder (Makhzani et al., 2016, arXiv:1511.05644)."""

import tensorflow as tf

from gan_keras.models import validation
from gan_keras.models.encoding import EncoderModel
from gan_keras.models.judge import Judge
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
        model.compile()
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
        validation.check_weights(reconstruction_weight=reconstruction_weight)
        check_code_discriminator(generator, discriminator)
        super().__init__(
            generator,
            encoder,
            judges=[Judge(discriminator, loss=loss, penalties=penalties)],
            generator_terms=("reconstruction",),
            prior=prior,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.reconstruction_weight = reconstruction_weight

    def synthesize(self, batch):
        """Codes of the images, and what the decoder makes of them."""
        codes = self.encoded(batch)["codes"]
        generator = self.active(self.generator)
        return {"codes": codes, "fake": generator(codes, training=self.is_training)}

    def discriminator_losses(self, batch, synthesized):
        """Telling the prior from the codes."""
        critic = self.judge.critic()
        return self.judge.discriminator_losses(critic, batch["latents"], synthesized["codes"])

    def generator_losses(self, batch, synthesized):
        """Codes like the prior, images like the originals."""
        critic = self.judge.critic_held()
        terms = self.judge.generator_losses(critic, batch["latents"], synthesized["codes"])
        error = tf.cast(synthesized["fake"], tf.float32) - batch["real"]
        reconstruction = self.reconstruction_weight * tf.reduce_mean(tf.square(error))
        return {**terms, "reconstruction": reconstruction}


def check_code_discriminator(generator, discriminator):
    """Raises ValueError unless the discriminator takes what the decoder does."""
    expected, taken = generator.inputs[0].shape[1:], discriminator.inputs[0].shape[1:]
    if tuple(expected) != tuple(taken) or len(discriminator.inputs) > 1:
        raise ValueError(
            f"`discriminator` judges latents, {tuple(expected)}. Received: it takes "
            f"{[tuple(own.shape[1:]) for own in discriminator.inputs]}. "
            f"Build it with `gan_keras.networks.mlp.discriminator({tuple(expected)})`."
        )
