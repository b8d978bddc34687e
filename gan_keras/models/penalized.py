"""Penalties in a model: objects from names, their states, their terms in one update."""

import functools

import tensorflow as tf

from gan_keras import penalties


def objects(identifiers):
    """Penalty objects from objects, names or one of either; each kind at most once."""
    if isinstance(identifiers, (str, penalties.Penalty)):
        identifiers = [identifiers]
    found = [penalties.get(identifier) for identifier in identifiers]
    names = [penalty.name for penalty in found]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"Penalty '{name}' is given {names.count(name)} times. Give it once.")
    return found


def states(penalty_objects, networks):
    """Layers with what the penalties keep from step to step, for the model to track."""
    built = [penalty.build(networks) for penalty in penalty_objects]
    return [layer for layer in built if layer is not None]


def terms(model, critic, real, fake):
    """Dict from name to term of each of `model.penalties`; zeros in evaluation.

    Their gradients and what they keep belong to training.
    """
    if not model.is_training:
        return {penalty.name: tf.zeros(()) for penalty in model.penalties}
    return {
        penalty.name: model.every(
            penalty.interval, functools.partial(penalty.compute, critic, real, fake)
        )
        for penalty in model.penalties
    }
