"""A .keras file that Keras loads without gan_keras: `keras.models.load_model(path)`."""

import keras
import numpy as np

from gan_keras.exporting.serving import own_layers

SUFFIX = ".keras"


def write(model, path):
    """Writes the file.

    Raises:
        ValueError: the model holds layers that only gan_keras has.
    """
    found = own_layers(keras.saving.serialize_keras_object(model))
    if found:
        raise ValueError(
            f"The generator has layers of gan_keras ({', '.join(found)}), which a .keras file "
            "can't hold for others. Take --format saved_model, onnx or tflite."
        )
    model.save(path)


def run(path, inputs):
    """Samples by Keras; `inputs` is a dict of arrays, the samples are an array."""
    model = keras.models.load_model(path, compile=False)
    given = list(inputs.values())
    return np.asarray(model(given[0] if len(given) == 1 else given))
