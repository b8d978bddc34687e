"""TensorFlow Lite (LiteRT): an interpreter's `get_signature_runner()(latents=latents)`."""

import tempfile

import tensorflow as tf

from gan_keras import files
from gan_keras.exporting import saved_model

SUFFIX = ".tflite"


def write(model, path):
    """Writes the file, by way of a SavedModel, whose signature it keeps."""
    with tempfile.TemporaryDirectory() as folder:
        saved_model.save(model, folder)
        converted = tf.lite.TFLiteConverter.from_saved_model(folder).convert()
    with files.replacing(path) as temporary:
        temporary.write_bytes(converted)


def run(path, inputs):
    """Samples by the interpreter; `inputs` is a dict of arrays, the samples are an array."""
    runner = tf.lite.Interpreter(model_path=str(path)).get_signature_runner()
    (samples,) = runner(**inputs).values()
    return samples
