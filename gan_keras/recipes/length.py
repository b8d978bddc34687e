"""How long a run is, told in images or rows: what counts alike for 300 of them and for 50,000."""

import math

ENOUGH_STEPS = 1_000  # below which a GAN has not learned much yet
UNITS = {"k": 1_000, "m": 1_000_000}


def parsed(text):
    """A number of images or rows from "400k", "1.5M" or "400000".

    Raises:
        ValueError: it is none, or below 1.
    """
    digits, unit = text.strip().replace("_", "").replace(",", ""), 1
    if digits[-1:].lower() in UNITS:
        digits, unit = digits[:-1], UNITS[digits[-1].lower()]
    try:
        number = round(float(digits) * unit)
    except (ValueError, OverflowError):
        number = 0
    if not 1 <= number < 10**12:
        raise ValueError(
            f"A number of images or rows is written 400k, 1.5M or 400000, and is at least 1. "
            f"Received: '{text}'."
        )
    return number


def epochs_for(images, recipe, num_samples):
    """Passes over the data in which a run is shown so many images or rows, rounded up.

    Args:
        images: how many, at least 1; each counts once for each pass.
        recipe: the `Recipe`, whose batches are whole.
        num_samples: of the data.
    """
    per_step = recipe.batch_size * recipe.discriminator_steps
    per_pass = num_samples // per_step * per_step
    return math.ceil(images / max(per_pass, 1))


def as_long_as_suits(recipe, source, *, passes, shown):
    """The recipe with so many passes over its data, within bounds of what a whole run is shown.

    So a few hundred samples have as many steps as some thousand, and a million do not take hours.

    Args:
        recipe: a `Recipe`.
        source: its data, from `gan_keras.data.source`.
        passes: over the data.
        shown: two numbers of samples: at least, at most.
    """
    per_pass = source.num_samples // recipe.batch_size * recipe.batch_size
    images = min(max(passes * per_pass, shown[0]), shown[1])
    return recipe.with_settings({"epochs": epochs_for(images, recipe, source.num_samples)})


def too_short(steps, images_per_step, steps_per_epoch, *, unit="images"):
    """One line that says so if a run is too short to mean anything; or None.

    Args:
        steps: of the run.
        images_per_step: how many images or rows a step is shown.
        steps_per_epoch: of a pass over the data.
        unit: "images" or "rows". Defaults to "images".
    """
    if steps >= ENOUGH_STEPS:
        return None
    enough = math.ceil(ENOUGH_STEPS / steps_per_epoch)
    thousands = math.ceil(enough * steps_per_epoch * images_per_step / 1_000)
    return (
        f"This run has {steps} steps. That is too few to tell how good its {unit} can become. "
        f"Give it {ENOUGH_STEPS} or more: --{unit} {thousands}k, which is --epochs {enough}."
    )
