"""A number and how far it may be off: the bootstrap over rows."""

import dataclasses
from collections.abc import Callable

import numpy as np

DRAWS = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class Estimate:
    """A score and its bootstrap.

    Attributes:
        value: float.
        std: float, standard deviation over draws of the rows, or None where there are none.
        low: float, from which on 95 of 100 draws lie, or None.
        high: float, up to which they lie, or None.
    """

    value: float
    std: float | None = None
    low: float | None = None
    high: float | None = None


def of_share(share, num):
    """The `Estimate` of a share of `num` samples, with the binomial error."""
    share = float(share)
    return Estimate(value=share, std=float(np.sqrt(share * (1 - share) / num)))


def bounded(value, std):
    """The `Estimate` of a number in [0, 1]: two standard errors on either side, within the two."""
    low, high = max(value - 1.96 * std, 0.0), min(value + 1.96 * std, 1.0)
    return Estimate(value=value, std=std, low=low, high=high)


def bootstrap(statistic: Callable, strata, *, draws=DRAWS, seed=0):
    """An `Estimate` of a statistic of rows that carry weights.

    The rows of each stratum are drawn again with replacement: their weight is how often each came.
    It says how far another draw of the same rows would move the score, not how far another training
    of the generator would.

    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13 (percentiles).

    Args:
        statistic: function of weights (num,) -> float.
        strata: int (num,), which rows are drawn among one another.
        draws: int; 0 for the value alone. Defaults to 200.
        seed: int. Defaults to 0.
    """
    strata = np.asarray(strata)
    value = float(statistic(np.ones(len(strata))))
    if not draws:
        return Estimate(value=value)
    random, places = np.random.default_rng(seed), []
    for stratum in np.unique(strata):
        places.append(np.flatnonzero(strata == stratum))
    found = np.empty(draws)
    for draw in range(draws):
        weights = np.zeros(len(strata))
        for rows in places:
            drawn = random.integers(0, len(rows), len(rows))
            weights[rows] = np.bincount(drawn, minlength=len(rows))
        found[draw] = statistic(weights)
    low, high = np.quantile(found, (0.025, 0.975))
    return Estimate(value=value, std=float(found.std(ddof=1)), low=float(low), high=float(high))
