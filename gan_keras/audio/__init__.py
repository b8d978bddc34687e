"""Sound as arrays: files, sampling rates, spectrograms and the way back.

NumPy alone, but for one file.

wav           reads and writes .wav files
resampling    another sampling rate
spectrogram   short-time Fourier transform, its inverse, and Griffin-Lim's phases
mel           spectrograms of bands as ears tell them apart
mel_in_graph  the same by TensorFlow, with gradients; not imported here
"""

from gan_keras.audio.mel import MelScale
from gan_keras.audio.resampling import resampled
from gan_keras.audio.spectrogram import MOMENTUM, griffin_lim, istft, stft
from gan_keras.audio.wav import as_bytes, read, write

__all__ = [
    "MOMENTUM",
    "MelScale",
    "as_bytes",
    "griffin_lim",
    "istft",
    "read",
    "resampled",
    "stft",
    "write",
]
