"""The inner features of a discriminator, which some penalties compare."""

import keras


def feature_network(discriminator):
    """A network with the discriminator's layers that ends at its features.

    Args:
        discriminator: built `keras.Model` with one layer named "features", or with a dense layer,
            whose input they then are.

    Returns:
        A `keras.Model`: what the discriminator takes, to features (batch, ...).

    Raises:
        ValueError: it has neither.
    """
    names = [layer.name for layer in discriminator.layers]
    if "features" in names:
        read = discriminator.get_layer("features").output
    else:
        dense = [layer for layer in discriminator.layers if isinstance(layer, keras.layers.Dense)]
        if not dense:
            raise ValueError(
                f"'{discriminator.name}' has no layer named 'features' and no dense one. "
                f"Name the layer that gives them 'features'; there are {', '.join(names)}."
            )
        read = dense[-1].input
    inputs = discriminator.inputs
    return keras.Model(inputs[0] if len(inputs) == 1 else inputs, read, name="features")
