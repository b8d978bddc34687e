"""One discriminator, its loss and penalties, and the augmentation through which it looks."""

import math

import tensorflow as tf

from gan_keras import augment as augments
from gan_keras import losses
from gan_keras.models import penalized
from gan_keras.models.latent import LatentModel
from gan_keras.models.players import held_still
from gan_keras.penalties.critic import Critic


class JudgedModel(LatentModel):
    """Abstract base of the algorithms in which an adversarial loss compares logits.

    Args:
        generator: built `keras.Model` from latents to samples.
        discriminator: built `keras.Model`; what it takes and gives is the algorithm's business.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names.
        augment: a `gan_keras.augment.Augment` or its name, or None.
        discriminator_terms: names of terms beside "adversarial" and the penalties.
        generator_terms: names of terms beside "adversarial".
        monitors: names of scalars beside "real_logits" and "fake_logits".
        **arguments: those of `LatentModel`.
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        loss,
        penalties,
        augment=None,
        discriminator_terms=(),
        generator_terms=(),
        monitors=(),
        **arguments,
    ):
        penalty_objects = penalized.objects(penalties)
        names = [penalty.name for penalty in penalty_objects]
        super().__init__(
            generator,
            discriminator_terms=("adversarial", *discriminator_terms, *names),
            generator_terms=("adversarial", *generator_terms),
            monitors=("real_logits", "fake_logits", *monitors),
            **arguments,
        )
        self.discriminator = discriminator
        self.adversarial_loss = losses.get(loss)
        self.penalties = penalty_objects
        self.penalty_states = penalized.states(penalty_objects, [discriminator])
        self.augment = augments.get(augment)
        if self.augment is not None:
            self.augment.check(self.image_shape)

    def generator_networks(self):
        """The generator."""
        return [self.generator]

    def discriminator_networks(self):
        """The discriminator."""
        return [self.discriminator]

    def wants_fresh_real(self):
        """A relativistic generator compares itself with real samples."""
        return self.adversarial_loss.needs_real_for_generator

    def adversarial_terms(self, score, real, fake):
        """The discriminator's adversarial term and its penalties, on one real and one fake pass.

        Args:
            score: function from samples to logits.
            real, fake: what it is to tell apart.
        """
        critic = Critic(score, self.random)
        real_logits, fake_logits = critic(real), critic(fake)
        self.monitor(real_logits=real_logits, fake_logits=fake_logits)
        if self.augment is not None and self.is_training:
            margins = self.adversarial_loss.real_margins(real_logits, fake_logits)
            self.augment.observe(margins, tf.size(real) // math.prod(self.image_shape))
        adversarial = self.adversarial_loss.discriminator(real_logits, fake_logits)
        return {"adversarial": adversarial, **penalized.terms(self, critic, real, fake)}

    def judged_still(self, judge, real, fake):
        """What `judge` says of real samples (None where the loss does not ask) and of fakes.

        The discriminator is held still; the augmentation is not, or its draws would be forgotten.
        """
        fake = self.augmented(fake)
        compares = self.adversarial_loss.needs_real_for_generator
        real = self.augmented(real) if compares else None
        with held_still(self.discriminator_networks()):
            judged = judge(fake)
            return judge(real) if compares else None, judged

    def augmented(self, samples):
        """The samples as the discriminator is to see them."""
        return samples if self.augment is None else self.augment(samples, self.random)
