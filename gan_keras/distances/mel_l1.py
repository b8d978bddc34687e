"""Mean absolute difference of mel spectrograms."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.audio import MelScale, mel_in_graph
from gan_keras.corruptions.mel import check_waves
from gan_keras.distances import distance
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class MelL1(MelScale, distance.Distance):
    """L1 distance of log-mel spectrograms: for sounds, which may differ in phases and sound alike.

    weight * mean |log mel of real - log mel of fake|, over moments and bands.

    Source: Kong, Kim, Bae (2020), arXiv:2010.05646 (HiFi-GAN), equation 5 (weight 45).

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.
        rate, size, hop, num_bins, low, high: see `audio.MelScale`. The paper's input ends at 8,000
            hertz, and this at half of the rate.

    Raises:
        ValueError: as `MelScale`; a negative or infinite weight; what is no wave.
    """

    name: ClassVar[str] = "mel_l1"

    def compute(self, real, fake, mask):
        """The mean over all moments and bands; `mask` is not looked at."""
        check_waves(fake.shape[1:], self)
        gaps = mel_in_graph.log_mel(real, self) - mel_in_graph.log_mel(fake, self)
        return tf.reduce_mean(tf.abs(gaps))
