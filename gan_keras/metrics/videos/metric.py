"""What a score of videos is, and the clips that it looks at."""

import dataclasses
import functools
from collections.abc import Callable

import numpy as np

LOOKED_AT = 4  # frames of a clip by which copies are told
SIDE = 32  # pixels of these at most


class Clips:
    """Clips of one side and what is made of them, each when it is first asked for.

    Args:
        samples: uint8 (n, t, h, w, c).
        extractor: an `Extractor` of features of frames.
        features: function that gives these at less cost, or None.
    """

    def __init__(self, samples, extractor, *, features=None):
        self.samples, self.extractor, self._made = samples, extractor, {}
        self._features = features or (lambda: features_of_frames(samples, extractor))

    @functools.cached_property
    def features(self):
        """float64 (n, t, features) of all frames."""
        return self._features()

    @property
    def frames(self):
        """float64 (n * t, features)."""
        return self.features.reshape(-1, self.features.shape[-1])

    @property
    def changes(self):
        """float64 (n * (t - 1), features): from each frame to the next."""
        return np.diff(self.features, axis=1).reshape(-1, self.features.shape[-1])

    @functools.cached_property
    def looks(self):
        """float32 (n, numbers): four frames of each, equally far apart, of 32 pixels at most."""
        num, steps, *sides, channels = self.samples.shape
        chosen = np.linspace(0, steps - 1, min(LOOKED_AT, steps)).round().astype(int)
        size = -(-max(sides) // SIDE)  # of squares of pixels, whose mean is taken
        height, width = (max(side // size, 1) for side in sides)
        frames = self.samples[:, chosen, : height * size, : width * size]
        squares = frames.reshape(num, len(chosen), height, -1, width, size, channels)
        return squares.mean(axis=(3, 5), dtype="float32").reshape(num, -1)

    def made(self, make):
        """What a function makes of the samples, once."""
        if make not in self._made:
            self._made[make] = make(self.samples)
        return self._made[make]

    def rearranged(self, order):
        """The same with the frames of each clip in another order, int (n, t); features, too."""
        rows = np.arange(len(self.samples))[:, None]
        features = lambda: self.features[rows, order]  # noqa: E731
        return Clips(self.samples[rows, order], self.extractor, features=features)


def features_of_frames(clips, extractor):
    """float64 (n, t, features) of clips (n, t, h, w, c)."""
    num, steps = clips.shape[:2]
    found = extractor(clips.reshape(-1, *clips.shape[2:]))[0]
    return found.reshape(num, steps, -1).astype("float64")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What a score may look at beside the clips that it scores.

    Attributes:
        real: `Clips` of the training, as many as are scored.
        training: all of them.
        held_out: real `Clips` that were not trained on, or None.
    """

    real: Clips
    training: Clips
    held_out: Clips | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class VideoMetric:
    """One entry of the table.

    Attributes:
        compute: function of (`Clips`, `Asked`) -> {name: `Estimate`}.
        held_out: whether it needs held-out clips.
        all_real: whether it looks at all training clips, for whom what is made of them is no news.
        extractor: what its scores name as extractor, if that is not the one of the features.
    """

    compute: Callable
    held_out: bool = False
    all_real: bool = False
    extractor: str | None = None
