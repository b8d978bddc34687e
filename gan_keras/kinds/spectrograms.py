"""Sounds as images: magnitudes over time and frequency, which can be heard again."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import audio, images
from gan_keras.kinds import images as image_kind
from gan_keras.kinds.audible import Audible
from gan_keras.serialization import register

FLOOR = 1e-2  # of a magnitude: quieter is silence, whose logarithm would drown all else
NUM_ROUNDS = 60  # of Griffin-Lim
SEED = 0  # of the phases that it begins with


@register
@dataclasses.dataclass(kw_only=True)
class Spectrograms(Audible, image_kind.Images):
    """Images of sounds: logarithms of magnitudes, standardised at each frequency.

    The lowest frequency is the bottom row, time runs to the right. A sound has
    `shape[1] * hop` samples; the highest of its `shape[0] + 1` frequencies is left out. Values are
    (log |X| - mean) / (std * clip), cut to [-1, 1]; mean and std are those of the training data at
    each frequency. Phases are not kept: Griffin-Lim finds some.

    Donahue, McAuley, Puckette (2019), arXiv:1802.04208, section 3.2 (SpecGAN: clip = 3).

    Args:
        shape: (frequencies, frames, 1).
        rate: samples a second.
        hop: samples from one frame to the next; at most the number of frequencies.
        mean, std: of the logarithm at each frequency, from the lowest.
        clip: how many deviations are kept. Defaults to 3.

    Raises:
        ValueError: numbers that don't fit each other.
    """

    name: ClassVar[str] = "spectrograms"
    formats: ClassVar[dict] = {
        **{".png": "write_grid", ".gif": "write_walk"},
        **Audible.sound_formats,
    }
    # A word that is said backwards or higher is another; a little later it is the same.
    classifier: ClassVar[dict] = {
        **{"shift": (1, 8), "mirror": False},
        **{"width": 8, "batch_size": 64, "shown": 22_000},
    }
    rate: int = 16_000
    hop: int = 64
    mean: tuple = ()
    std: tuple = ()
    clip: float = 3.0

    def __post_init__(self):
        super().__post_init__()
        self.mean, self.std = tuple(map(float, self.mean)), tuple(map(float, self.std))
        height = self.shape[0]
        if self.shape[-1] != 1 or len(self.mean) != height or len(self.std) != height:
            raise ValueError(
                f"Spectrograms have one channel, and a mean and a std for each of their {height} "
                f"frequencies. Received: shape {self.shape}, {len(self.mean)} and {len(self.std)}."
            )
        if not (0 < self.hop <= height and self.hop % 2 == 0 and self.rate > 0):
            raise ValueError(
                f"`hop` is even, at least 2 and at most {height}, half of a piece; `rate` is "
                f"positive. Received: {self.hop} and {self.rate}."
            )

    @classmethod
    def fitted(cls, waves, *, rate, num_frequencies=64, hop=64, clip=3.0):
        """The kind whose mean and std are those of waves (n, samples)."""
        logs = _logs(waves, num_frequencies, hop)
        return cls(
            shape=(num_frequencies, logs.shape[1], 1),
            rate=rate,
            hop=hop,
            mean=logs.mean(axis=(0, 1)),
            std=np.maximum(logs.std(axis=(0, 1)), 1e-3),
            clip=clip,
        )

    def fingerprint(self):
        """Equal bytes at another rate are another sound."""
        return f"{self.name} {self.rate} {self.hop} {self.clip} {self.mean} {self.std}"

    @property
    def num_samples(self):
        """How many samples a sound has."""
        return self.shape[1] * self.hop

    def encode(self, waves):
        """Spectrograms as they are stored, uint8 (n, *shape), of floats (n, samples)."""
        found = []
        for wave in np.atleast_2d(waves):  # one at a time: spectra are large
            logs = _logs(wave[None], self.shape[0], self.hop)
            values = (logs - self.mean) / (np.array(self.std) * self.clip)
            found.append(values.transpose(0, 2, 1)[:, ::-1, :, None].clip(-1, 1))
        return images.to_uint8(np.concatenate(found).astype("float32"))

    def decode(self, samples, *, seed=SEED):
        """Sounds of spectrograms.

        Args:
            samples: (n, *shape), uint8 or floats in [-1, 1].
            seed: of the phases that Griffin-Lim begins with. Defaults to 0.

        Returns:
            float32 (n, samples) in [-1, 1].
        """
        values = self.to_network(np.asarray(samples)).astype("float64")[..., 0]
        logs = values[:, ::-1].transpose(0, 2, 1) * (np.array(self.std) * self.clip) + self.mean
        magnitudes = np.exp(logs)
        magnitudes[magnitudes <= FLOOR] = 0.0
        magnitudes = np.concatenate([magnitudes, 0 * magnitudes[..., :1]], axis=-1)
        waves = audio.griffin_lim(
            magnitudes, 2 * self.shape[0], self.hop, num_rounds=NUM_ROUNDS, seed=seed
        )
        return waves.clip(-1, 1).astype("float32")

    def in_page(self):
        """As in `Audible`, with what `decode` knows, the state of its random numbers, too."""
        state = np.random.default_rng(SEED).bit_generator.state["state"]
        return {
            **super().in_page(),
            "size": 2 * self.shape[0],
            "hop": self.hop,
            "mean": self.mean,
            "scale": [self.clip * std for std in self.std],
            "floor": FLOOR,
            "num_rounds": NUM_ROUNDS,
            "momentum": audio.MOMENTUM,
            "random": {name: str(number) for name, number in state.items()},  # JSON has no 128 bits
        }

    def heard(self, samples):
        """See `Kind.heard`."""
        return self.decode(samples)[..., None], self.rate


def _logs(waves, num_frequencies, hop):
    """float64 (n, frames, frequencies)."""
    spectra = audio.stft(waves, 2 * num_frequencies, hop)[..., :num_frequencies]
    return np.log(np.maximum(np.abs(spectra), FLOOR))
