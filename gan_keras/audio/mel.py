"""Mel spectrograms: magnitudes of bands as wide as ears tell them apart, and the way back."""

import dataclasses

import numpy as np

from gan_keras.audio.spectrogram import griffin_lim, stft

BREAK, HERTZ_A_MEL = 1_000.0, 200.0 / 3  # linear below, logarithmic above
STEP = np.log(6.4) / 27
QUIETEST = 1e-5  # magnitude of a band; its logarithm is the floor
TINY = 1e-9  # under the root, which has no gradient at 0
NUM_TRIES = 200  # of the way back to magnitudes


@dataclasses.dataclass(kw_only=True)
class MelScale:
    """Which mel spectrogram: mixed into what makes, takes, compares or holds one.

    log max(F |X|, 1e-5): X is the short-time Fourier transform (`audio.stft`) and F the filters of
    `filters`, triangles of area 1 on Slaney's mel scale, which is linear to 1,000 Hz and
    logarithmic above. So HiFi-GAN and its forerunners have it, whose numbers are the defaults; but
    before and after a wave there is silence here, and its mirror image there.

    Source: Slaney (1998), Auditory Toolbox; librosa's `filters.mel`; Kong, Kim, Bae (2020),
    arXiv:2010.05646, and its code (MIT).

    Args:
        rate: samples a second. Defaults to 22,050.
        size: even number of samples of a piece. Defaults to 1,024.
        hop: samples from one piece to the next, even, at most half of `size`. Defaults to 256.
        num_bins: how many bands. Defaults to 80.
        low, high: hertz, where the lowest band begins and the highest ends. Default to 0 and None:
            half of the rate.

    Raises:
        ValueError: numbers that don't fit each other, or more bands than the pieces tell apart.
    """

    rate: int = 22_050
    size: int = 1_024
    hop: int = 256
    num_bins: int = 80
    low: float = 0.0
    high: float | None = None

    def __post_init__(self):
        if parent := getattr(super(), "__post_init__", None):
            parent()
        numbers = (self.rate, self.size, self.hop, self.num_bins)
        whole = all(isinstance(one, int) and one > 0 for one in numbers)
        if not whole or self.size % 2 or self.hop % 2 or 2 * self.hop > self.size:
            raise ValueError(
                "`rate`, `size`, `hop` and `num_bins` of a mel spectrogram are positive, `size` "
                f"and `hop` even, and `hop` at most half of `size`. Received: {numbers}."
            )
        if not 0 <= self.low < self.top <= self.rate / 2:
            raise ValueError(
                f"`low` and `high` are hertz, from 0 to half of the rate, {self.rate / 2:g}. "
                f"Received: {self.low} and {self.high}."
            )
        empty = int((self.filters().sum(axis=0) == 0).sum())
        if empty:
            raise ValueError(
                f"{empty} of {self.num_bins} bands lie between the frequencies of pieces of "
                f"{self.size} samples. Take fewer `num_bins`, or a larger `size`."
            )

    @property
    def top(self):
        """Where the highest band ends, in hertz."""
        return self.rate / 2 if self.high is None else self.high

    def filters(self):
        """The weights of frequencies in bands: float64 (size / 2 + 1, num_bins).

        Band i rises from edge i to edge i + 1, falls to edge i + 2, and is 2 / (its width) high.
        """
        low, high = hertz_to_mel(self.low), hertz_to_mel(self.top)
        edges = mel_to_hertz(np.linspace(low, high, self.num_bins + 2))
        hertz = np.arange(self.size // 2 + 1)[:, None] * self.rate / self.size
        rising = (hertz - edges[:-2]) / (edges[1:-1] - edges[:-2])
        falling = (edges[2:] - hertz) / (edges[2:] - edges[1:-1])
        return np.maximum(0, np.minimum(rising, falling)) * 2 / (edges[2:] - edges[:-2])

    def log_mel(self, waves):
        """float32 (n, frames, bins) of floats (n, samples), a whole number of hops."""
        found = []
        for wave in np.atleast_2d(waves):  # one at a time: spectra are large
            power = np.abs(stft(wave, self.size, self.hop)) ** 2
            found.append(np.sqrt(power + TINY) @ self.filters())
        return np.log(np.maximum(found, QUIETEST)).astype("float32")

    def heard_by_griffin_lim(self, log_mels, *, num_rounds=60, seed=0):
        """Waves of spectrograms, by what costs no training.

        Magnitudes that are not negative are fitted to the bands by least squares (Lee and Seung,
        2001, Algorithms for Non-negative Matrix Factorization, equation 4, with F held); phases are
        Griffin-Lim's.

        Args:
            log_mels: floats (n, frames, bins).
            num_rounds, seed: see `audio.griffin_lim`. Default to 60 and 0.

        Returns:
            float32 (n, frames * hop) in [-1, 1].
        """
        bands, filters = np.exp(np.asarray(log_mels, "float64")), self.filters()
        bands[bands < 1.001 * QUIETEST] = 0.0  # silence, however its logarithm was rounded
        wanted, overlap = bands @ filters.T, filters @ filters.T
        magnitudes = wanted / np.maximum(overlap.sum(axis=1), 1e-12)
        for _ in range(NUM_TRIES):
            magnitudes *= wanted / np.maximum(magnitudes @ overlap, 1e-12)
        waves = griffin_lim(magnitudes, self.size, self.hop, num_rounds=num_rounds, seed=seed)
        return waves.clip(-1, 1).astype("float32")


def hertz_to_mel(hertz):
    """Slaney's mel of frequencies."""
    hertz = np.asarray(hertz, "float64")
    above = BREAK / HERTZ_A_MEL + np.log(np.maximum(hertz, BREAK) / BREAK) / STEP
    return np.where(hertz < BREAK, hertz / HERTZ_A_MEL, above)


def mel_to_hertz(mel):
    """The inverse of `hertz_to_mel`."""
    mel = np.asarray(mel, "float64")
    above = BREAK * np.exp(STEP * (mel - BREAK / HERTZ_A_MEL))
    return np.where(mel < BREAK / HERTZ_A_MEL, mel * HERTZ_A_MEL, above)
