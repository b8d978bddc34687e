"""An encoder beside the generator: from samples back to latents."""

import numpy as np
import tensorflow as tf

from gan_keras.models import validation
from gan_keras.models.latent import LatentModel


class EncoderModel(LatentModel):
    """Abstract base of the algorithms that also turn samples into latents.

    The encoder plays on the generator's side. One of width `latent_dim` gives a point; one of twice
    that width gives a Gaussian, means then log-variances, from which training draws.

    Args:
        generator: built `keras.Model` from latents (batch, latent_dim) to samples: the decoder.
        encoder: built `keras.Model` from samples to (batch, latent_dim) or (batch, 2 latent_dim).
        judges: list of the one `Judge`.
        **arguments: those of `LatentModel`.
    """

    def __init__(self, generator, encoder, *, judges, **arguments):
        check_encoder(generator, encoder)
        super().__init__(generator, judges=judges, num_classes=None, **arguments)
        [self.judge] = judges
        self.encoder = encoder
        self.is_gaussian = encoder.outputs[0].shape[-1] == 2 * self.latent_dim
        self.moving_average_encoder = self.average_of(encoder, "moving_average_encoder")

    def generator_networks(self):
        """The generator and the encoder."""
        return [self.generator, self.encoder]

    def generator_needs_real(self):
        """The generator's side turns the batch's own samples into codes, whatever the loss."""
        return False

    def draw(self, batch, random):
        """Latents from the prior, and noise for the codes of the batch where they are Gaussian."""
        drawn = super().draw(batch, random)
        if self.is_gaussian:
            drawn["encoder_noise"] = random.normal((tf.shape(batch["real"])[0], self.latent_dim))
        return drawn

    def encoded(self, batch):
        """One pass of the encoder: {"codes"}, and {"means", "log_variances"} where Gaussian."""
        given = self.active(self.encoder)(batch["real"], training=self.is_training)
        given = tf.cast(given, tf.float32)
        if not self.is_gaussian:
            return {"codes": given}
        means, log_variances = tf.split(given, 2, axis=-1)
        codes = means + tf.exp(0.5 * log_variances) * batch["encoder_noise"]
        return {"codes": codes, "means": means, "log_variances": log_variances}

    def encode(self, images, *, use_moving_average=True, batch_size=256) -> np.ndarray:
        """Latents of samples: the point, or the Gaussian's mean.

        Args:
            images: float array (num, *sample shape), images in [-1, 1].
            use_moving_average: encode with the averaged encoder, if there is one.
            batch_size: how many at a time, which bounds the memory.

        Returns:
            float32 array (num, latent_dim).
        """
        validation.check_positive_integers(batch_size=batch_size)
        images = np.asarray(images)
        self.kind.check_batch(images, "`images`")
        network = self.encoder
        if use_moving_average and self.moving_average_encoder is not None:
            network = self.moving_average_encoder
        parts = [
            np.asarray(network(images[start : start + batch_size], training=False), "float32")
            for start in range(0, len(images), batch_size)
        ]
        return np.concatenate(parts)[:, : self.latent_dim]

    def reconstruct(self, images, *, use_moving_average=True, batch_size=256) -> np.ndarray:
        """Samples there and back, by encoder and generator; arguments as in `encode`.

        Returns:
            float32 array, shaped as `images`.
        """
        settings = {"use_moving_average": use_moving_average, "batch_size": batch_size}
        return self.decode(self.encode(images, **settings), **settings)


def check_encoder(generator, encoder):
    """Raises ValueError unless the encoder takes samples and gives latents."""
    given, taken = tuple(generator.outputs[0].shape[1:]), tuple(encoder.inputs[0].shape[1:])
    if given != taken:
        raise ValueError(
            f"`generator` gives samples of shape {given} but `encoder` takes {taken}. "
            "Build both with the same shape."
        )
    if len(generator.inputs) > 1:
        raise ValueError("`generator` takes labels, but this model has none. Build it without.")
    latent_dim, width = generator.inputs[0].shape[-1], encoder.outputs[0].shape[-1]
    if width not in (latent_dim, 2 * latent_dim):
        raise ValueError(
            f"`encoder` gives {width} numbers, but `generator` takes {latent_dim} latents. "
            f"Give {latent_dim} for points or {2 * latent_dim} for Gaussians."
        )
