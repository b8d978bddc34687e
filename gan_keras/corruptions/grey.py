"""Colours taken away."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.corruptions import corruption
from gan_keras.serialization import register

LUMA = (0.299, 0.587, 0.114)


@register
@dataclasses.dataclass(kw_only=True)
class Grey(corruption.Corruption):
    """Luma: the input of colourisation.

    0.299 R + 0.587 G + 0.114 B, one channel in [-1, 1].

    Source: ITU-R recommendation BT.601.

    Raises:
        ValueError: images without three channels (at a model's construction).
    """

    name: ClassVar[str] = "grey"

    def input_shape(self, shape):
        """One channel."""
        corruption.check_images(shape, "Grey")
        if shape[2] != 3:
            raise ValueError(
                f"Grey takes colour images of 3 channels. Received images of {shape[2]}."
            )
        return (*shape[:2], 1)

    def __call__(self, real, random):
        """The luma of each pixel."""
        self.input_shape(real.shape[1:])
        return {"input": tf.reduce_sum(real * tf.constant(LUMA), axis=-1, keepdims=True)}
