"""Score fake videos against real ones: from clips to `Score`s in one call."""

import dataclasses
import functools
from collections.abc import Callable

import numpy as np

from gan_keras.metrics import features as extractors
from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.labelled import Side, known_names, scores_of
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.metrics.tables.estimate import Estimate
from gan_keras.metrics.videos.drift import identity_drift
from gan_keras.metrics.videos.followed import followed
from gan_keras.metrics.videos.law import law_residuals

MOST = 500  # clips, each of many frames
MANY_PIXELS = 4096  # whose covariance says nothing of so few clips, and costs gigabytes
OF_BODIES = "fashion_mnist_classifier"


def evaluate_videos(
    fake,
    real,
    kind,
    *,
    held_out=None,
    metrics=None,
    extractor="pixels",
    num=MOST,
    seed=0,
    data="videos",
    progress=None,
    **_,
):
    """Scores of fake clips, each beside the same score of what costs nothing and of real ones.

    Beside "frame_distance", for example, "frame_distance@frozen" is that of real clips of which
    each only shows its first frame, "@shuffled" that of real clips with their frames in any order,
    and "@held_out", the floor, that of real ones that were held out. All are clips of bytes, as a
    file would hold them.

    Args:
        fake: a `Side` of clips, uint8 or floats in [-1, 1].
        real: the `Side` that the generator was trained on.
        kind: the `kinds.Videos` of both.
        held_out: a `Side` of real ones that it was not trained on. Defaults to None: no floor.
        metrics: names, see `VIDEO_METRICS`. Defaults to None: all that are possible.
        extractor: of features of frames; see `metrics.features`. Defaults to "pixels".
        num: how many clips of each side are scored at most.
        seed: of cuts and shuffles. Defaults to 0.
        data: what scores call the real ones.
        progress: function (what, done, num), called after each score. Defaults to None.

    Returns:
        A list of `Score`.

    Raises:
        ValueError: an unknown metric, one of a law of motion where none is known, or features of
            too many pixels.
    """
    names = check_names(metrics) if metrics else list(VIDEO_METRICS)
    if kind.room is None:
        lacking = [name for name in names if VIDEO_METRICS[name].law]
        if metrics and lacking:
            raise ValueError(
                f"'{lacking[0]}' takes bodies whose law of motion is known, as in "
                "'moving_garments'. Leave it out."
            )
        names = [name for name in names if name not in lacking]
    if extractor == "pixels" and np.prod(kind.shape[1:]) > MANY_PIXELS:
        raise ValueError(
            f"Frames of {kind.shape[1]}x{kind.shape[2]} pixels are too many numbers for a distance "
            "between pixels. Name an extractor: --extractor imagenet_lite0."
        )
    extractor = extractors.get(extractor)
    known = {"real": _cut(real, kind, num, seed)}
    known[""] = _cut(fake, kind, num, seed)
    if held_out is not None:
        known["held_out"] = _cut(held_out, kind, num, seed)
    clips = {what: Clips(samples, kind, extractor) for what, samples in known.items()}
    real, order = clips.pop("real"), np.random.default_rng(seed)
    sides = {
        **clips,
        "frozen": real.rearranged(np.zeros((len(real.samples), kind.shape[0]), int)),
        "shuffled": real.rearranged(
            np.stack([order.permutation(kind.shape[0]) for _ in real.samples])
        ),
    }
    jobs, scores = [(name, what) for name in names for what in sides], []
    for done, (name, what) in enumerate(jobs, start=1):
        metric, side = VIDEO_METRICS[name], sides[what]
        scores += scores_of(
            {name: Estimate(value=float(metric.compute(side, real)))},
            Side(samples=side.samples),
            Side(samples=real.samples),
            what=what,
            extractor=NO_FEATURES if metric.law else _named(extractor),
            data=data,
            seed=seed,
        )
        if progress is not None:
            progress("scores", done, len(jobs))
    return scores


class Clips:
    """Clips of one side and what is made of them, each when it is first asked for.

    Args:
        samples: uint8 (n, t, h, w, c).
        kind: their `kinds.Videos`.
        extractor: an `Extractor`.
    """

    def __init__(self, samples, kind, extractor):
        self.samples, self.kind, self.extractor = samples, kind, extractor

    @functools.cached_property
    def features(self):
        """float64 (n, t, features) of all frames."""
        return _of_frames(self.samples, self.extractor)

    @functools.cached_property
    def body_features(self):
        """float64 (2 n, t, features) of the bodies, cut out."""
        bodies = followed(self.samples, self.kind.room)
        return _of_frames(bodies, extractors.get(OF_BODIES))

    @property
    def frames(self):
        """float64 (n * t, features)."""
        return self.features.reshape(-1, self.features.shape[-1])

    @property
    def changes(self):
        """float64 (n * (t - 1), features): from each frame to the next."""
        return np.diff(self.features, axis=1).reshape(-1, self.features.shape[-1])

    def rearranged(self, order):
        """The same with the frames of each clip in another order, int (n, t); features, too."""
        rows = np.arange(len(self.samples))[:, None]
        found = Clips(self.samples[rows, order], self.kind, self.extractor)
        found.features = self.features[rows, order]
        return found


def _cut(side, kind, num, seed):
    return kind.scored(np.asarray(side.some(num, seed).samples))


def _of_frames(clips, extractor):
    num, steps = clips.shape[:2]
    found = extractor(clips.reshape(-1, *clips.shape[2:]))[0]
    return found.reshape(num, steps, -1).astype("float64")


def _named(extractor):
    return f"{extractor.name}@{extractor.fingerprint}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class VideoMetric:
    """One entry of the table.

    Attributes:
        compute: function of (`Clips`, real `Clips`) -> float; lower is better.
        law: whether it needs bodies of a known law of motion.
    """

    compute: Callable
    law: bool = False


VIDEO_METRICS = {
    "frame_distance": VideoMetric(
        compute=lambda side, real: frechet_distance(real.frames, side.frames)
    ),
    "change_distance": VideoMetric(
        compute=lambda side, real: frechet_distance(real.changes, side.changes)
    ),
    "identity_drift": VideoMetric(
        compute=lambda side, real: identity_drift(side.features, real.features)
    ),
    "body_drift": VideoMetric(
        compute=lambda side, real: identity_drift(side.body_features, real.body_features), law=True
    ),
    "law_residual": VideoMetric(
        compute=lambda side, real: law_residuals(side.samples, side.kind.room).mean(), law=True
    ),
}


def check_names(names):
    """The names of metrics as a list.

    Raises:
        ValueError: one that is no score of videos.
    """
    return known_names(names, VIDEO_METRICS, "videos")
