"""A trained generator in a format of one's choice, checked by running what was written."""

import os
import shutil
from pathlib import Path

import numpy as np

from gan_keras import files, kinds, layers
from gan_keras.exporting import keras_file, onnx_file, saved_model, tflite
from gan_keras.exporting.serving import serving_model
from gan_keras.files import errors as file_errors
from gan_keras.models import translation, validation

FORMATS = {
    "keras": keras_file,
    "saved_model": saved_model,
    "onnx": onnx_file,
    "tflite": tflite,
}
NUM_CHECKED = 8
SIDE = 64  # pixels of a test image, where the network takes any size
FOURIER = {"onnx": "matrix", "tflite": "matrix"}  # which have no complex numbers
# On a CPU Keras compiles its grouped convolutions with XLA, which ONNX can't hold.
KEPT = {"onnx": (layers.GroupedConv2D,)}
LARGEST_DIFFERENCE = {"float32": 1e-3, "uint8": 1}  # rounding differs from runtime to runtime


def export(model, path, *, format, uint8=False, network="generator"):
    """Writes a network of `model`, averaged if there is an average, and checks the file.

    The file takes `latents (batch, latent_dim) float32`, and `labels (batch,) int32` if the model
    is conditional; a translator's takes `input (batch, h, w, c) float32`. It gives samples: images
    in [-1, 1], or uint8. It needs no gan_keras.

    Args:
        model: one of `gan_keras.models`.
        path: where to, new.
        format: one of `FORMATS`.
        uint8: whether images come as uint8 in [0, 255].
        network: which of those that `model.served()` names. Defaults to "generator"; CycleGAN has
            also a "backward_generator".

    Returns:
        The largest difference, over a few samples, between the file in its own runtime and the
        generator here.

    Raises:
        ValueError: the generator does not fit the format, or there is no such network.
        ImportError: a package that the format needs is missing; the message has the pip line.
        RuntimeError: the file would give other samples than the generator; nothing is written.
    """
    chosen, path = FORMATS[format], Path(path)
    generator = validation.find("network", network, model.served())
    is_translator = isinstance(model, translation.TranslationModel)
    order = translation.ORDER if is_translator else ("latents", "labels")
    method, keep = FOURIER.get(format, "fft"), KEPT.get(format, ())
    serving = serving_model(generator, uint8=uint8, order=order, fourier=method, keep=keep)
    inputs = test_inputs(serving, model, network)
    given = list(inputs.values())
    expected = np.asarray(serving(given[0] if len(given) == 1 else given))

    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".writing-{os.getpid()}-{path.name}")
    try:
        difference = _difference(chosen, serving, temporary, inputs, expected)
        if not difference <= LARGEST_DIFFERENCE[expected.dtype.name]:
            raise RuntimeError(
                f"As {format}, samples differ from the generator's by {difference:.3g}: nothing "
                "was written. Take another format, and report this with the recipe."
            )
        os.rename(temporary, path)
        files.flush(path.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        if temporary.is_file():
            temporary.unlink()
    return difference


def test_inputs(serving, model, network):
    """Something for each input of a network, a dict of arrays by name."""
    random, found = np.random.default_rng(0), {}
    for tensor in serving.inputs:
        shape = (NUM_CHECKED, *(side or SIDE for side in tensor.shape[1:]))
        if tensor.name == "labels":
            found["labels"] = np.arange(NUM_CHECKED, dtype="int32") % model.num_classes
        elif tensor.name == "condition":
            found["condition"] = np.zeros(shape, "float32")
        elif tensor.name == "latents":
            found["latents"] = random.normal(size=shape).astype("float32")
        else:
            kind = model.input_kind if network == "generator" else model.kind
            if isinstance(kind, kinds.LabelMaps):
                found["input"] = random.integers(0, kind.num_classes, shape).astype(tensor.dtype)
            else:
                found["input"] = random.uniform(-1, 1, shape).astype("float32")
    return found


def _difference(chosen, serving, path, inputs, expected):
    """The largest difference between `expected` and what the written file gives."""
    try:
        chosen.write(serving, path)
        samples = chosen.run(path, inputs)
    except Exception as error:  # each converter and runtime has errors of its own
        if no_room := file_errors.of_no_room(error):
            trouble = file_errors.in_words(no_room, cured=False)
            raise OSError(
                f"Could not write '{file_errors.known_name(path)}' ({trouble}). Nothing was left "
                "there. Make room, or write elsewhere: --out PATH."
            ) from error
        if isinstance(error, (ImportError, OSError, ValueError)):
            raise
        reason = " ".join(str(error).split())[:200]
        raise ValueError(
            f"The generator has an operation that the format lacks ({reason}). "
            "Take --format saved_model, which has all."
        ) from error
    if samples.shape != expected.shape or samples.dtype != expected.dtype:
        raise RuntimeError(
            f"The file gives {samples.dtype} {samples.shape} in place of {expected.dtype} "
            f"{expected.shape}."
        )
    return float(np.abs(samples.astype("float64") - expected.astype("float64")).max())
