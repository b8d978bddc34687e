"""New ends on a discriminator's layers, for the algorithms that want more than a logit.

Each takes a built discriminator of any file here and a layer to read; "features" is the last one
before the logits in `dcgan.discriminator`. New layers that judge are spectrally normalised if any
layer of the discriminator is.
"""

import keras
from keras import layers

from gan_keras.layers.spectral_norm import has_spectral_norm, spectral_norm_if
from gan_keras.networks import parts


def classifier(discriminator, num_outputs, *, layer="features", name="discriminator"):
    """A discriminator that also gives class logits: for AC-GAN, and for SSGAN's four rotations.

    Args:
        discriminator: a built `keras.Model` from samples to logits; its layers are shared.
        num_outputs: number of classes.
        layer: name of the layer whose output (batch, ...) the classifier reads.
        name: name of the new model.

    Returns:
        A built `keras.Model`: samples to [logits, class logits (batch, num_outputs)], float32.
    """
    read = _flat(_output(discriminator, layer))
    dense = layers.Dense(num_outputs, dtype="float32", name="class_logits")
    classes = spectral_norm_if(has_spectral_norm(discriminator), dense)(read)
    return keras.Model(_inputs(discriminator), [*discriminator.outputs, classes], name=name)


def with_features(discriminator, *, layer="features", name="discriminator"):
    """A discriminator that also gives what one of its layers computes.

    For InfoGAN, whose recogniser then shares the discriminator's convolutions, and for VAE-GAN,
    which measures likeness there.

    Args:
        discriminator: a built `keras.Model` from samples to logits; its layers are shared.
        layer: name of the layer.
        name: name of the new model.

    Returns:
        A built `keras.Model`: samples to [logits, features (batch, ...)].
    """
    outputs = [*discriminator.outputs, _output(discriminator, layer)]
    return keras.Model(_inputs(discriminator), outputs, name=name)


def reader(discriminator, num_outputs, *, width=128, name="recognizer"):
    """A small network that reads the features of a discriminator of `with_features`.

    Args:
        discriminator: a built `keras.Model` that gives [logits, features].
        num_outputs: numbers to give; for InfoGAN one for each value of a category and each
            continuous code.
        width: units of the hidden layer.
        name: name of the model.

    Returns:
        A built `keras.Model`: features to (batch, num_outputs), float32. It shares no layer.
    """
    features = keras.Input(discriminator.outputs[1].shape[1:], name="features")
    x = layers.Dense(width, kernel_initializer="he_normal", name="hidden")(_flat(features))
    x = parts.leaky_relu("activation")(x)
    x = layers.Dense(num_outputs, dtype="float32", name="outputs")(x)
    return keras.Model(features, x, name=name)


def encoder(discriminator, num_outputs, *, layer="features", name="encoder"):
    """A network built like a discriminator that gives a vector: an encoder, or a recogniser.

    Args:
        discriminator: a built `keras.Model`, for its architecture: the weights are new.
        num_outputs: numbers to give: `latent_dim` for points, twice that for Gaussians (means, then
            log-variances).
        layer: name of the layer after which the new end begins.
        name: name of the new model.

    Returns:
        A built `keras.Model`: samples to (batch, num_outputs), float32.
    """
    _output(discriminator, layer)  # the error names the layers
    copy = keras.models.clone_model(discriminator)
    read = _flat(_output(copy, layer))
    vectors = layers.Dense(num_outputs, dtype="float32", name="outputs")(read)
    return keras.Model(_inputs(copy), vectors, name=name)


def autoencoder(discriminator, generator, *, layer="features", name="discriminator"):
    """A network built like a discriminator, then like a generator: for BEGAN, whose judge it is.

    Args:
        discriminator: a built `keras.Model`, for the encoder's architecture: the weights are new.
        generator: a built `keras.Model` from latents, for the decoder's: the weights are new.
        layer: name of the discriminator's layer that the codes, as many as latents, are made of.
        name: name of the new model.

    Returns:
        A built `keras.Model`: samples to samples.
    """
    encode = encoder(discriminator, generator.inputs[0].shape[-1], layer=layer)
    decode = keras.models.clone_model(generator)
    samples = keras.Input(discriminator.inputs[0].shape[1:], name="images")
    return keras.Model(samples, decode(encode(samples)), name=name)


def joint(discriminator, latent_dim, *, width=128, layer="features", name="discriminator"):
    """A discriminator of pairs (sample, latents): for BiGAN.

    The sample's features and a dense layer of the latents meet in one more dense layer.

    Args:
        discriminator: a built `keras.Model` from samples to logits; its layers are shared.
        latent_dim: length of the latent vector.
        width: units of the two dense layers.
        layer: name of the layer whose output is the sample's features.
        name: name of the new model.

    Returns:
        A built `keras.Model`: [samples, latents (batch, latent_dim)] to float32 logits (batch, 1).
    """
    normalized = has_spectral_norm(discriminator)

    def dense(units, **arguments):
        return spectral_norm_if(normalized, layers.Dense(units, **arguments))

    latents = keras.Input((latent_dim,), name="latents")
    y = dense(width, kernel_initializer="he_normal", name="latent_features")(latents)
    y = parts.leaky_relu("latent_activation")(y)
    x = layers.Concatenate(name="pair")([_flat(_output(discriminator, layer)), y])
    x = dense(width, kernel_initializer="he_normal", name="pair_features")(x)
    x = parts.leaky_relu("pair_activation")(x)
    logits = dense(1, dtype="float32", name="pair_logits")(x)
    return keras.Model([*discriminator.inputs, latents], logits, name=name)


def _inputs(network):
    return network.inputs[0] if len(network.inputs) == 1 else network.inputs


def _flat(tensor):
    return tensor if len(tensor.shape) == 2 else layers.Flatten(name="flat")(tensor)


def _output(discriminator, layer):
    names = [own.name for own in discriminator.layers]
    if layer not in names:
        raise ValueError(
            f"`discriminator` has no layer '{layer}'. Name one of its layers: {', '.join(names)}."
        )
    return discriminator.get_layer(layer).output
