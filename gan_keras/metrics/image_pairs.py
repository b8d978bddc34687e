"""What the scores of pairs share: checks, borders, holes and luma."""

import numpy as np

# From R, G, B in [0, 255] to luma in [16, 235]: ITU-R BT.601, as MATLAB's rgb2ycbcr.
LUMA = np.array([65.481, 128.553, 24.966]) / 255.0


def checked(fake, real, *, crop=0, channels="all", mask=None):
    """Pairs as float64 in [0, 255], without their borders.

    Args:
        fake, real: uint8 (num, h, w, c): fake i is compared with real i.
        crop: int >= 0, pixels left out at each border. Defaults to 0.
        channels: "all", or "y" for the luma of colour images. Defaults to "all".
        mask: bool, or numbers of which 1 is missing: (num, h, w) or (num, h, w, 1); or None.

    Returns:
        (fake, real, mask): float64 (num, h', w', c), twice; bool (num, h', w') or None.

    Raises:
        ValueError: other types or shapes, no images, nothing left of them, or an empty mask.
    """
    fake, real = np.asarray(fake), np.asarray(real)
    if fake.dtype != np.uint8 or real.dtype != np.uint8:
        raise ValueError(
            "Pairs are compared as they are stored: uint8 in [0, 255]. Received: "
            f"{fake.dtype} and {real.dtype}. Convert them with `images.to_uint8`."
        )
    if fake.ndim != 4 or fake.shape != real.shape or not fake.size:
        raise ValueError(
            "Pairs are images (num, h, w, c) of one shape, at least one. Received: "
            f"{fake.shape} and {real.shape}."
        )
    if not (isinstance(crop, int) and 0 <= 2 * crop < min(fake.shape[1:3])):
        raise ValueError(
            f"`crop` must be at least 0 and leave something of {fake.shape[1]} x {fake.shape[2]} "
            f"pixels. Received: {crop!r}."
        )
    if channels == "y" and fake.shape[-1] != 3:
        raise ValueError(
            f"Luma takes colour images of 3 channels. Received images of {fake.shape[-1]}. Score "
            "all channels instead."
        )
    inside = (slice(None), *(slice(crop, side - crop) for side in fake.shape[1:3]))
    if mask is not None:
        mask = np.asarray(mask) == 1
        mask = mask[..., 0] if mask.ndim == 4 else mask
        if mask.shape != fake.shape[:3]:
            raise ValueError(
                f"A mask has a number for each pixel: {fake.shape[:3]}. Received: {mask.shape}."
            )
        mask = mask[inside]
        refuse_empty(mask)
    return *(as_numbers(side[inside], channels) for side in (fake, real)), mask


def as_numbers(images, channels="all"):
    """uint8 images as float64 in [0, 255]; their luma, one channel in [16, 235], for "y"."""
    images = images.astype("float64")
    return 16.0 + (images @ LUMA)[..., None] if channels == "y" else images


def refuse_empty(mask):
    """Raise unless every image has a hole to score."""
    empty = int((~mask.any(axis=(1, 2))).sum())
    if empty:
        raise ValueError(
            f"{empty} of {len(mask)} masks have no missing pixel where a score can look. Leave "
            "those images out, or score the whole images."
        )


def means(values, mask=None):
    """The mean of each image: of all its numbers (num, h, w, c), or of those in its hole.

    Returns:
        float64 (num,).
    """
    values = values.mean(axis=-1)  # (num, h, w)
    if mask is None:
        return values.mean(axis=(1, 2))
    return (values * mask).sum(axis=(1, 2)) / mask.sum(axis=(1, 2))
