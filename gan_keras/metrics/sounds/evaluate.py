"""Score fake sounds against real ones: from stored samples to `Score`s in one call."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from gan_keras.kinds.spectrograms import Spectrograms
from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.inception_score import inception_score
from gan_keras.metrics.labelled import Side, known_names, scores_of
from gan_keras.metrics.sounds.pairs import SOUND_PAIRS
from gan_keras.metrics.sounds.spectrum_difference import spectrum_difference
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.metrics.tables.estimate import Estimate

MOST_HEARD = 1_000  # generated sounds: the way back of a spectrogram takes 30 ms
BLOCK = 64  # sounds at once: spectra are large
FEWEST = 97  # sounds whose 96 features have a covariance


def evaluate_sounds(
    fake,
    real,
    kind,
    *,
    held_out=None,
    class_names=None,
    metrics=None,
    num=MOST_HEARD,
    seed=0,
    data="sounds",
    cache_dir=None,
    progress=None,
):
    """Scores of fake sounds, each beside that of real ones that were held out.

    All sounds are first heard, as `kind.heard` gives them: real spectrograms go the same way back
    as fake ones, and lose what it costs. A small classifier learns from real ones with their
    classes, once, and is kept; "class_accuracy@held_out" says how often it is right on real sounds
    that it never heard: compare with that, not with 1.

    Args:
        fake: a `Side` of stored samples.
        real: the `Side` that the generator was trained on.
        kind: of both; one that `can_be_heard`.
        held_out: a `Side` of real ones that it was not trained on. Defaults to None: nothing to
            compare with.
        class_names: of the real ones; unused.
        metrics: names, see `SOUND_METRICS`. Defaults to None: all that are possible.
        num: how many fake ones are scored at most, up to 1,000.
        seed: of cuts, and of the classifier. Defaults to 0.
        data: what scores call the real ones.
        cache_dir: where the classifier is kept, see `metrics.cache`. Defaults to None: as usual.
        progress: function (what, done, num), called after each part. Defaults to None.

    Returns:
        A list of `Score`; `std` of a share is that of the mean over sounds, else None.

    Raises:
        ValueError: an unknown metric, or one that these sounds do not allow.
    """
    names = check_names(metrics) if metrics else list(SOUND_METRICS)
    lacking = {name: SOUND_METRICS[name].lacks(fake, real) for name in names}
    if metrics:
        for name, reason in lacking.items():
            if reason:
                raise ValueError(f"'{name}' can't be taken: {reason}.")
    names = [name for name in names if not lacking[name]]
    told = progress or (lambda what, done, num: None)
    heard_real, rate = _heard(real, kind, "real sounds", told)
    sides = {"": _heard(fake.some(min(num, MOST_HEARD), seed), kind, "fake sounds", told)[0]}
    if held_out is not None:
        sides["held_out"] = _heard(held_out, kind, "held-out sounds", told)[0]
    ears = None
    if any(SOUND_METRICS[name].classifier for name in names):
        ears = Ears(heard_real, rate, seed=seed, cache_dir=cache_dir)
    many = [len(side.samples) for side in sides.values() if len(side.samples) >= FEWEST]
    jobs = [
        (name, what)
        for name in names
        for what, side in sides.items()
        if not SOUND_METRICS[name].lacks(side, real)
    ]
    scores = []
    for done, (name, what) in enumerate(jobs, start=1):
        metric = SOUND_METRICS[name]
        side = sides[what].some(min(many) if metric.by_chance else MOST_HEARD, seed)
        scores += scores_of(
            metric.compute(side, Asked(real=heard_real, ears=ears)),
            side,
            real,
            what=what,
            extractor=ears.name if metric.classifier else NO_FEATURES,
            data=data,
            seed=seed,
        )
        told("scores", done, len(jobs))
    return scores


class Ears:
    """A classifier of sounds that learnt from real ones: it hears 64 frequencies below half a rate.

    Args:
        real: a `Side` of waves float32 (n, samples), with labels.
        rate: samples a second.
        seed, cache_dir: see `evaluate_sounds`.

    Raises:
        ValueError: sounds of fewer than 384 samples, too few for it.
    """

    def __init__(self, real, rate, *, seed=0, cache_dir=None):
        from gan_keras.metrics.features import classifier  # TensorFlow takes seconds to load

        self._hop = 64
        waves = self._whole(real.samples)
        self.kind = Spectrograms.fitted(waves, rate=rate, num_frequencies=64, hop=self._hop)
        self._classifier = classifier.trained(
            self.kind.encode(waves),
            real.labels,
            seed=seed,
            cache_dir=cache_dir,
            **self.kind.classifier,
        )

    @property
    def name(self):
        """What scores call it."""
        return f"{self._classifier.name}@{self._classifier.fingerprint}"

    def __call__(self, waves):
        """Features (n, 96) and probabilities (n, classes) of waves (n, samples)."""
        return self._classifier(self.kind.encode(self._whole(waves)))

    def _whole(self, waves):
        """A whole number of hops."""
        return waves[:, : waves.shape[1] // self._hop * self._hop]


def _heard(side, kind, what, told):
    """A `Side` of waves float32 (n, samples), and their rate."""
    found = []
    for start in range(0, len(side.samples), BLOCK):
        waves, rate = kind.heard(side.samples[start : start + BLOCK])
        found.append(waves[..., 0])
        told(what, min(start + BLOCK, len(side.samples)), len(side.samples))
    return Side(samples=np.concatenate(found), labels=side.labels), rate


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What a score may look at beside the sounds that it scores.

    Attributes:
        real: the training `Side`, heard.
        ears: the `Ears`, or None.
    """

    real: Side
    ears: Any


