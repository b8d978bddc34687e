"""The boundary equilibrium GAN (Berthelot et al., 2017, arXiv:1703.10717)."""

import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.models import validation
from gan_keras.models.latent import LatentModel
from gan_keras.models.players import frozen_state
from gan_keras.serialization import register


@register
class BEGAN(LatentModel):
    """A GAN whose discriminator is an autoencoder: what it can't give back is not real.

    For smooth samples from an even game, and for a number that says how far training has come. Its
    samples are softer than other GANs': an autoencoder judges a whole image, not its texture.

    With L(v) = mean |v - D(v)| over pixels and batch, the discriminator minimises L(x) - k L(G(z)),
    the generator L(G(z)). The balance k starts at 0 and after each update of the discriminator
    becomes k + balance_rate * (diversity * L(x) - L(G(z))), held in [0, 1]: fakes count for more as
    long as they are too easily given back, for less when the generator falls behind. Then L(G(z))
    settles at `diversity` times L(x). In the logs, "balance" is k, and "convergence" is
    L(x) + |diversity * L(x) - L(G(z))|, which falls as samples improve (section 3.4.1). What other
    models call logits are the images' negative errors here.

    Args:
        generator: built `keras.Model`: latents (batch, latent_dim) to samples; images are float32
            in [-1, 1].
        discriminator: built `keras.Model`, an autoencoder: samples to samples, such as
            `networks.heads.autoencoder` builds. Batch norm in it would let it tell real from fake
            by their statistics.
        diversity: gamma, in (0, 1]: below 0.5 samples get cleaner and more alike.
        balance_rate: lambda, above 0: how fast k moves. Defaults to the paper's 0.001.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        prior: "normal" or "uniform" (the paper's), what latents are drawn from.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: a discriminator that is no autoencoder of the generator's samples, or a number
            out of range.

    Example:
        from gan_keras.networks import dcgan, heads
        generator = dcgan.generator(normalization=None)
        began = models.BEGAN(generator, heads.autoencoder(dcgan.discriminator(), generator))
        began.compile()
        began.fit(gan_keras.data.load("fashion_mnist_10k", labels=False), epochs=1)
        images = began.sample(64)
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        diversity=0.5,
        balance_rate=0.001,
        moving_average=None,
        prior="uniform",
        seed=0,
        name=None,
    ):
        validation.check_conditioning(generator, discriminator, None)
        validation.check_fit(generator, discriminator)
        check_autoencoder(discriminator)
        if not 0 < diversity <= 1:
            raise ValueError(f"`diversity` must be above 0 and at most 1. Received: {diversity}.")
        if not balance_rate > 0:
            raise ValueError(f"`balance_rate` must be above 0. Received: {balance_rate}.")
        super().__init__(
            generator,
            prior=prior,
            num_classes=None,
            discriminator_terms=("adversarial",),
            generator_terms=("adversarial",),
            monitors=("real_logits", "fake_logits", "balance", "convergence"),
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.discriminator = discriminator
        self.diversity = diversity
        self.balance_rate = balance_rate
        self.balance = self.add_weight(
            shape=(),
            dtype="float32",
            initializer="zeros",
            trainable=False,
            name="balance",
            aggregation="only_first_replica",
        )

    def discriminator_networks(self):
        """The autoencoder."""
        return [self.discriminator]

    def discriminator_losses(self, batch, synthesized):
        """Give real ones back, and fakes not; then the balance moves."""
        real_errors = self._errors(batch["real"])
        fake_errors = self._errors(synthesized["fake"])
        real, fake = tf.reduce_mean(real_errors), tf.reduce_mean(fake_errors)
        balance = tf.convert_to_tensor(self.balance)
        surplus = replicas.mean(tf.stop_gradient(self.diversity * real - fake))
        if self.is_training:
            # A part of a batch moves the balance by its part.
            moved = self.balance_rate * surplus / self.gradient_accumulation_steps
            self.balance.assign(tf.clip_by_value(balance + moved, 0.0, 1.0))
        self.monitor(
            real_logits=-real_errors,
            fake_logits=-fake_errors,
            balance=balance,
            convergence=real + tf.abs(surplus),
        )
        return {"adversarial": real - balance * fake}

    def generator_losses(self, batch, synthesized):
        """Be given back by the discriminator, which is held still."""
        with frozen_state([self.discriminator]):
            errors = self._errors(synthesized["fake"])
        return {"adversarial": tf.reduce_mean(errors)}

    def _errors(self, images):
        """Mean absolute error of each image's reconstruction: float32 (batch,)."""
        images = tf.cast(images, tf.float32)
        again = tf.cast(self.discriminator(images, training=self.is_training), tf.float32)
        return tf.reduce_mean(tf.abs(images - again), axis=range(1, len(images.shape)))


def check_autoencoder(discriminator):
    """Raises ValueError unless a discriminator gives what it takes."""
    taken = tuple(discriminator.inputs[0].shape[1:])
    given = [tuple(output.shape[1:]) for output in discriminator.outputs]
    if given != [taken]:
        raise ValueError(
            f"`discriminator` must be an autoencoder, from {taken} to {taken}. Received: it gives "
            f"{given}. Build it with `gan_keras.networks.heads.autoencoder`."
        )
