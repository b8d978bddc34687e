"""The bidirectional GAN (Donahue et al., 2017, arXiv:1605.09782; ALI, arXiv:1606.00704)."""

import math

import tensorflow as tf

from gan_keras import losses
from gan_keras.models.encoding import EncoderModel
from gan_keras.models.judge import Judge
from gan_keras.serialization import register


@register
class BiGAN(EncoderModel):
    """A generator and an encoder that must agree to fool one discriminator of pairs.

    For features of unlabelled data, and to see what a GAN makes of a given image.

    The discriminator tells pairs (x, E(x)) from pairs (G(z), z); the generator and the encoder play
    against it, so that at the optimum E inverts G (Donahue et al., theorem 2). Their loss is the
    discriminator's with the two kinds of pairs swapped: for the logistic loss
    E softplus(D(x, E(x))) + E softplus(-D(G(z), z)), the non-saturating one of section 3.5. No term
    compares x with G(E(x)): reconstructions are of the same kind rather than of the same pixels.

    With an encoder of Gaussians it is ALI (Dumoulin et al., 2017).

    Args:
        generator: built `keras.Model`: latents (batch, latent_dim) to samples; images are float32
            in [-1, 1].
        encoder: built `keras.Model`: samples to (batch, latent_dim) for points (BiGAN), or to
            (batch, 2 latent_dim), means and log-variances, for Gaussians (ALI).
        discriminator: built `keras.Model`: [samples, latents] to logits.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names. They see a pair as one vector, the
            sample's numbers and then the latents: R1 is about both.
        moving_average: a `MovingAverage`, a half-life in images, or None; of both networks.
        prior: "normal" or "uniform", what latents are drawn from.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, or a loss with label smoothing or of top-k.

    Example:
        from gan_keras.networks import dcgan, heads
        generator, like = dcgan.generator(latent_dim=32), dcgan.discriminator()
        bigan = models.BiGAN(generator, heads.encoder(like, 32), heads.joint(like, 32))
        bigan.compile()
        bigan.fit(gan_keras.data.load("fashion_mnist_10k", labels=False), epochs=1)
        again = bigan.reconstruct(images)
    """

    def __init__(
        self,
        generator,
        encoder,
        discriminator,
        *,
        loss="non_saturating",
        penalties=(),
        moving_average=None,
        prior="normal",
        seed=0,
        name=None,
    ):
        adversarial_loss = losses.get(loss)
        if isinstance(adversarial_loss, losses.TopK):
            raise ValueError(
                "BiGAN's encoder and generator play the discriminator's loss with the sides "
                "swapped, in which TopK would leave nothing out. Take the loss that it wraps: "
                f"loss='{adversarial_loss.loss.name}'."
            )
        if getattr(adversarial_loss, "label_smoothing", 0):
            raise ValueError(
                "BiGAN's encoder and generator play the discriminator's loss with the sides "
                "swapped, which label smoothing would bend. Set label_smoothing=0."
            )
        check_pairs(generator, discriminator)
        judge = Judge(
            discriminator, loss=adversarial_loss, penalties=penalties, arrange=self._apart
        )
        super().__init__(
            generator,
            encoder,
            judges=[judge],
            prior=prior,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )

    def synthesize(self, batch):
        """Fakes of the latents, codes of the images."""
        return {**super().synthesize(batch), **self.encoded(batch)}

    def discriminator_losses(self, batch, synthesized):
        """Telling (x, E(x)) from (G(z), z)."""
        return self.judge.discriminator_losses(self.judge.critic(), *pairs(batch, synthesized))

    def generator_losses(self, batch, synthesized):
        """The same with the sides swapped: into the generator by fakes, the encoder by codes."""
        critic = self.judge.critic_held()
        real_logits, fake_logits = map(critic, pairs(batch, synthesized))
        return {"adversarial": self.judge.loss.discriminator(fake_logits, real_logits)}

    def _apart(self, paired):
        """What the discriminator takes, [samples, latents], of pairs as vectors."""
        sizes = [math.prod(self.sample_shape), self.latent_dim]
        samples, latents = tf.split(paired, sizes, axis=-1)
        return [tf.reshape(samples, (-1, *self.sample_shape)), latents]


def pairs(batch, synthesized):
    """The encoder's pairs (x, E(x)) and the generator's (G(z), z), each pair one vector."""
    return [
        tf.concat([tf.reshape(samples, (tf.shape(samples)[0], -1)), latents], axis=-1)
        for samples, latents in (
            (batch["real"], synthesized["codes"]),
            (tf.cast(synthesized["fake"], tf.float32), batch["latents"]),
        )
    ]


def check_pairs(generator, discriminator):
    """Raises ValueError unless the discriminator takes samples and latents of the generator."""
    expected = [tuple(generator.outputs[0].shape[1:]), tuple(generator.inputs[0].shape[1:])]
    taken = [tuple(own.shape[1:]) for own in discriminator.inputs]
    if taken != expected:
        raise ValueError(
            f"`discriminator` must take [samples, latents] of shapes {expected}. "
            f"Received: {taken}. Build it with `gan_keras.networks.heads.joint`."
        )
