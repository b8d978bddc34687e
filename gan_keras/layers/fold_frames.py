"""Frames of clips as images of a larger batch, and back."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class FoldFrames(keras.layers.Layer):
    """Clips as so many images: what is made for images then sees each frame on its own.

    Input `(batch, frames, ...)`, all but the batch known; output `(batch * frames, ...)`.
    """

    def call(self, inputs):
        return ops.reshape(inputs, (-1, *inputs.shape[2:]))

    def compute_output_shape(self, input_shape):
        batch, frames, *rest = input_shape
        return (None if batch is None else batch * frames, *rest)


@register
class UnfoldFrames(keras.layers.Layer):
    """The inverse of `FoldFrames`.

    Args:
        num_frames: of a clip.

    Input `(batch * num_frames, ...)`; output `(batch, num_frames, ...)`.
    """

    def __init__(self, num_frames, **kwargs):
        super().__init__(**kwargs)
        self.num_frames = num_frames

    def call(self, inputs):
        return ops.reshape(inputs, (-1, self.num_frames, *inputs.shape[1:]))

    def compute_output_shape(self, input_shape):
        batch, *rest = input_shape
        return (None if batch is None else batch // self.num_frames, self.num_frames, *rest)

    def get_config(self):
        return {**super().get_config(), "num_frames": self.num_frames}
