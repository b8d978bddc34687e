"""The generator as others want it: plain Keras layers, float32, images as floats or bytes."""

import keras
from keras import ops

from gan_keras import kinds
from gan_keras.exporting.plain import plain
from gan_keras.layers.fourier_unit import set_fourier_method
from gan_keras.models import feeding

ROLES = ("latents", "labels", "input", "condition")
OURS = "gan_keras>"  # what Keras's registry puts before the names of our layers


def serving_model(generator, *, uint8=False, order=("latents", "labels"), fourier="fft", keep=()):
    """A copy of `generator` for inference.

    Mixed precision becomes float32, which every runtime has, and our layers become Keras's where
    `plain` knows how.

    Args:
        generator: built `keras.Model`: latents, [latents, labels], or what a translator takes, to
            samples.
        uint8: whether images come as uint8 in [0, 255] instead of float32 in [-1, 1].
        order: the roles of inputs, for a generator that names none. Defaults to ("latents",
            "labels").
        fourier: method of Fourier units, see `set_fourier_method`. Defaults to "fft".
        keep: classes of layers that stay ours, see `plain`. Defaults to ().

    Returns:
        A built `keras.Model`, its inputs named for their roles: `latents (batch, latent_dim)
        float32`, `labels (batch,) int32`, `input (batch, h, w, c) float32`.

    Raises:
        ValueError: `uint8` for samples that are no images.
    """
    copy = keras.saving.deserialize_keras_object(
        in_float32(keras.saving.serialize_keras_object(generator))
    )
    copy.set_weights(generator.get_weights())
    copy = plain(copy, keep)
    set_fourier_method(copy, fourier)
    names = feeding.roles_of(generator)
    if not set(names) <= set(ROLES):
        names = order[: len(names)]
    inputs = [
        keras.Input(tensor.shape[1:], dtype=tensor.dtype, name=name)
        for tensor, name in zip(generator.inputs, names, strict=True)
    ]
    inputs = inputs[0] if len(inputs) == 1 else inputs
    samples = copy(inputs, training=False)
    if uint8:
        if not kinds.are_images(samples.shape[1:]):
            raise ValueError(
                f"--uint8 is for images; these samples have shape {tuple(samples.shape[1:])}. "
                "Leave it out."
            )
        levels = ops.clip(ops.round((samples + 1.0) * 127.5), 0.0, 255.0)  # as in images.py
        samples = ops.cast(levels, "uint8")
    return keras.Model(inputs, samples, name="generator")


def in_float32(config):
    """A serialised model with float32 policies."""
    if isinstance(config, (list, tuple)):
        return type(config)(in_float32(item) for item in config)
    if not isinstance(config, dict):
        return config
    config = {key: in_float32(value) for key, value in config.items()}
    if config.get("class_name") == "DTypePolicy":
        policy = config["config"]["name"].removeprefix("mixed_")
        half = policy in ("float16", "bfloat16")
        config["config"] = {**config["config"], "name": "float32" if half else policy}
    return config


def own_layers(config):
    """Names of the layer classes of ours in a serialised model, sorted."""
    if isinstance(config, (list, tuple)):
        return sorted({name for item in config for name in own_layers(item)})
    if not isinstance(config, dict):
        return []
    found = set(own_layers(list(config.values())))
    registered = config.get("registered_name")
    if isinstance(registered, str) and registered.startswith(OURS):
        found.add(registered.removeprefix(OURS))
    return sorted(found)
