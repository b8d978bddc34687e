"""Starting from what another model has learned, and keeping part of it as it is."""

import keras


def transfer(model, source):
    """Copies the weights of another model's networks where layers' names and shapes fit.

    For few images: a model of many similar ones is a better start than chance, whatever its classes
    or size; layers that don't fit keep the weights they have. Optimizers and counters start anew.

    Args:
        model: an `AdversarialModel`; changed in place.
        source: another one; or a `keras.Model` that is a generator alone; or the path of a .keras
            file that holds either.

    Returns:
        Names of the layers of `model` with weights that did not fit, as "role/layer":
        "generator/base".

    Raises:
        ValueError: not one layer fits.

    Example:
        not_fitting = transfer(gan, "runs/fashion_mnist_dcgan-1/generator.keras")
    """
    if not isinstance(source, keras.Model):
        source = keras.models.load_model(source, compile=False)
    given = networks_of(source)
    fits, not_fitting = [], []
    for name, network in networks_of(model).items():
        other = given.get(name) or given.get(name.removeprefix("moving_average_"))
        for path, layer in weighted_layers(network):
            own = dict(weighted_layers(other)).get(path) if other is not None else None
            if own is not None and shapes(own) == shapes(layer):
                layer.set_weights(own.get_weights())
                fits.append(path)
            else:
                not_fitting.append(f"{name}/{path}")
    if not fits:
        raise ValueError(
            f"No layer of '{source.name}' fits this model, which has {', '.join(not_fitting)}. "
            "Start from a run with the same kind of networks."
        )
    return not_fitting


def freeze(discriminator, num_layers):
    """Keeps the first layers of a discriminator as they are (freeze-D, Mo et al., 2020).

    The layers next to the image learn what holds for all images; keeping them is the simplest cure
    for overfitting after `transfer` (arXiv:2002.10964). Call it before `compile`, which asks what
    is to be trained.

    Args:
        discriminator: built `keras.Model`; changed in place.
        num_layers: how many layers with weights, from the image on.

    Raises:
        ValueError: no layer would be left to train, or `num_layers` is below 1.
    """
    layers = weighted_layers(discriminator)
    if not 1 <= num_layers < len(layers):
        names = ", ".join(path for path, _ in layers)
        raise ValueError(
            f"`num_layers` to freeze must be in [1, {len(layers)}), for '{discriminator.name}' has "
            f"{len(layers)} layers with weights: {names}. Received: {num_layers}."
        )
    for _, layer in layers[:num_layers]:
        layer.trainable = False


def networks_of(model):
    """Dict from a role to each network of a model, averages too; a plain network is a generator.

    The role is the model's attribute, such as "generator". Names are the networks' own affair: two
    of one model may share one.
    """
    if not hasattr(model, "generator_networks"):
        return {"generator": model}
    networks = [*model.generator_networks(), *model.discriminator_networks()]
    roles = {id(network): network.name for network in networks}
    for attribute, value in reversed(vars(model).items()):
        if id(value) in roles:
            roles[id(value)] = attribute
    named = {roles[id(network)]: network for network in networks}
    averages = {f"moving_average_{roles[id(own)]}": average for own, average in model.averaged}
    return named | averages


def weighted_layers(network, prefix=""):
    """Pairs of a path and a layer with weights, in order; networks in a network are opened."""
    found = []
    for layer in network.layers:
        if isinstance(layer, keras.Model):
            found += weighted_layers(layer, f"{prefix}{layer.name}/")
        elif layer.weights:
            found.append((f"{prefix}{layer.name}", layer))
    return found


def shapes(layer):
    """The shape of each weight of a layer."""
    return [tuple(weight.shape) for weight in layer.weights]
