"""One random crop and flip for all that a sample consists of."""

import dataclasses

import tensorflow as tf

from gan_keras.serialization import Configurable, register

ROLES = ("input", "real", "mask")


@register
@dataclasses.dataclass(kw_only=True)
class PairedCrop(Configurable):
    """A random window, mirrored half of the time: the same for the input and the sample of a pair.

    For pairs that lie on each other: what is to come out of an input moves as the input does. The
    window and the flip are drawn for each sample and each step anew; a data set that were cut
    before would show the same windows for ever. Values are only moved, never mixed, so class
    numbers stay what they are. An input that is smaller by a whole factor, as for super-resolution,
    gets the same window in its own pixels.

    Isola et al., 2017, arXiv:1611.07004, section 6.2, bring images to 286x286 and cut 256x256.

    Of what has one axis alone, such as waves (batch, samples, channels), it cuts a segment.

    Args:
        size: int or (height, width), pixels of the window in the largest picture of a sample; whole
            multiples of the factor by which another is smaller. Of waves, samples of the segment.
        flip: whether half of the samples are mirrored, left to right. Defaults to True; not for
            what has a reading direction, such as text, maps and sounds.

    Raises:
        ValueError: the window is no positive size; in the call: it is larger than the pictures,
            their sizes are no whole multiples of each other, none are there, or one of `ROLES` is
            something else, e.g. vectors.

    Example:

        batch = PairedCrop(size=256)({"input": edges, "real": photos}, random)
    """

    size: int | tuple
    flip: bool = True

    def __post_init__(self):
        sides = (self.size, self.size) if isinstance(self.size, int) else tuple(self.size)
        if len(sides) != 2 or not all(isinstance(side, int) and side > 0 for side in sides):
            raise ValueError(
                f"`size` (={self.size!r}) must be a positive integer or (height, width)."
            )
        self.size = self.size if isinstance(self.size, int) else sides

    def __call__(self, batch, random):
        """`batch` with every picture of it cut.

        Args:
            batch: dict by role; those of `ROLES`, (batch, h, w, c) or (batch, n, c), are cut, all
                else is passed on.
            random: a `latents.RandomStream`.
        """
        pictures = {role: batch[role] for role in ROLES if role in batch}
        if not pictures:
            raise ValueError(
                f"A batch has no pictures to cut: roles {', '.join(batch)}. Give it one of "
                f"{', '.join(ROLES)}, of shape (batch, h, w, c)."
            )
        rank = next(iter(pictures.values())).shape.rank
        for role, picture in pictures.items():
            if picture.shape.rank not in (3, 4) or picture.shape.rank != rank:
                raise ValueError(
                    f"'{role}' is no batch of pictures (batch, h, w, c), but {picture.shape}. "
                    "PairedCrop is for pictures and waves alone, one of them at a time: leave it "
                    "out."
                )
        shapes = {role: tuple(picture.shape[1:-1]) for role, picture in pictures.items()}
        small = min(shapes.values())
        factors = {role: _factor(role, shape, small) for role, shape in shapes.items()}
        window = self._smallest_window(max(factors.values()), small)
        any_picture = next(iter(pictures.values()))
        num = any_picture.shape[0] or tf.shape(any_picture)[0]
        starts = [
            random.integers((num,), side - cut + 1) for side, cut in zip(small, window, strict=True)
        ]
        flips = random.uniform((num,)) < 0.5 if self.flip else tf.zeros((num,), bool)
        cut = {
            role: _cut(picture, factors[role], starts, window, flips)
            for role, picture in pictures.items()
        }
        return {**batch, **cut}

    def _smallest_window(self, factor, small):
        """(height, width) of the window in the smallest picture, or (samples,)."""
        sides = (self.size,) * len(small) if isinstance(self.size, int) else self.size
        if len(sides) != len(small):
            raise ValueError(f"`size` (={self.size}) of waves is a number of samples.")
        if any(side % factor for side in sides):
            raise ValueError(
                f"`size` (={self.size}) must be a multiple of {factor}, by which one picture of a "
                "pair is smaller than another."
            )
        window = tuple(side // factor for side in sides)
        if any(cut > side for cut, side in zip(window, small, strict=True)):
            largest = tuple(side * factor for side in small)
            raise ValueError(
                f"`size` (={self.size}) is larger than the pictures, {_said(largest)}. Give a "
                "smaller one, or load the pictures with a larger `image_size`."
            )
        return window


def _factor(role, shape, small):
    """By how much a picture is larger than the smallest one of its sample."""
    factor = shape[0] // small[0]
    if shape != tuple(factor * side for side in small):
        raise ValueError(
            f"'{role}' is {_said(shape)} pixels, no whole multiple of {_said(small)}, the smallest "
            "picture of the batch. Bring both to sizes that are."
        )
    return factor


def _said(shape):
    return "x".join(map(str, shape))


def _cut(picture, factor, starts, window, flips):
    """Places looked up along each axis, which XLA compiles and leaves every value as it is."""
    for axis, (start, side) in enumerate(zip(starts, window, strict=True), start=1):
        places = tf.range(factor * side)
        if axis == len(window):
            places = tf.where(flips[:, None], places[::-1], places)
        places = factor * start[:, None] + places
        picture = tf.gather(picture, places, axis=axis, batch_dims=1)
    return picture
