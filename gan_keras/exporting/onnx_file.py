"""ONNX: `onnxruntime.InferenceSession(path).run(None, {"latents": latents})`."""

import importlib

import keras

from gan_keras.exporting import onnx_depthwise

SUFFIX = ".onnx"
PACKAGES = ("onnx", "tf2onnx", "onnxruntime")


def write(model, path):
    """Writes the file.

    Raises:
        ImportError: a package of the extra `onnx` is missing.
    """
    for package in PACKAGES:
        _imported(package)
    onnx_depthwise.register()
    signature = [
        keras.InputSpec(shape=tensor.shape, dtype=tensor.dtype, name=tensor.name)
        for tensor in model.inputs
    ]
    if len(signature) > 1:
        signature = [signature]  # one argument, a list
    model.export(str(path), format="onnx", verbose=False, input_signature=signature)


def run(path, inputs):
    """Samples by onnxruntime; `inputs` is a dict of arrays, the samples are an array."""
    session = _imported("onnxruntime").InferenceSession(
        str(path), providers=["CPUExecutionProvider"]
    )
    names = [given.name for given in session.get_inputs()]
    (samples,) = session.run(None, dict(zip(names, inputs.values(), strict=True)))
    return samples


def _imported(package):
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise ImportError(
            f'ONNX export needs {package}. Install it with: pip install "gan-keras[onnx]"'
        ) from error
