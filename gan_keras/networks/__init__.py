"""Generators and discriminators: builders of built `keras.Model`s.

mlp      dense layers, for vectors and 2-D toys
dcgan    strided convolutions, 28 to 128 pixels

Every file has two builders, `generator(image_shape, latent_dim, ...)` and
`discriminator(image_shape, ...)`, with `num_classes` for conditional ones. Generators take latents
(and labels) and give images in [-1, 1]; discriminators take images (and labels) and give raw
float32 logits of shape (batch, 1).
"""

from gan_keras.networks import dcgan, mlp

NAMES = {
    "mlp": mlp,
    "dcgan": dcgan,
}

__all__ = ["NAMES", "dcgan", "mlp"]
