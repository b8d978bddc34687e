"""How many lines are as likely as real ones are: neither gibberish nor learnt by heart."""

import numpy as np

SHARE = 0.99  # of the real ones, that lie within what counts as likely


def look_alikes(fake, real, *, share=SHARE):
    """Share of lines whose likelihood lies within the range that real ones have.

    The range leaves out as many of the real ones below as above, so that of other real lines about
    `share` lie in it.

    Args:
        fake: float (n,), log-likelihoods under one model.
        real: float (m,), those of real lines that the model has not seen.
        share: in (0, 1). Defaults to .99.

    Returns:
        float in [0, 1].

    Example:
        >>> look_alikes([-9.0, -2.5, -1.0, -2.0], [-3.0, -2.0], share=0.9)
        0.5
    """
    low, high = np.quantile(real, [(1 - share) / 2, (1 + share) / 2])
    fake = np.asarray(fake)
    return float(((fake >= low) & (fake <= high)).mean())
