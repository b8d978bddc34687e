"""The default recipe's step written out by hand, timed in turns with `fit`."""

import statistics
import time

import gan_keras  # noqa: F401  (first: it switches oneDNN on, before TensorFlow is imported)

import keras  # isort: skip
import tensorflow as tf  # isort: skip

from gan_keras import data

BLOCK_STEPS = 16  # two periods of the lazy penalties
WEIGHT, INTERVAL = 0.3, 8  # of both penalties


class BareLoop:
    """The default recipe's step written out by hand, on its own data stream."""

    def __init__(self, recipe, source):
        gan = recipe.build(source, seed=0)
        self.generator, self.discriminator = gan.generator, gan.discriminator
        self.average = gan.moving_average_generator
        self.g_optimizer, self.d_optimizer = gan.generator_optimizer, gan.discriminator_optimizer
        self.steps = tf.Variable(0, dtype=tf.int64)
        self.batches = iter(source.batches(recipe.batch_size, repeat=True, labels=False))
        self.shape = recipe.batch_size, gan.latent_dim
        self.half_life = float(gan.moving_average.half_life)
        self.step = tf.function(self._step, autograph=False)

    def run(self, num_steps):
        """Makes that many steps."""
        for _ in range(num_steps):
            self.step(next(self.batches))

    def _step(self, real):
        with tf.GradientTape() as g_tape:
            fake = self.generator(tf.random.normal(self.shape), training=True)
            with g_tape.stop_recording():
                self._move_discriminator(real, fake)
            fake_logits = self.discriminator(fake, training=True)
            real_logits = self.discriminator(real, training=True)
            g_loss = tf.reduce_mean(tf.nn.softplus(real_logits - fake_logits))
        variables = self.generator.trainable_variables
        self.g_optimizer.apply(g_tape.gradient(g_loss, variables), variables)
        self._move_average()
        self.steps.assign_add(1)

    def _move_discriminator(self, real, fake):
        with tf.GradientTape() as d_tape:
            with tf.GradientTape(persistent=True) as inner:
                inner.watch([real, fake])
                real_logits = self.discriminator(real, training=True)
                fake_logits = self.discriminator(fake, training=True)
            loss = tf.reduce_mean(tf.nn.softplus(fake_logits - real_logits))
            for logits, images in ((real_logits, real), (fake_logits, fake)):
                loss += self._zero_centred(inner, logits, images)
        variables = self.discriminator.trainable_variables
        self.d_optimizer.apply(d_tape.gradient(loss, variables), variables)

    def _zero_centred(self, tape, logits, images):
        def penalty():
            squares = tf.reduce_sum(tf.square(tape.gradient(logits, images)), axis=(1, 2, 3))
            return 0.5 * WEIGHT * INTERVAL * tf.reduce_mean(squares)

        return tf.cond(self.steps % INTERVAL == 0, penalty, lambda: 0.0)

    def _move_average(self):
        seen = tf.cast(self.steps * self.shape[0], tf.float32)
        half_life = tf.minimum(self.half_life, 0.05 * seen)
        share = 1.0 - 0.5 ** (self.shape[0] / tf.maximum(half_life, 1e-8))
        for old, new in zip(self.average.weights, self.generator.weights, strict=True):
            if new.trainable:
                old.assign_sub(share * (old.value - new.value))
            else:
                old.assign(new.value)


class InTurns(keras.callbacks.Callback):
    """Times a block of `fit`, then one of the bare loop, round after round; then ends training."""

    def __init__(self, bare, rounds):
        super().__init__()
        self.bare, self.rounds = bare, rounds
        self.fit_seconds, self.bare_seconds = [], []
        self.steps_left = 2 * BLOCK_STEPS  # the first ones trace and choose kernels

    def on_train_batch_end(self, batch, logs=None):
        self.steps_left -= 1
        if self.steps_left:
            return
        now = time.process_time()
        if self.bare_seconds:
            self.fit_seconds.append(now - self.start)
        if len(self.fit_seconds) == self.rounds:
            self.model.stop_training = True
            return
        self.bare.run(BLOCK_STEPS)
        self.start = time.process_time()
        self.bare_seconds.append(self.start - now)
        self.steps_left = BLOCK_STEPS


def fit_against_bare(recipe, rounds):
    """CPU seconds of a step in both, and the median of the paired ratios."""
    source = data.source(recipe.data)
    gan, bare = recipe.build(source, seed=0), BareLoop(recipe, source)
    penalty = {"weight": WEIGHT, "interval": INTERVAL}
    assert recipe.loss == "relativistic_paired", "the bare loop is written for the default recipe"
    assert recipe.penalties == {"r1": penalty, "r2": penalty}
    bare.run(2 * BLOCK_STEPS)
    turns = InTurns(bare, rounds)
    batches = source.batches(recipe.batch_size, repeat=True, labels=False)
    gan.fit(batches, steps_per_epoch=2**30, verbose=0, callbacks=[turns])
    ratios = [fit / bare for fit, bare in zip(turns.fit_seconds, turns.bare_seconds, strict=True)]
    return {
        "fit_ms": 1e3 * statistics.median(turns.fit_seconds) / BLOCK_STEPS,
        "bare_ms": 1e3 * statistics.median(turns.bare_seconds) / BLOCK_STEPS,
        "ratio": statistics.median(ratios),
        "ratios": ratios,
    }
