"""Images brought to a network's size, in the two ways that FID is published with."""

import numpy as np
import tensorflow as tf
from PIL import Image


def tensorflow_1(images, size):
    """Bilinear as TensorFlow 1 did it: no antialiasing, corners at the corner, not at the centre.

    What the FID paper's code, pytorch-fid and torch-fidelity do. Shrinking skips pixels, so images
    larger than `size` gain or lose by how their files were made (Parmar et al. 2022,
    arXiv:2104.11222).

    Args:
        images: uint8 (batch, h, w, c).
        size: int.

    Returns:
        float32 (batch, size, size, c) in [0, 255].
    """
    return tf.raw_ops.ResizeBilinear(
        images=tf.cast(images, tf.float32),
        size=[size, size],
        align_corners=False,
        half_pixel_centers=False,
    )


def clean(images, size):
    """Antialiased bicubic, channel by channel, in floating point, clipped: that of clean-fid.

    Args:
        images: uint8 (batch, h, w, c).
        size: int.

    Returns:
        float32 (batch, size, size, c) in [0, 255].
    """
    resized = np.empty((len(images), size, size, images.shape[-1]), "float32")
    for place, image in enumerate(np.asarray(images, "float32")):
        for channel in range(image.shape[-1]):
            plane = Image.fromarray(np.ascontiguousarray(image[..., channel]))
            resized[place, ..., channel] = plane.resize((size, size), Image.Resampling.BICUBIC)
    return np.clip(resized, 0.0, 255.0)
