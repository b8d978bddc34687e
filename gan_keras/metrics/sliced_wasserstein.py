"""Sliced Wasserstein distance: between vectors, or patches of images at each scale."""

import numpy as np

from gan_keras.metrics import checks

KERNEL = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0
PATCH = 7  # pixels


def sliced_wasserstein(real, fake, *, num_projections=512, seed=0):
    """Mean Wasserstein-1 distance between projections onto random directions.

    When to use it: for tables, signals and any features, with no network; it sees the shape of the
    whole distribution, mode weights included, but little of what one direction cannot show.

    Source: Rabin et al. (2011); Karras et al. (2018), arXiv:1710.10196, section 5.

    Args:
        real: vectors (num, features).
        fake: vectors (num, features). Of the longer set a random part of equal size is used.
        num_projections: int. Defaults to 512.
        seed: int, of directions and part. Defaults to 0.

    Returns:
        float, at least 0, in the features' unit; lower is better.

    Raises:
        ValueError: fewer than two samples, different widths, NaN or infinite features, no
            projection.

    Example:
        >>> round(sliced_wasserstein([[0.0], [1.0]], [[5.0], [4.0]]), 9)
        4.0
    """
    real, fake = checks.pair(real, fake)
    if num_projections < 1:
        raise ValueError(f"`num_projections` must be at least 1. Received: {num_projections}.")
    random = np.random.default_rng(seed)
    num = min(len(real), len(fake))
    real = real if len(real) == num else real[random.choice(len(real), num, replace=False)]
    fake = fake if len(fake) == num else fake[random.choice(len(fake), num, replace=False)]
    total = 0.0
    for start in range(0, num_projections, 64):
        count = min(64, num_projections - start)
        directions = random.standard_normal((real.shape[1], count))
        directions /= np.linalg.norm(directions, axis=0)
        gaps = np.sort(real @ directions, axis=0) - np.sort(fake @ directions, axis=0)
        total += np.abs(gaps).mean(axis=0).sum()
    return float(total / num_projections)


def pyramid_distances(real, fake, *, smallest=16, patches_per_image=128, seed=0):
    """Sliced Wasserstein distances between 7x7 patches of the levels of Laplacian pyramids.

    When to use it: to see at which scale samples go wrong; needs no network. It sees textures of up
    to 7 pixels at each scale and nothing of how they are arranged.

    Each level's patches are normalised to mean 0 and standard deviation 1 in each channel, set by
    set, so a shift in brightness or contrast alone is not seen.

    Source: Karras et al. (2018), arXiv:1710.10196, section 5, with their 128 patches an image, 4 x
    128 directions and factor 1,000.

    Args:
        real: images (num, h, w, c), uint8 or floats.
        fake: images of the same shape; the longer set is cut to the shorter one.
        smallest: int, the coarsest level's smaller side, in pixels. Defaults to 16, the paper's.
        patches_per_image: int. Defaults to 128.
        seed: int, of places and directions. Defaults to 0.

    Returns:
        A dict from a level's smaller side in pixels to its distance times 1,000; lower is better.

    Raises:
        ValueError: no images, or of different shapes, or smaller than a patch.
    """
    real, fake = np.asarray(real), np.asarray(fake)
    num = min(len(real), len(fake))
    alike = real.ndim == 4 and real.shape[1:] == fake.shape[1:] and num > 0
    if not alike or min(real.shape[1:3]) < PATCH:
        raise ValueError(
            f"Both sets must be images (num, h, w, c) of one shape, at least {PATCH} pixels high "
            f"and wide. Received: {real.shape} and {fake.shape}."
        )
    levels = _num_levels(real.shape[1:3], smallest)
    sets = [
        _descriptors(images[:num], levels, patches_per_image, np.random.default_rng([seed, place]))
        for place, images in enumerate((real, fake))
    ]
    sides = [min(real.shape[1:3]) >> level for level in range(levels)]
    return {
        side: 1000 * sliced_wasserstein(a, b, num_projections=512, seed=seed)
        for side, a, b in zip(sides, *sets, strict=True)
    }


def _num_levels(size, smallest):
    """Levels down to `smallest`; a side must be even to be halved."""
    levels, (height, width) = 1, size
    while height % 2 == 0 and width % 2 == 0 and min(height, width) // 2 >= max(smallest, PATCH):
        levels, height, width = levels + 1, height // 2, width // 2
    return levels


def _descriptors(images, levels, patches_per_image, random):
    """For each level float32 (num * patches, 7 * 7 * c), normalised in each channel."""
    found = [[] for _ in range(levels)]
    for start in range(0, len(images), 256):
        pyramid = laplacian_pyramid(images[start : start + 256].astype("float64"), levels)
        for level, detail in enumerate(pyramid):
            found[level].append(_patches(detail, patches_per_image, random))
    normalised = []
    for parts in found:
        patches = np.concatenate(parts)  # (num, 7, 7, c)
        patches -= patches.mean(axis=(0, 1, 2), dtype="float64")
        spread = patches.std(axis=(0, 1, 2), dtype="float64")
        patches /= np.where(spread > 0, spread, 1)
        normalised.append(patches.reshape(len(patches), -1))
    return normalised


def _patches(images, count, random):
    num, height, width, _ = images.shape
    rows = random.integers(0, height - PATCH + 1, (num, count, 1)) + np.arange(PATCH)
    columns = random.integers(0, width - PATCH + 1, (num, count, 1)) + np.arange(PATCH)
    which = np.arange(num)[:, None, None, None]
    patches = images[which, rows[..., :, None], columns[..., None, :]]
    return patches.reshape(num * count, PATCH, PATCH, -1).astype("float32")


def laplacian_pyramid(images, levels):
    """Details at each scale, finest first; the last level is the small image that is left.

    Args:
        images: float64 (num, h, w, c); sides even at each level but the last.
        levels: int.
    """
    pyramid = []
    for _ in range(levels - 1):
        small = _blur(images)[:, ::2, ::2]
        pyramid.append(images - _enlarge(small))
        images = small
    return [*pyramid, images]


def _enlarge(images):
    num, height, width, channels = images.shape
    large = np.zeros((num, 2 * height, 2 * width, channels))
    large[:, ::2, ::2] = 4.0 * images
    return _blur(large)


def _blur(images):
    for axis in (1, 2):
        size = images.shape[axis]
        widths = [(2, 2) if a == axis else (0, 0) for a in range(4)]
        padded = np.pad(images, widths, mode="reflect")
        images = sum(
            weight * np.take(padded, range(i, i + size), axis=axis)
            for i, weight in enumerate(KERNEL)
        )
    return images
