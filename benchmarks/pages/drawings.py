"""What is drawn of a trained model for docs/algorithms.md, and what is measured beside it.

Each drawing takes (model, held_out), a `data.Source` that was not trained on (but for the latent
tools), and returns a uint8 picture and a dict of numbers. Seeds are fixed and nothing is picked.
"""

import numpy as np

from gan_keras import images, latent_tools
from gan_keras.latent_tools import pictures

COLUMNS = 12
GAP = 10  # white pixels between the parts of a picture


def samples(model, held_out):
    """Samples; one row for each class of a conditional model."""
    return rows(model.sample(5 * COLUMNS, seed=0)), {}


def by_class(model, held_out):
    """Each row a class, each column the same latents."""
    latents = np.tile(model.latents(COLUMNS, seed=0), (model.num_classes, 1))
    labels = np.repeat(np.arange(model.num_classes), COLUMNS)
    return rows(model.decode(latents, labels=labels)), {}


def reconstructions(model, held_out):
    """Held-out images, and below each what comes back; then samples, where a prior is learned."""
    real = images.to_float(held_out.samples)
    again = model.reconstruct(real)
    error = float(np.square(again - real).mean())
    pairs = stacked([rows(part) for part in pairs_of(real, again, num_pairs=3)])
    picture = stacked([pairs, rows(model.sample(2 * COLUMNS, seed=0))])
    return picture, {"held_out_squared_error": round(error, 4), "held_out": len(real)}


def given_back(model, held_out):
    """BEGAN: samples; held-out images and what the discriminator gives back; samples and that."""
    real, fake = images.to_float(held_out.samples[:COLUMNS]), model.sample(COLUMNS, seed=1)
    judged = [
        rows(np.concatenate([part, np.asarray(model.discriminator(part, training=False))]))
        for part in (real, fake)
    ]
    return stacked([rows(model.sample(4 * COLUMNS, seed=0)), *judged]), {}


def codes(model, held_out):
    """InfoGAN: the category from left to right, then each continuous code from -2 to 2."""
    num_codes = len(model.codes.categories) + model.codes.num_continuous
    parts = [model.traverse(code, num_rows=3, seed=0) for code in range(num_codes)]
    return stacked([rows(part) for part in parts]), {}


def directions(model, held_out):
    """SeFa: three directions of three latents each, from -3 to 3."""
    generator = model.moving_average_generator or model.generator  # as the command does
    found = latent_tools.directions(generator, num=3)
    parts = [latent_tools.travel(model, d, num_rows=3, num_steps=COLUMNS, seed=0) for d in found]
    return stacked([rows(part) for part in parts]), {}


def interpolations(model, held_out):
    """Four walks between two samples."""
    walks = [model.interpolate(COLUMNS, seed=seed) for seed in range(4)]
    return rows(np.concatenate(walks)), {}


def truncations(model, held_out):
    """The same draws in every row, under ever narrower bounds."""
    bounds = (4, 2, 1, 0.5, 0.25)
    return rows(latent_tools.truncation_sweep(model, bounds, num=COLUMNS)), {"bounds": bounds}


def inversions(model, held_out):
    """Images and what was found for them; then the same, each turned upside down."""
    real = images.to_float(held_out.samples[:COLUMNS])
    parts, errors = [], {}
    for name, targets in {"upright": real, "upside_down": real[:, ::-1]}.items():
        found = latent_tools.invert(model, targets)
        parts += [rows(part) for part in pairs_of(targets, found.images, num_pairs=1)]
        errors[f"squared_error_{name}"] = round(float(found.errors.mean()), 4)
    return stacked(parts), {**errors, "inverted": len(real)}


def pairs_of(above, below, *, num_pairs):
    """Arrays of two rows each: one of `above`, and what belongs to it from `below`."""
    starts = range(0, num_pairs * COLUMNS, COLUMNS)
    return [np.concatenate([part[i : i + COLUMNS] for part in (above, below)]) for i in starts]


def rows(samples):
    """A grid of `COLUMNS` columns, or of the columns of an array (rows, columns, h, w, c)."""
    if samples.ndim == 4:
        samples = samples.reshape(-1, COLUMNS, *samples.shape[1:])
    return pictures.rows(samples)


def stacked(parts):
    """Pictures one below the other, with a white gap between."""
    spaced = []
    for part in parts:
        spaced += [np.full((GAP, *part.shape[1:]), 255, "uint8"), part]
    return np.concatenate(spaced[1:])


def enlarged(picture, factor=2):
    """The picture with each pixel `factor` pixels wide and high."""
    return picture.repeat(factor, axis=0).repeat(factor, axis=1)
