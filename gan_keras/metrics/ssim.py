"""Structural similarity of pairs."""

import numpy as np

from gan_keras.metrics import image_pairs
from gan_keras.metrics.ms_ssim import CONTRAST, LUMINANCE, SIGMA, WINDOW

AT_ONCE = 16  # images; of 256 x 256 pixels in colour, 200 MB


def ssim(fake, real, *, crop=0, channels="all", mask=None):
    """SSIM of each fake and its real image.

    When to use it: beside PSNR, to see whether edges and textures are kept. Other implementations
    differ in the second digit: this one has a Gaussian window of 11 x 11 with standard deviation
    1.5, variances divided by n, only windows that lie inside, and the mean over channels.

    Source: Wang et al. (2004); agrees with tf.image.ssim, BasicSR, and scikit-image with
    gaussian_weights=True, sigma=1.5, use_sample_covariance=False.

    Args:
        fake: uint8 (num, h, w, c).
        real: the same shape; fake i is compared with real i.
        crop: int >= 0, pixels left out at each border. Defaults to 0.
        channels: "all", or "y" for the luma (ITU-R BT.601 in [16, 235], not rounded). Defaults to
            "all".
        mask: (num, h, w) or (num, h, w, 1), 1 where a pixel was missing: windows whose centre is
            such a pixel are scored alone. Defaults to None.

    Returns:
        float64 (num,) in [-1, 1], higher is better.

    Raises:
        ValueError: other types or shapes, images below 11 x 11, or a mask without a window.

    Example:
        >>> image = np.arange(144, dtype="uint8").reshape(1, 12, 12, 1)
        >>> ssim(image, image)
        array([1.])
    """
    fake, real, mask = image_pairs.checked(fake, real, crop=crop, channels=channels, mask=mask)
    if min(fake.shape[1:3]) < WINDOW:
        raise ValueError(
            f"SSIM takes images of at least {WINDOW} x {WINDOW} pixels, after `crop`. Received: "
            f"{fake.shape[1]} x {fake.shape[2]}. Score PSNR alone."
        )
    if mask is not None:
        border = WINDOW // 2
        mask = mask[:, border:-border, border:-border]
        image_pairs.refuse_empty(mask)
    found = []
    for start in range(0, len(fake), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        similarity = _map(fake[part] / 255.0, real[part] / 255.0)
        found.append(image_pairs.means(similarity, None if mask is None else mask[part]))
    return np.concatenate(found)


def _map(x, y):
    """Similarity of each window, (num, h - 10, w - 10, c), of images in [0, 1]."""
    mean_x, mean_y = _smooth(x), _smooth(y)
    both, squares = mean_x * mean_y, mean_x**2 + mean_y**2
    covariance = _smooth(x * y) - both
    variances = _smooth(x * x + y * y) - squares
    contrast = (2 * covariance + CONTRAST) / (variances + CONTRAST)
    return contrast * (2 * both + LUMINANCE) / (squares + LUMINANCE)


def _smooth(images):
    """Weighted means of windows, only where a window fits."""
    places = np.arange(WINDOW) - WINDOW // 2
    weights = np.exp(-0.5 * (places / SIGMA) ** 2)
    weights /= weights.sum()
    height, width = (side - WINDOW + 1 for side in images.shape[1:3])
    images = sum(weight * images[:, i : i + height] for i, weight in enumerate(weights))
    return sum(weight * images[:, :, i : i + width] for i, weight in enumerate(weights))
