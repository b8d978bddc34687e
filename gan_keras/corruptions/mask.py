"""What masks share: pixels are taken out, and the mask says which."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.corruptions import corruption
from gan_keras.corruptions.chain import Chain


@dataclasses.dataclass(kw_only=True)
class Mask(corruption.Corruption):
    """Base of the masks: abstract; a subclass draws them in `holes`.

    input = concat(real * (1 - mask) + fill * mask, mask) along channels, with the mask 1 where a
    pixel is missing and 0 where it is known. Each image has a mask of its own.

    Args:
        fill: float in [-1, 1], the value of missing pixels. Defaults to 0.0, mid-grey.

    Raises:
        ValueError: a `fill` outside [-1, 1].
    """

    roles: ClassVar[tuple] = ("input", "mask")
    fill: float = 0.0

    def __post_init__(self):
        if not -1 <= self.fill <= 1:
            raise ValueError(
                f"`fill` of {type(self).__name__} is a pixel value in [-1, 1]. "
                f"Received: {self.fill!r}."
            )

    def input_shape(self, shape):
        """One channel more: the mask."""
        corruption.check_images(shape, type(self).__name__)
        return (*shape[:2], shape[2] + 1)

    def __call__(self, real, random):
        """The images with holes, the mask beside them; and the mask."""
        self.input_shape(real.shape[1:])
        holes = self.holes(corruption.batch_of(real), real.shape[1:3], random)
        mask = tf.cast(holes, tf.float32)[..., None]  # (batch, h, w, 1)
        masked = real * (1.0 - mask) + self.fill * mask
        return {"input": tf.concat([masked, mask], axis=-1), "mask": mask}

    def holes(self, batch, size, random):
        """Where pixels are missing: bool (batch, h, w).

        Args:
            batch: int, or a scalar tensor.
            size: tuple (h, w).
            random: a `RandomStream`.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `holes` method.")


def fill_of(corruption):
    """The value of missing pixels, if a corruption (or a chain's last) is a mask; else None."""
    last = corruption.corruptions[-1] if isinstance(corruption, Chain) else corruption
    return last.fill if isinstance(last, Mask) else None


def completed(fake, given):
    """Translations with the known pixels as they were given.

    Args:
        fake: (batch, h, w, c), what a network made of all pixels.
        given: (batch, h, w, c + 1), its input: the image, and the mask.
    """
    missing = given[..., -1:]
    return fake * missing + given[..., :-1] * (1.0 - missing)


def in_pixels(shares, size):
    """A range of shares of `size` as a range of whole pixels, at least 1 and at most `size`."""
    return tuple(min(max(1, round(share * size)), size) for share in shares)


def between(random, shape, low, high):
    """Whole numbers in [low, high], int32: made of whole numbers alone, so XLA's are the same."""
    return low + random.integers(shape, high - low + 1)
