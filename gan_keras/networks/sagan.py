"""SAGAN: residual networks with self-attention and spectral norm in both players."""

import keras

from gan_keras.networks import parts, resnet


def generator(
    image_shape=(32, 32, 3), latent_dim=128, *, attention_at=None, **arguments
) -> keras.Model:
    """`resnet.generator` with self-attention, spectral norm and orthogonal kernels.

    For images whose parts must agree across a distance. Train with the hinge loss, and learning
    rates of 1e-4 for the generator and 4e-4 for the discriminator, one step each. (Zhang et al.,
    2019, arXiv 1805.08318.)

    Args:
        image_shape, latent_dim: as of `resnet.generator`.
        attention_at: height of the map after which self-attention comes. Defaults to half the
            image's, but at most 32; at 8 to 15 pixels to the image's, whose map alone is doubled.
        **arguments: the other arguments of `resnet.generator`.

    Returns:
        A built `keras.Model`, as from `resnet.generator`.

    Raises:
        ValueError: an argument is out of range.
    """
    return resnet.generator(
        image_shape,
        latent_dim,
        attention_at=attention_at or generator_attention(image_shape),
        **{"spectral_norm": True, "initializer": "orthogonal", **arguments},
    )


def discriminator(image_shape=(32, 32, 3), *, attention_at=None, **arguments) -> keras.Model:
    """`resnet.discriminator` with self-attention and orthogonal kernels.

    Args:
        image_shape: as of `resnet.discriminator`.
        attention_at: height of the map after which self-attention comes. Defaults to half the
            image's, but at most 32.
        **arguments: the other arguments of `resnet.discriminator`.

    Returns:
        A built `keras.Model`, as from `resnet.discriminator`.

    Raises:
        ValueError: an argument is out of range.
    """
    return resnet.discriminator(
        image_shape,
        attention_at=attention_at or default_attention(image_shape),
        **{"initializer": "orthogonal", **arguments},
    )


def default_attention(image_shape):
    """The height of the map that attends: half the image's, but at most 32."""
    parts.num_doublings(image_shape)
    height = image_shape[0] // 2
    while height > 32:
        height //= 2
    return height


def generator_attention(image_shape):
    """The same for a generator, which has no attention before its first doubling."""
    return max(default_attention(image_shape), parts.map_heights(image_shape)[-1])
