"""Mean absolute difference of pairs."""

import numpy as np

from gan_keras.metrics import image_pairs


def pixel_l1(fake, real, *, crop=0, channels="all", mask=None):
    """Mean absolute difference of each fake and its real image, as a share of the full range.

    When to use it: for inpainting, whose papers state it (as per cent of the range), and to see
    what a network trained on L1 has reached.

    mean |fake - real| / 255.

    Args:
        fake: uint8 (num, h, w, c).
        real: the same shape; fake i is compared with real i.
        crop: int >= 0, pixels left out at each border. Defaults to 0.
        channels: "all", or "y" for the luma. Defaults to "all".
        mask: (num, h, w) or (num, h, w, 1), 1 where a pixel was missing: those alone are scored.
            Defaults to None.

    Returns:
        float64 (num,) in [0, 1], lower is better.

    Raises:
        ValueError: other types or shapes, or an empty mask.
    """
    fake, real, mask = image_pairs.checked(fake, real, crop=crop, channels=channels, mask=mask)
    return image_pairs.means(np.abs(fake - real), mask) / 255.0
