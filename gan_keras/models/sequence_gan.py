"""A game about sequences whose generator is a language model (RelGAN, SeqGAN and others)."""

import keras
import tensorflow as tf

from gan_keras import kinds, surrogates
from gan_keras.layers import DrawSymbols
from gan_keras.layers.blocks import gumbel
from gan_keras.layers.until_the_end import until_the_end
from gan_keras.models import validation
from gan_keras.models.feeding import feed
from gan_keras.models.judge import Judge
from gan_keras.models.latent import ORDER, LatentModel
from gan_keras.networks import autoregressive
from gan_keras.serialization import register
from gan_keras.surrogates import Drawn


@register
class SequenceGAN(LatentModel):
    """A GAN of sequences that learns by likelihood first, and then plays.

    For lines of text. The generator draws symbol after symbol, so it has no gradient of its own
    through what it drew, but knows how likely each symbol was. Both phases are one step. The
    generator minimises

    L_G = playing * L(surrogate) - weight * E sum over t of log p(x_t | x_1 ... x_t-1),

    over real lines x up to their end, by the logarithm of the generator's softmax. While it was
    shown fewer than `pretraining` sequences, playing is 0 and weight 1; then playing is 1 and
    weight `likelihood_weight`. The discriminator learns from the start. How its opinion becomes a
    gradient says the surrogate: `Reinforce` (SeqGAN, ScratchGAN), `Relaxed` (RelGAN) or
    `StraightThrough`.

    In the logs, "likelihood" is that term by its weight, and "nats" what a real symbol costs.

    Sources: Yu et al., 2017, arXiv:1609.05473 (SeqGAN); de Masson d'Autume et al., 2019,
    arXiv:1905.09922 (ScratchGAN); Nie, Narodytska, Patel, 2019, ICLR (RelGAN).

    Args:
        generator: of `networks.autoregressive` or `networks.relgan`.
        discriminator: of the same, or of `networks.sequence`: sequences, or [sequences, labels], to
            logits; (batch, length, 1) for one of each symbol.
        kind: the `kinds.Tokens` of the data.
        surrogate: a `surrogates.Surrogate` or its name. Defaults to "reinforce".
        pretraining: sequences that are shown before the game. Defaults to 0.
        likelihood_weight: of the likelihood in the game, at least 0. Defaults to 0.
        loss: a `losses.Loss` or its name; for "reinforce" the discriminator's side alone counts.
        penalties: list of `penalties.Penalty` objects or names, added to the discriminator's loss.
        num_classes: number of classes of a conditional model, else None.
        moving_average: a `MovingAverage`, a half-life in sequences, or None.
        seed: integer; everything random in training follows from it.
        name: name of the model.

    Raises:
        ValueError: networks that don't fit each other or the kind, or a number out of range.

    Example:
        source = gan_keras.data.source("names")
        model = gan_keras.recipes.get("names_policy").build(source)
        model.fit(source.batches(64, labels=False), epochs=1)
        names = model.kind.decode(model.sample(20))
    """

    def __init__(
        self,
        generator,
        discriminator,
        *,
        kind,
        surrogate="reinforce",
        pretraining=0,
        likelihood_weight=0.0,
        loss="non_saturating",
        penalties=(),
        num_classes=None,
        moving_average=None,
        seed=0,
        name=None,
    ):
        if not isinstance(kind, kinds.Tokens):
            raise ValueError(
                f"SequenceGAN makes sequences of symbols, but the data are {kind.name}. Take "
                "another algorithm."
            )
        validation.check_conditioning(generator, discriminator, num_classes)
        validation.check_fit(generator, discriminator)
        validation.check_weights(pretraining=pretraining, likelihood_weight=likelihood_weight)
        names = [layer.name for layer in generator.layers if isinstance(layer, DrawSymbols)]
        if names != [autoregressive.DRAW]:
            raise ValueError(
                f"`generator` '{generator.name}' does not draw symbol after symbol. Build it by "
                "networks.autoregressive or networks.relgan."
            )
        draw, pad = generator.get_layer(autoregressive.DRAW), kind.network_arguments()["pad"]
        if draw.pad != pad:
            raise ValueError(
                f"`generator` ends sequences by the symbol {draw.pad}, but the data do by {pad}. "
                f"Build it with pad={pad}."
            )
        judge = Judge(discriminator, loss=loss, penalties=penalties)
        super().__init__(
            generator,
            judges=[judge],
            generator_terms=("likelihood",),
            monitors=("nats",),
            prior="normal",
            num_classes=num_classes,
            kind=kind,
            moving_average=moving_average,
            seed=seed,
            name=name,
        )
        self.judge = judge
        self.surrogate = surrogates.get(surrogate)
        self.surrogate_state = self.surrogate.build(kind.length)
        self.pretraining = pretraining
        self.likelihood_weight = likelihood_weight
        self.pad = pad

    def synthesize(self, batch):
        """One pass: sequences, what they were drawn by, and what the discriminator is shown."""
        network = with_logits(self.active(self.generator))
        symbols, logits = network(feed(network, batch, ORDER), training=self.is_training)
        drawn = Drawn(
            symbols=symbols,
            logits=logits,
            noise=gumbel(tf.reshape(batch["latents"], tf.shape(logits))),
            lasts=until_the_end(symbols, self.pad),
        )
        seen = tf.cast(self.images_seen.value, tf.float32) - self.pretraining
        return {"fake": self.surrogate.shown(drawn, tf.maximum(seen, 0.0)), "drawn": drawn}

    def discriminator_losses(self, batch, synthesized):
        """The adversarial term and the penalties."""
        critic = self.judge.critic(self.given(batch))
        return self.judge.discriminator_losses(critic, batch["real"], synthesized["fake"])

    def generator_losses(self, batch, synthesized):
        """What the surrogate makes of the game, and how unlikely real sequences are."""
        critic = self.judge.critic_held(self.given(batch))
        playing = tf.cast(self.images_seen.value >= self.pretraining, tf.float32)
        adversarial = self.surrogate.loss(
            synthesized["drawn"],
            synthesized["fake"],
            critic,
            lambda fake: self.judge.generator_losses(critic, batch["real"], fake)["adversarial"],
            moving=1.0 / self.gradient_accumulation_steps if self.is_training else 0.0,
        )
        weight = 1.0 - playing + playing * self.likelihood_weight
        likelihood = tf.zeros(())
        if self.pretraining or self.likelihood_weight:
            likelihood = weight * self.unlikelihood(batch)
        return {"adversarial": playing * adversarial, "likelihood": likelihood}

    def unlikelihood(self, batch):
        """-log p of real sequences, a sum over symbols and a mean over the batch, in nats."""
        generator, real = self.active(self.generator), batch["real"]
        given = None
        if self.num_classes is not None:
            given = generator.get_layer(autoregressive.GIVEN)(batch["labels"])
        logits = generator.get_layer(autoregressive.DRAW).told(real, given)
        lasts = until_the_end(real, self.pad)
        costs = -lasts * tf.reduce_sum(real * tf.nn.log_softmax(logits), axis=-1)
        symbols = tf.reduce_sum(lasts)
        self.monitor(symbols, nats=tf.reduce_sum(costs) / symbols)
        return tf.reduce_mean(tf.reduce_sum(costs, axis=1))


def with_logits(generator):
    """A network with the generator's layers that also gives the logits of each symbol."""
    inputs = generator.inputs
    outputs = list(generator.get_layer(autoregressive.DRAW).output)
    return keras.Model(inputs[0] if len(inputs) == 1 else inputs, outputs, name="with_logits")
