"""The auxiliary classifier GAN (Odena et al., 2017, arXiv:1610.09585)."""

from gan_keras.models import second_output, validation
from gan_keras.models.judge import Judge
from gan_keras.models.latent import LatentModel
from gan_keras.serialization import register


@register
class ACGAN(LatentModel):
    """A conditional GAN whose discriminator is not told the class but has to name it.

    For few, well separated classes; it sharpens them at the price of variety inside each one. With
    many or similar classes take a `GAN` with a projection discriminator.

    With C(x) the class logits and c the label, each player's loss is the adversarial one plus
    cross-entropies: -log softmax(C(real))[c] and -log softmax(C(fake))[c] for the discriminator,
    the latter for the generator. Both want the class to be recognised (section 3, L_S and L_C).

    Args:
        generator: built `keras.Model`: [latents (batch, latent_dim), int32 labels (batch,)] to
            samples; images are float32 in [-1, 1].
        discriminator: built `keras.Model`: samples to [logits, class logits (batch, num_classes)].
        num_classes: number of classes, at least 2.
        loss: a `losses.Loss` or its name.
        real_class_weight: weight of the classes of real samples in d_loss.
        fake_class_weight: weight of the classes of fakes in d_loss; 0 keeps the classifier from
            learning the generator's mistakes.
        generator_class_weight: weight of the classes of fakes in g_loss.
        penalties: list of `penalties.Penalty` objects or names, on the first output.
        augment: a `gan_keras.augment.Augment` or its name, or None.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        prior: "normal" or "uniform", what latents are drawn from.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other or `num_classes`, or a negative weight.

    Example:
        from gan_keras.networks import dcgan, heads
        judge = heads.classifier(dcgan.discriminator(), 10)
        acgan = models.ACGAN(dcgan.generator(num_classes=10), judge, num_classes=10)
        acgan.compile()
        acgan.fit(gan_keras.data.load("fashion_mnist_10k", labels=True), epochs=1)
        images = acgan.sample(10, labels=3)
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        num_classes,
        loss="non_saturating",
        real_class_weight=1.0,
        fake_class_weight=1.0,
        generator_class_weight=1.0,
        penalties=(),
        augment=None,
        moving_average=None,
        prior="normal",
        seed=0,
        name=None,
    ):
        validation.check_positive_integers(num_classes=num_classes)
        validation.check_conditioning(
            generator, discriminator, num_classes, discriminator_takes_labels=False
        )
        validation.check_fit(generator, discriminator)
        second_output.check(discriminator, "class logits", num_classes)
        validation.check_weights(
            real_class_weight=real_class_weight,
            fake_class_weight=fake_class_weight,
            generator_class_weight=generator_class_weight,
        )
        judge = Judge(discriminator, loss=loss, penalties=penalties, augment=augment)
        super().__init__(
            generator,
            judges=[judge],
            discriminator_terms=("real_class", "fake_class"),
            generator_terms=("class",),
            monitors=("real_accuracy", "fake_accuracy"),
            prior=prior,
            num_classes=num_classes,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.judge = judge
        self.real_class_weight = real_class_weight
        self.fake_class_weight = fake_class_weight
        self.generator_class_weight = generator_class_weight

    def discriminator_losses(self, batch, synthesized):
        """Real or fake, and which class, from one pass each."""
        labels, real, fake = batch["labels"], batch["real"], synthesized["fake"]
        critic = self.judge.critic()
        terms = self.judge.discriminator_losses(critic, real, fake)
        [real_classes], [fake_classes] = critic.beside(real), critic.beside(fake)
        self.monitor(
            real_accuracy=second_output.accuracy(real_classes, labels),
            fake_accuracy=second_output.accuracy(fake_classes, labels),
        )
        of_real = second_output.cross_entropy(real_classes, labels)
        of_fake = second_output.cross_entropy(fake_classes, labels)
        return {
            **terms,
            "real_class": self.real_class_weight * of_real,
            "fake_class": self.fake_class_weight * of_fake,
        }

    def generator_losses(self, batch, synthesized):
        """Taken for real, and for the class that was ordered."""
        critic = self.judge.critic_held()
        terms = self.judge.generator_losses(critic, batch["real"], synthesized["fake"])
        [classes] = critic.beside(synthesized["fake"])
        entropy = second_output.cross_entropy(classes, batch["labels"])
        return {**terms, "class": self.generator_class_weight * entropy}
