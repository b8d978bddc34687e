"""Generators and discriminators: builders of built `keras.Model`s.

mlp        dense layers, for vectors and 2-D toys
table_mlp  residual dense layers, for tables
ctgan      dense layers with batch norm, for tables as CTGAN has them
sequence   residual 1-D convolutions, for genes and lines of text
autoregressive  a GRU that draws symbol after symbol, for lines of text; causal convolutions
relgan     a relational memory that does, and several embeddings, as RelGAN has them
series     residual 1-D convolutions, for series of readings
doppelganger  an LSTM between limits, for series as DoppelGANger has them
video      3-D convolutions, for clips
mocogan    a GRU and a 2-D decoder, for clips as MoCoGAN has them
layered    a GRU and patches that it moves, for clips of bodies that keep their shape
dcgan      strided convolutions
resnet     residual blocks, batch norm, spectral norm: SNGAN and the projection discriminator
sagan      the same with self-attention
biggan     the same with one label embedding for all blocks, and latents for each
r3gan      grouped bottlenecks without any normalisation
stylegan2  styles that modulate convolutions, from mapped latents
wavegan    transposed convolutions of 25 samples, for sounds as waves

Every file has two builders, `generator(image_shape, latent_dim, ...)` and
`discriminator(image_shape, ...)`, with `num_classes` for conditional ones. Generators take latents
(and labels) and give images in [-1, 1]; discriminators take images (and labels) and give raw
float32 logits of shape (batch, 1). They are for images of 28 to 128 pixels, unless the file
says for which `KINDS` of samples it is. `BFLOAT16` names the kinds that a file's networks were
measured to learn in bfloat16 in less time and as well: what `--precision auto` asks.

Networks that translate are given an image or a label map, `input`; their discriminators judge a
`sample`, beside its `input` if they have one.

unet                generator: halves to a few pixels and doubles back, skip connections: pix2pix
resnet_translator   generator: residual blocks at a quarter of the size: CycleGAN and CUT
spade               generator, discriminator, encoder: images from label maps
srresnet, rrdb      generator: large images from small ones, linear at the end
lama                generator: inpainting, by Fourier convolutions
hifigan             generator, discriminator: sounds from their mel spectrograms
patchgan            discriminator: a logit for each patch, at one scale or several
vgg_discriminator   discriminator: one logit for an image
unet_discriminator  discriminator: one logit for each pixel
projection_head     unit vectors of a translator's features: CUT

receptive_field     what an output pixel sees of the input, computed from the layers
any_size            a translator that takes whatever size comes
tiles               images of any size through a translator, in tiles without seams

`heads` puts further ends on a discriminator: classes, features, an encoder, a judge of pairs.
"""

from gan_keras.networks import (
    any_size,
    autoregressive,
    biggan,
    ctgan,
    dcgan,
    doppelganger,
    heads,
    hifigan,
    lama,
    layered,
    mlp,
    mocogan,
    patchgan,
    projection_head,
    r3gan,
    receptive_field,
    relgan,
    residual_1d,
    resnet,
    resnet_translator,
    rrdb,
    sagan,
    sequence,
    series,
    spade,
    srresnet,
    stylegan2,
    table_mlp,
    tiles,
    unet,
    unet_discriminator,
    vgg_discriminator,
    video,
    wavegan,
)

NAMES = {
    "mlp": mlp,
    "table_mlp": table_mlp,
    "ctgan": ctgan,
    "sequence": sequence,
    "autoregressive": autoregressive,
    "relgan": relgan,
    "series": series,
    "doppelganger": doppelganger,
    "video": video,
    "layered": layered,
    "mocogan": mocogan,
    "wavegan": wavegan,
    "dcgan": dcgan,
    "resnet": resnet,
    "sagan": sagan,
    "biggan": biggan,
    "r3gan": r3gan,
    "stylegan2": stylegan2,
}
"""Networks with a `generator` fed latents and a `discriminator`."""

TRANSLATORS = {
    "unet": unet,
    "resnet_translator": resnet_translator,
    "spade": spade,
    "srresnet": srresnet,
    "rrdb": rrdb,
    "lama": lama,
    "hifigan": hifigan,
}
"""Networks with a `generator` fed an `input`."""

JUDGES = {
    "patchgan": patchgan,
    "spade": spade,
    "vgg_discriminator": vgg_discriminator,
    "unet_discriminator": unet_discriminator,
    "hifigan": hifigan,
}
"""Networks with a `discriminator` of a `sample`, and of its `input` where that is asked for."""

__all__ = [
    "JUDGES",
    "NAMES",
    "TRANSLATORS",
    "any_size",
    "autoregressive",
    "biggan",
    "ctgan",
    "dcgan",
    "doppelganger",
    "heads",
    "hifigan",
    "lama",
    "layered",
    "mlp",
    "mocogan",
    "patchgan",
    "projection_head",
    "r3gan",
    "receptive_field",
    "relgan",
    "residual_1d",
    "resnet",
    "resnet_translator",
    "rrdb",
    "sagan",
    "sequence",
    "series",
    "spade",
    "srresnet",
    "stylegan2",
    "table_mlp",
    "tiles",
    "unet",
    "unet_discriminator",
    "vgg_discriminator",
    "video",
    "wavegan",
]
