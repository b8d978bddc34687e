"""Channels to pixels and back: how super-resolution makes a map larger."""

import fractions

import keras
import tensorflow as tf
from keras import ops

from gan_keras.serialization import register


class _Shuffle(keras.layers.Layer):
    """The argument that both directions share, and its checks."""

    def __init__(self, scale, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(scale, int) or scale < 1:
            raise ValueError(f"`scale` must be a positive integer. Received: {scale!r}.")
        self.scale = scale

    def build(self, input_shape):
        self.compute_output_shape(input_shape)

    def get_config(self):
        return {**super().get_config(), "scale": self.scale}

    def _check_rank(self, shape):
        if len(shape) != 4:
            raise ValueError(
                f"{type(self).__name__} takes maps (batch, h, w, channels). "
                f"Received: {tuple(shape)}."
            )


@register
class PixelShuffle(_Shuffle):
    """Each pixel's channels laid out as `scale x scale` pixels of `channels / scale^2`.

    A convolution at the small size, then this, enlarges a map at a fraction of what a convolution
    at the large size costs (Shi et al., 2016, arXiv 1609.05158, equation 4):

        out[s y + i, s x + j, c] = in[y, x, s^2 c + s i + j]

    That is the order of channels of torch's `PixelShuffle`, so that weights carry over; the one of
    `tf.nn.depth_to_space` is another. `ICNR` starts the convolution before it.

    Args:
        scale: how often height and width are repeated.

    Input `(batch, h, w, c scale^2)`; returns `(batch, h scale, w scale, c)`.
    """

    def call(self, inputs):
        if self.scale == 1:
            return inputs
        channels, count = inputs.shape[-1], self.scale**2
        grouped = tf.reshape(inputs, (-1, channels // count, count))
        ours = tf.transpose(grouped, (0, 2, 1))  # to the order of depth_to_space
        return tf.nn.depth_to_space(tf.reshape(ours, _sides(inputs)), self.scale)

    def compute_output_shape(self, input_shape):
        self._check_rank(input_shape)
        batch, height, width, channels = input_shape
        if channels % self.scale**2:
            raise ValueError(
                f"PixelShuffle({self.scale}) needs a multiple of {self.scale**2} channels. "
                f"Received: {channels}."
            )
        larger = [None if side is None else side * self.scale for side in (height, width)]
        return (batch, *larger, channels // self.scale**2)

    @property
    def scale_of_maps(self):
        """Pixels of the output for each of the input, for `networks.receptive_field`."""
        return fractions.Fraction(self.scale)

    def reads(self, start, stop, size, axis):
        """The pixels of the input that make pixels `start` to `stop` of the output."""
        return start // self.scale, (stop - 1) // self.scale + 1


@register
class PixelUnshuffle(_Shuffle):
    """Blocks of `scale x scale` pixels as channels of one pixel: `PixelShuffle` undone.

    To let a network work at a smaller size without losing a number, as Real-ESRGAN does for scales
    of 1 and 2 (Wang et al., 2021, arXiv 2107.10833, section 3.3).

    Args:
        scale: what height and width are divided by.

    Input `(batch, h, w, c)`, h and w multiples of `scale`; returns `(batch, h / scale, w / scale,
    c scale^2)`.
    """

    def call(self, inputs):
        if self.scale == 1:
            return inputs
        channels, count = inputs.shape[-1], self.scale**2
        ours = tf.nn.space_to_depth(inputs, self.scale)
        grouped = tf.reshape(ours, (-1, count, channels))
        theirs = tf.transpose(grouped, (0, 2, 1))
        return tf.reshape(theirs, _sides(ours))

    def compute_output_shape(self, input_shape):
        self._check_rank(input_shape)
        batch, height, width, channels = input_shape
        if any(side is not None and side % self.scale for side in (height, width)):
            raise ValueError(
                f"PixelUnshuffle({self.scale}) needs a height and width that {self.scale} divides. "
                f"Received: {height}x{width}."
            )
        smaller = [None if side is None else side // self.scale for side in (height, width)]
        return (batch, *smaller, channels * self.scale**2)

    @property
    def scale_of_maps(self):
        """Pixels of the output for each of the input, for `networks.receptive_field`."""
        return fractions.Fraction(1, self.scale)

    def reads(self, start, stop, size, axis):
        """The pixels of the input that make pixels `start` to `stop` of the output."""
        return start * self.scale, stop * self.scale


@register
class ICNR(keras.initializers.Initializer):
    """A kernel before `PixelShuffle` that starts as a small image's nearest-neighbour enlargement.

    The channels that become the pixels of one block are drawn equal. Else each place in the block
    has its own kernel, and the first images are checkerboards. (Aitken et al., 2017, arXiv
    1707.02937, section 3.)

    Args:
        scale: of the `PixelShuffle` that follows.
        initializer: of one kernel of each block, a name or an object. Defaults to "he_normal".
    """

    def __init__(self, scale, initializer="he_normal"):
        self.scale = scale
        self.initializer = keras.initializers.get(initializer)

    def __call__(self, shape, dtype=None):
        """The initial values, of `shape` = (height, width, inputs, outputs)."""
        *others, filters = shape
        if filters % self.scale**2:
            raise ValueError(
                f"ICNR({self.scale}) needs a multiple of {self.scale**2} filters. "
                f"Received: {filters}."
            )
        drawn = self.initializer((*others, filters // self.scale**2), dtype=dtype)
        return ops.repeat(drawn, self.scale**2, axis=-1)

    def clone(self):
        """An equal one that draws other numbers."""
        return ICNR(self.scale, self.initializer.clone())

    def get_config(self):
        """The arguments of `__init__`."""
        return {
            "scale": self.scale,
            "initializer": keras.initializers.serialize(self.initializer),
        }

    @classmethod
    def from_config(cls, config):
        """One from `get_config`."""
        return cls(config["scale"], keras.initializers.deserialize(config["initializer"]))


def _sides(maps):
    """The shape of maps: numbers where they are known, else tensors."""
    return [known or tf.shape(maps)[axis] for axis, known in enumerate(maps.shape)]
