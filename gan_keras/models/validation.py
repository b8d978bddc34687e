"""What is refused before training, each with one line: what came, what was expected, the cure."""

import math
import numbers

import numpy as np

from gan_keras.models.feeding import roles_of, takes
from gan_keras.spelling import nearest


def check_positive_integers(**values):
    """Raises ValueError for a value that is no integer above zero."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < 1:
            raise ValueError(f"`{name}` is a positive integer. Received: {value!r}")


def check_finite(**values):
    """Raises ValueError for a value that is no finite number."""
    for name, value in values.items():
        if not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise ValueError(f"`{name}` is a finite number. Received: {value!r}")


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
    found = {"generator": takes(generator, "labels", ("latents", "labels", "condition"))}
    if discriminator_takes_labels:
        found["discriminator"] = takes(discriminator, "labels", ("sample", "labels", "condition"))
    for name, takes_labels in found.items():
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


def check_translator(generator, discriminator):
    """Raises ValueError unless the discriminator takes what the translator gives and is given."""
    given = tuple(generator.outputs[0].shape[1:])
    taken = tuple(discriminator.inputs[0].shape[1:])
    if not compatible(given, taken):
        raise ValueError(
            f"`generator` gives samples of shape {given} but `discriminator` takes {taken}. Build "
            "both with the same shape."
        )
    roles = roles_of(discriminator)
    if len(roles) > 1 and "input" in roles:
        own = tuple(discriminator.inputs[roles.index("input")].shape[1:])
        fed = tuple(generator.inputs[0].shape[1:])
        if not compatible(fed, own):
            raise ValueError(
                f"`generator` is given {fed}, but `discriminator` takes inputs of shape {own}. "
                "Build both with the same `input_shape`."
            )


def compatible(one, other):
    """Whether two shapes can be the same, where None may be any length."""
    return len(one) == len(other) and all(
        a is None or b is None or a == b for a, b in zip(one, other, strict=True)
    )


def find(what, name, table):
    """The entry of a table; the error for a name that it lacks says the nearest one."""
    if name not in table:
        raise ValueError(f"Unknown {what} '{name}'.{nearest(name, table)}")
    return table[name]


def by_role(data, kinds):
    """What a data set gives, as a dict from role to tensor.

    Args:
        data: a dict by role; or a tensor, or a tuple of them in the order of `kinds`. What comes
            beyond that order (labels, for a model that uses none) is left out.
        kinds: dict from role to `Kind`, as `batch_kinds` gives it.

    Raises:
        ValueError: a role is missing, or the element has another form.
    """
    if isinstance(data, dict):
        missing = [role for role in kinds if role not in data]
        if missing:
            raise ValueError(_lacking(missing, f"a dict of {', '.join(data) or 'nothing'}"))
        return {role: data[role] for role in kinds}
    parts = data if isinstance(data, (tuple, list)) else (data,)
    while len(parts) > 1 and parts[-1] is None:
        parts = parts[:-1]  # `train_on_batch` fills up what it was not given
    form = ", ".join(kinds) if len(kinds) > 1 else "samples, or (samples, labels)"
    if not 0 < len(parts) <= max(2, len(kinds)) or any(
        not hasattr(part, "shape") for part in parts
    ):
        raise ValueError(
            f"A data set gives {form}. Received: {type(data).__name__} of {len(parts)}: map it to "
            "that form."
        )
    if len(parts) < len(kinds):
        raise ValueError(_lacking(list(kinds)[len(parts) :], form))
    return dict(zip(kinds, parts, strict=False))


def _lacking(missing, came):
    """The error for a batch without some roles."""
    if missing == ["labels"]:
        return (
            "The model is conditional, but the data has no labels. Give (samples, labels), or "
            "build the networks without `num_classes`."
        )
    return (
        f"The model takes {' and '.join(missing)}, which the data lack: {came} came. Give a dict "
        "by role, or a tuple in the order of `model.batch_kinds()`."
    )


def check_weights(**weights):
    """Raises ValueError for a weight below zero."""
    for name, weight in weights.items():
        if not weight >= 0:
            raise ValueError(f"`{name}` must be at least 0. Received: {weight}.")
