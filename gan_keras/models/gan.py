"""The generative adversarial network (Goodfellow et al., 2014, arXiv:1406.2661)."""

from gan_keras.models import validation
from gan_keras.models.judge import Judge, states
from gan_keras.models.latent import LatentModel
from gan_keras.serialization import register


@register
class GAN(LatentModel):
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
        kind: the `kinds.Kind` of the samples. Defaults to None: images (h, w, c) or vectors (d,).
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other, `num_classes` or `packing`.

    Example:
        from gan_keras.networks import dcgan
        gan = GAN(dcgan.generator(), dcgan.discriminator(), moving_average=10_000)
        gan.compile()
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
        kind=None,
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
        judge = Judge(
            discriminator,
            loss=loss,
            penalties=penalties,
            generator_penalties=generator_penalties,
            augment=augment,
            packing=packing,
        )
        super().__init__(
            generator,
            judges=[judge],
            prior=prior,
            num_classes=num_classes,
            kind=kind,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.generator_penalty_states = states(judge.generator_penalties, [generator])
        self.packing = packing
        self.judge = judge

    def check_batch(self, data, num_batches=1):
        """As in `LatentModel`, and whether the packs come out even."""
        super().check_batch(data, num_batches)
        real = validation.by_role(data, self.batch_kinds())["real"]
        validation.check_packing(int(real.shape[0]) // num_batches, self.packing)

    def discriminator_losses(self, batch, synthesized):
        """The adversarial term on one real and one fake pass, and the penalties on those passes."""
        critic = self.judge.critic(self.given(batch))
        real, fake = self.judge.packed(batch["real"]), self.judge.packed(synthesized["fake"])
        return self.judge.discriminator_losses(critic, real, fake)

    def generator_losses(self, batch, synthesized):
        """The adversarial term through the discriminator, which keeps its state, and penalties."""
        critic = self.judge.critic_held(self.given(batch), inputs=self.inputs_of(batch))
        real, fake = self.judge.packed(batch["real"]), self.judge.packed(synthesized["fake"])
        return self.judge.generator_losses(critic, real, fake)