@dataclasses.dataclass(frozen=True, kw_only=True)
class SoundMetric:
    """One entry of the table.

    Attributes:
        compute: function of (`Side` of waves, `Asked`) -> {name: `Estimate`}.
        lacks: function of (`Side`, the real `Side`) -> what it can't do without, in words; "" if
            nothing.
        classifier: whether it takes `Ears`.
        by_chance: whether fewer sounds score worse, so that all sides are cut to one number.
    """

    compute: Callable
    lacks: Callable = lambda side, real: ""
    classifier: bool = False
    by_chance: bool = False


def _class_accuracy(side, asked):
    _, probabilities = asked.ears(side.samples)
    share = float((probabilities.argmax(axis=1) == side.labels).mean())
    spread = float(np.sqrt(share * (1 - share) / len(side.samples)))
    return {"class_accuracy": Estimate(value=share, std=spread)}


def _inception_score(side, asked):
    _, probabilities = asked.ears(side.samples)
    return {"inception_score": Estimate(value=inception_score(probabilities, num_splits=1)[0])}


def _frechet(side, asked):
    features, _ = asked.ears(side.samples)
    real, _ = asked.ears(asked.real.samples)
    return {"frechet_heard": Estimate(value=frechet_distance(real, features))}


def _spectrum(side, asked):
    return {"spectrum_db": Estimate(value=spectrum_difference(side.samples, asked.real.samples))}


def _lacks_classes(side, real):
    return "the real sounds have no classes" if real.labels is None else ""


def _lacks_labels(side, real):
    return _lacks_classes(side, real) or (
        "" if side.labels is not None else "the fake sounds have no classes"
    )


def _lacks_many(side, real):
    num = min(len(side.samples), len(real.samples))
    few = f"{num} sounds are too few for 96 features, take {FEWEST} or more"
    return _lacks_classes(side, real) or (few if num < FEWEST else "")


SOUND_METRICS = {
    "class_accuracy": SoundMetric(compute=_class_accuracy, lacks=_lacks_labels, classifier=True),
    "inception_score": SoundMetric(compute=_inception_score, lacks=_lacks_classes, classifier=True),
    "frechet_heard": SoundMetric(
        compute=_frechet, lacks=_lacks_many, classifier=True, by_chance=True
    ),
    "spectrum_db": SoundMetric(compute=_spectrum),
}


def check_names(names):
    """The names of metrics as a list.

    Raises:
        ValueError: one that is no score of sounds, or of pairs alone.
    """
    for name in names:
        if name in SOUND_PAIRS:
            raise ValueError(
                f"'{name}' compares each sound with the one that it should have been, which only "
                "a translator's run knows. Leave it out."
            )
    return known_names(names, SOUND_METRICS, "sounds")
