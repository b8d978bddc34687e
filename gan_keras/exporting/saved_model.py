"""A TensorFlow SavedModel: `tf.saved_model.load(path).serve(latents)`, or `serve(latents, labels)`.

A translator's is `serve(input)`.

Its signature "serving_default" is what TensorFlow Serving answers with.
"""

import keras
import tensorflow as tf

SUFFIX = ""  # a folder


def write(model, path):
    """Writes the folder; the arguments of `serve` are named as the model's inputs."""
    signature = [
        tf.TensorSpec(tensor.shape, tensor.dtype, name=tensor.name) for tensor in model.inputs
    ]

    def serve(first, *others):
        return model([first, *others] if others else first, training=False)

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint("serve", serve, input_signature=signature)
    archive.write_out(str(path), verbose=False)


def run(path, inputs):
    """Samples by TensorFlow; `inputs` is a dict of arrays, the samples are an array."""
    loaded = tf.saved_model.load(str(path))
    return loaded.serve(*map(tf.constant, inputs.values())).numpy()
