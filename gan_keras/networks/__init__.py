"""Generators and discriminators: builders of built `keras.Model`s.

mlp        dense layers, for vectors and 2-D toys
dcgan      strided convolutions
resnet     residual blocks, batch norm, spectral norm: SNGAN and the projection discriminator
sagan      the same with self-attention
biggan     the same with one label embedding for all blocks, and latents for each
r3gan      grouped bottlenecks without any normalisation
stylegan2  styles that modulate convolutions, from mapped latents

Every file has two builders, `generator(image_shape, latent_dim, ...)` and
`discriminator(image_shape, ...)`, with `num_classes` for conditional ones. Generators take latents
(and labels) and give images in [-1, 1]; discriminators take images (and labels) and give raw
float32 logits of shape (batch, 1). All but mlp's are for images of 28 to 128 pixels.

Networks that translate images take the image they are given as `input`, and as discriminators the
one they judge as `sample`; they are listed in `TRANSLATORS`.

unet               halves to a few pixels and doubles back, with skip connections: pix2pix
resnet_translator  residual blocks at a quarter of the size: CycleGAN and CUT
patchgan           a discriminator of patches, at one scale or several
projection_head    unit vectors of a translator's features: CUT

receptive_field    what an output pixel sees of the input, computed from the layers
tiles              images of any size through a translator, in tiles without seams

`heads` puts further ends on a discriminator: classes, features, an encoder, a judge of pairs.
"""

from gan_keras.networks import (
    biggan,
    dcgan,
    heads,
    mlp,
    patchgan,
    projection_head,
    r3gan,
    receptive_field,
    resnet,
    resnet_translator,
    sagan,
    stylegan2,
    tiles,
    unet,
)

NAMES = {
    "mlp": mlp,
    "dcgan": dcgan,
    "resnet": resnet,
    "sagan": sagan,
    "biggan": biggan,
    "r3gan": r3gan,
    "stylegan2": stylegan2,
}

TRANSLATORS = {"unet": unet, "resnet_translator": resnet_translator}  # they have a `generator`

__all__ = [
    "NAMES",
    "TRANSLATORS",
    "biggan",
    "dcgan",
    "heads",
    "mlp",
    "patchgan",
    "projection_head",
    "r3gan",
    "receptive_field",
    "resnet",
    "resnet_translator",
    "sagan",
    "stylegan2",
    "tiles",
    "unet",
]
