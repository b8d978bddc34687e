"""What costs nothing: real sequences, each place shuffled on its own."""

import numpy as np


def shuffled(samples, labels=None, *, seed=0):
    """Sequences whose every place is as often which symbol, but knows nothing of the others.

    Args:
        samples: int (n, length).
        labels: int (n,): symbols stay within their class; or None.
        seed: int.

    Returns:
        The same, shuffled.
    """
    samples = np.array(samples)
    random = np.random.default_rng(seed)
    labels = np.zeros(len(samples), int) if labels is None else np.asarray(labels)
    for label in np.unique(labels):
        samples[labels == label] = random.permuted(samples[labels == label], axis=0)
    return samples
