"""Mean and covariance of a stream of features: added batch by batch, merged across workers."""

import numpy as np

from gan_keras.metrics import checks

MOST_FEATURES = 16_384  # of which one covariance takes 2 GB


class Moments:
    """Count, mean and scatter of features, in float64, whatever batches they arrive in.

    When to use it: for more samples than fit in memory, or to merge what several replicas saw.
    Updates are pairwise (Chan, Golub & LeVeque 1979): batches are centred before they are
    multiplied, so that a mean far from zero costs no digits. Batch sizes change the result by
    rounding only, below 1e-9 relative.

    Args:
        num_features: int, or None to take it from the first batch.

    Attributes:
        count: int, samples so far.
        mean: float64 (features,).
        scatter: float64 (features, features), the sum of outer products about the mean.

    Example:
        >>> moments = Moments().update([[0.0, 0.0], [2.0, 0.0]]).update([[4.0, 3.0]])
        >>> moments.count, moments.mean.tolist()
        (3, [2.0, 1.0])
    """

    def __init__(self, num_features=None):
        self.count = 0
        self.mean = None if num_features is None else np.zeros(num_features)
        self.scatter = None if num_features is None else np.zeros((num_features, num_features))

    def update(self, features):
        """Add a batch (num, features), num at least 1; gives itself back."""
        features = np.asarray(features, "float64")
        if features.ndim != 2:
            raise ValueError(
                f"`features` must be of shape (num, features). Received: {features.shape}."
            )
        if not len(features):
            return self
        if not np.isfinite(features).all():
            raise ValueError(
                f"`features` hold NaN or infinite numbers after {self.count} good samples. "
                "Look at the images they came from."
            )
        if features.shape[1] > MOST_FEATURES:
            raise ValueError(
                f"Fréchet distances take a covariance, {8 * features.shape[1] ** 2 / 1e9:,.0f} GB "
                f"for {features.shape[1]:,} features. Take an extractor with fewer than "
                f"{MOST_FEATURES:,}, smaller images, or the other scores (kid, prdc)."
            )
        batch = Moments()
        batch.count = len(features)
        batch.mean = features.mean(axis=0)
        centred = features - batch.mean
        batch.scatter = centred.T @ centred
        return self.merge(batch)

    def merge(self, other):
        """Add what another one has seen; gives itself back."""
        if self.mean is None or not self.count:
            if self.mean is not None and other.mean is not None:
                checks.same_width(len(self.mean), len(other.mean))
            if other.count:
                self.count, self.mean = other.count, other.mean.copy()
                self.scatter = other.scatter.copy()
            return self
        if not other.count:
            return self
        checks.same_width(len(self.mean), len(other.mean))
        count = self.count + other.count
        step = other.mean - self.mean
        self.scatter += other.scatter
        self.scatter += np.outer(step, step * (self.count * other.count / count))
        self.mean += step * (other.count / count)
        self.count = count
        return self

    @property
    def covariance(self):
        """float64 (features, features), divided by count - 1 (`ddof=1`, as numpy.cov and TTUR).

        StyleGAN3 divides by the count; at 50,000 samples that moves FID by a part in 50,000.
        """
        if self.count < 2:
            raise ValueError(f"A covariance takes at least 2 samples. Received: {self.count}.")
        return self.scatter / (self.count - 1)
