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

Translators are given an image or a label map, `input`, and judged by discriminators of `sample`,
and of `input` if they are told it:

spade               generator, discriminator, encoder: images from label maps
srresnet, rrdb      generator: large images from small ones, linear at the end
lama                generator: inpainting, by Fourier convolutions
vgg_discriminator   discriminator: one logit for an image
unet_discriminator  discriminator: one logit for each pixel

`heads` puts further ends on a discriminator: classes, features, an encoder, a judge of pairs.
"""

from gan_keras.networks import (
    biggan,
    dcgan,
    heads,
    lama,
    mlp,
    r3gan,
    resnet,
    rrdb,
    sagan,
    spade,
    srresnet,
    stylegan2,
    unet_discriminator,
    vgg_discriminator,
)

NAMES = {
    "mlp": mlp,
    "dcgan": dcgan,
    "resnet": resnet,
    "sagan": sagan,
    "biggan": biggan,
    "r3gan": r3gan,
    "stylegan2": stylegan2,
    "spade": spade,
    "srresnet": srresnet,
    "rrdb": rrdb,
    "lama": lama,
    "vgg_discriminator": vgg_discriminator,
    "unet_discriminator": unet_discriminator,
}

__all__ = [
    "NAMES",
    "biggan",
    "dcgan",
    "heads",
    "lama",
    "mlp",
    "r3gan",
    "resnet",
    "rrdb",
    "sagan",
    "spade",
    "srresnet",
    "stylegan2",
    "unet_discriminator",
    "vgg_discriminator",
]
