"""Short-time Fourier transform, its inverse, and phases for magnitudes that have none."""

import numpy as np

MOMENTUM = 0.99


def stft(waves, size, hop):
    """Spectra of pieces that overlap.

    X[t, f] = sum_n w[n] x[t hop + n - pad] exp(-2 pi i f n / size).

    w is the periodic Hann window, pad = (size - hop) / 2 zeros before and after, so that a wave of
    t * hop samples has t frames.

    Args:
        waves: floats (..., samples), a whole number of hops.
        size: even number of samples of a piece.
        hop: samples from one piece to the next; at most half of `size`, and size - hop even.

    Returns:
        complex128 (..., samples / hop, size / 2 + 1).
    """
    waves = np.asarray(waves, "float64")
    pad = [(0, 0)] * (waves.ndim - 1) + [((size - hop) // 2,) * 2]
    pieces = np.lib.stride_tricks.sliding_window_view(np.pad(waves, pad), size, axis=-1)
    return np.fft.rfft(pieces[..., ::hop, :] * window(size))


def istft(spectra, size, hop):
    """The waves whose spectra are nearest to some, by least squares.

    Source: Griffin and Lim (1984), Signal Estimation from Modified Short-Time Fourier Transform,
    IEEE ASSP 32(2), equation 6. Of the spectra of a wave it is that wave.

    Args:
        spectra: complex (..., frames, size / 2 + 1).
        size, hop: as in `stft`.

    Returns:
        float64 (..., frames * hop).
    """
    pieces = np.fft.irfft(spectra, size) * window(size)
    *before, frames, _ = pieces.shape
    total = np.zeros((*before, (frames - 1) * hop + size))
    weight = np.zeros((frames - 1) * hop + size)
    for frame in range(frames):
        place = slice(frame * hop, frame * hop + size)
        total[..., place] += pieces[..., frame, :]
        weight[place] += window(size) ** 2
    pad = (size - hop) // 2
    inside = slice(pad, pad + frames * hop)
    return total[..., inside] / weight[inside]


def griffin_lim(magnitudes, size, hop, *, num_rounds=32, seed=0):
    """Waves whose spectra have nearly given magnitudes.

    Phases begin at random; each round takes those of the nearest wave, and goes on in the direction
    of the last change.

    Source: Griffin and Lim (1984), as in `istft`; with momentum: Perraudin, Balazs, Søndergaard
    (2013), A fast Griffin-Lim algorithm, WASPAA, algorithm 2 (alpha = 0.99).

    Args:
        magnitudes: floats >= 0 (..., frames, size / 2 + 1).
        size, hop: as in `stft`.
        num_rounds: how often phases are mended. Defaults to 32.
        seed: of the first phases. Defaults to 0.

    Returns:
        float64 (..., frames * hop).
    """
    magnitudes = np.asarray(magnitudes, "float64")
    phases = np.random.default_rng(seed).uniform(-np.pi, np.pi, magnitudes.shape)
    current = magnitudes * np.exp(1j * phases)
    before = None
    for _ in range(num_rounds):
        consistent = stft(istft(current, size, hop), size, hop)
        moved = consistent
        if before is not None:
            moved = consistent + MOMENTUM * (consistent - before)
        before = consistent
        current = magnitudes * np.exp(1j * np.angle(moved))
    return istft(current, size, hop)


def window(size):
    """Hann's, periodic."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
