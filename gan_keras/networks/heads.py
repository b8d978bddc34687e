"""Further outputs on a discriminator: classes, or the features that another network reads."""

import keras
from keras import layers


def classifier(discriminator, num_outputs, *, layer="features", name="discriminator"):
    """A discriminator that also gives class logits: for AC-GAN, and for SSGAN's four turns.

    Args:
        discriminator: a built `keras.Model` from samples to logits; its layers are shared.
        num_outputs: number of classes, at least 2.
        layer: name of the layer whose output (batch, ...) the classifier reads. Defaults to
            "features", the last one before the logits in `dcgan.discriminator`.
        name: name of the new model.

    Returns:
        A built `keras.Model`: samples to [logits, class logits (batch, num_outputs)], float32.
    """
    read = _output(discriminator, layer)
    if len(read.shape) > 2:
        read = layers.Flatten(name="class_features")(read)
    classes = layers.Dense(num_outputs, dtype="float32", name="class_logits")(read)
    return keras.Model(discriminator.inputs, [*discriminator.outputs, classes], name=name)


def with_features(discriminator, *, layer="features", name="discriminator"):
    """A discriminator that also gives what one of its layers computes.

    For InfoGAN, whose recogniser then shares the discriminator's convolutions, and for VAE-GAN,
    which measures likeness there.

    Args:
        discriminator: a built `keras.Model` from samples to logits; its layers are shared.
        layer: name of the layer. Defaults to "features".
        name: name of the new model.

    Returns:
        A built `keras.Model`: samples to [logits, features (batch, ...)].
    """
    outputs = [*discriminator.outputs, _output(discriminator, layer)]
    return keras.Model(discriminator.inputs, outputs, name=name)


def _output(discriminator, layer):
    names = [own.name for own in discriminator.layers]
    if layer not in names:
        raise ValueError(
            f"`discriminator` has no layer '{layer}'. Name one of its layers: {', '.join(names)}."
        )
    return discriminator.get_layer(layer).output
