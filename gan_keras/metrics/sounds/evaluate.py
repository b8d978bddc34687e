"""Score fake sounds against real ones: from stored samples to `Score`s in one call."""

import dataclasses
import functools
from collections.abc import Callable

import numpy as np

from gan_keras.kinds.spectrograms import Spectrograms
from gan_keras.metrics.copies import exact_copies, near_copies
from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.inception_score import inception_score
from gan_keras.metrics.labelled import Side, known_names, scores_of
from gan_keras.metrics.memorization import memorization_odds
from gan_keras.metrics.sounds.pairs import SOUND_PAIRS
from gan_keras.metrics.sounds.spectrum_difference import spectrum_difference
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.metrics.tables.estimate import Estimate, bounded, of_share

MOST_HEARD = 1_000  # generated sounds: the way back of a spectrogram takes 30 ms
BLOCK = 64  # sounds at once: spectra are large
FEWEST = 97  # sounds whose 96 features have a covariance
HOP = 64  # samples from one column of a spectrum that is looked at to the next


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
    that it never heard: compare with that, not with 1. Whether sounds are copies is asked of their
    spectra, 64 frequencies every 64 samples: a copy that is shifted in time is not seen.

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
    if held_out is None or len(held_out.samples) < 2:
        unseen = "it takes 2 real sounds never trained on, or more: --held-out FOLDER"
        lacking |= {name: unseen for name in names if SOUND_METRICS[name].held_out}
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
    asked = Asked(
        real=heard_real, rate=rate, held_out=sides.get("held_out"), seed=seed, cache_dir=cache_dir
    )
    many = [len(side.samples) for side in sides.values() if len(side.samples) >= FEWEST]
    jobs = [
        (name, what)
        for name in names
        for what, side in sides.items()
        if not SOUND_METRICS[name].lacks(side, real)
        and not (what == "held_out" and SOUND_METRICS[name].held_out)
    ]
    scores = []
    for done, (name, what) in enumerate(jobs, start=1):
        metric = SOUND_METRICS[name]
        side = sides[what].some(min(many) if metric.by_chance else MOST_HEARD, seed)
        scores += scores_of(
            metric.compute(side, asked),
            side,
            real,
            what=what,
            extractor=asked.ears.name if metric.classifier else NO_FEATURES,
            data=data,
            seed=seed,
        )
        told("scores", done, len(jobs))
    return scores


class Spectra:
    """Spectra of sounds, 64 frequencies below half a rate, on the scale of real ones.

    Args:
        waves: float32 (n, samples), the real sounds.
        rate: samples a second.
    """

    def __init__(self, waves, rate):
        waves = self._whole(waves)
        self.kind = Spectrograms.fitted(waves, rate=rate, num_frequencies=64, hop=HOP)

    def __call__(self, waves):
        """uint8 (n, 64, frames, 1) of waves (n, samples)."""
        return self.kind.encode(self._whole(waves))

    def _whole(self, waves):
        """A whole number of hops, one at least."""
        short = max(HOP - waves.shape[1], 0)
        return np.pad(waves[:, : max(waves.shape[1] // HOP, 1) * HOP], ((0, 0), (0, short)))


class Ears:
    """A classifier of sounds that learnt from the spectra of real ones.

    Args:
        spectra: uint8 (n, 64, frames, 1), as `Spectra` gives them.
        labels: of these sounds.
        seed, cache_dir: see `evaluate_sounds`.

    Raises:
        ValueError: sounds of fewer than 384 samples, too few for it.
    """

    def __init__(self, spectra, labels, *, seed=0, cache_dir=None):
        from gan_keras.metrics.features import classifier  # TensorFlow takes seconds to load

        self._classifier = classifier.trained(
            spectra, labels, seed=seed, cache_dir=cache_dir, **Spectrograms.classifier
        )

    @property
    def name(self):
        """What scores call it."""
        return f"{self._classifier.name}@{self._classifier.fingerprint}"

    def __call__(self, spectra):
        """Features (n, 96) and probabilities (n, classes)."""
        return self._classifier(spectra)


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
        rate: samples a second.
        held_out: a `Side` of real ones that were not trained on, heard; or None.
        seed, cache_dir: see `evaluate_sounds`.
    """

    real: Side
    rate: int
    held_out: Side | None
    seed: int
    cache_dir: str | None

    @functools.cached_property
    def spectra(self):
        """The `Spectra` on the scale of the real sounds."""
        return Spectra(self.real.samples, self.rate)

    @functools.cached_property
    def real_spectra(self):
        """Those of the real sounds."""
        return self.spectra(self.real.samples)

    @functools.cached_property
    def ears(self):
        """The `Ears`, which learn from the real sounds now."""
        return Ears(self.real_spectra, self.real.labels, seed=self.seed, cache_dir=self.cache_dir)

    def heard(self, side):
        """What the ears hear: features (n, 96) and probabilities (n, classes)."""
        return self.ears(self.spectra(side.samples))


@dataclasses.dataclass(frozen=True, kw_only=True)
class SoundMetric:
    """One entry of the table.

    Attributes:
        compute: function of (`Side` of waves, `Asked`) -> {name: `Estimate`}.
        lacks: function of (`Side`, the real `Side`) -> what it can't do without, in words; "" if
            nothing.
        classifier: whether it takes `Ears`.
        by_chance: whether fewer sounds score worse, so that all sides are cut to one number.
        held_out: whether it needs held-out sounds.
    """

    compute: Callable
    lacks: Callable = lambda side, real: ""
    classifier: bool = False
    by_chance: bool = False
    held_out: bool = False


def _class_accuracy(side, asked):
    _, probabilities = asked.heard(side)
    share = (probabilities.argmax(axis=1) == side.labels).mean()
    return {"class_accuracy": of_share(share, len(side.samples))}


def _inception_score(side, asked):
    _, probabilities = asked.heard(side)
    return {"inception_score": Estimate(value=inception_score(probabilities, num_splits=1)[0])}


def _frechet(side, asked):
    features, _ = asked.heard(side)
    real, _ = asked.ears(asked.real_spectra)
    return {"frechet_heard": Estimate(value=frechet_distance(real, features))}


def _spectrum(side, asked):
    return {"spectrum_db": Estimate(value=spectrum_difference(side.samples, asked.real.samples))}


def _copies(side, asked):
    spectra = asked.spectra(side.samples)
    found = {
        "exact_copies": exact_copies(spectra, asked.real_spectra),
        "near_copies": near_copies(_flat(spectra), _flat(asked.real_spectra)),
    }
    return {name: of_share(is_copy.mean(), len(spectra)) for name, is_copy in found.items()}


def _closest_record(side, asked):
    fake, held_out = (_flat(asked.spectra(one.samples)) for one in (side, asked.held_out))
    found = memorization_odds(fake, _flat(asked.real_spectra), held_out)
    return {"closest_record": bounded(found["memorization"], found["std"])}


def _flat(spectra):
    """float32 (n, numbers)."""
    return spectra.reshape(len(spectra), -1).astype("float32")


def _lacks_some(side, real):
    num = min(len(side.samples) + 1, len(real.samples))
    return "" if num > 2 else "it takes 2 fake sounds and 3 real ones, or more"


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
    "copies": SoundMetric(compute=_copies, lacks=_lacks_some),
    "closest_record": SoundMetric(compute=_closest_record, lacks=_lacks_some, held_out=True),
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
