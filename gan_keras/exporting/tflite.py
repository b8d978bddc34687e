"""TensorFlow Lite (LiteRT): an interpreter's `get_signature_runner()(latents=latents)`."""

import tempfile
from pathlib import Path

import tensorflow as tf

from gan_keras.exporting import saved_model

SUFFIX = ".tflite"


def write(model, path):
    """Writes the file, by way of a SavedModel, whose signature it keeps.

    What TensorFlow Lite itself lacks is not left to its library of TensorFlow operations (Flex):
    the interpreter that Python has is without it, so that nobody could check the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        saved_model.write(model, folder)
        converted = tf.lite.TFLiteConverter.from_saved_model(folder).convert()
    Path(path).write_bytes(converted)


def run(path, inputs):
    """Samples by the interpreter; `inputs` is a dict of arrays, the samples are an array."""
    runner = tf.lite.Interpreter(model_path=str(path)).get_signature_runner()
    (samples,) = runner(**inputs).values()
    return samples
