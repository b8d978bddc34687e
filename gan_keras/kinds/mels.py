"""Mel spectrograms, by themselves: what a vocoder is given."""

import dataclasses
import math
from typing import ClassVar

import numpy as np

from gan_keras import images
from gan_keras.audio import MelScale
from gan_keras.audio.mel import QUIETEST
from gan_keras.kinds import kind
from gan_keras.kinds.audible import Audible
from gan_keras.serialization import register

LOUDEST = math.log(10.0)  # what is white in pictures
HIGHEST = 20.0  # beyond any sound in [-1, 1]: no logarithm


@register
@dataclasses.dataclass(kw_only=True)
class Mels(Audible, MelScale, kind.Kind):
    """Logarithms of mel bands, float32 (frames, bins), stored as networks take them.

    Pictures show low bands at the bottom, time to the right. A sound of one is Griffin-Lim's, which
    costs no training and is what a vocoder has to beat.

    Args:
        shape: (frames, bins); frames is None for any number of them.
        rate, size, hop, num_bins, low, high: see `audio.MelScale`.

    Raises:
        ValueError: a shape with another number of bins, or numbers that don't fit each other.
    """

    name: ClassVar[str] = "mels"
    num_shown: ClassVar[int] = 36
    walks: ClassVar[bool] = False
    formats: ClassVar[dict] = {**Audible.sound_formats, ".png": "write_picture"}

    def __post_init__(self):
        MelScale.__post_init__(self)
        if len(self.shape) != 2 or self.shape[1] != self.num_bins:
            raise ValueError(
                f"Mel spectrograms have the shape (frames, num_bins={self.num_bins}). Received: "
                f"{self.shape}."
            )

    def fingerprint(self):
        """Equal numbers on another scale are another sound."""
        return f"{self.name} {self.rate} {self.size} {self.hop} {self.low} {self.high}"

    def encode(self, waves):
        """Spectrograms, float32 (n, frames, bins), of floats (n, samples).

        A last hop that is not whole is filled with silence.
        """
        waves = np.atleast_2d(np.asarray(waves, "float32"))
        return self.log_mel(np.pad(waves, ((0, 0), (0, -waves.shape[1] % self.hop))))

    def check(self, array, what):
        """float32 (n, frames, bins), logarithms."""
        array = np.asarray(array)
        self._check(array, f"'{what}'")
        return array.astype("float32", copy=False)

    def check_batch(self, batch, what):
        """The same of a batch."""
        self._check(np.asarray(batch), what)

    def to_network(self, stored):
        """As they are."""
        return stored

    def scored(self, samples):
        """float32 (n, frames, bins), finite."""
        return self.check(samples, "samples")

    def for_features(self, samples):
        """float32 (n, numbers): each a vector."""
        return samples.reshape(len(samples), -1)

    def heard(self, samples):
        """See `Kind.heard`; by Griffin-Lim."""
        return self.heard_by_griffin_lim(samples)[..., None], self.rate

    def shown(self, samples):
        """uint8 (n, bins, frames, 1): black is the quietest."""
        quietest = math.log(QUIETEST)
        share = (np.asarray(samples, "float32") - quietest) / (LOUDEST - quietest)
        values = (2 * share.clip(0, 1) - 1)[:, :, ::-1].transpose(0, 2, 1)
        return images.to_uint8(values[..., None])

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """One beside the other, row by row."""
        columns = columns or math.ceil(math.sqrt(len(samples)))
        return images.grid(self.shown(samples), columns=columns)

    def write_picture(self, path, samples, labels, *, columns, mark, **look):
        """A PNG of the picture."""
        images.save_png(path, self.picture(samples, columns=columns), mark=mark)

    def _check(self, array, what):
        kind.same_shape(array, self.shape, what)
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ValueError(
                f"{what}: mel spectrograms are finite floats. Received: {array.dtype}"
                + (", with NaN or infinity." if array.dtype.kind == "f" else ".")
            )
        if array.max(initial=0.0) > HIGHEST:
            raise ValueError(
                f"{what}: mel spectrograms are natural logarithms, up to about 5. Received: up to "
                f"{array.max():.4g}. Take the logarithm: np.log(np.maximum(bands, 1e-5))."
            )
