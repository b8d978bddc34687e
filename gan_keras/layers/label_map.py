"""A class label as image channels."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class LabelMap(keras.layers.Layer):
    """Appends one channel per class: ones in the channel of the image's label, zeros elsewhere.

    For discriminators conditioned by concatenation (Mirza and Osindero, 2014, arXiv 1411.1784).
    Every pixel sees the label, so `(h, w)` is filled by broadcasting, never by reshaping.

    Args:
        num_classes: number of classes; labels lie in [0, num_classes).

    Call with `[images, labels]`: images `(batch, h, w, c)` or vectors `(batch, features)`, labels
    `(batch,)` of integers. Returns the same with `num_classes` more channels.
    """

    def __init__(self, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.num_classes = num_classes

    def call(self, inputs):
        images, labels = inputs
        shape = ops.shape(images)
        one_hot = ops.one_hot(labels, self.num_classes, dtype=images.dtype)  # (batch, classes)
        between = (1,) * (len(shape) - 2)
        channels = ops.broadcast_to(
            ops.reshape(one_hot, (shape[0], *between, self.num_classes)),
            (*shape[:-1], self.num_classes),
        )
        return ops.concatenate([images, channels], axis=-1)

    def compute_output_shape(self, input_shape):
        images, _ = input_shape
        return (*images[:-1], images[-1] + self.num_classes)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}
