"""TensorFlow Lite (LiteRT): an interpreter's `get_signature_runner()(latents=latents)`."""

import tempfile
import warnings
from pathlib import Path

import tensorflow as tf

from gan_keras.exporting import saved_model

SUFFIX = ".tflite"


def write(model, path):
    """Writes the file, by way of a SavedModel, whose signature it keeps.

    Operations that TensorFlow Lite lacks are left to TensorFlow's; a warning says so.
    """
    with tempfile.TemporaryDirectory() as folder:
        saved_model.write(model, folder)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        try:
            converted = converter.convert()
        except Exception:  # ConverterError, which has no public name
            converter.target_spec.supported_ops = [
                tf.lite.OpsSet.TFLITE_BUILTINS,
                tf.lite.OpsSet.SELECT_TF_OPS,
            ]
            converted = converter.convert()
            warnings.warn(
                "The generator has operations that TensorFlow Lite lacks: the app needs its "
                "library of TensorFlow operations, too (Flex, `tensorflow-lite-select-tf-ops`).",
                stacklevel=2,
            )
    Path(path).write_bytes(converted)


def run(path, inputs):
    """Samples by the interpreter; `inputs` is a dict of arrays, the samples are an array."""
    runner = tf.lite.Interpreter(model_path=str(path)).get_signature_runner()
    (samples,) = runner(**inputs).values()
    return samples
