"""What Keras must know of a model with two players: compiling, fitting, logging, saving."""

import contextlib
import inspect

import keras
import tensorflow as tf

from gan_keras.latents import RandomStream, check_seed
from gan_keras.models import default_optimizer, first_batch, state, strategies, validation
from gan_keras.models import moving_average as averages
from gan_keras.models.players import OptimizerGroup, Player, prepared_optimizer
from gan_keras.seed_range import LARGEST_SEED


class TwoPlayerModel(keras.Model):
    """Abstract base of `AdversarialModel`: all that is Keras's way and none of the game.

    Args:
        discriminator_terms: names of the terms of the discriminator's loss.
        generator_terms: names of the terms of the generator's loss.
        monitors: names of further scalars that are reported through `monitor`.
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
        check_seed(seed, LARGEST_SEED)
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

    def monitor(self, weight=None, /, **values):
        """Reports scalars to the logs: their mean over the epoch.

        Args:
            weight: of these values in the mean, a scalar tensor; 0 where there is nothing to
                report. Defaults to None, for 1.
            values: name -> scalar.
        """
        for name, value in values.items():
            self.trackers[name].update_state(value, sample_weight=weight)

    def _logs(self):
        logs = {name: tracker.result() for name, tracker in self.trackers.items()}
        strategy = self.distribute_strategy
        several = isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy)
        if several and strategy.extended._in_multi_worker_mode():
            # Keras concatenates what the workers return along axis 0, which a scalar has not.
            logs = {name: tf.reshape(value, (1,)) for name, value in logs.items()}
        return logs

    def compile(
        self,
        generator_optimizer=default_optimizer.NAME,
        discriminator_optimizer=default_optimizer.NAME,
        *,
        discriminator_steps=1,
        gradient_accumulation_steps=1,
        fresh_noise=False,
        **keras_arguments,
    ):
        """Gives each player its optimizer, and sets the rhythm of the game.

        Args:
            generator_optimizer, discriminator_optimizer: Keras optimizers, names or configs. Their
                clipping acts on the gradients of all replicas together. Defaults to "default",
                which is Adam with a learning rate of 2e-4 and beta_1 of 0.5: a good start for
                every algorithm, where Adam's own numbers ("adam") are not.
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
        validation.check_keras_arguments(keras_arguments)
        strategy = strategies.current(self)
        keras_arguments = strategies.supported(keras_arguments, strategy)
        generators, discriminators = self.generator_networks(), self.discriminator_networks()
        strategies.warn_of_unsynchronised([*generators, *discriminators], strategy)
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
        self._keras_arguments = keras_arguments

    def get_config(self):
        """The arguments of `__init__`, each an attribute of its name, networks serialised."""
        arguments = {}
        for name in inspect.signature(type(self)).parameters:
            attribute = "adversarial_loss" if name == "loss" else name  # `compile` owns `loss`
            arguments[name] = getattr(self, attribute)
        return keras.saving.serialize_keras_object(arguments)

    @classmethod
    def from_config(cls, config):
        """A model from `get_config`."""
        return cls(**keras.saving.deserialize_keras_object(config))

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
        num_parts = self.batches_per_step() * self.gradient_accumulation_steps
        strategies.check_dataset(x, strategies.current(self), num_parts)
        first_batch.check_ends(super().fit, "steps_per_epoch", x, arguments, keywords)
        is_dataset = isinstance(x, tf.data.Dataset)
        if is_dataset:
            keywords.setdefault("shuffle", False)  # it shuffles itself, and Keras would warn
        before, passes = self.steps_done, getattr(x, "passes", None)
        following = contextlib.nullcontext()
        if passes is not None:
            following = passes.following(lambda: self.steps_done - before)
        try:
            with following:
                batch, x = first_batch.of(x, arguments[0] if arguments else keywords.get("y"))
                if batch is not None:
                    arrays = first_batch.are_arrays(x)  # which Keras cuts into batches
                    self.check_batch(batch, 1 if arrays else self.batches_per_step())
                return super().fit(x, *arguments, **keywords)
        finally:
            self._initial_epoch = None  # BackupAndRestore leaves it, for every later fit

    def evaluate(self, x=None, *arguments, quality=None, **keywords):
        """As in Keras: the losses on a data set. Draws the same numbers every time.

        Args:
            quality: a `callbacks.Quality`, whose scores of this model come after the losses.
        """
        first_batch.check_ends(super().evaluate, "steps", x, arguments, keywords)
        self.evaluation_random.reset()
        if quality is None:
            return super().evaluate(x, *arguments, **keywords)
        as_dict = keywords.pop("return_dict", False)
        logs = super().evaluate(x, *arguments, return_dict=True, **keywords)
        logs.update(quality.values(self))
        return logs if as_dict else list(logs.values())

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

    def active(self, network):
        """The network itself in training, its moving average (if it has one) in evaluation."""
        average = {id(own): copy for own, copy in self.averaged}.get(id(network))
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
