"""The generator alone, for places where gan_keras is not installed.

plain        a network of Keras's own layers, which computes what ours does
serving      the averaged generator as a plain float32 Keras model, images as floats or bytes
keras_file   a .keras file of Keras's own layers, where all of them are
saved_model  a TensorFlow SavedModel
onnx_file    ONNX; onnx_depthwise adds an operation that tf2onnx lacks
tflite       TensorFlow Lite (LiteRT)

Each format file has `write(model, path)` and `run(path, inputs)`, the second in the format's own
runtime, so that what was written is checked by its pixels.
"""

from gan_keras.exporting.export import FORMATS, export

__all__ = ["FORMATS", "export"]
