"""One look at a model in training: its game on a fixed batch, played without a trace."""

import contextlib
import math

import keras
import numpy as np
import tensorflow as tf

from gan_keras.diagnosis import diversity
from gan_keras.latents import RandomStream


class Probe:
    """Measures a model on the same real samples and the same latents, again and again.

    Both players' losses and gradients are taken in training mode, as `train_step` takes them, but
    no variable is written: weights, batch-norm statistics, random states and logs stay as they are.

    Args:
        source: a `data.Source` of the training data.
        extractor: a `metrics.features.Extractor`.
        held_out: a `data.Source` of data that were never trained on, or None.
        num: samples of each kind. Defaults to 64.
        seed: which samples and latents. Defaults to 0.
    """

    def __init__(self, source, extractor, *, held_out=None, num=64, seed=0):
        self.extractor = extractor
        self.kind = source.kind
        self.train = random_rows(source, num, seed)
        self.held_out = None if held_out is None else random_rows(held_out, num, seed)
        self.random = RandomStream(seed, name="diagnosis_random")
        self.real = self._features(self.train["real"])
        self.width = diversity.bandwidth(self.real)
        self.real_number = diversity.effective_number(self.real, self.width)

    def measure(self, model):
        """A dict of numbers; one that is not finite is None and named in "non_finite"."""
        found = {}
        with keras.StatelessScope(), overheard(model) as heard:
            batch = self._batch(model, self.train)
            with tf.GradientTape() as tape:
                synthesized = model.synthesize(batch)
                loss = tf.add_n(list(model.generator_losses(batch, synthesized).values()))
            found.update(self._player(model, "g", tape, loss))
            with tf.GradientTape() as tape:
                loss = tf.add_n(list(model.discriminator_losses(batch, synthesized).values()))
            found.update(self._player(model, "d", tape, loss))
            train_logits, fake_logits = logits(heard, "real_logits"), logits(heard, "fake_logits")
            held_out_logits = None
            if self.held_out is not None and train_logits is not None:
                model.discriminator_losses(self._batch(model, self.held_out), synthesized)
                held_out_logits = logits(heard, "real_logits")
        found.update(of_logits(train_logits, fake_logits, held_out_logits))
        # Translations of crops have another size than the samples, and so other features.
        if "fake" in synthesized and synthesized["fake"].shape[1:] == self.train["real"].shape[1:]:
            found.update(self._of_samples(np.asarray(synthesized["fake"], "float32")))
        return {"step": model.steps_done, **finite_only(found)}

    def _batch(self, model, data):
        batch = model.prepare({role: tf.convert_to_tensor(rows) for role, rows in data.items()})
        return {**batch, **model.draw(batch, self.random)}

    def _player(self, model, name, tape, loss):
        variables = model.players[name].variables
        gradients = [g for g in tape.gradient(loss, variables) if g is not None]
        return {
            f"{name}_gradient": float(tf.linalg.global_norm(gradients)),
            f"{name}_weights": float(tf.linalg.global_norm([v.value for v in variables])),
        }

    def _of_samples(self, samples):
        if not np.isfinite(samples).all():
            return {"samples": math.nan}
        fake = self._features(samples)
        worth = diversity.effective_number(fake, self.width)
        return {
            "worth": worth,
            "diversity": worth / self.real_number,
            "distance": diversity.energy_distance(self.real, fake),
        }

    def _features(self, samples):
        return self.extractor(self.kind.for_features(self.kind.from_network(samples)))[0]


def random_rows(source, num, seed):
    """Random rows of a source: a dict by role, as networks take them."""
    fewest = source.num_samples
    rows = np.random.default_rng(seed).choice(fewest, num, fewest < num)
    return source.rows(rows)


def of_logits(train, fake, held_out):
    """Numbers about the discriminator's logits, each (num,) or None.

    Returns:
        {"auc": probability that a real logit is above a fake one (Mann-Whitney), "logit_scale": the
        largest one, "held_out_auc": probability that a training logit is above a held-out one,
        "overfitting": (train - held-out) / (train - fake) of the mean logits, the r_v of Karras et
        al. (2020), arXiv:2006.06676, equation 1}.
    """
    if train is None or fake is None:
        return {}
    found = {
        "auc": diversity.share_above(train, fake),
        "logit_scale": float(max(np.abs(train).max(), np.abs(fake).max())),
    }
    if held_out is not None:
        found["held_out_auc"] = diversity.share_above(train, held_out)
        gap = train.mean() - fake.mean()
        if gap > 0:
            found["overfitting"] = float((train.mean() - held_out.mean()) / gap)
    return found


def logits(heard, name):
    """What a model reported by this name, as a float64 vector; None if it did not."""
    return None if name not in heard else np.ravel(np.asarray(heard[name], "float64"))


def finite_only(found):
    """The numbers, with None in place of those that are not finite, which "non_finite" names."""
    bad = [name for name, value in found.items() if not math.isfinite(value)]
    found = {name: None if name in bad else value for name, value in found.items()}
    return {**found, "non_finite": bad} if bad else found


@contextlib.contextmanager
def overheard(model):
    """A dict of what the model reports through `monitor`, which its logs do not get to see."""
    heard = {}
    # Past Keras, which would track the attribute as one of the model's own.
    object.__setattr__(model, "monitor", lambda weight=None, /, **values: heard.update(values))
    try:
        yield heard
    finally:
        object.__delattr__(model, "monitor")
