"""The information maximising GAN (Chen et al., 2016, arXiv:1606.03657)."""

import numpy as np
import tensorflow as tf

from gan_keras.latents import PRIORS
from gan_keras.models import validation
from gan_keras.models.codes import Codes
from gan_keras.models.judge import Judge
from gan_keras.models.latent import LatentModel
from gan_keras.serialization import register


@register
class InfoGAN(LatentModel):
    """A GAN some of whose latents are codes that can be read off the sample again.

    For finding, without labels, what varies in the data: a categorical code tends to become the
    kind of thing, a continuous one its slant or width.

    Latents are [noise, codes c]; a recogniser Q guesses c from the sample, and the generator's
    player (generator and recogniser) minimises its adversarial loss plus
    information_weight * -E log Q(c | G(noise, c)), a bound on the mutual information of codes and
    samples (equations 5 and 6; the continuous codes' deviation is fixed at 1).

    Args:
        generator: built `keras.Model`: latents (batch, noise + codes) to samples; images are
            float32 in [-1, 1].
        discriminator: built `keras.Model`: samples to logits, or to [logits, features].
        recognizer: built `keras.Model` to (batch, codes): samples, or, with a discriminator of two
            outputs, its features. In the latter case its own layers alone belong to the
            generator's player: the shared ones stay the discriminator's.
        categories: tuple, the number of values of each categorical code.
        num_continuous: number of continuous codes.
        information_weight: weight of the information term, lambda in the paper.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names.
        augment: a `gan_keras.augment.Augment` or its name, for what the discriminator sees, or
            None.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        prior: "normal" or "uniform", what the noise is drawn from.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other or the codes, or a negative weight.

    Example:
        from gan_keras.networks import dcgan, heads
        generator = dcgan.generator(latent_dim=64)  # 52 of noise, 10 + 2 of codes
        discriminator = heads.with_features(dcgan.discriminator())
        infogan = models.InfoGAN(generator, discriminator, heads.reader(discriminator, 12))
        infogan.compile()
        infogan.fit(gan_keras.data.load("fashion_mnist_10k", labels=False), epochs=1)
        pictures = infogan.traverse(code=0)
    """

    def __init__(
        self,
        generator,
        discriminator,
        recognizer,
        *,
        categories=(10,),
        num_continuous=2,
        information_weight=1.0,
        loss="non_saturating",
        penalties=(),
        augment=None,
        moving_average=None,
        prior="normal",
        seed=0,
        name=None,
    ):
        codes = Codes(categories, num_continuous)
        validation.check_weights(information_weight=information_weight)
        validation.check_conditioning(generator, discriminator, None)
        validation.check_fit(generator, discriminator)
        check_recognizer(generator, discriminator, recognizer, codes.size)
        judge = Judge(discriminator, loss=loss, penalties=penalties, augment=augment)
        super().__init__(
            generator,
            judges=[judge],
            generator_terms=("information",),
            prior=prior,
            num_classes=None,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.judge = judge
        self.recognizer = recognizer
        self.codes = codes
        self.categories, self.num_continuous = codes.categories, codes.num_continuous
        self.information_weight = information_weight

    def generator_networks(self):
        """The generator, and the recogniser that works with it."""
        return [self.generator, self.recognizer]

    def draw_latents(self, random, num, truncation=None):
        """Noise from the prior, then the codes; `truncation` is the noise's."""
        noise_dim = self.latent_dim - self.codes.size
        codes = self.codes.draw(random, num)
        if noise_dim == 0:
            return codes
        noise = PRIORS[self.prior](random, (num, noise_dim), truncation)
        return tf.concat([noise, codes], axis=-1)

    def discriminator_losses(self, batch, synthesized):
        """As in a GAN: the codes are none of the discriminator's business."""
        critic = self.judge.critic()
        return self.judge.discriminator_losses(critic, batch["real"], synthesized["fake"])

    def generator_losses(self, batch, synthesized):
        """Taken for real, and legible: the gradient of both goes into the generator."""
        critic, fake = self.judge.critic_held(), synthesized["fake"]
        terms = self.judge.generator_losses(critic, batch["real"], fake)
        features = critic.beside(fake)
        guess = self.recognizer(features[0] if features else fake, training=self.is_training)
        codes = batch["latents"][:, -self.codes.size :]
        information = self.codes.information_loss(guess, codes)
        return {**terms, "information": self.information_weight * information}

    def traverse(self, code, *, num_rows=8, num_steps=10, span=2.0, seed=None) -> np.ndarray:
        """What one code does: every row keeps its noise and its other codes.

        Args:
            code: index of the code, the categorical ones first.
            num_rows: number of different latents.
            num_steps: values of a continuous code; a categorical one shows all it has.
            span: a continuous code goes from -span to span; above 1 lies beyond what was trained
                (the paper shows 2).
            seed: integer or None.

        Returns:
            float32 array (num_rows, values, *sample shape); for a picture,
            `images.grid(array.reshape(-1, *array.shape[2:]), columns=array.shape[1])`.

        Raises:
            ValueError: there is no such code.
        """
        categories = self.codes.categories
        num_codes = len(categories) + self.codes.num_continuous
        if not 0 <= code < num_codes:
            raise ValueError(f"`code` is in [0, {num_codes}). Received: {code}.")
        validation.check_finite(span=span)
        positions = np.linspace(-span, span, num_steps)
        if code < len(categories):
            positions = np.arange(categories[code])
        latents = self.latents(num_rows, seed=seed)
        size = self.codes.size
        codes = self.codes.with_values(latents[:, -size:], code, positions).numpy()
        noise = np.repeat(latents[:, None, :-size], codes.shape[1], axis=1)
        moved = np.concatenate([noise, codes], axis=-1).reshape(-1, self.latent_dim)
        return self.decode(moved).reshape(*codes.shape[:2], *self.sample_shape)


def check_recognizer(generator, discriminator, recognizer, num_codes):
    """Raises ValueError unless the recogniser reads what there is, and guesses every code."""
    latent_dim = generator.inputs[0].shape[-1]
    if latent_dim < num_codes:
        raise ValueError(
            f"`generator` takes {latent_dim} latents, fewer than the {num_codes} numbers of the "
            "codes. Build it with a larger `latent_dim`: codes plus noise."
        )
    shares = len(discriminator.outputs) > 1
    read = discriminator.outputs[1] if shares else generator.outputs[0]
    given, taken = tuple(read.shape[1:]), tuple(recognizer.inputs[0].shape[1:])
    if given != taken:
        what = "the features of `discriminator`" if shares else "samples"
        raise ValueError(f"`recognizer` must take {what}, {given}. Received: it takes {taken}.")
    width = recognizer.outputs[0].shape[-1]
    if width != num_codes:
        raise ValueError(
            f"`recognizer` must give {num_codes} numbers, one for each value of a category and "
            f"each continuous code. Received: {width}."
        )
