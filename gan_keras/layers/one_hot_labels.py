"""A map of label ids as one channel per label."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class OneHotLabels(keras.layers.Layer):
    """One channel per label: ones where the map has that id, zeros elsewhere.

    For translators from label maps, whose ids are numbers without an order (Isola et al., 2017,
    arXiv 1611.07004; Park et al., 2019, arXiv 1903.07291). An id outside of [0, num_labels) makes a
    pixel of zeros; whether there are any is checked where the data come in, not here.

    Args:
        num_labels: number of labels; ids lie in [0, num_labels).
        dont_care: the id of pixels that nobody labelled, such as 255, which get one more channel of
            their own, the last. None (the default) if there are none.

    Input `(batch, h, w)` or `(batch, h, w, 1)` of whole numbers, integers or floats. Returns
    `(batch, h, w, num_labels)`, or one channel more with `dont_care`.
    """

    def __init__(self, num_labels, *, dont_care=None, **kwargs):
        # Half floats don't hold all whole numbers: 255 + 2 is 256 in bfloat16.
        super().__init__(**{**kwargs, "autocast": False})
        if not isinstance(num_labels, int) or num_labels < 2:
            raise ValueError(
                f"`num_labels` must be an integer of at least 2. Received: {num_labels!r}."
            )
        if dont_care is not None and 0 <= dont_care < num_labels:
            raise ValueError(
                f"`dont_care` must be an id outside of [0, {num_labels}), where the labels are. "
                f"Received: {dont_care}."
            )
        self.num_labels = num_labels
        self.dont_care = dont_care

    def build(self, input_shape):
        self._without_channel(input_shape)

    def call(self, inputs):
        ids = inputs if len(inputs.shape) == 3 else ops.squeeze(inputs, axis=-1)
        ids = ops.cast(ids, "int32")  # (batch, h, w)
        if self.dont_care is not None:
            # An id just too large for a label is not one without a label: it is none.
            others = ops.where(ids == self.num_labels, -1, ids)
            ids = ops.where(ids == self.dont_care, self.num_labels, others)
        return ops.one_hot(ids, self._channels(), dtype=self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return (*self._without_channel(input_shape), self._channels())

    def compute_output_spec(self, inputs):
        shape = self.compute_output_shape(inputs.shape)
        return keras.KerasTensor(shape, dtype=self.compute_dtype)

    def get_config(self):
        config = {
            **super().get_config(),
            "num_labels": self.num_labels,
            "dont_care": self.dont_care,
        }
        return {key: value for key, value in config.items() if key != "autocast"}

    def _channels(self):
        return self.num_labels + (self.dont_care is not None)

    @staticmethod
    def _without_channel(shape):
        if len(shape) == 3:
            return tuple(shape)
        if len(shape) == 4 and shape[-1] == 1:
            return tuple(shape[:-1])
        raise ValueError(
            "A map of label ids has the shape (batch, h, w) or (batch, h, w, 1). "
            f"Received: {tuple(shape)}. A map of one channel per label needs no OneHotLabels."
        )
