"""Weight clipping: the original Wasserstein GAN's way to bound the critic's slope."""

import keras

from gan_keras.layers.spectral_norm import SpectralNorm
from gan_keras.serialization import register


@register
class WeightClip(keras.constraints.Constraint):
    """Keras constraint that keeps every number of a weight within [-limit, limit].

    The optimizer applies it after each update. `clip_weights` puts it on a whole network.

    Source: Arjovsky et al. 2017, arXiv 1701.07875, algorithm 1.

    Args:
        limit: float > 0. Defaults to 0.01.

    Raises:
        ValueError: `limit` is not positive.
    """

    def __init__(self, limit=0.01):
        if not limit > 0:
            raise ValueError(f"`limit` of WeightClip must be above 0. Received: {limit}.")
        self.limit = limit

    def __call__(self, w):
        """`w`, clipped."""
        return keras.ops.clip(w, -self.limit, self.limit)

    def get_config(self):
        """The arguments that make an equal object."""
        return {"limit": self.limit}


def clip_weights(network, limit=0.01):
    """Keeps every trainable weight of a built network within [-limit, limit], from now on.

    For the Wasserstein loss without a gradient penalty. Each layer is given the constraint in its
    own configuration (`kernel_constraint`, `bias_constraint`, ...), so it is saved with the network
    and holds in any Keras optimizer; the weights are clipped once at the call. As in the authors'
    code the scales and offsets of normalisation layers are clipped too.

    Source: Arjovsky et al. 2017, arXiv 1701.07875, algorithm 1.

    Args:
        network: built `keras.Model`, the discriminator; changed in place.
        limit: float > 0. Defaults to 0.01.

    Returns:
        The same `network`.

    Raises:
        ValueError: `limit` is not positive, the network is not built, has spectral norm (which does
            this task already), or has a layer with a weight that takes no constraint.

    Example:

    ```python
    discriminator = clip_weights(dcgan.discriminator(normalization=None), limit=0.01)
    gan = GAN(dcgan.generator(), discriminator, loss="wasserstein")
    gan.compile("rmsprop", "rmsprop", discriminator_steps=5)
    ```
    """
    constraint = WeightClip(limit)
    if not network.built:
        raise ValueError(f"`network` '{network.name}' has no weights yet. Build it first.")
    for layer in network._flatten_layers():
        if isinstance(layer, (SpectralNorm, keras.layers.SpectralNormalization)):
            raise ValueError(
                f"'{network.name}' has spectral norm ('{layer.name}'), which bounds its slope "
                "already: its weights can't be clipped as well. Build it without, or leave the "
                "clipping out."
            )
    slots = {id(slot[2]): slot for layer in _leaves(network) for slot in _slots(layer)}
    for variable in network.trainable_variables:
        if id(variable) not in slots:
            raise ValueError(
                f"Weight '{variable.path}' takes no constraint, so it cannot be clipped. "
                "Build the network without that layer, or bound its slope in another way."
            )
    for variable in network.trainable_variables:
        layer, attribute, _ = slots[id(variable)]
        setattr(layer, attribute, constraint)
        variable.constraint = constraint
        variable.assign(constraint(variable))
    return network


def _leaves(network):
    for layer in network.layers:
        if isinstance(layer, keras.Model):
            yield from _leaves(layer)
        else:
            yield layer


def _slots(layer):
    """(layer, "kernel_constraint", kernel) for each weight that the layer can constrain."""
    for attribute in vars(layer):
        variable = getattr(layer, attribute.removesuffix("_constraint"), None)
        if attribute.endswith("_constraint") and isinstance(variable, keras.Variable):
            yield layer, attribute, variable
