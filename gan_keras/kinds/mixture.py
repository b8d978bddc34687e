"""A mixture of Gaussians of one variable, with as many modes as the data ask for."""

import numpy as np

SMALLEST_WEIGHT = 0.005  # of a mode that is kept
CONCENTRATION = 0.001  # of the Dirichlet process: smaller asks for fewer modes
MOST_DISTINCT = 20_000  # numbers that are looked at
ROUNDS, TOLERANCE = 200, 1e-5


def fit(numbers, *, max_modes=10, seed=0):
    """Weights, means and standard deviations of the modes of some numbers.

    Variational inference of a mixture under a Dirichlet process (Bishop, 2006, Pattern Recognition
    and Machine Learning, section 10.2; Blei and Jordan, 2006, for its sticks), as Xu et al., 2019
    (arXiv:1907.00503), section 4.2, take it. Priors are weak: one row's worth at the mean and
    variance of all. Modes that could be one may stay several, for merging is slow. Of more than
    20,000 distinct numbers, as many are looked at.

    Args:
        numbers: float64 (n,), none missing.
        max_modes: how many there are at most. Defaults to 10.
        seed: of that choice. Defaults to 0.

    Returns:
        (weights, means, stds), each float64 (k,); weights above 0.005, which sum to 1.
    """
    values, counts = np.unique(numbers, return_counts=True)
    if len(values) > MOST_DISTINCT:
        chosen = np.random.default_rng(seed).choice(len(values), MOST_DISTINCT, replace=False)
        values, counts = values[np.sort(chosen)], counts[np.sort(chosen)]
    num = counts.sum()
    centre = (values * counts).sum() / num
    scale = np.sqrt((counts * (values - centre) ** 2).sum() / num)
    if len(values) == 1 or scale == 0:
        return np.ones(1), values[:1].astype(float), np.full(1, 1e-9 * max(1.0, abs(values[0])))
    x, counts = (values - centre) / scale, counts.astype(float)
    shares = _nearest(x, _start(x, counts, min(max_modes, len(x))))
    weights = np.zeros(shares.shape[1])
    for _ in range(ROUNDS):
        logs, (new, means, variances) = _update(x, counts, shares)
        shares = np.exp(logs - logs.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        done, weights = np.abs(new - weights).max() < TOLERANCE, new
        if done:
            break
    kept = weights > SMALLEST_WEIGHT
    weights, means, variances = (found[kept] for found in (weights, means, variances))
    return weights / weights.sum(), centre + scale * means, scale * np.sqrt(variances)


def _start(x, counts, num):
    """Centres that split the distinct numbers into equal shares, moved by k-means a few times.

    Distinct ones, for a number that most rows have would get all centres.
    """
    centres = x[((np.arange(num) + 0.5) / num * len(x)).astype(int)]
    for _ in range(20):
        shares = _nearest(x, centres) * counts[:, None]
        sums = shares.sum(axis=0)
        centres = np.unique((shares * x[:, None]).sum(axis=0)[sums > 0] / sums[sums > 0])
    return centres


def _nearest(x, centres):
    """One-hot (n, k): the nearest centre of each number."""
    middles = (centres[1:] + centres[:-1]) / 2
    return np.eye(len(centres))[np.searchsorted(middles, x)]


def _update(x, counts, shares):
    """Logarithms of the new shares (n, k), and weights, means and variances of the modes."""
    weighted = shares * counts[:, None]
    sums = weighted.sum(axis=0) + 1e-10
    middles = (weighted * x[:, None]).sum(axis=0) / sums
    spreads = (weighted * (x[:, None] - middles) ** 2).sum(axis=0) / sums + 1e-6
    precision, freedom = 1.0 + sums, 1.0 + sums
    means = sums * middles / precision  # the prior's mean is 0, its variance 1
    variances = (1.0 + sums * spreads + sums / precision * middles**2) / freedom
    first = 1.0 + sums
    second = CONCENTRATION + sums[::-1].cumsum()[::-1] - sums
    left = _digamma(second) - _digamma(first + second)
    log_weights = _digamma(first) - _digamma(first + second) + np.append(0, left.cumsum()[:-1])
    log_precisions = _digamma(freedom / 2) + np.log(2.0 / (freedom * variances))
    square = 1.0 / precision + (x[:, None] - means) ** 2 / variances
    stick = first / (first + second)
    weights = stick * np.append(1.0, (1.0 - stick).cumprod()[:-1])
    logs = log_weights + 0.5 * log_precisions - 0.5 * square
    return logs, (weights / weights.sum(), means, variances)


def _digamma(x):
    """The logarithmic derivative of the gamma function, for positive numbers, to 1e-9."""
    x, found = np.asarray(x, float), 0.0
    for _ in range(8):  # up to where the series holds
        found = found - 1.0 / x
        x = x + 1.0
    square = 1.0 / x**2
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return found + np.log(x) - 0.5 / x - series
