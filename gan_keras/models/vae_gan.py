"""The variational autoencoder with a learned likeness (Larsen et al., 2016, arXiv:1512.09300)."""

import tensorflow as tf

from gan_keras.models import second_output, validation
from gan_keras.models.encoding import EncoderModel
from gan_keras.models.judge import Judge
from gan_keras.serialization import register


@register
class VAEGAN(EncoderModel):
    """A variational autoencoder that compares by a discriminator's features, and plays against it.

    For reconstructions sharper than a squared error of pixels gives, with a latent space that can
    be sampled and edited.

    With f(x) the discriminator's features and G the decoder, for codes z ~ E(x) and latents p from
    the prior (Algorithm 1):
    likeness L = E |f(x) - f(G(z))|^2 / 2, summed over features; divergence KL = E KL(E(x) || N);
    the encoder minimises KL + L; the decoder similarity_weight * L + the adversarial loss of G(z)
    and G(p); the discriminator its adversarial loss of x against G(z) and G(p), half each.

    The paper has three networks in turn; here encoder and decoder are one player, which minimises
    KL + similarity_weight * L + adversarial. Stopped gradients keep the paper's partition: codes
    of the adversarial term lead back to no encoder (which costs one more pass of the decoder), and
    what L hands to the encoder is divided by `similarity_weight`.

    Args:
        generator: built `keras.Model`, the decoder: latents (batch, latent_dim) to samples; images
            are float32 in [-1, 1].
        encoder: built `keras.Model`: samples to (batch, 2 latent_dim), means, then log-variances.
        discriminator: built `keras.Model`: samples to [logits, features (batch, ...)].
        similarity_weight: gamma, above 0: the decoder's share of the likeness, which is a sum over
            features and so grows with their number. Defaults to 0.1, for some 1,500 features; the
            authors' code has 1e-6 at 64 pixels.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names, with G(p) for the fakes.
        moving_average: a `MovingAverage`, a half-life in images, or None; of both networks.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, an encoder without variances, or a weight
            that is not positive.

    Example:
        from gan_keras.networks import dcgan, heads
        decoder, like = dcgan.generator(latent_dim=32), dcgan.discriminator()
        model = models.VAEGAN(decoder, heads.encoder(like, 64), heads.with_features(like))
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
        similarity_weight=0.1,
        loss="non_saturating",
        penalties=(),
        moving_average=None,
        seed=0,
        name=None,
    ):
        if not similarity_weight > 0:
            raise ValueError(f"`similarity_weight` must be above 0. Received: {similarity_weight}.")
        validation.check_fit(generator, discriminator)
        second_output.check(discriminator, "features")
        super().__init__(
            generator,
            encoder,
            judges=[Judge(discriminator, loss=loss, penalties=penalties)],
            generator_terms=("similarity", "divergence"),
            prior="normal",
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        if not self.is_gaussian:
            raise ValueError(
                f"`encoder` must give {2 * self.latent_dim} numbers, means and log-variances. "
                f"Received: {self.latent_dim}. For points take an AdversarialAutoencoder."
            )
        self.similarity_weight = similarity_weight

    def synthesize(self, batch):
        """G(p), and G(z) twice: once with a way back to the encoder, once without."""
        encoded, generator = self.encoded(batch), self.active(self.generator)
        codes = encoded["codes"]
        similar = scaled_gradient(codes, 1.0 / self.similarity_weight)
        return {
            **encoded,
            **super().synthesize(batch),
            "similar": generator(similar, training=self.is_training),
            "reconstructed": generator(tf.stop_gradient(codes), training=self.is_training),
        }

    def discriminator_losses(self, batch, synthesized):
        """Real against samples of the prior and reconstructions, half each."""
        critic, loss = self.judge.critic(), self.judge.loss.discriminator
        real, fake = batch["real"], synthesized["fake"]
        real_logits, fake_logits = critic(real), critic(fake)
        self.judge.observe(real_logits, fake_logits, real)
        against = loss(real_logits, fake_logits)
        against += loss(real_logits, critic(synthesized["reconstructed"]))
        return {"adversarial": 0.5 * against, **self.judge.penalty_terms(critic, real, fake)}

    def generator_losses(self, batch, synthesized):
        """The decoder's adversarial term, likeness for both, divergence for the encoder."""
        critic, loss = self.judge.critic_held(), self.judge.loss.generator
        real, similar = batch["real"], synthesized["similar"]
        real_logits = critic(real)
        adversarial = loss(real_logits, critic(synthesized["fake"]))
        adversarial += loss(real_logits, critic(synthesized["reconstructed"]))
        critic(similar)
        [real_features], [features] = critic.beside(real), critic.beside(similar)
        likeness = 0.5 * mean_square(features - tf.stop_gradient(real_features))
        return {
            "adversarial": 0.5 * adversarial,
            "similarity": self.similarity_weight * likeness,
            "divergence": divergence(synthesized["means"], synthesized["log_variances"]),
        }


def scaled_gradient(x, factor):
    """`x` itself, whose gradient is `factor` times what arrives."""
    return tf.custom_gradient(lambda y: (tf.identity(y), lambda upstream: factor * upstream))(x)


def mean_square(difference):
    """Squared length of each sample's difference (batch, ...), mean over the batch."""
    return tf.reduce_mean(tf.reduce_sum(tf.square(difference), range(1, len(difference.shape))))


def divergence(means, log_variances):
    """KL(N(means, exp(log_variances)) || N(0, I)), summed over latents, mean over the batch.

    (Kingma and Welling, 2014, arXiv:1312.6114, appendix B.)
    """
    terms = tf.square(means) + tf.exp(log_variances) - 1.0 - log_variances
    return 0.5 * tf.reduce_mean(tf.reduce_sum(terms, axis=-1))
