"""Whether an enlarged image is one that the small image can come from."""

import numpy as np

from gan_keras.metrics import image_pairs
from gan_keras.metrics.psnr import decibels


def low_resolution_consistency(fake, low_resolution, *, scale):
    """PSNR between the fakes, reduced again, and the small images that they were made from.

    When to use it: for super-resolution. A network that invents what the input forbids scores low,
    however sharp its images. It takes no real image. From 45 dB on nobody sees the difference; the
    rounding of small images to uint8 alone allows 59.

    The fakes are reduced by MATLAB's bicubic (see `corruptions.Downsample`) and not rounded.

    Source: Lugmayr et al. (2021), NTIRE 2021 challenge on learning the super-resolution space
    (LR-PSNR, 45 dB).

    Args:
        fake: uint8 (num, scale * h, scale * w, c).
        low_resolution: uint8 (num, h, w, c), the inputs.
        scale: int >= 2.

    Returns:
        float64 (num,), in dB, higher is better.

    Raises:
        ValueError: sizes that do not fit, or other types.
    """
    fake, low_resolution = np.asarray(fake), np.asarray(low_resolution)
    if fake.shape != _enlarged(low_resolution.shape, scale):
        raise ValueError(
            f"Images enlarged {scale} times are of shape (num, {scale} h, {scale} w, c) for inputs "
            f"(num, h, w, c) of at least 2 x 2. Received: {fake.shape} and {low_resolution.shape}."
        )
    if fake.dtype != np.uint8 or low_resolution.dtype != np.uint8:
        raise ValueError(
            "Consistency takes images as they are stored: uint8 in [0, 255]. Received: "
            f"{fake.dtype} and {low_resolution.dtype}. Convert them with `images.to_uint8`."
        )
    small = _shorter(fake.astype("float64"), scale)
    small = _shorter(small.swapaxes(1, 2), scale).swapaxes(1, 2)
    return decibels(image_pairs.means((np.clip(small, 0, 255) - low_resolution) ** 2))


def _enlarged(shape, scale):
    """The shape of the fakes; None for what is no batch of images of at least 2 x 2."""
    if len(shape) != 4 or min(shape[1:3]) < 2:
        return None
    num, height, width, channels = shape
    return (num, scale * height, scale * width, channels)


def _shorter(images, scale):
    """Fewer rows, each a weighted sum of `4 * scale` of them."""
    # Kept out of the top: it loads TensorFlow, which no other score of arrays does.
    from gan_keras.corruptions.downsample import padding, taps

    rows = images.shape[1] // scale
    padded = np.pad(images, ((0, 0), padding(scale), (0, 0), (0, 0)), mode="symmetric")
    return sum(
        weight * padded[:, i : i + scale * (rows - 1) + 1 : scale]
        for i, weight in enumerate(taps(scale))
    )
