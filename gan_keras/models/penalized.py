"""Penalties in a model: objects from names, their states, their terms in one update."""

import tensorflow as tf

from gan_keras import penalties


def objects(identifiers, player="discriminator"):
    """Penalty objects from objects, names or one of either; each kind at most once.

    Args:
        identifiers: list of `Penalty` objects or names, or one.
        player: whose terms they are to be, "discriminator" or "generator".
    """
    if isinstance(identifiers, (str, dict, penalties.Penalty)):
        identifiers = [identifiers]
    found = [penalties.get(identifier) for identifier in identifiers]
    names = [penalty.name for penalty in found]
    for penalty in found:
        if names.count(penalty.name) > 1:
            raise ValueError(
                f"Penalty '{penalty.name}' is given {names.count(penalty.name)} times. "
                "Give it once."
            )
        if player not in penalty.players:
            raise ValueError(
                f"Penalty '{penalty.name}' is a term of the {' or '.join(penalty.players)}, not of "
                f"the {player}. Put it into `{ARGUMENTS[penalty.players[0]]}`."
            )
    return found


ARGUMENTS = {"discriminator": "penalties", "generator": "generator_penalties"}


def states(penalty_objects, networks):
    """Layers with what the penalties keep from step to step, for the model to track."""
    built = [penalty.build(networks) for penalty in penalty_objects]
    return [layer for layer in built if layer is not None]


def terms(model, critic, real, fake):
    """Dict from name to term of each of `model.penalties`, in one discriminator update."""
    return _terms(model, model.penalties, model.discriminator_updates, critic, real, fake)


def generator_terms(model, critic, real, fake):
    """Dict from name to term of each of `model.generator_penalties`, in one generator update."""
    return _terms(model, model.generator_penalties, model.steps, critic, real, fake)


def _terms(model, penalty_objects, updates, critic, real, fake):
    """Zeros in evaluation: their gradients and what they keep belong to training."""
    if not model.is_training:
        return {penalty.name: tf.zeros(()) for penalty in penalty_objects}
    return {
        penalty.name: penalty.term(updates.value, critic, real, fake) for penalty in penalty_objects
    }
