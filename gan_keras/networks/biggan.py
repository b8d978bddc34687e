"""BigGAN: one label embedding shared by all blocks, and a piece of the latents for each."""

import keras
from keras import layers, ops

from gan_keras.layers import ResidualUp, SelfAttention
from gan_keras.networks import parts, resnet, sagan


def generator(
    image_shape=(32, 32, 3),
    latent_dim=None,
    *,
    widths=None,
    num_classes,
    embedding_dim=128,
    attention_at=None,
    initializer="orthogonal",
    name="generator",
) -> keras.Model:
    """A class-conditional generator whose blocks each see the label and their own latents.

    The latents are cut into equal pieces: the first makes the smallest map; each other one, beside
    the label's embedding, which all blocks share, sets the scales and shifts of one block's batch
    norms. Spectral norm throughout, orthogonal kernels, self-attention. Sample it with truncation.
    (Brock et al., 2019, arXiv 1809.11096, section 3 and appendix B.)

    For a GPU: `widths=(256, 256, 256, 256)` at 32 pixels, and at 128 pixels the paper's
    `(1536, 1536, 768, 384, 192, 96)`.

    Args:
        image_shape: `(height, width, channels)`; the smaller side is 4, 5, 6 or 7 times a power of
            2. Defaults to (32, 32, 3).
        latent_dim: length of the latent vector, a multiple of the number of sizes (3 at 28 pixels,
            4 at 32, 5 at 64, 6 at 128). Defaults to 20 for each, as in the paper.
        widths: channels at each size, smallest first. Defaults to 64 for each.
        num_classes: number of classes.
        embedding_dim: length of the shared label embedding. Defaults to 128.
        attention_at: height of the map after which self-attention comes. Defaults to half the
            image's, but at most 32; at 8 to 15 pixels to the image's.
        initializer: of the kernels. Defaults to "orthogonal".
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)` and `labels (batch,)` to float32 images
        `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    height, width, channels = image_shape
    pieces = doublings + 1
    widths = parts.check_widths(
        (64,) * pieces if widths is None else widths,
        pieces,
        f"one for each size up to {height}x{width}, smallest first",
    )
    latent_dim = 20 * pieces if latent_dim is None else latent_dim
    if num_classes is None:
        raise ValueError("`num_classes` is None, but BigGAN is conditional. Take resnet instead.")
    if latent_dim % pieces:
        raise ValueError(
            f"`latent_dim` must be a multiple of {pieces}, a piece for each size up to "
            f"{height}x{width}. Received: {latent_dim}. Take {latent_dim - latent_dim % pieces}."
        )
    attention_at = attention_at or sagan.generator_attention(image_shape)
    resnet.check_attention(attention_at, parts.map_heights(image_shape))
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    embedded = parts.embed(labels, num_classes, embedding_dim)
    first, *others = ops.split(latents, pieces, axis=-1)
    base = (height >> doublings, width >> doublings, widths[0])
    x = parts.base_map(first, base, initializer, spectral_norm=True)
    for filters, piece in zip(widths[1:], others, strict=True):
        size = 2 * x.shape[1]
        condition = layers.Concatenate(name=f"condition_{size}")([embedded, piece])
        x = ResidualUp(
            filters,
            spectral_norm=True,
            kernel_initializer=parts.fresh(initializer),
            name=f"block_{size}",
        )([x, condition])
        if size == attention_at:
            x = SelfAttention(
                spectral_norm=True,
                kernel_initializer=parts.fresh(initializer),
                name="attention",
            )(x)
    images = resnet.to_images(x, channels, initializer, spectral_norm=True)
    return keras.Model([latents, labels], images, name=name)


def discriminator(image_shape=(32, 32, 3), *, num_classes, **arguments) -> keras.Model:
    """SAGAN's discriminator, which is BigGAN's: residual, spectral norm, attention, projection.

    For a GPU: `widths=(256, 256), num_last_blocks=2` at 32 pixels, and at 128 pixels the paper's
    `(96, 192, 384, 768, 1536)`. (Brock et al., 2019, arXiv 1809.11096, appendix B.)

    Args:
        image_shape: `(height, width, channels)`. Defaults to (32, 32, 3).
        num_classes: number of classes.
        **arguments: the other arguments of `sagan.discriminator`.

    Returns:
        A built `keras.Model`: images and `labels (batch,)` to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    return sagan.discriminator(image_shape, num_classes=num_classes, **arguments)
