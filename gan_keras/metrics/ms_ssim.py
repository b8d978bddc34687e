"""How alike the samples of a class are: mean multi-scale structural similarity of pairs."""

import numpy as np

WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # Wang et al. (2003), finest first
WINDOW, SIGMA = 11, 1.5
PAIRS_AT_ONCE = 32  # of 256 x 256 pixels in colour, 500 MB
LUMINANCE, CONTRAST = 0.01**2, 0.03**2


def ms_ssim_diversity(images, labels=None, *, num_pairs=100, seed=0):
    """Mean MS-SSIM of random pairs of one class; what the real data score is the mark to meet.

    When to use it: to spot a class that collapsed. Higher than the real data means less diverse;
    lower may just be noise. It sees no quality at all.

    Source: Odena et al. (2017), arXiv:1610.09585, section 4.2 (100 pairs a class).

    Args:
        images: (num, h, w, c), uint8, or floats in [-1, 1].
        labels: int (num,), or None for one class.
        num_pairs: int, pairs of each class. Defaults to 100.
        seed: int, of the pairs. Defaults to 0.

    Returns:
        (mean, std) over all pairs: floats in [0, 1]; lower is more diverse.

    Raises:
        ValueError: no class with two images.
    """
    images = np.asarray(images)
    labels = np.zeros(len(images), int) if labels is None else np.asarray(labels)
    random = np.random.default_rng(seed)
    values = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        if len(members) < 2:
            continue
        first = random.integers(0, len(members), num_pairs)
        second = (first + random.integers(1, len(members), num_pairs)) % len(members)
        for start in range(0, num_pairs, PAIRS_AT_ONCE):
            pairs = slice(start, start + PAIRS_AT_ONCE)
            values.append(ms_ssim(images[members[first[pairs]]], images[members[second[pairs]]]))
    if not values:
        raise ValueError(
            f"Diversity takes at least 2 images of some class. Received: {len(images)} images."
        )
    values = np.concatenate(values)
    return float(values.mean()), float(values.std())


def ms_ssim(first, second):
    """Multi-scale structural similarity of images in pairs.

    Five scales from 176 pixels up. Smaller images get as many as the 11-pixel window fits into (at
    least one, with a smaller window below 11 pixels), their weights scaled to sum to 1.

    Source: Wang, Simoncelli & Bovik (2003); agrees with tf.image.ssim_multiscale.

    Args:
        first: (num, h, w, c), uint8, or floats in [-1, 1].
        second: the same.

    Returns:
        float64 (num,) in [0, 1]; 1 for equal images.

    Raises:
        ValueError: no images, or of two shapes, or NaN or infinite pixels.
    """
    first, second = _unit(first), _unit(second)
    if first.ndim != 4 or first.shape != second.shape:
        raise ValueError(
            "Similarity takes pairs of images (num, h, w, c) of one shape. Received: "
            f"{first.shape} and {second.shape}."
        )
    side = min(first.shape[1:3])
    levels = 1
    while levels < len(WEIGHTS) and side >> levels >= WINDOW:
        levels += 1
    weights = np.array(WEIGHTS[:levels]) / sum(WEIGHTS[:levels])
    window = _gaussian(min(WINDOW, side))
    product = 1.0
    for level, weight in enumerate(weights):
        similarity, contrast = _ssim(first, second, window)  # (num, c)
        last = level == levels - 1
        product = product * np.maximum(similarity if last else contrast, 0.0) ** weight
        if not last:
            first, second = _halve(first), _halve(second)
    return product.mean(axis=-1)


def _unit(images):
    """float64 in [0, 1]."""
    images = np.asarray(images)
    if images.dtype == np.uint8:
        return images / 255.0
    if not np.isfinite(images).all():
        raise ValueError("Images hold NaN or infinite pixels. Look at the run that made them.")
    return (images.astype("float64") + 1.0) / 2.0


def _gaussian(size):
    places = np.arange(size) - (size - 1) / 2
    weights = np.exp(-0.5 * (places / (SIGMA * size / WINDOW)) ** 2)
    return weights / weights.sum()


def _ssim(x, y, window):
    """Means over the image of similarity and of its contrast part, each (num, c)."""
    mean_x, mean_y = _smooth(x, window), _smooth(y, window)
    both, squares = mean_x * mean_y, mean_x**2 + mean_y**2
    covariance = _smooth(x * y, window) - both
    variances = _smooth(x * x + y * y, window) - squares
    contrast = (2 * covariance + CONTRAST) / (variances + CONTRAST)
    similarity = contrast * (2 * both + LUMINANCE) / (squares + LUMINANCE)
    return similarity.mean(axis=(1, 2)), contrast.mean(axis=(1, 2))


def _smooth(images, window):
    """Only where the window fits."""
    for axis in (1, 2):
        size = images.shape[axis] - len(window) + 1
        images = sum(
            weight * np.take(images, range(i, i + size), axis=axis)
            for i, weight in enumerate(window)
        )
    return images


def _halve(images):
    """Means of 2x2 pixels; an odd last row or column is doubled first."""
    num, height, width, channels = images.shape
    images = np.pad(images, ((0, 0), (0, height % 2), (0, width % 2), (0, 0)), mode="symmetric")
    return images.reshape(num, (height + 1) // 2, 2, (width + 1) // 2, 2, channels).mean((2, 4))
