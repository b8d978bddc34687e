"""Padding by what the border mirrors."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class ReflectionPadding(keras.layers.Layer):
    """Pads every spatial axis by its mirror image; the border itself is not repeated.

    For translated images, whose borders zeros would darken: `a b c d` padded by 2 is
    `c b a b c d c b`. Follow it by a convolution with `padding="valid"`.

    Args:
        padding: pixels on every side; or one entry for each spatial axis, which is pixels or
            `(before, after)`. Defaults to 1.

    Input `(batch, ..., channels)` with one spatial axis or more; each is larger than its padding.

    Raises:
        ValueError: the padding is negative, does not fit the number of axes, or is not smaller than
            the axis.
    """

    def __init__(self, padding=1, **kwargs):
        super().__init__(**kwargs)
        self.padding = _as_given(padding)

    def build(self, input_shape):
        self._check(input_shape)

    def pairs(self, rank):
        """`(before, after)` of each spatial axis of a tensor of this rank."""
        entries = self.padding
        if isinstance(entries, int):
            entries = (entries,) * (rank - 2)
        if rank < 3 or len(entries) != rank - 2:
            raise ValueError(
                f"`padding` must be an integer or have one entry for each spatial axis, of which "
                f"`{self.name}` got {max(rank - 2, 0)}. Received: {self.padding}."
            )
        return [(entry, entry) if isinstance(entry, int) else entry for entry in entries]

    def call(self, inputs):
        self._check(inputs.shape)
        pairs = self.pairs(len(inputs.shape))
        return ops.pad(inputs, [(0, 0), *pairs, (0, 0)], mode="reflect")

    def compute_output_shape(self, input_shape):
        pairs = self.pairs(len(input_shape))
        sides = [
            None if side is None else side + before + after
            for side, (before, after) in zip(input_shape[1:-1], pairs, strict=True)
        ]
        return (input_shape[0], *sides, input_shape[-1])

    def reads(self, start, stop, size, axis):
        """The pixels, along one axis, that make pixels `start` to `stop`: networks/receptive_field.

        Some may lie beyond the border; those that mirror are among them.
        """
        entry = self.padding if isinstance(self.padding, int) else self.padding[axis]
        before = entry if isinstance(entry, int) else entry[0]
        start, stop = start - before, stop - before
        if size is None:
            return start, stop
        mirrored_start, mirrored_stop = -start, 2 * (size - 1) - (stop - 1)
        if start < 0:
            stop = max(stop, mirrored_start + 1)
        if stop > size:
            start = min(start, mirrored_stop)
        return start, stop

    def get_config(self):
        return {**super().get_config(), "padding": self.padding}

    def _check(self, shape):
        for side, pair in zip(shape[1:-1], self.pairs(len(shape)), strict=True):
            if side is not None and side <= max(pair):
                raise ValueError(
                    f"`{self.name}` pads by {max(pair)} and needs a map larger than that. "
                    f"Received: shape {tuple(shape)}. Give a larger image."
                )


def _as_given(padding):
    """An integer, or a tuple of integers and pairs: as a config file gives it back."""
    entries = padding if isinstance(padding, (tuple, list)) else [padding]
    tidy = tuple(tuple(entry) if isinstance(entry, (tuple, list)) else entry for entry in entries)
    flat = [n for entry in tidy for n in (entry if isinstance(entry, tuple) else (entry,))]
    whole = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in flat)
    if not flat or not whole or any(isinstance(e, tuple) and len(e) != 2 for e in tidy):
        raise ValueError(
            "`padding` must be an integer of at least 0, or one such, or a pair (before, after), "
            f"for each spatial axis. Received: {padding!r}."
        )
    return tidy if isinstance(padding, (tuple, list)) else padding
