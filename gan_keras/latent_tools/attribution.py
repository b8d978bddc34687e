"""Attribution: is an image a sample of this generator? By how near its samples come to it."""

import dataclasses

import numpy as np

from gan_keras.latent_tools.inversion import invert


@dataclasses.dataclass(frozen=True)
class Attribution:
    """What `attribute` found.

    Args:
        errors: float32 (num,), the squared error of each image's inversion.
        real_errors: float32 (m,), those of the real images.
        p_values: float64 (num,), see `p_values`.
    """

    errors: np.ndarray
    real_errors: np.ndarray
    p_values: np.ndarray


def attribute(model, images, real, *, num_steps=100, num_starts=2, seed=0) -> Attribution:
    """Looks for each image among the samples of a model, and for real images beside.

    A generator's own samples lie where it can go, so an inversion comes nearer to them than to real
    images that it never saw. How much nearer, real images say. docs/pages.md says how well it
    does, and where it fails.

    Source: Albright and McCloskey, 2019, arXiv:1905.02259, who attribute by inversion.

    Args:
        model: a trained model that samples images.
        images: float array (num, *sample shape) in [-1, 1].
        real: float array (m, *sample shape) in [-1, 1]: real images, not trained on.
        num_steps, num_starts, seed: as for `invert`.

    Returns:
        An `Attribution`.
    """
    given = np.concatenate([images, real])
    found = invert(model, given, num_steps=num_steps, num_starts=num_starts, seed=seed)
    errors, real_errors = found.errors[: len(images)], found.errors[len(images) :]
    return Attribution(errors, real_errors, p_values(errors, real_errors))


def p_values(errors, real_errors):
    """How rarely a real image comes as near: (1 + k) / (1 + m), where k real ones do.

    Of an image that comes from where the real ones do, it is at most x with a chance of at most x
    (Davison and Hinkley, 1997, section 4.2). It is never 0: of 99 real images the least is 0.01.

    Args:
        errors: (num,).
        real_errors: (m,).

    Returns:
        float64 (num,).

    Example:
        >>> p_values([0.1, 0.3], [0.2, 0.3, 0.4]).tolist()
        [0.25, 0.75]
    """
    nearer = np.searchsorted(np.sort(real_errors), errors, side="right")
    return (1 + nearer) / (1 + len(real_errors))
