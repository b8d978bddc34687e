"""The conditional tabular GAN (Xu et al., 2019, arXiv:1907.00503)."""

import keras
import numpy as np
import tensorflow as tf

from gan_keras import kinds
from gan_keras.models import validation
from gan_keras.models.feeding import feed
from gan_keras.models.judge import Judge
from gan_keras.models.latent import ORDER, LatentModel
from gan_keras.serialization import register

CHOOSING = 2  # latents, the last, that choose a sample's condition where none is wished


@register
class CTGAN(LatentModel):
    """A GAN of rows of a table that is told one category, and judged in packs.

    For tables, as the paper has it, for comparison: docs/tables.md has figures beside those of the
    recipe `table`. The data come by *training by sampling* (`orders.ByCategory`): with each real
    row comes the column that it was drawn by. The generator is told that row's category in this
    column; a cross-entropy of its logits holds it to that. The discriminator judges packs of ten
    rows, each with its condition behind it; the pack of real rows has the fake ones' conditions in
    another order.

    L_D = E D(fake) - E D(real) + 10 E (|grad D| - 1)^2, over packs;
    L_G = -E D(fake) + condition_weight * E H(told category, logits of its column).

    Without a wish (`sample(where=...)`) conditions are drawn as often as the data have them, by two
    of the latents. The generator is sampled with its moving statistics, and one pass serves both
    players (`compile(fresh_noise=True)` draws anew for the generator, as the paper does).

    Args:
        generator, discriminator: of `networks.ctgan`.
        kind: the `kinds.ModeTable` of the data.
        loss: a `losses.Loss` or its name. Defaults to "wasserstein".
        penalties: list of `penalties.Penalty` objects or names, on packs. Defaults to
            ("gradient_penalty",).
        packing: rows in a pack (Lin et al., 2018, arXiv:1712.04086). Defaults to 10.
        condition_weight: of the cross-entropy. Defaults to 1.
        moving_average: a `MovingAverage`, a half-life in rows, or None.
        seed: integer; everything random in training follows from it, but dropout, which has a
            state of its own.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other or the kind.

    Example:
        source = gan_keras.data.source("adult", encoding="modes")
        model = gan_keras.recipes.get("ctgan").build(source)
        model.fit(source.batches(500), epochs=1)
        rows = model.kind.decode(model.sample(1000))
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        kind,
        loss="wasserstein",
        penalties=("gradient_penalty",),
        packing=10,
        condition_weight=1.0,
        moving_average=None,
        seed=0,
        name=None,
    ):
        if not isinstance(kind, kinds.ModeTable):
            raise ValueError(
                f"CTGAN takes rows of modes, but the data are {kind.name}. Read them by "
                "gan_keras.data.source(..., encoding='modes')."
            )
        validation.check_positive_integers(packing=packing)
        validation.check_weights(condition_weight=condition_weight)
        width = kind.shape[0] + kind.network_arguments().get("condition_size", 0)
        taken = discriminator.inputs[0].shape[-1]
        if taken != packing * width:
            raise ValueError(
                f"`discriminator` takes {taken} numbers, but {packing} rows and conditions have "
                f"{packing * width}. Build it with the same `packing`."
            )
        judge = Judge(discriminator, loss=loss, penalties=penalties, packing=packing)
        super().__init__(
            generator,
            judges=[judge],
            generator_terms=("condition",),
            prior="normal",
            num_classes=None,
            kind=kind,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.judge = judge
        self.packing = packing
        self.condition_weight = condition_weight

    def batch_kinds(self):
        """Real rows, and by which column of categories each was drawn."""
        if not self.takes_condition:
            return {"real": self.kind}
        return {"real": self.kind, "column": kinds.Labels(num_classes=len(self.kind.discrete))}

    def check_batch(self, data, num_batches=1):
        """As in `LatentModel`, and whether the packs come out even."""
        super().check_batch(data, num_batches)
        real = validation.by_role(data, self.batch_kinds())["real"]
        validation.check_packing(int(real.shape[0]) // num_batches, self.packing)

    def draw(self, batch, random):
        """Latents, and the category that each row has in the column that it was drawn by."""
        drawn = {"latents": self.draw_latents(random, tf.shape(batch["real"])[0])}
        if self.takes_condition:
            drawn["condition"] = self.kind.condition_of(batch["real"], batch["column"])
        return drawn

    def draw_latents(self, random, num, truncation=None):
        """As in `LatentModel`; the two that choose conditions are never truncated."""
        latents = super().draw_latents(random, num, truncation)
        if truncation is None or not self.takes_condition:
            return latents
        return tf.concat([latents[:, :-CHOOSING], random.normal((num, CHOOSING))], axis=1)

    def synthesize(self, batch):
        """One pass: rows, and the logits of their choices."""
        network = with_logits(self.active(self.generator))
        fake, logits = network(feed(network, batch, ORDER), training=self.is_training)
        return {"fake": fake, "logits": logits}

    def discriminator_losses(self, batch, synthesized):
        """The adversarial term and the penalties, on packs."""
        critic, (real, fake) = self.judge.critic(), self._packs(batch, synthesized["fake"])
        return self.judge.discriminator_losses(critic, real, fake)

    def generator_losses(self, batch, synthesized):
        """The adversarial term, and whether the told category was made."""
        critic, (real, fake) = self.judge.critic_held(), self._packs(batch, synthesized["fake"])
        condition = tf.zeros(())
        if self.takes_condition:
            condition = self._cross_entropy(batch, synthesized["logits"])
        terms = self.judge.generator_losses(critic, real, fake)
        return {**terms, "condition": self.condition_weight * condition}

    def _packs(self, batch, fake):
        """Packs of real and of fake rows, each row with its condition behind it."""
        conditions = [batch["condition"]] if self.takes_condition else []
        real = tf.concat([batch["real"], *conditions], axis=1)
        fake = tf.concat([fake, *conditions], axis=1)
        width = real.shape[-1]
        # The paper shuffles the real rows; one place further does, whatever replica has the pack.
        turned = tf.roll(tf.reshape(real, (-1, self.packing, width)), 1, axis=1)
        return self.judge.packed(tf.reshape(turned, (-1, width))), self.judge.packed(fake)

    def _cross_entropy(self, batch, logits):
        """-log p(told category), in the logits of its column, mean over the batch."""
        starts = np.cumsum((0, *self.kind.blocks))
        condition, done, terms = batch["condition"], 0, []
        for place in self.kind.discrete:
            size = self.kind.blocks[place]
            told = condition[:, done : done + size]  # all 0 where another column is told
            own = tf.nn.log_softmax(logits[:, starts[place] : starts[place + 1]])
            terms.append(-tf.reduce_sum(told * own, axis=1))
            done += size
        return tf.reduce_mean(tf.add_n(terms))

    def _told(self, condition, latents):
        """The conditions of samples: one for all, or by the last two latents of each."""
        if condition is not None or not self.takes_condition:
            return super()._told(condition, latents)
        uniforms = 0.5 * (1.0 + tf.math.erf(latents[:, -CHOOSING:] * 0.5**0.5)).numpy()
        return self.kind.usual_conditions(np.clip(uniforms, 0.0, 1.0 - 1e-7))


def with_logits(generator):
    """A network with the generator's layers that also gives the logits of its choices."""
    inputs = generator.inputs
    logits = generator.get_layer("logits").output
    return keras.Model(
        inputs[0] if len(inputs) == 1 else inputs, [generator.output, logits], name="with_logits"
    )
