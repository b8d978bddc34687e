"""A truncation sweep: variety traded for quality, step by step."""

import numpy as np

from gan_keras.layers.styles import has_styles
from gan_keras.models import validation


def truncation_sweep(model, truncations=None, *, num=8, labels=None, seed=0) -> np.ndarray:
    """The same draws under each truncation, to choose one by eye.

    Args:
        model: a trained model that samples, such as a `GAN`.
        truncations: list of numbers as `model.sample` takes them; None for `usual` ones.
        num: samples in each row.
        labels: for a conditional model, an integer for all or one for each sample (num,); None for
            the classes in turn.
        seed: integer; every row has the same draws, so that a column shows one sample's way.

    Returns:
        float32 array (len(truncations), num, *sample shape); for a picture,
        `images.grid(array.reshape(-1, *array.shape[2:]), columns=num)`.

    Raises:
        ValueError: no truncation, or one out of range.
    """
    validation.check_positive_integers(num=num)
    truncations = list(usual(model) if truncations is None else truncations)
    if not truncations:
        raise ValueError("`truncations` is empty. Give numbers, for example (4, 2, 1, 0.5).")
    rows = [
        model.sample(num, labels=labels, seed=seed, truncation=truncation)
        for truncation in truncations
    ]
    return np.stack(rows)


def noisy(model, truncation):
    """One line if a truncation is so strong that a network made of it what it never learned.

    Latents of a normal prior whose every number is below 1 are far shorter than any that training
    saw, and most generators make noise of them (Brock et al. 2019, arXiv 1809.11096, section 3.1:
    most of theirs did, without a penalty against it). A generator of styles truncates otherwise.

    Returns:
        The line, or None.
    """
    if truncation is None or not 0 < truncation < 1 or model.prior != "normal":
        return None
    if has_styles(model.generator):
        return None
    return (
        f"Latents below {truncation:g} are shorter than any that this generator learned from; it "
        "may draw noise. Take 1 to 2, and compare: gan-keras truncations RUN."
    )


def usual(model):
    """Truncations from next to none to strong ones, for the kind of model.

    Shares of the way from the average w for a generator of styles (StyleGAN2), half-widths of the
    cube for a uniform prior, and for a normal one bounds of the latents, of which 4 cuts off few.
    """
    if has_styles(model.generator):
        return (1.0, 0.7, 0.5, 0.3, 0.0)
    return (1.0, 0.7, 0.5, 0.3, 0.1) if model.prior == "uniform" else (4.0, 2.0, 1.0, 0.5, 0.25)
