"""The self-supervised GAN (Chen et al., 2019, arXiv:1811.11212)."""

import tensorflow as tf

from gan_keras import kinds
from gan_keras.models import second_output, validation
from gan_keras.models.judge import Judge
from gan_keras.models.latent import LatentModel
from gan_keras.models.players import frozen_state
from gan_keras.serialization import register

NUM_ROTATIONS = 4


@register
class SSGAN(LatentModel):
    """An unconditional GAN whose discriminator also tells by how much an image was turned.

    For data without labels: the second task keeps the discriminator from forgetting what it has
    learned while the fakes change, as class labels do in a conditional GAN.

    Each image x is turned by R in {0, 90, 180, 270} degrees, and Q reads R off the discriminator's
    second output: d_loss gets rotation_weight * -E log Q(R | x_R) over real images (beta),
    g_loss the same over fakes with generator_rotation_weight (alpha; equations 2 and 3). Only
    upright images are judged real or fake. The paper turns a quarter of the batch in all four
    directions; here every image is turned in one, drawn for it: as many passes, the same mean.

    Args:
        generator: built `keras.Model`: latents (batch, latent_dim) to square images in [-1, 1].
        discriminator: built `keras.Model`: images to [logits, rotation logits (batch, 4)].
        rotation_weight: weight of the rotations of real images in d_loss.
        generator_rotation_weight: weight of the rotations of fakes in g_loss.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names, on the first output.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        prior: "normal" or "uniform", what latents are drawn from.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, images that are not square, or a negative
            weight.

    Example:
        from gan_keras.networks import dcgan, heads
        ssgan = models.SSGAN(dcgan.generator(), heads.classifier(dcgan.discriminator(), 4))
        ssgan.compile()
        ssgan.fit(gan_keras.data.load("fashion_mnist_10k", labels=False), epochs=1)
        images = ssgan.sample(64)
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        rotation_weight=1.0,
        generator_rotation_weight=0.2,
        loss="non_saturating",
        penalties=(),
        moving_average=None,
        prior="normal",
        seed=0,
        name=None,
    ):
        validation.check_conditioning(generator, discriminator, None)
        validation.check_fit(generator, discriminator)
        second_output.check(discriminator, "rotation logits", NUM_ROTATIONS)
        validation.check_weights(
            rotation_weight=rotation_weight, generator_rotation_weight=generator_rotation_weight
        )
        shape = tuple(generator.outputs[0].shape[1:])
        if not kinds.are_images(shape) or shape[0] != shape[1]:
            raise ValueError(
                f"SSGAN turns images by 90 degrees, so they are square. Received: {shape}. "
                "Crop them, or take a GAN."
            )
        judge = Judge(discriminator, loss=loss, penalties=penalties)
        super().__init__(
            generator,
            judges=[judge],
            discriminator_terms=("rotation",),
            generator_terms=("rotation",),
            monitors=("rotation_accuracy",),
            prior=prior,
            num_classes=None,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.judge = judge
        self.rotation_weight = rotation_weight
        self.generator_rotation_weight = generator_rotation_weight

    def draw(self, batch, random):
        """Latents, and a rotation for each image."""
        rotations = random.integers((tf.shape(batch["real"])[0],), NUM_ROTATIONS)
        return {**super().draw(batch, random), "rotations": rotations}

    def discriminator_losses(self, batch, synthesized):
        """Real or fake of the upright ones, and which way up the turned real ones are."""
        real, rotations = batch["real"], batch["rotations"]
        terms = self.judge.discriminator_losses(self.judge.critic(), real, synthesized["fake"])
        turned = self._turned(real, rotations)
        self.monitor(rotation_accuracy=second_output.accuracy(turned, rotations))
        entropy = second_output.cross_entropy(turned, rotations)
        return {**terms, "rotation": self.rotation_weight * entropy}

    def generator_losses(self, batch, synthesized):
        """Taken for real, and with an upright that shows."""
        fake, rotations = synthesized["fake"], batch["rotations"]
        terms = self.judge.generator_losses(self.judge.critic_held(), batch["real"], fake)
        with frozen_state([self.discriminator]):
            turned = self._turned(fake, rotations)
        entropy = second_output.cross_entropy(turned, rotations)
        return {**terms, "rotation": self.generator_rotation_weight * entropy}

    def _turned(self, images, rotations):
        """Rotation logits (batch, 4) of images that are turned first."""
        _, logits = self.discriminator(rotated(images, rotations), training=self.is_training)
        return tf.cast(logits, tf.float32)


def rotated(images, rotations):
    """Each image turned anticlockwise by its own number of quarter turns.

    Args:
        images: square images (batch, size, size, channels).
        rotations: int32 (batch,) in [0, 4).
    """
    across = tf.transpose(images, (0, 2, 1, 3))
    turns = tf.stack(
        [images, across[:, ::-1], images[:, ::-1, ::-1], across[:, :, ::-1]], axis=1
    )  # (batch, 4, size, size, channels)
    chosen = tf.one_hot(rotations, NUM_ROTATIONS, dtype=images.dtype)
    return tf.einsum("bk,bkhwc->bhwc", chosen, turns)
