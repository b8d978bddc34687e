"""The mechanics of adversarial training, written once for every algorithm.

Two players, however many networks: each step updates the discriminator player on fresh real
samples `discriminator_steps` times, then the generator player once (Goodfellow et al., 2014,
arXiv:1406.2661, Algorithm 1). What they play for, an algorithm says; see `gan.py`.
"""

import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.models import validation
from gan_keras.models.players import dense, held_still
from gan_keras.models.two_player import TwoPlayerModel


class AdversarialModel(TwoPlayerModel):
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
        player.before_update()
        with tf.GradientTape() as tape:
            synthesized = self.synthesize(batch)
            with tape.stop_recording():
                self.update_discriminator(batch, synthesized)
            loss = self._total("g", self.generator_losses(batch, synthesized))
            scaled = player.scaled(loss)
        player.step(tape.gradient(scaled, player.variables))

    def update_discriminator(self, batch, synthesized=None):
        """Moves the discriminator alone; the generator, if it must be run, is held still."""
        self.players["d"].before_update()

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
        self.players["g"].before_update()
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
        return self.batches_with(self.discriminator_steps, self.fresh_noise)

    def batches_with(self, discriminator_steps, fresh_noise):
        """The same for a model that will be compiled with these."""
        fresh_real = fresh_noise and self.wants_fresh_real()
        return discriminator_steps + int(fresh_real)

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
    """Sum of two lists of gradients."""
    return [dense(a) + dense(b) for a, b in zip(total, gradients, strict=True)]
