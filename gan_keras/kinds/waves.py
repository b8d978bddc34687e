"""Sounds as they are: amplitudes, sample by sample."""

import dataclasses
import math
from typing import ClassVar

import numpy as np

from gan_keras import audio, images
from gan_keras.kinds import kind
from gan_keras.kinds.audible import Audible
from gan_keras.serialization import register

SIZE, HOP = 128, 64  # of the spectrograms that are shown
QUIET, LOUD = 1e-2, 30.0  # magnitudes that are black and white in them
STRIPE = 8  # pixels between generated and real ones
TOLERANCE = 1e-3


@register
@dataclasses.dataclass(kw_only=True)
class Waves(Audible, kind.Kind):
    """Sounds of one length and one channel, stored as networks take and give them.

    float32 (samples, 1) in [-1, 1]. Pictures show their spectrograms: low frequencies at the
    bottom, time to the right.

    Donahue, McAuley, Puckette (2019), arXiv:1802.04208 (WaveGAN).

    Args:
        shape: (samples, 1); samples is None for any number of them.
        rate: samples a second.

    Raises:
        ValueError: another shape, or a rate that is none.
    """

    name: ClassVar[str] = "waves"
    num_shown: ClassVar[int] = 36
    walks: ClassVar[bool] = False
    one_file: ClassVar[str] = ".wav"
    formats: ClassVar[dict] = {**Audible.sound_formats, ".png": "write_picture"}
    rate: int = 16_000

    def __post_init__(self):
        super().__post_init__()
        num, *channels = self.shape or (0,)
        if channels != [1] or (num is not None and num < 1) or not self.rate > 0:
            raise ValueError(
                "Waves have the shape (samples, 1) and a positive rate. Received: "
                f"{self.shape} and {self.rate}."
            )

    @classmethod
    def fitted(cls, waves, *, rate):
        """The kind of waves (n, samples); there is nothing to fit but their length."""
        return cls(shape=(np.shape(waves)[1], 1), rate=rate)

    @property
    def num_samples(self):
        """How many samples a sound has, or None."""
        return self.shape[0]

    def fingerprint(self):
        """Equal numbers at another rate are another sound."""
        return f"{self.name} {self.rate}"

    def encode(self, waves):
        """Waves as they are stored, float32 (n, samples, 1), of floats (n, samples)."""
        return np.asarray(waves, "float32")[..., None].clip(-1, 1)

    def check(self, array, what):
        """float32 (n, samples, 1) in [-1, 1]."""
        array = np.asarray(array)
        self._check(array, f"'{what}'")
        return array.astype("float32", copy=False)

    def check_batch(self, batch, what):
        """The same of a batch."""
        self._check(np.asarray(batch), what)

    def to_network(self, stored):
        """As they are."""
        return stored

    def from_network(self, samples):
        """In [-1, 1]: a post-filter may go beyond."""
        return samples.clip(-1, 1)

    def scored(self, samples):
        """float32 (n, samples, 1), finite and in [-1, 1]."""
        return self.check(samples, "samples")

    def for_features(self, samples):
        """float32 (n, samples): each a vector of its amplitudes."""
        return samples.reshape(len(samples), -1)

    def in_page(self):
        """As in `Audible`, with what spectrograms are drawn by."""
        return {**super().in_page(), "size": SIZE, "hop": HOP, "quiet": QUIET, "loud": LOUD}

    def heard(self, samples):
        """See `Kind.heard`."""
        return np.asarray(samples, "float32").clip(-1, 1), self.rate

    def shown(self, samples):
        """Spectrograms: uint8 (n, 64, moments, 1)."""
        return images.to_uint8(self._spectrograms(samples))

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """Spectrograms, row by row; as many real ones, if there are any, to the right."""
        names = class_names if columns is not None else None
        columns = columns or math.ceil(math.sqrt(len(samples)))
        picture = images.grid(self._spectrograms(samples), columns=columns)
        if real is not None and len(real):
            other = images.grid(self._spectrograms(real[: len(samples)]), columns=columns)
            both = np.full((len(picture), 2 * picture.shape[1] + STRIPE, 1), 255, "uint8")
            both[:, : picture.shape[1]] = picture
            both[: len(other), -other.shape[1] :] = other
            picture = both
        return picture if names is None else images.with_row_names(picture, names)

    def write_picture(self, path, samples, labels, *, columns, class_names, mark, **look):
        """A PNG of the picture."""
        picture = self.picture(samples, columns=columns, class_names=class_names)
        images.save_png(path, picture, mark=mark)

    def _spectrograms(self, samples):
        """Log-magnitudes, float32 (n, 64, moments, 1) in [-1, 1]."""
        waves = np.asarray(samples, "float32")[..., 0]
        waves = np.pad(waves, ((0, 0), (0, -waves.shape[1] % HOP)))
        magnitudes = np.stack([np.abs(audio.stft(wave, SIZE, HOP)) for wave in waves])
        scale = np.log(np.maximum(magnitudes, QUIET) / QUIET) / np.log(LOUD / QUIET)
        return (2 * scale[:, :, ::-1][:, :, 1:] - 1).transpose(0, 2, 1)[..., None].astype("float32")

    def _check(self, array, what):
        alike = len(array.shape) == 3 and self.shape[0] in (None, array.shape[1])
        if not alike or array.shape[2] != 1:
            raise ValueError(
                f"{what} gives waves of shape {array.shape[1:]}, but these have {self.shape} "
                "(samples, 1). Cut or fill them to that length."
            )
        if array.dtype.kind != "f":
            raise ValueError(
                f"{what}: waves are {array.dtype}, but are floats in [-1, 1]. Divide those of 16 "
                "bits by 32768."
            )
        if not np.isfinite(array).all():
            raise ValueError(f"{what} holds NaN or infinity. Leave such sounds out.")
        if np.abs(array).max(initial=0.0) > 1 + TOLERANCE:
            raise ValueError(
                f"{what}: waves reach {np.abs(array).max():.4g}, but lie in [-1, 1]. Divide them "
                "by the loudest that there can be."
            )
