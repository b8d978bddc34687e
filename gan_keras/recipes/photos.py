"""Pictures of your own: settings that follow from their size, their channels and their number.

`RECIPE` is what comes out for the bundled renders. `suited` fits it to other data. What it chooses
are plain settings, which a run's config.json keeps, so that going on derives nothing anew.
"""

import math
import os
import pathlib

from gan_keras.recipes import length
from gan_keras.recipes.recipe import Recipe

IMAGES = 400_000  # that a whole run is shown
FEW = 5_000  # pictures below which the discriminator gets to know them by heart
SIDES = (64, 32)  # what a folder is brought to: the first that its pictures are large enough for
LARGEST = 128  # pixels of a side that these settings are meant for


def chosen(sample_shape, num_images):
    """Settings for images, as `Recipe.with_settings` takes them.

    Args:
        sample_shape: (height, width, channels).
        num_images: how many pictures there are.

    Raises:
        ValueError: samples that are no images, or images above 128 pixels.
    """
    if len(sample_shape) != 3:
        raise ValueError(
            f"The recipe 'photos' is for images (height, width, channels). Received samples of "
            f"shape {tuple(sample_shape)}. For points take `ring`."
        )
    height, width, _ = sample_shape
    if max(height, width) > LARGEST:
        raise ValueError(
            f"The recipe 'photos' is for images up to {LARGEST} pixels. Received: {height}x{width}."
            " Make them smaller: --size 64 (in Python, image_size=64)."
        )
    halvings = max(1, int(math.log2(max(8, min(height, width)) / 4)))
    widths = tuple(min(256, 32 * 2**i) for i in range(halvings))  # largest map first
    # On 1,911 emoji of 32 pixels (150 CPU s, one seed) the kernel distance was .36 with this rate,
    # .59 at a quarter of it and .72 at twice it; .31 with batches of 32 in place of 64.
    rate = {"name": "cosine_decay", "initial_learning_rate": 2e-3, "alpha": 0.1}
    adam = {"name": "adam", "learning_rate": rate, "beta_1": 0.0, "beta_2": 0.99}
    # With 3.0 a regular pattern stays, which the discriminator may not see; with 0.3 specks do.
    penalty = {"weight": 1.0, "interval": 8}
    few = num_images < FEW
    return {
        # Pixels are repeated and then convolved, in place of strides (Odena et al., 2016).
        "generator": {
            "latent_dim": 64,
            "widths": (*reversed(widths), 16),
            "mapping": 128,
            "upsampling": "resize",
            "kernel_size": 3,
        },
        "discriminator": {"widths": widths, "hidden": 128},
        "penalties": {"r1": penalty, "r2": penalty},
        "augment": {"name": "adaptive", "ramp_images": 50_000} if few else None,
        "generator_optimizer": adam,
        "discriminator_optimizer": adam,
        "batch_size": min(32, num_images),
    }


def suited(recipe, source):
    """The recipe with the settings that suit its data, and its length.

    Args:
        recipe: `RECIPE`, whose `data` and `data_arguments` may be changed.
        source: those data, from `gan_keras.data.source`.

    Raises:
        ValueError: see `chosen`.
    """
    suited = recipe.with_settings(chosen(source.sample_shape, source.num_samples))
    epochs = length.epochs_for(IMAGES, suited, source.num_samples)
    return suited.with_settings({"epochs": epochs})


def sized(recipe):
    """The recipe with a size for its images, where the data are a folder and nobody gave one.

    It is 64 pixels, or 32 if the first picture is smaller than that.
    """
    from gan_keras.data import folder

    is_folder = bool(recipe.data) and os.path.isdir(recipe.data)
    if not is_folder or recipe.data_arguments.get("image_size") is not None:
        return recipe
    split = recipe.data_arguments.get("split", "train")
    height, width, _ = folder.listed(pathlib.Path(recipe.data), channels=3, split=split).shape
    side = next((side for side in SIDES if min(height, width) >= side), SIDES[-1])
    return recipe.with_settings({"data_arguments.image_size": side})


RECIPE = Recipe(
    name="photos",
    summary="a folder of your pictures: settings follow from their size and number",
    data="fluent_emoji_renders",
    # Each real image is compared with a generated one, so that no kind of picture can be left out.
    loss="relativistic_paired",
    moving_average={"half_life": 20_000},
    epochs=300,
).with_settings(chosen((64, 64, 3), 1_413))
