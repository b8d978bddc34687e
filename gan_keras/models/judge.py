"""A judge: one discriminator, its loss and penalties, and the augmentation it looks through."""

import functools

import tensorflow as tf

from gan_keras import augment as augments
from gan_keras import losses
from gan_keras.layers.spade import resized
from gan_keras.models import features, squeezed_logits, validation
from gan_keras.models.feeding import feed
from gan_keras.models.players import frozen_state
from gan_keras.penalties import get_all as penalty_objects
from gan_keras.penalties.critic import Critic

ORDER = ("sample", "labels", "input", "mask", "condition")


class Judge:
    """A discriminator and all that an adversarial game wants of it; a plain object, as `Player` is.

    A model has one or several, each with a `prefix` for its terms in the logs, and hands them to
    `AdversarialModel`, which keeps what Keras must save as attributes of its own.

    Args:
        network: built `keras.Model` from samples, and what else its inputs are named for, to
            logits; larger for real ones.
        loss: a `losses.Loss` or its name.
        penalties: list of `penalties.Penalty` objects or names, for the discriminator's loss.
        generator_penalties: the same for the generator's.
        augment: a `gan_keras.augment.Augment` or its name, or None.
        packing: how many samples are judged together, stacked along the last axis.
        scales: whether all outputs are logits, of the sample at several scales, each of which
            counts alike. Else the first output is the logits, and the others belong to the
            algorithm.
        arrange: function from samples to what the network takes of them. Defaults to None: the
            samples themselves.
        features: a network with the layers of `network` that gives [logits, features], for
            distances between features; or None.
        prefix: of the names of its terms. Defaults to none.

    Raises:
        ValueError: a discriminator that ends in a sigmoid or softmax, or a penalty that does not
            suit it.
    """

    def __init__(
        self,
        network,
        *,
        loss,
        penalties=(),
        generator_penalties=(),
        augment=None,
        packing=1,
        scales=False,
        arrange=None,
        features=None,
        prefix="",
    ):
        squeezed_logits.refuse(network)
        self.network = network
        self.loss = losses.get(loss)
        self.penalties = penalty_objects(penalties, "discriminator")
        self.generator_penalties = penalty_objects(generator_penalties, "generator")
        self.augment = augments.get(augment)
        self.packing = packing
        self.scales = scales
        self.arrange = arrange
        self.features = features
        self.prefix = prefix
        self.model = None
        if scales and len(network.outputs) > 1:
            refuse_logit_penalties(self.penalties)

    # ------------------------------------------------------------- what a model must know of it

    @property
    def discriminator_terms(self):
        """Names of its terms in the discriminator's loss."""
        return self._named("adversarial", *(penalty.name for penalty in self.penalties))

    @property
    def generator_terms(self):
        """Names of its terms in the generator's loss."""
        return self._named("adversarial", *(penalty.name for penalty in self.generator_penalties))

    @property
    def monitors(self):
        """Names of what it reports beside: larger for what is taken for real."""
        return self._named("real_logits", "fake_logits")

    def join(self, model, kind):
        """Plays in `model`, on samples of `kind`."""
        self.model, self.kind = model, kind
        if self.augment is not None:
            self.augment.join(kind)

    # ------------------------------------------------------------- one update

    def critic(self, given=None):
        """The discriminator in its own update: a `Critic` with `given` bound.

        Args:
            given: dict from role to tensor, what the network takes beside samples.
        """
        return Critic(functools.partial(self._score, given or {}), self.model.random)

    def critic_held(self, given=None, inputs=None):
        """The discriminator in the generator's update: it does not notice that it is asked.

        Args:
            given: as in `critic`.
            inputs: what the generator took, for penalties that differentiate by it.
        """
        given = given or {}
        return Critic(
            functools.partial(self._score_held, given),
            self.model.random,
            features=functools.partial(self._features_held, given),
            inputs=inputs,
        )

    def maps_held(self, samples, given=None):
        """The features of samples as they are, not augmented; the discriminator doesn't notice."""
        with frozen_state([self.network]):
            return self._run(self.features, samples, given or {})[1]

    def discriminator_losses(self, critic, real, fake, known=None):
        """Dict of its terms in the discriminator's loss, from one pass of each side.

        Args:
            critic: from `critic`.
            real, fake: samples.
            known: (batch, h, w, 1), 1 where pixels of a fake count as real; or None.
        """
        real_logits, fake_logits = critic(real), critic(fake)
        self.observe(real_logits, fake_logits, real)
        side = self.loss.discriminator
        if known is not None:
            side = functools.partial(self._knowing, known)
        adversarial = self.compared(side, real_logits, fake_logits)
        terms = {"adversarial": adversarial, **self.penalty_terms(critic, real, fake)}
        return {self.prefix + name: term for name, term in terms.items()}

    def generator_losses(self, critic, real, fake):
        """Dict of its terms in the generator's loss; real samples are judged if the loss asks."""
        fake_logits = critic(fake)
        real_logits = critic(real) if self.loss.generator_needs_real else None
        adversarial = self.compared(self.loss.generator, real_logits, fake_logits)
        terms = {"adversarial": adversarial}
        terms |= self._terms(self.generator_penalties, self.model.steps, critic, real, fake)
        return {self.prefix + name: term for name, term in terms.items()}

    def penalty_terms(self, critic, real, fake):
        """Dict from name to term of each of its penalties, in one discriminator update."""
        return self._terms(self.penalties, self.model.discriminator_updates, critic, real, fake)

    def lazy_terms(self, player_name):
        """The terms that not every update has: dict from name to (interval, is it due now).

        Args:
            player_name: "d" or "g", whose terms.
        """
        terms, updates = self.penalties, self.model.discriminator_updates
        if player_name == "g":
            terms, updates = self.generator_penalties, self.model.steps
        return {
            self.prefix + penalty.name: (penalty.interval, updates.value % penalty.interval == 0)
            for penalty in terms
            if penalty.interval > 1
        }

    def observe(self, real_logits, fake_logits, real):
        """Reports what it said, and tells the augmentation how sure it is."""
        real_logits, fake_logits = flat(real_logits), flat(fake_logits)
        names = self.monitors
        self.model.monitor(**{names[0]: real_logits, names[1]: fake_logits})
        if self.augment is not None and self.model.is_training:
            margins = self.loss.real_margins(real_logits, fake_logits)
            self.augment.observe(margins, self.packing * tf.shape(real)[0])

    def compared(self, side, real_logits, fake_logits):
        """One side of the loss, mean over scales."""
        if not isinstance(fake_logits, list):
            return side(real_logits, fake_logits)
        real_logits = real_logits or [None] * len(fake_logits)
        scales = [side(*pair) for pair in zip(real_logits, fake_logits, strict=True)]
        return tf.add_n(scales) / len(scales)

    # ------------------------------------------------------------- passes

    def packed(self, samples):
        """(batch, ..., c) -> (batch / packing, ..., c * packing)"""
        if self.packing == 1:
            return samples
        validation.check_packing(samples.shape[0], self.packing)
        groups = tf.reshape(samples, (-1, self.packing, *samples.shape[1:]))
        return tf.concat(tf.unstack(groups, axis=1), axis=-1)

    def unpacked(self, packed):
        """The inverse of `packed`."""
        if self.packing == 1:
            return packed
        groups = tf.stack(tf.split(packed, self.packing, axis=-1), axis=1)
        return tf.reshape(groups, (-1, *groups.shape[2:]))

    def _score(self, given, samples):
        """Logits, or (logits, the other outputs), of samples after their augmentation."""
        return self._judged(self.network, self._augmented(samples), given)

    def _score_held(self, given, samples):
        samples = self._augmented(samples)  # outside, or its draws would be forgotten
        with frozen_state([self.network]):
            if self.features is None:
                return self._judged(self.network, samples, given)
            logits, maps = self._run(self.features, samples, given)
            logits = [tf.cast(scale, tf.float32) for scale in logits]
            return (logits if len(logits) > 1 else logits[0]), maps

    def _features_held(self, given, samples):
        """What the last dense layer of the discriminator reads of them; it does not notice."""
        samples = self._augmented(samples)
        with frozen_state([self.network]):
            return self._run(features.feature_network(self.network), samples, given)

    def _judged(self, network, samples, given):
        outputs = self._run(network, samples, given)
        if not isinstance(outputs, (list, tuple)):
            return tf.cast(outputs, tf.float32)
        outputs = [tf.cast(output, tf.float32) for output in outputs]
        if self.scales:
            return outputs[0] if len(outputs) == 1 else outputs
        return outputs[0], outputs[1:]

    def _run(self, network, samples, given):
        if self.arrange is None:
            inputs = feed(network, {"sample": samples, **given}, ORDER)
        else:
            inputs = self.arrange(samples)
        return network(inputs, training=self.model.is_training)

    def _augmented(self, packed):
        if self.augment is None:
            return packed
        return self.packed(self.augment(self.unpacked(packed), self.model.random))

    def _knowing(self, known, real_logits, fake_logits):
        """The discriminator's side, with known pixels at the size of the logits."""
        return self.loss.discriminator(real_logits, fake_logits, known=resized(known, fake_logits))

    def _terms(self, terms, updates, critic, real, fake):
        """Zeros in evaluation: their gradients and what they keep belong to training."""
        if not self.model.is_training:
            return {penalty.name: tf.zeros(()) for penalty in terms}
        return {penalty.name: penalty.term(updates.value, critic, real, fake) for penalty in terms}

    def _named(self, *names):
        return tuple(self.prefix + name for name in names)


def flat(logits):
    """Logits as one tensor; those of several scales as (batch, all of them)."""
    if not isinstance(logits, list):
        return logits
    return tf.concat([tf.reshape(one, (tf.shape(one)[0], -1)) for one in logits], axis=-1)


def states(terms, networks):
    """Layers with what the penalties keep from step to step, for the model to track."""
    built = [penalty.build(networks) for penalty in terms]
    return [layer for layer in built if layer is not None]


def refuse_logit_penalties(terms):
    """Raises ValueError for penalties that compare logits, of which there are several maps."""
    for penalty in terms:
        if penalty.reads_logits:
            raise ValueError(
                f"Penalty '{penalty.name}' compares logits of one map, but the discriminator gives "
                "several. Leave it out, or take one scale."
            )
