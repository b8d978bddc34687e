"""Whether a cycle of translations hides its input in noise that no eye sees."""

import io

import numpy as np
from PIL import Image

from gan_keras import images
from gan_keras.metrics.psnr import psnr


def steganography(real, there, back, *, quality=90):
    """PSNR of a cycle as it is, with its middle image rounded, and with it compressed.

    When to use it: for CycleGAN and its kin. A cycle can be closed by a code hidden in the middle
    image instead of by a translation. Such a code does not survive rounding to 256 levels or JPEG:
    where `cycle_psnr` is high and the other two are low, details come from hidden noise.

    Source: Chu et al. (2017), CycleGAN, a master of steganography, arXiv:1712.02950.

    Args:
        real: uint8 (num, h, w, c), 1 or 3 channels.
        there: function of float32 images (num, h, w, c) in [-1, 1] to the middle images, the same.
        back: function of those to the cycle's end, the same, of the shape of `real`.
        quality: int in [1, 100], Pillow's JPEG quality, colours not subsampled. Defaults to 90.

    Returns:
        Dict of floats in dB, each the mean of the decibels of images; higher is better:
        "cycle_psnr", "cycle_psnr_uint8", f"cycle_psnr_jpeg{quality}".

    Raises:
        ValueError: middle images that JPEG can't hold, or other types or shapes.
    """
    real = np.asarray(real)
    middle = np.asarray(there(images.to_float(real)), "float32")
    if middle.ndim != 4 or middle.shape[-1] not in (1, 3):
        raise ValueError(
            "Steganography is measured through JPEG, so the middle images must be (num, h, w, 1 or "
            f"3). Received: {middle.shape}."
        )
    rounded = images.to_uint8(middle)
    compressed = np.stack([_through_jpeg(image, quality) for image in rounded])
    middles = {
        "cycle_psnr": middle,
        "cycle_psnr_uint8": images.to_float(rounded),
        f"cycle_psnr_jpeg{quality}": images.to_float(compressed),
    }
    return {
        name: float(psnr(images.to_uint8(back(given)), real).mean())
        for name, given in middles.items()
    }


def _through_jpeg(image, quality):
    file = io.BytesIO()
    grey = image.shape[-1] == 1
    picture = Image.fromarray(image[..., 0] if grey else image)
    picture.save(file, format="JPEG", quality=quality, subsampling=0)
    return np.asarray(Image.open(file)).reshape(image.shape)
