"""Scores of pairs: fake i against the real i that it should have been."""

import dataclasses
from collections.abc import Callable

import numpy as np

from gan_keras.metrics.features.base import digest
from gan_keras.metrics.low_resolution_consistency import low_resolution_consistency
from gan_keras.metrics.pixel_l1 import pixel_l1
from gan_keras.metrics.psnr import psnr
from gan_keras.metrics.score import Score
from gan_keras.metrics.ssim import ssim
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.spelling import nearest

AT_ONCE = 64  # pairs


@dataclasses.dataclass(frozen=True, kw_only=True)
class Paired:
    """One entry of the table.

    Attributes:
        compute: function of (fake, real) and keywords -> float64 (num,).
        channels: "all" or "y"; None for a score that is not asked.
        needs: what else it takes: "mask", or "low_resolution" and "scale".
    """

    compute: Callable
    channels: str | None = "all"
    needs: tuple = ()


PAIRED = {
    "psnr": Paired(compute=psnr),
    "psnr_y": Paired(compute=psnr, channels="y"),
    "psnr_hole": Paired(compute=psnr, needs=("mask",)),
    "ssim": Paired(compute=ssim),
    "ssim_y": Paired(compute=ssim, channels="y"),
    "ssim_hole": Paired(compute=ssim, needs=("mask",)),
    "l1": Paired(compute=pixel_l1),
    "l1_hole": Paired(compute=pixel_l1, needs=("mask",)),
    "low_resolution_psnr": Paired(
        compute=low_resolution_consistency, channels=None, needs=("low_resolution", "scale")
    ),
}


def evaluate_pairs(
    fake,
    real,
    *,
    metrics=("psnr", "ssim", "l1"),
    crop=0,
    mask=None,
    low_resolution=None,
    scale=None,
    data="array",
    seed=0,
) -> list[Score]:
    """Scores of translations against the images that they should have been.

    A number says little without its baseline: pass what the translator was given as `fake` (for
    super-resolution, enlarged by bicubic), and its scores compare with those of the translations.
    Inpainting scored on whole images counts the known pixels, too: add the "hole" scores.

    Args:
        fake: uint8 (num, h, w, c); `images.to_uint8` makes them.
        real: uint8 of the same shape; fake i is compared with real i.
        metrics: names; see `PAIRED`. "y" is the luma, "hole" the missing pixels alone. Defaults to
            ("psnr", "ssim", "l1").
        crop: int >= 0, pixels left out at each border; super-resolution crops `scale`. The names of
            scores then end in e.g. "_crop4". Defaults to 0.
        mask: (num, h, w) or (num, h, w, 1), 1 where a pixel was missing; for the "hole" scores.
        low_resolution: uint8 (num, h / scale, w / scale, c), the inputs; with `scale`, an int, for
            "low_resolution_psnr", which crops nothing.
        data: str, what scores call the real images. Defaults to "array".
        seed: int, of the samples, as scores state it. Defaults to 0.

    Returns:
        A list of `Score`, in the order of `metrics`: the mean over images (one without any error,
        whose PSNR is infinite, counts as the best of the others), and as `std` the spread
        of images (`ddof=0`), None where it is not finite.

    Raises:
        ValueError: an unknown metric, something missing that it needs, or images that don't pair.

    Example:
        >>> real = np.zeros((2, 8, 8, 3), "uint8")
        >>> [score] = evaluate_pairs(real + 51, real, metrics=["l1"], crop=1)
        >>> score.metric, round(score.value, 6), score.num_fake
        ('l1_crop1', 0.2, 2)
    """
    given = {"mask": mask, "low_resolution": low_resolution, "scale": scale}
    wanted = _chosen(metrics, given)
    fake, real = np.asarray(fake), np.asarray(real)
    named = f"{data}@{digest(real)}"
    scores = []
    for name, metric in wanted.items():
        values = _bounded(_values(metric, fake, real, crop, given))
        spread = values.std() if np.isfinite(values).all() else None
        scores.append(
            Score(
                metric=f"{name}_crop{crop}" if crop and metric.channels else name,
                value=float(values.mean()),
                std=None if spread is None else float(spread),
                extractor=NO_FEATURES,
                resize="none",
                num_real=len(real),
                num_fake=len(fake),
                data=named,
                seed=seed,
            )
        )
    return scores


def _values(metric, fake, real, crop, given):
    """The score of each pair, some at a time: they become float64."""
    found = []
    for start in range(0, max(len(fake), 1), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        more = {
            need: given[need] if need == "scale" else given[need][part] for need in metric.needs
        }
        if metric.channels is None:
            found.append(metric.compute(fake[part], **more))
        else:
            pair = fake[part], real[part]
            found.append(metric.compute(*pair, crop=crop, channels=metric.channels, **more))
    return np.concatenate(found)


def _bounded(values):
    """Scores of pairs that are equal, infinite in decibels, as the best of the others."""
    finite = np.isfinite(values)
    return np.minimum(values, values[finite].max()) if finite.any() else values


def _chosen(names, given):
    names = [names] if isinstance(names, str) else list(names)
    if not names:
        raise ValueError(f"No metrics to compute. Known: {', '.join(PAIRED)}.")
    for name in names:
        if name not in PAIRED:
            raise ValueError(f"Unknown metric '{name}'.{nearest(name, PAIRED)}")
        for need in PAIRED[name].needs:
            if given[need] is None:
                raise ValueError(f"'{name}' needs `{need}`. Pass it, or leave '{name}' out.")
    return {name: PAIRED[name] for name in names}
