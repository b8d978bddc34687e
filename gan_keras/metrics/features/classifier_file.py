"""A classifier as one small file: float16 arrays and a JSON header, nothing that runs."""

import json

import numpy as np

from gan_keras import files
from gan_keras.metrics.features import classifier_network

HEADER = "header"
FORMAT = 1


def save(path, model, **facts):
    """Write a classifier made by `classifier_network` to an .npz file, whole or not at all.

    Weights are rounded to float16, which halves the file; `load` gives the rounded ones back.

    Args:
        path: str, the file.
        model: the `keras.Model`.
        **facts: what else to keep in the header (JSON): accuracy, data, classes, seed.
    """
    header = {
        "format": FORMAT,
        "image_shape": list(model.input.shape[1:]),
        "num_features": model.outputs[0].shape[-1],
        "num_classes": model.outputs[1].shape[-1],
        "width": model.get_layer("conv_0").filters,
        **facts,
    }
    arrays = {
        f"{layer.name}/{weight.name}": np.asarray(weight.numpy(), "float16")
        for layer in model.layers
        for weight in layer.weights
    }
    with files.replacing(path) as temporary, open(temporary, "wb") as file:
        np.savez_compressed(file, **{HEADER: np.array(json.dumps(header))}, **arrays)


def load(path):
    """The classifier and the header of a file that `save` wrote.

    Args:
        path: str, the file.

    Returns:
        (model, header).

    Raises:
        ValueError: the file is no such file, or lacks a layer; nothing half-loaded comes back.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(str(arrays.pop(HEADER)))
        model = classifier_network.build(
            image_shape=tuple(header["image_shape"]),
            num_classes=header["num_classes"],
            num_features=header["num_features"],
            width=header.get("width", 32),
        )
    except Exception as error:  # a torn file can fail anywhere in zipfile, zlib or numpy
        raise ValueError(
            f"'{path}' is not a classifier written by gan_keras ({error}). Delete it to train anew."
        ) from error
    wanted = {f"{layer.name}/{w.name}": w for layer in model.layers for w in layer.weights}
    wrong = [
        name
        for name in sorted(set(wanted) | set(arrays))
        if name not in wanted
        or name not in arrays
        or tuple(wanted[name].shape) != arrays[name].shape
    ]
    if wrong:
        raise ValueError(
            f"'{path}' does not fit the classifier it describes: {', '.join(wrong[:3])} "
            f"({len(wrong)} in all) missing or of another shape. Delete it to train anew."
        )
    for name, weight in wanted.items():
        weight.assign(arrays[name].astype("float32"))
    return model, header
