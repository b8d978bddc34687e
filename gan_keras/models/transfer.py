"""Starting from what another model has learned, and keeping part of it as it is."""

import keras
import numpy as np

from gan_keras.files import model_files
from gan_keras.layers.spectral_norm import SpectralNorm


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
        source = model_files.opened(source)
    given = networks_of(source)
    fits, not_fitting = [], []
    for role, network in networks_of(model).items():
        other = given.get(role) or given.get(role.removeprefix("moving_average_"))
        found = {} if other is None else weights_of(other)
        for path, layer in parts_of(network):
            if copied(layer, path, found):
                fits.append(path)
            else:
                not_fitting.append(f"{role}/{path}")
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


def parts_of(network, prefix=""):
    """Pairs of a path and a layer with weights of its own, in order; layers in a layer are opened.

    So the parts of a residual block are found, too, where a file holds them as a small network.
    """
    found = []
    for layer in network._layers:
        path = f"{prefix}{layer.name}"
        if own_weights(layer):
            found.append((path, layer))
        if not isinstance(layer, SpectralNorm):
            found += parts_of(layer, f"{path}/")
    return found


def own_weights(layer):
    """The weights of a layer without those of layers in it; spectral norm has the inner one's."""
    if isinstance(layer, SpectralNorm):
        return layer.weights
    return [*layer._trainable_variables, *layer._non_trainable_variables]


def weights_of(network, prefix=""):
    """Dict from a path to each weight, also under what our layers call what Keras's hold for them.

    `exporting.plain` writes those: an einsum for a learned basis, a rescaling for a gain.
    """
    found = {}
    for layer in network._layers:
        path = f"{prefix}{layer.name}"
        found |= {f"{path}/{weight.name}": weight for weight in own_weights(layer)}
        if isinstance(layer, keras.layers.EinsumDense):
            found[f"{path}/basis"] = layer.kernel
        if isinstance(layer, keras.layers.Rescaling):
            found[path] = np.float32(layer.scale)
        if not isinstance(layer, SpectralNorm):
            found |= weights_of(layer, f"{path}/")
    return found


def copied(layer, path, found):
    """Whether each weight of a layer is found under its path and in its shape, and so copied.

    A plain kernel may take the place of one with spectral norm, whose vectors then follow it.
    """
    wanted = {f"{path}/{weight.name}": weight for weight in own_weights(layer)}
    vectors = {f"{path}/u", f"{path}/v"} if isinstance(layer, SpectralNorm) else set()
    anew = bool(vectors) and not vectors & set(found)
    if anew:
        wanted = {name: weight for name, weight in wanted.items() if name not in vectors}
    for name, weight in wanted.items():
        if name not in found or tuple(found[name].shape) != tuple(weight.shape):
            return False
    for name, weight in wanted.items():
        weight.assign(found[name])
    if anew:
        layer.start_vectors()
    return True
