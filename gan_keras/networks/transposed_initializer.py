"""An initializer for an embedding whose rows act as a dense layer's kernel does."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class TransposedInitializer(keras.initializers.Initializer):
    """Another initializer's kernel (rows, columns), turned to (columns, rows).

    For the projection of a label: the row of a class is multiplied with the features, as a kernel
    of a dense layer is. An initializer that looks at what goes into a layer ("he_normal" and its
    like) would take the number of classes for that, and let ten classes drown the features.

    Args:
        initializer: of the kernel, a name or an object.
    """

    def __init__(self, initializer):
        self.initializer = keras.initializers.get(initializer)

    def __call__(self, shape, dtype=None):
        """The initial values, of `shape` = (columns, rows)."""
        return ops.transpose(self.initializer(tuple(shape)[::-1], dtype=dtype))

    def clone(self):
        """An equal one that draws other numbers."""
        return TransposedInitializer(self.initializer.clone())

    def get_config(self):
        """The arguments of `__init__`."""
        return {"initializer": keras.initializers.serialize(self.initializer)}

    @classmethod
    def from_config(cls, config):
        """One from `get_config`."""
        return cls(keras.initializers.deserialize(config["initializer"]))
