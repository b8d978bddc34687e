"""The random states of a model inside its saved weights: Keras itself saves none of them."""

import numpy as np

PREFIX = "random_state_"


def random_states(model):
    """Every seed variable in the model, its networks and layers (dropout), in a fixed order."""
    known = {id(variable) for variable in model.weights}
    known |= {id(variable) for variable in model.metrics_variables}
    return [variable for variable in model.variables if id(variable) not in known]


def save_random_states(model, store):
    """Adds the states to `store`, a dict-like of arrays."""
    for index, variable in enumerate(random_states(model)):
        store[f"{PREFIX}{index}"] = np.array(variable.numpy())


def load_random_states(model, store):
    """Sets the states from `store`."""
    keys = set(store.keys())
    for index, variable in enumerate(random_states(model)):
        if f"{PREFIX}{index}" in keys:
            variable.assign(np.array(store[f"{PREFIX}{index}"]))


def without_random_states(store):
    """The rest of `store`, which Keras loads and counts."""
    return {key: store[key] for key in list(store.keys()) if not key.startswith(PREFIX)}
