"""Patches that move over the frames of a clip."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class PlacePatches(keras.layers.Layer):
    """Patches, each shifted to its place in every frame, and added up.

    A patch with its middle at m is seen at pixel x with the weight max(0, 1 - |x - m - q|) of its
    own pixel q: bilinear interpolation, whose gradient moves the patch (Jaderberg, Simonyan,
    Zisserman, Kavukcuoglu, 2015, arXiv:1506.02025, equation 5, for translations alone). Rows and
    columns are two matrix products. What lies outside the frame is not seen.

    Args:
        size: (height, width) of the frames.

    Call with `[patches, places]`: patches `(batch, k, p, p, channels)`, places `(batch, frames, k,
    2)`, row and column of each middle, from the frame's middle at 0 to its borders at -1 and 1.
    Returns `(batch, frames, height, width, channels)`.
    """

    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = tuple(size)

    def call(self, inputs):
        patches, places = inputs
        _, num, side, _, channels = patches.shape
        frames, (height, width) = places.shape[1], self.size
        rows = _weights(ops.transpose(places[..., 0], (0, 2, 1)), height, side)  # (b, k, t, h, p)
        rows = ops.reshape(rows, (-1, num, frames * height, side))
        x = ops.matmul(rows, ops.reshape(patches, (-1, num, side, side * channels)))
        x = ops.reshape(x, (-1, num, frames, height, side, channels))
        x = ops.transpose(x, (0, 2, 3, 5, 1, 4))  # (b, t, h, c, k, p)
        x = ops.reshape(x, (-1, frames, height * channels, num * side))
        columns = _weights(places[..., 1], width, side)  # (b, t, k, w, p)
        columns = ops.transpose(columns, (0, 1, 2, 4, 3))
        x = ops.matmul(x, ops.reshape(columns, (-1, frames, num * side, width)))
        x = ops.reshape(x, (-1, frames, height, channels, width))
        return ops.transpose(x, (0, 1, 2, 4, 3))

    def compute_output_shape(self, input_shape):
        patches, places = input_shape
        return (patches[0], places[1], *self.size, patches[-1])

    def get_config(self):
        return {**super().get_config(), "size": self.size}


def _weights(places, length, side):
    """How much each of `length` pixels sees of each of a patch's `side`: (..., length, side)."""
    middle = ops.cast(places[..., None, None], "float32") * (length / 2) + (length - side) / 2
    pixels = ops.arange(length, dtype="float32")[:, None]
    own = ops.arange(side, dtype="float32")
    return ops.cast(ops.relu(1.0 - ops.abs(pixels - middle - own)), places.dtype)
