"""The auxiliary classifier GAN (Odena et al., 2017, arXiv:1610.09585)."""

import keras
import tensorflow as tf

from gan_keras import augment as augments
from gan_keras import losses
from gan_keras.models import heads, penalized, validation
from gan_keras.models.latent import LatentModel
from gan_keras.models.players import held_still
from gan_keras.penalties.critic import Critic
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
        acgan.compile("adam", "adam")
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
        heads.check(discriminator, "class logits", num_classes)
        heads.check_weights(
            real_class_weight=real_class_weight,
            fake_class_weight=fake_class_weight,
            generator_class_weight=generator_class_weight,
        )
        penalty_objects = penalized.objects(penalties)
        super().__init__(
            generator,
            prior=prior,
            num_classes=num_classes,
            discriminator_terms=(
                *("adversarial", "real_class", "fake_class"),
                *(penalty.name for penalty in penalty_objects),
            ),
            generator_terms=("adversarial", "class"),
            monitors=("real_logits", "fake_logits", "real_accuracy", "fake_accuracy"),
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.discriminator = discriminator
        self.adversarial_loss = losses.get(loss)
        self.real_class_weight = real_class_weight
        self.fake_class_weight = fake_class_weight
        self.generator_class_weight = generator_class_weight
        self.penalties = penalty_objects
        self.penalty_states = penalized.states(penalty_objects, [discriminator])
        self.augment = augments.get(augment)
        if self.augment is not None:
            self.augment.check(self.image_shape)

    def generator_networks(self):
        """The generator."""
        return [self.generator]

    def discriminator_networks(self):
        """The discriminator, the classifier in it."""
        return [self.discriminator]

    def wants_fresh_real(self):
        """A relativistic generator compares itself with real samples."""
        return self.adversarial_loss.needs_real_for_generator

    def discriminator_losses(self, batch, synthesized):
        """Real or fake, and which class, from one pass each."""
        labels, class_logits = batch["labels"], []

        def score(images):
            logits, classes = self._judge(self._augmented(images))
            class_logits.append(classes)
            return logits

        critic = Critic(score, self.random)
        real, fake = batch["images"], synthesized["images"]
        real_logits, fake_logits = critic(real), critic(fake)
        real_classes, fake_classes = class_logits[:2]  # a penalty may pass more
        self.monitor(
            real_logits=real_logits,
            fake_logits=fake_logits,
            real_accuracy=heads.accuracy(real_classes, labels),
            fake_accuracy=heads.accuracy(fake_classes, labels),
        )
        if self.augment is not None and self.is_training:
            self.augment.observe(real_logits)
        return {
            "adversarial": self.adversarial_loss.discriminator(real_logits, fake_logits),
            "real_class": self.real_class_weight * heads.cross_entropy(real_classes, labels),
            "fake_class": self.fake_class_weight * heads.cross_entropy(fake_classes, labels),
            **penalized.terms(self, critic, real, fake),
        }

    def generator_losses(self, batch, synthesized):
        """Taken for real, and for the class that was ordered."""
        loss, real, real_logits = self.adversarial_loss, None, None
        fake = self._augmented(synthesized["images"])  # not held still: its draws must move on
        if loss.needs_real_for_generator:
            real = self._augmented(batch["images"])
        with held_still([self.discriminator]):
            fake_logits, classes = self._judge(fake)
            if real is not None:
                real_logits, _ = self._judge(real)
        entropy = heads.cross_entropy(classes, batch["labels"])
        return {
            "adversarial": loss.generator(real_logits, fake_logits),
            "class": self.generator_class_weight * entropy,
        }

    def _augmented(self, images):
        return images if self.augment is None else self.augment(images, self.random)

    def _judge(self, images):
        """Logits (batch, 1) and class logits (batch, num_classes)."""
        logits, classes = self.discriminator(images, training=self.is_training)
        return tf.cast(logits, tf.float32), tf.cast(classes, tf.float32)

    def get_config(self):
        """The arguments, networks serialised."""
        serialize = keras.saving.serialize_keras_object
        return {
            "generator": serialize(self.generator),
            "discriminator": serialize(self.discriminator),
            "num_classes": self.num_classes,
            "loss": serialize(self.adversarial_loss),
            "real_class_weight": self.real_class_weight,
            "fake_class_weight": self.fake_class_weight,
            "generator_class_weight": self.generator_class_weight,
            "penalties": [serialize(penalty) for penalty in self.penalties],
            "augment": serialize(self.augment),
            "moving_average": serialize(self.moving_average),
            "prior": self.prior,
            "seed": self.seed,
            "name": self.name,
        }
