"""Mel spectrograms in the graph: what `MelScale.log_mel` computes, with gradients."""

import tensorflow as tf

from gan_keras.audio.mel import QUIETEST, TINY
from gan_keras.audio.spectrogram import window


def log_mel(waves, scale):
    """Mel spectrograms of waves.

    Args:
        waves: float tensor (batch, samples, 1); samples a whole number of hops.
        scale: an `audio.MelScale`.

    Returns:
        float32 tensor (batch, frames, bins).
    """
    pad = (scale.size - scale.hop) // 2
    waves = tf.pad(tf.cast(waves[..., 0], tf.float32), [[0, 0], [pad, pad]])
    pieces = tf.signal.frame(waves, scale.size, scale.hop)
    spectra = tf.signal.rfft(pieces * tf.constant(window(scale.size), tf.float32))
    # By parts: the absolute value of a complex number has no gradient at 0.
    power = tf.square(tf.math.real(spectra)) + tf.square(tf.math.imag(spectra))
    bands = tf.sqrt(power + TINY) @ tf.constant(scale.filters(), tf.float32)
    return tf.math.log(tf.maximum(bands, QUIETEST))
