"""Fréchet distance between two Gaussians fitted to features (FID on Inception features)."""

import warnings

import numpy as np

from gan_keras.metrics import checks
from gan_keras.metrics.moments import Moments


def frechet_distance(real, fake):
    """Squared Wasserstein-2 distance between Gaussians with the moments of `real` and `fake`.

    When to use it: as the one number to report, at a fixed sample count. It sees everything the
    first two moments of the features see, fidelity and diversity alike, and cannot tell them apart;
    it is biased upward for few samples.

    |m - n|^2 + tr(C) + tr(D) - 2 tr((C D)^(1/2)), C and D with `ddof=1`. C D has the eigenvalues of
    the symmetric L' D L for C = L L', so no matrix root and no imaginary part occurs.

    Source: Heusel et al. (2017), arXiv:1706.08500, equation 6; agrees with torch-fidelity 0.4.

    Args:
        real: features (num, features), or `Moments`.
        fake: the same.

    Returns:
        float, at least 0, in squared feature units; lower is better.

    Raises:
        ValueError: fewer than two samples, different widths, NaN or infinite features.

    Example:
        >>> frechet_distance([[0.0], [2.0]], [[3.0], [5.0]])
        9.0
    """
    real, fake = _moments(real, "real"), _moments(fake, "fake")
    width = len(real.mean)
    checks.same_width(width, len(fake.mean))
    for name, moments in (("real", real), ("fake", fake)):
        if moments.count <= width:
            warnings.warn(
                f"`{name}` has {moments.count} samples for {width} features: its covariance is "
                "singular and the Fréchet distance far too high. Score more samples.",
                stacklevel=2,
            )
    step = real.mean - fake.mean
    C, D = real.covariance, fake.covariance
    distance = step @ step + np.trace(C) + np.trace(D) - 2.0 * _trace_of_root(C, D)
    return max(float(distance), 0.0)  # rounding may leave -1e-13 between equal sets


def _moments(samples, name):
    if isinstance(samples, Moments):
        if samples.count < 2:
            raise ValueError(f"`{name}` must hold at least 2 samples. Received: {samples.count}.")
        return samples
    return Moments().update(checks.features(samples, name))


def _trace_of_root(C, D):
    """tr((C D)^(1/2)) of two symmetric matrices without negative eigenvalues."""
    factor = _factor(C)
    eigenvalues = np.linalg.eigvalsh(factor.T @ (D @ factor))
    return np.sqrt(np.maximum(eigenvalues, 0.0)).sum()


def _factor(C):
    """Some L with L L' = C: Cholesky's, or where C is singular the one of its eigenvectors."""
    try:
        return np.linalg.cholesky(C)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(C)
        kept = values > len(C) * np.finfo("float64").eps * values[-1]
        return vectors[:, kept] * np.sqrt(values[kept])
