"""Mode counts, high-quality share and reverse KL, in PacGAN's protocol."""

import numpy as np


def gaussian_modes(samples, centres, sigma, *, radius=3.0):
    """Which modes of a ring or grid of Gaussians the samples reach, and how evenly.

    When to use it: for `ring` and `grid`, with at least 2,500 samples.

    A sample is of high quality when it lies within `radius` standard deviations of its nearest
    centre; a mode is found when one such sample is; the reverse KL divergence is that of the
    high-quality samples over the modes from the uniform distribution. Points drawn from the data
    themselves have a share of 1 - exp(-9/2) = 98.9%.

    Source: Lin et al. (2018), PacGAN, arXiv:1712.04086, section 4.1.

    Args:
        samples: (num, 2), or of any width.
        centres: (modes, 2), the same width.
        sigma: float above 0, standard deviation of every mode.
        radius: float, in standard deviations. Defaults to 3.0.

    Returns:
        {"modes": int, "high_quality": share in [0, 1], "reverse_kl": float in nats, infinite when
        no sample is of high quality}. Higher, higher and lower are better.

    Example:
        >>> gaussian_modes([[0.0, 0.1], [5.0, 0.0]], [[0.0, 0.0], [1.0, 0.0]], 0.1)
        {'modes': 1, 'high_quality': 0.5, 'reverse_kl': 0.6931471805599453}
    """
    samples, centres = np.asarray(samples, "float64"), np.asarray(centres, "float64")
    if samples.ndim != 2 or not len(samples) or samples.shape[1:] != centres.shape[1:]:
        raise ValueError(
            "`samples` and `centres` must be points of one width, at least one. Received: shapes "
            f"{samples.shape} and {centres.shape}."
        )
    if not np.isfinite(samples).all() or not sigma > 0:
        raise ValueError(
            f"`samples` must be finite and `sigma` above 0. Received: sigma={sigma} and "
            f"{int((~np.isfinite(samples).all(axis=1)).sum())} of {len(samples)} samples with NaN "
            "or infinite numbers."
        )
    squares = ((samples[:, None] - centres) ** 2).sum(axis=-1)  # (num, modes)
    good = squares.min(axis=1) < (radius * sigma) ** 2
    counts = np.bincount(squares.argmin(axis=1)[good], minlength=len(centres))
    return {
        "modes": int((counts > 0).sum()),
        "high_quality": float(good.mean()),
        "reverse_kl": reverse_kl(counts),
    }


def stacked_modes(images, classify, *, num_classes=10, real_counts=None):
    """Modes among stacked images: one class in each colour channel, num_classes^channels modes.

    When to use it: for three stacked grey digits or garments (1,000 modes), with 26,000 samples,
    the number of every published table.

    Source: Metz et al. (2017), arXiv:1611.02163, section 3.3; Lin et al. (2018), PacGAN,
    arXiv:1712.04086, section 4.2.

    Args:
        images: (num, h, w, channels), uint8 or floats in [-1, 1].
        classify: an extractor with probabilities for images (num, h, w, 1), or any function from
            those to (features, probabilities).
        num_classes: int. Defaults to 10.
        real_counts: (num_classes^channels,), the data's own mode counts. Defaults to uniform.

    Returns:
        {"modes": int, "reverse_kl": float in nats}; higher and lower are better. A mode that the
        data lack but the samples reach makes the divergence infinite.
    """
    images = np.asarray(images)
    codes = np.zeros(len(images), "int64")
    for channel in range(images.shape[-1]):
        _, probabilities = classify(images[..., channel : channel + 1])
        codes = codes * num_classes + probabilities.argmax(axis=1)
    counts = np.bincount(codes, minlength=num_classes ** images.shape[-1])
    return {"modes": int((counts > 0).sum()), "reverse_kl": reverse_kl(counts, real_counts)}


def reverse_kl(counts, real_counts=None):
    """KL(samples || data) over modes, in nats.

    Args:
        counts: (modes,), samples of each mode.
        real_counts: (modes,), the data's; uniform by default.

    Returns:
        float, at least 0; infinite without samples, or with samples where the data have none.
    """
    counts = np.asarray(counts, "float64")
    real = np.ones(len(counts)) if real_counts is None else np.asarray(real_counts, "float64")
    if counts.shape != real.shape or not real.sum() > 0:
        raise ValueError(
            "`real_counts` must hold a count for each mode, not all 0. Received: "
            f"{len(real)} counts that sum to {real.sum():g}, for {len(counts)} modes."
        )
    if not counts.sum():
        return float("inf")
    p, q = counts / counts.sum(), real / real.sum()
    seen = p > 0
    if (q[seen] == 0).any():
        return float("inf")
    return max(float((p[seen] * np.log(p[seen] / q[seen])).sum()), 0.0)
