"""The mechanics of adversarial training, written once for every algorithm.

Two players, however many networks: each step updates the discriminator player on fresh real
samples `discriminator_steps` times, then the generator player once (Goodfellow et al., 2014,
arXiv:1406.2661, Algorithm 1). What they play for, an algorithm says; see `gan.py`.
"""

import keras
import tensorflow as tf

from gan_keras import replicas
from gan_keras.latents import RandomStream
from gan_keras.models import moving_average as averages
from gan_keras.models import state, validation
from gan_keras.models.players import OptimizerGroup, Player, held_still, prepared_optimizer


class AdversarialModel(keras.Model):
    """Abstract base of every algorithm; never instantiated.

    An algorithm says who plays and for what, by six methods: `generator_networks`,
    `discriminator_networks`, `draw`, `synthesize`, `discriminator_losses`, `generator_losses`.

    Args:
        discriminator_terms: names of the terms that `discriminator_losses` returns.
        generator_terms: names of the terms that `generator_losses` returns.
        monitors: names of further scalars that the two may report through `monitor`.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        seed: integer; everything random in training follows from it.
        name: name of the model.
    """

    def __init__(
        self,
        *,
        discriminator_terms,
        generator_terms,
        monitors=(),
        moving_average=None,
        seed=0,
        name=None,
    ):
        super().__init__(name=name)
        self.seed = int(seed)
        self.random = RandomStream(self.seed, name="training_random")
        self.evaluation_random = RandomStream(self.seed + 1, name="evaluation_random")
        self.random_states = [self.random.generator, self.evaluation_random.generator]
        self.is_training = True  # False while `test_step` is traced
        self.moving_average = averages.get(moving_average)
        self.averaged = []  # pairs: network, its moving average
        self.trackers = {
            name: keras.metrics.Mean(name=name)
            for name in (
                *("d_loss", "g_loss"),
                *(f"d_{term}" for term in discriminator_terms),
                *(f"g_{term}" for term in generator_terms),
                *monitors,
            )
        }
        self.steps = self._counter("steps")
        self.images_seen = self._counter("images_seen")
        self.discriminator_updates = self._counter("discriminator_updates")
        self.built = True

    # ------------------------------------------------------------- said by each algorithm

    def generator_networks(self):
        """The networks that the generator's optimizer moves: list of `keras.Model`."""
        raise NotImplementedError

    def discriminator_networks(self):
        """The networks that the discriminator's optimizer moves: list of `keras.Model`."""
        raise NotImplementedError

    def draw(self, batch, random):
        """Random inputs for one update, as a dict to join `batch`: latents, codes."""
        raise NotImplementedError

    def synthesize(self, batch):
        """One forward pass of the generator player in training mode: a dict of tensors."""
        raise NotImplementedError

    def discriminator_losses(self, batch, synthesized):
        """Dict from `discriminator_terms` to scalars; the discriminator minimises their sum."""
        raise NotImplementedError

    def generator_losses(self, batch, synthesized):
        """Dict from `generator_terms` to scalars; the generator minimises their sum."""
        raise NotImplementedError

    def prepare(self, data):
        """What the data set gives, as a dict of tensors with the batch as first axis."""
        raise NotImplementedError

    def wants_fresh_real(self):
        """Whether `fresh_noise` must bring the generator's loss fresh real samples, too."""
        return False

    # ------------------------------------------------------------- the step

    def train_step(self, data):
        """Alternates the players once."""
        *critic_batches, last = self._batches(self.prepare(data))
        for batch in critic_batches:
            self.update_discriminator(batch)
        if self.shares_pass:
            self.update_both(last)
        else:
            self.update_generator(last)
        self._finish_step(last)
        return self._logs()

    def update_both(self, batch):
        """One generator pass serves both: the discriminator's update, then, through it, its own."""
        player = self.players["g"]
        with tf.GradientTape() as tape:
            synthesized = self.synthesize(batch)
            with tape.stop_recording():
                self.update_discriminator(batch, synthesized)
            loss = self._total("g", self.generator_losses(batch, synthesized))
            scaled = player.scaled(loss)
        player.step(tape.gradient(scaled, player.variables))

    def update_discriminator(self, batch, synthesized=None):
        """Moves the discriminator alone; the generator, if it must be run, is held still."""
        for layer in self._prepared_layers:
            layer.before_update()

        def losses(part):
            fake = synthesized
            if fake is None:
                with held_still(self.generator_networks()):
                    fake = self.synthesize(part)
            return lambda: self.discriminator_losses(part, fake)

        self._update("d", batch, losses)
        self.discriminator_updates.assign_add(1)

    def update_generator(self, batch):
        """Moves the generator alone, by a pass of its own."""
        self._update(
            "g", batch, lambda part: lambda: self.generator_losses(part, self.synthesize(part))
        )

    def _update(self, player_name, batch, losses):
        """One update from the mean gradient over `gradient_accumulation_steps` parts of a batch."""
        player, total = self.players[player_name], None
        parts = split(batch, self.gradient_accumulation_steps)
        for part in parts:
            taken = losses(part)
            with tf.GradientTape() as tape:
                loss = self._total(player_name, taken())
                scaled = player.scaled(loss / len(parts))
            gradients = tape.gradient(scaled, player.variables)
            total = gradients if total is None else added(total, gradients)
        player.step(total)

    def _batches(self, data):
        """Cuts what one step gets into a batch of fresh samples an update, and draws for each."""
        batches = [
            {**batch, **self.draw(batch, self.random)}
            for batch in split(data, self.batches_per_step())
        ]
        if self.shares_pass:
            return batches
        if not self.fresh_noise:
            return [*batches, batches[-1]]
        if self.wants_fresh_real():
            return batches
        return [*batches, {**batches[-1], **self.draw(batches[-1], self.random)}]

    def batches_per_step(self):
        """How many equal batches of real samples one training step consumes."""
        fresh_real = self.fresh_noise and self.wants_fresh_real()
        return self.discriminator_steps + int(fresh_real)

    def every(self, interval, term):
        """`term()` times `interval` in every `interval`-th discriminator update, else zero."""
        if interval == 1:
            return term()
        due = self.discriminator_updates.value % interval == 0
        return tf.cond(due, lambda: interval * term(), lambda: tf.zeros(()))

    def monitor(self, **values):
        """Reports scalars to the logs: their mean over the epoch."""
        for name, value in values.items():
            self.trackers[name].update_state(value)

    def _total(self, player_name, losses):
        total = tf.add_n([tf.cast(loss, tf.float32) for loss in losses.values()])
        terms = {f"{player_name}_{term}": loss for term, loss in losses.items()}
        self.monitor(**terms, **{f"{player_name}_loss": total})
        return total

    def _finish_step(self, batch):
        batch_size = replicas.count() * tf.shape(next(iter(batch.values())))[0]
        for network, average in self.averaged:
            self.moving_average.update(average, network, batch_size, self.images_seen.value)
        self.images_seen.assign_add(tf.cast(batch_size, "int64"))
        self.steps.assign_add(1)

    def _logs(self):
        logs = {name: tracker.result() for name, tracker in self.trackers.items()}
        if isinstance(self.distribute_strategy, tf.distribute.MultiWorkerMirroredStrategy):
            # Keras concatenates what the workers return along axis 0, which a scalar has not.
            logs = {name: tf.reshape(value, (1,)) for name, value in logs.items()}
        return logs

    def test_step(self, data):
        """The losses on samples of the averaged generator, all networks in inference mode."""
        training_random = self.random
        self.is_training, self.random = False, self.evaluation_random
        try:
            batch = self.prepare(data)
            batch = {**batch, **self.draw(batch, self.random)}
            synthesized = self.synthesize(batch)
            self._total("d", self.discriminator_losses(batch, synthesized))
            self._total("g", self.generator_losses(batch, synthesized))
        finally:
            self.is_training, self.random = True, training_random
        return self._logs()

    # ------------------------------------------------------------- Keras

    def compile(
        self,
        generator_optimizer="adam",
        discriminator_optimizer="adam",
        *,
        discriminator_steps=1,
        gradient_accumulation_steps=1,
        fresh_noise=False,
        **keras_arguments,
    ):
        """Gives each player its optimizer, and sets the rhythm of the game.

        Args:
            generator_optimizer, discriminator_optimizer: Keras optimizers, names or configs. Their
                clipping acts on the gradients of all replicas together.
            discriminator_steps: discriminator updates per generator update, each on fresh real
                samples: the data set's batches are `discriminator_steps` x the batch size.
            gradient_accumulation_steps: parts that a batch is cut into, to save memory; one update
                follows the mean gradient of all.
            fresh_noise: the generator's update draws noise of its own (and, for a relativistic
                loss, fresh real samples: batches are then one batch larger) instead of sharing
                the generator's pass with the last discriminator update. Slower by that pass.
            **keras_arguments: `run_eagerly`, `steps_per_execution`, `jit_compile` as in Keras.
        """
        validation.check_positive_integers(
            discriminator_steps=discriminator_steps,
            gradient_accumulation_steps=gradient_accumulation_steps,
        )
        strategy = self.distribute_strategy
        keras_arguments = validation.supported(keras_arguments, strategy)
        generators, discriminators = self.generator_networks(), self.discriminator_networks()
        with strategy.scope():
            self.generator_optimizer = prepared_optimizer(generator_optimizer, generators, strategy)
            self.discriminator_optimizer = prepared_optimizer(
                discriminator_optimizer, discriminators, strategy
            )
            super().compile(optimizer=None, loss=None, **keras_arguments)
        self.players = {
            "g": Player(generators, self.generator_optimizer),
            "d": Player(discriminators, self.discriminator_optimizer),
        }
        self.optimizer = OptimizerGroup([self.generator_optimizer, self.discriminator_optimizer])
        self.discriminator_steps = discriminator_steps
        self.gradient_accumulation_steps = gradient_accumulation_steps
        self.fresh_noise = fresh_noise
        self.shares_pass = not fresh_noise and gradient_accumulation_steps == 1
        self._prepared_layers = [
            layer
            for network in discriminators
            for layer in network._flatten_layers()
            if hasattr(layer, "before_update")
        ]
        self._keras_arguments = keras_arguments

    def get_compile_config(self):
        """What `compile` was called with; Keras saves it, so that a loaded model can go on."""
        if not self.compiled:
            return {}
        serialize = keras.saving.serialize_keras_object
        return {
            "generator_optimizer": serialize(self.generator_optimizer),
            "discriminator_optimizer": serialize(self.discriminator_optimizer),
            "discriminator_steps": self.discriminator_steps,
            "gradient_accumulation_steps": self.gradient_accumulation_steps,
            "fresh_noise": self.fresh_noise,
            **self._keras_arguments,
        }

    def compile_from_config(self, config):
        """Compiles a model that is being loaded."""
        self.compile(**keras.saving.deserialize_keras_object(config))

    def fit(self, x=None, *arguments, **keywords):
        """As in Keras, after a look at the first batch: its shapes, its range, its labels."""
        self._assert_compile_called("fit")
        if isinstance(x, tf.data.Dataset):
            keywords.setdefault("shuffle", False)  # it shuffles itself, and Keras would warn
            self.check_batch(next(iter(x.take(1))), self.batches_per_step())
        try:
            return super().fit(x, *arguments, **keywords)
        finally:
            self._initial_epoch = None  # BackupAndRestore leaves it, for every later fit

    def evaluate(self, *arguments, **keywords):
        """As in Keras: the losses on a data set. Draws the same numbers every time."""
        self.evaluation_random.reset()
        return super().evaluate(*arguments, **keywords)

    def check_batch(self, data, num_batches=1):
        """Raises ValueError if the concrete batch `data` is not what this model takes."""

    def build(self, input_shape=None):
        """Nothing: the networks come built."""

    @property
    def metrics(self):
        """The trackers of the logs."""
        return list(self.trackers.values())

    @property
    def steps_done(self):
        """Training steps made so far, in this run and those before it."""
        return int(self.steps.numpy())

    def average_of(self, network, name):
        """A copy of `network` that follows it by the moving average; None without one."""
        if self.moving_average is None:
            return None
        copy = averages.copy_of(network, name)
        self.averaged.append((network, copy))
        return copy

    def playing(self, network):
        """The network itself in training, its moving average (if it has one) in evaluation."""
        average = dict((id(own), copy) for own, copy in self.averaged).get(id(network))
        return network if self.is_training or average is None else average

    def _counter(self, name):
        return self.add_weight(
            shape=(),
            dtype="int64",
            initializer="zeros",
            trainable=False,
            name=name,
            aggregation="only_first_replica",
        )

    def save_own_variables(self, store):
        """Keras saves weights; this adds the random states, without which no run goes on."""
        super().save_own_variables(store)
        state.save_random_states(self, store)

    def load_own_variables(self, store):
        """The counterpart of `save_own_variables`."""
        super().load_own_variables(state.without_random_states(store))
        state.load_random_states(self, store)


def split(batch, num_parts):
    """Cuts every tensor of a dict into `num_parts` equal parts along the batch axis."""
    if num_parts == 1:
        return [batch]
    size = tf.shape(next(iter(batch.values())))[0]
    static = next(iter(batch.values())).shape[0]
    validation.check_divides(static, num_parts)
    part = (size if static is None else static) // num_parts
    return [
        {name: tensor[i * part : (i + 1) * part] for name, tensor in batch.items()}
        for i in range(num_parts)
    ]


def added(total, gradients):
    """Sum of two lists of gradients."""
    return [a + b for a, b in zip(total, gradients, strict=True)]
