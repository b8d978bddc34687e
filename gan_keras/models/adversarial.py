"""The mechanics of adversarial training, written once for every algorithm.

Two players, however many networks: each step updates the discriminator player on fresh real
samples `discriminator_steps` times, then the generator player once (Goodfellow et al., 2014,
arXiv:1406.2661, Algorithm 1). What they play for, an algorithm says; see `gan.py`.
"""

import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.models import validation
from gan_keras.models.judge import states
from gan_keras.models.players import dense, frozen_state
from gan_keras.models.two_player import TwoPlayerModel


class AdversarialModel(TwoPlayerModel):
    """Abstract base of every algorithm; never instantiated.

    An algorithm says who plays and for what, by seven methods: `generator_networks`,
    `discriminator_networks`, `batch_kinds`, `draw`, `synthesize`, `discriminator_losses`,
    `generator_losses`.

    A batch is a dict by role: "real", and "labels", "input", "latents", ... where there are any.
    What `synthesize` gives holds "fake".

    Args:
        judges: the `Judge` objects that play in it, none for an algorithm without an adversarial
            loss. The parts of a single one become attributes: `discriminator`, `penalties`, ...
        kind: the `Kind` of what is generated.
        discriminator_terms: names of the terms of `discriminator_losses` beside the judges'.
        generator_terms: names of the terms of `generator_losses` beside the judges'.
        monitors: names of further scalars that the two may report through `monitor`.
        moving_average: a `MovingAverage`, a half-life in images, or None.
        seed: integer; everything random in training follows from it.
        name: name of the model.
    """

    def __init__(
        self,
        *,
        kind,
        judges=(),
        discriminator_terms=(),
        generator_terms=(),
        monitors=(),
        **arguments,
    ):
        super().__init__(
            discriminator_terms=_names(judges, "discriminator_terms", discriminator_terms),
            generator_terms=_names(judges, "generator_terms", generator_terms),
            monitors=_names(judges, "monitors", monitors),
            **arguments,
        )
        self.kind = kind
        self.judges = list(judges)

    def keep_judges(self):
        """Makes attributes of what Keras must save of the judges, and has them play in this model.

        An abstract class calls it when it has the networks that come first in a file.
        """
        if len(self.judges) == 1:
            [judge] = self.judges
            self.discriminator = judge.network
            self.adversarial_loss = judge.loss
            self.penalties = judge.penalties
            self.generator_penalties = judge.generator_penalties
        self.penalty_states = [
            state for judge in self.judges for state in states(judge.penalties, [judge.network])
        ]
        if len(self.judges) == 1:
            self.augment = judge.augment
        for judge in self.judges:
            judge.join(self, self.kind)

    # ------------------------------------------------------------- said by each algorithm

    def generator_networks(self):
        """The networks that the generator's optimizer moves: list of `keras.Model`."""
        raise NotImplementedError

    def discriminator_networks(self):
        """The networks that the discriminator's optimizer moves; the judges', if they are all."""
        return [judge.network for judge in self.judges]

    def batch_kinds(self):
        """What a data set must give: dict from role to `Kind`, in the order of its tuples."""
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

    def generator_needs_real(self):
        """Whether `fresh_noise` must bring the generator's loss fresh real samples, too."""
        return any(judge.loss.generator_needs_real for judge in self.judges)

    # ------------------------------------------------------------- what comes in

    def prepare(self, data):
        """What the data set gives, as a dict by role of what networks take."""
        kinds = self.batch_kinds()
        return {
            role: _cast(kinds[role].to_network(tensor))
            for role, tensor in validation.by_role(data, kinds).items()
        }

    def check_batch(self, data, num_batches=1):
        """Raises ValueError unless a concrete batch is of the kinds that the networks take."""
        kinds = self.batch_kinds()
        for role, tensor in validation.by_role(data, kinds).items():
            kinds[role].check_batch(tensor, "The data")
            size = int(tensor.shape[0])
        validation.check_divides(size, num_batches)

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
        player.before_update()
        with tf.GradientTape() as tape:
            synthesized = self.synthesize(batch)
            with tape.stop_recording():
                self.update_discriminator(batch, synthesized)
            loss = self._total("g", self.generator_losses(batch, synthesized))
            scaled = player.scaled(loss)
        player.step(tape.gradient(scaled, player.variables))

    def update_discriminator(self, batch, synthesized=None):
        """Moves the discriminator alone; the generator, if it must be run, keeps its state."""
        player = self.players["d"]
        player.before_update()
        parts, total = split(batch, self.gradient_accumulation_steps), None
        for part in parts:
            fake = synthesized or self._fakes_for_discriminator(part)
            with tf.GradientTape() as tape:
                loss = self._total("d", self.discriminator_losses(part, fake))
                scaled = player.scaled(loss / len(parts))
            total = added(total, tape.gradient(scaled, player.variables))
        player.step(total)
        self.discriminator_updates.assign_add(1)

    def update_generator(self, batch):
        """Moves the generator alone, by a pass of its own."""
        player = self.players["g"]
        player.before_update()
        parts, total = split(batch, self.gradient_accumulation_steps), None
        for part in parts:
            with tf.GradientTape() as tape:
                loss = self._total("g", self.generator_losses(part, self.synthesize(part)))
                scaled = player.scaled(loss / len(parts))
            total = added(total, tape.gradient(scaled, player.variables))
        player.step(total)

    def _fakes_for_discriminator(self, batch):
        with frozen_state(self.generator_networks()):
            return self.synthesize(batch)

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
        if self.generator_needs_real():
            return batches
        return [*batches, {**batches[-1], **self.draw(batches[-1], self.random)}]

    def batches_per_step(self):
        """How many equal batches of real samples one training step consumes."""
        return self.batches_with(self.discriminator_steps, self.fresh_noise)

    def batches_with(self, discriminator_steps, fresh_noise):
        """The same for a model that will be compiled with these."""
        fresh_real = fresh_noise and self.generator_needs_real()
        return discriminator_steps + int(fresh_real)

    def _total(self, player_name, losses):
        total = tf.add_n([tf.cast(loss, tf.float32) for loss in losses.values()])
        terms = {f"{player_name}_{term}": loss for term, loss in losses.items()}
        for judge in self.judges if self.is_training else ():
            for term, (interval, due) in judge.lazy_terms(player_name).items():
                name = f"{player_name}_{term}"
                self.monitor(tf.cast(due, tf.float32), **{name: terms.pop(name) / interval})
        self.monitor(**terms, **{f"{player_name}_loss": total})
        return total

    def _finish_step(self, batch):
        batch_size = replicas.count() * tf.shape(batch["real"])[0]
        for network, average in self.averaged:
            self.moving_average.update(average, network, batch_size, self.images_seen.value)
        self.images_seen.assign_add(tf.cast(batch_size, "int64"))
        self.steps.assign_add(1)

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


def split(batch, num_parts):
    """Cuts every tensor of a dict into `num_parts` equal parts along the batch axis.

    Part i takes samples i, i + num_parts, ...: the replicas' shares of a part are then, together
    and in order, the part that one device with the whole batch would cut.
    """
    if num_parts == 1:
        return [batch]
    validation.check_divides(next(iter(batch.values())).shape[0], num_parts)
    return [
        {name: tensor[i::num_parts] for name, tensor in batch.items()} for i in range(num_parts)
    ]


def added(total, gradients):
    """Sum of two lists of gradients; the second one alone where there is no first."""
    if total is None:
        return gradients
    return [dense(a) + dense(b) for a, b in zip(total, gradients, strict=True)]


def _names(judges, which, own):
    """Names of terms: the judges', then the algorithm's own."""
    return (*(name for judge in judges for name in getattr(judge, which)), *own)


def _cast(tensor):
    """Floats as float32, whole numbers as int32; of NumPy's, too, which `train_on_batch` gives."""
    tensor = tf.convert_to_tensor(tensor)
    return tf.cast(tensor, tf.float32 if tensor.dtype.is_floating else tf.int32)
