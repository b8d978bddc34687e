"""What a corruption is: how a translator's input comes from the real image it must find."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.serialization import Configurable


@dataclasses.dataclass(kw_only=True)
class Corruption(Configurable):
    """Base of the corruptions: abstract; every subclass is final.

    Inpainting, super-resolution, colourisation and restoration need no pairs: the input is made
    from the real image in the graph. A corruption of your own is a registered keyword-only
    dataclass with a `name`, an `input_shape` and a `__call__`. It draws from the `RandomStream` it
    is handed alone, with the batch as first axis, so that every replica gets its own numbers and
    XLA the same ones.
    """

    name: ClassVar[str] = "corruption"
    roles: ClassVar[tuple] = ("input",)
    """What a call returns: ("input",), or ("input", "mask") where pixels are missing."""

    def input_shape(self, shape):
        """The shape of what the translator is given.

        Args:
            shape: tuple (h, w, c) of a real image.

        Returns:
            Tuple (h, w, c) of an input.

        Raises:
            ValueError: images that it does not suit; a model asks at its construction.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `input_shape` method.")

    def input_kind(self, kind):
        """The `kinds.Kind` of inputs made of samples of a kind; None if their shape says it.

        Raises:
            ValueError: a kind that it does not suit.
        """
        return None

    def __call__(self, real, random):
        """Inputs made from real images.

        Args:
            real: float32 images (batch, h, w, c) in [-1, 1]; all but the batch are known.
            random: a `RandomStream`.

        Returns:
            A dict by role: "input", float32 (batch, *input_shape(shape)); for a corruption that
            takes pixels away also "mask", float32 (batch, h, w, 1), 1 where a pixel is missing.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `__call__` method.")


def check_images(shape, kind):
    """Refuses what is no image (h, w, c) of known size."""
    if len(shape) != 3 or None in tuple(shape):
        raise ValueError(
            f"{kind} takes images (height, width, channels) of known size. Received samples of "
            f"shape: {tuple(shape)}."
        )


def check_range(field, value, kind, *, low, high, whole=False):
    """A range (least, most) from one number or two of them.

    Args:
        field: str, the argument's name.
        value: a number, or a pair of numbers.
        kind: str, whose argument it is.
        low, high: the bounds, both allowed.
        whole: whether the numbers are whole ones.

    Raises:
        ValueError: something else, numbers out of bounds or in the wrong order.
    """
    pair = tuple(value) if isinstance(value, (list, tuple)) else (value, value)
    types = int if whole else (int, float)
    good = len(pair) == 2 and all(isinstance(x, types) and low <= x <= high for x in pair)
    if not (good and pair[0] <= pair[1]):
        what = "whole number" if whole else "number"
        raise ValueError(
            f"`{field}` of {kind} is a {what} in [{low}, {high}] or a pair of them, the smaller "
            f"first. Received: {value!r}."
        )
    return pair


def batch_of(images):
    """The batch size: an int where it is known, else a scalar tensor."""
    return images.shape[0] or tf.shape(images)[0]
