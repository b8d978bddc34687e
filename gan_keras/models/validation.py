"""What is refused before training, each with one line: what came, what was expected, the cure."""

import numpy as np


def check_positive_integers(**values):
    """Raises ValueError for a value that is no integer above zero."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
            raise ValueError(f"`{name}` is a positive integer. Received: {value!r}")


def check_divides(batch_size, num_parts):
    """Raises ValueError if a batch of known size can't be cut into equal parts."""
    if batch_size is not None and batch_size % num_parts:
        raise ValueError(
            f"A batch of {batch_size} can't be cut into {num_parts} equal parts "
            "(`discriminator_steps`, `gradient_accumulation_steps` and `fresh_noise` decide how "
            f"many). Make batches of a multiple of {num_parts}, e.g. "
            f"{num_parts * max(1, batch_size // num_parts)}, and drop the last, smaller one."
        )


def check_packing(batch_size, packing):
    """Raises ValueError if a batch of known size can't be judged `packing` at a time."""
    if batch_size is not None and batch_size % packing:
        raise ValueError(
            f"A batch of {batch_size} can't be judged {packing} samples at a time. Make batches of "
            f"a multiple of `packing`, e.g. {packing * max(1, batch_size // packing)}."
        )


def check_keras_arguments(keras_arguments):
    """Raises TypeError for an argument of Keras's `compile` that has another place here."""
    for name in ("optimizer", "loss", "metrics", "loss_weights", "weighted_metrics"):
        if name in keras_arguments:
            raise TypeError(
                f"`compile` takes no `{name}`: each player has an optimizer "
                "(`generator_optimizer`, `discriminator_optimizer`), and losses are arguments of "
                "the model."
            )


def check_conditioning(generator, discriminator, num_classes, discriminator_takes_labels=True):
    """Raises ValueError if networks and `num_classes` disagree on whether labels are used."""
    conditional = num_classes is not None
    takes = {"generator": len(generator.inputs) > 1}
    if discriminator_takes_labels:
        takes["discriminator"] = len(discriminator.inputs) > 1
    for name, takes_labels in takes.items():
        if takes_labels and not conditional:
            raise ValueError(
                f"The {name} takes labels, but `num_classes` is None. "
                "Pass the number of classes to the model."
            )
        if conditional and not takes_labels:
            raise ValueError(
                f"`num_classes` is {num_classes}, but the {name} takes no labels. "
                "Build it with the same `num_classes`."
            )


def check_fit(generator, discriminator, packing=1):
    """Raises ValueError unless the discriminator takes what the generator gives."""
    given = tuple(generator.outputs[0].shape[1:])
    taken = tuple(discriminator.inputs[0].shape[1:])
    expected = (*given[:-1], given[-1] * packing)
    if expected != taken:
        packed = f", packed {packing} at a time, {expected}," if packing > 1 else ""
        raise ValueError(
            f"`generator` gives samples of shape {given}{packed} but `discriminator` takes "
            f"{taken}. Build both with the same shape."
        )


def check_samples(samples, shape):
    """Raises ValueError unless a concrete batch is float, finite, in range and of one shape.

    Args:
        samples: array or tensor (batch, *shape).
        shape: the shape of one sample; three axes mean an image, whose range is [-1, 1].
    """
    samples = np.asarray(samples)
    if samples.dtype.kind != "f":
        raise ValueError(
            f"Samples are floats; images in [-1, 1]. Received: {samples.dtype}. "
            "Convert with `gan_keras.images.to_float`, or load with `gan_keras.data.load`."
        )
    if samples.shape[1:] != tuple(shape):
        raise ValueError(
            f"The data gives samples of shape {samples.shape[1:]}, but the networks take "
            f"{tuple(shape)}. Resize the data, or build the networks with that shape."
        )
    if not np.isfinite(samples).all():
        raise ValueError("The data holds NaN or infinity. Remove or mend those samples.")
    low, high = samples.min(), samples.max()
    if len(shape) == 3 and (low < -1.001 or high > 1.001):
        raise ValueError(
            f"Images are in [-1, 1]. Received values from {low:.4g} to {high:.4g}. "
            "For [0, 255] use `x / 127.5 - 1`, for [0, 1] use `2 * x - 1`."
        )


def check_labels(labels, num_classes):
    """Raises ValueError unless concrete labels are integers in [0, num_classes)."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise ValueError(
            f"Labels are integers. Received: {labels.dtype}. For one-hot labels use argmax."
        )
    if labels.ndim != 1:
        raise ValueError(
            f"Labels have shape (batch,). Received: {labels.shape}. "
            "Squeeze them, or use argmax for one-hot labels."
        )
    if labels.size and (labels.min() < 0 or labels.max() >= num_classes):
        raise ValueError(
            f"Labels are in [0, {num_classes}). Received: {labels.min()} to {labels.max()}. "
            "Pass the right `num_classes`, or renumber the labels."
        )


def unpacked(data, needs_labels):
    """Samples and labels (or None) of what a data set gives: x, (x,) or (x, y).

    Raises:
        ValueError: labels are needed and missing, or the element has another form.
    """
    if isinstance(data, (tuple, list)):
        while len(data) > 1 and data[-1] is None:
            data = data[:-1]  # `train_on_batch` fills up what it was not given
        if len(data) not in (1, 2) or any(not hasattr(part, "shape") for part in data):
            raise ValueError(
                "A data set gives samples, or (samples, labels). Received: "
                f"{type(data).__name__} of {len(data)}: map it to that form."
            )
        samples, labels = data if len(data) == 2 else (data[0], None)
    else:
        samples, labels = data, None
    if needs_labels and labels is None:
        raise ValueError(
            "The model is conditional, but the data has no labels. Give (samples, labels), or "
            "build the networks without `num_classes`."
        )
    return samples, labels
