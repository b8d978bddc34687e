"""Peak signal-to-noise ratio of pairs."""

import numpy as np

from gan_keras.metrics import image_pairs


def psnr(fake, real, *, crop=0, channels="all", mask=None):
    """PSNR of each fake and its real image, in decibels.

    When to use it: beside SSIM, to see that an answer keeps the levels. It prefers blur to details
    in the wrong place. Papers on super-resolution crop `scale` pixels and often score the luma
    alone, which is 2 to 3 dB higher: say which. Their mean is that of the decibels of images.

    10 log10(255^2 / mean (fake - real)^2).

    Source: agrees with BasicSR's, and so MATLAB's.

    Args:
        fake: uint8 (num, h, w, c).
        real: the same shape; fake i is compared with real i.
        crop: int >= 0, pixels left out at each border. Defaults to 0.
        channels: "all", or "y" for the luma (ITU-R BT.601 in [16, 235], not rounded). Defaults to
            "all".
        mask: (num, h, w) or (num, h, w, 1), 1 where a pixel was missing: those alone are scored.
            Defaults to None.

    Returns:
        float64 (num,), in dB, higher is better; infinite for equal images.

    Raises:
        ValueError: other types or shapes, or an empty mask.

    Example:
        >>> black = np.zeros((1, 4, 4, 1), "uint8")
        >>> psnr(black, black + 255), psnr(black, black + 51).round(4)
        (array([0.]), array([13.9794]))
    """
    fake, real, mask = image_pairs.checked(fake, real, crop=crop, channels=channels, mask=mask)
    return decibels(image_pairs.means((fake - real) ** 2, mask))


def decibels(squared_errors):
    """Mean squared errors of levels in [0, 255] as PSNR."""
    with np.errstate(divide="ignore"):
        return 10.0 * np.log10(255.0**2 / np.asarray(squared_errors, "float64"))
