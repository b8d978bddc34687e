"""Named, tested settings: each recipe one file of plain Python. Imports no TensorFlow.

To add one: a file with `RECIPE = Recipe(...)` and the reason for each number, and its line here.
"""

from gan_keras.recipes import (
    captions,
    cifar10_biggan,
    cifar10_dcgan,
    cifar10_projection,
    cifar10_r3gan,
    cifar10_sagan,
    cifar10_sngan,
    cifar10_stylegan2_ada,
    ctgan,
    cut,
    cyclegan,
    doppelganger,
    emoji_colorization,
    emoji_cut,
    emoji_cyclegan,
    emoji_flat_to_render,
    emoji_flat_to_render_plain,
    emoji_pix2pix,
    emoji_pix2pix_plain,
    emoji_super_resolution,
    esrgan,
    fashion_mnist_acgan,
    fashion_mnist_ada,
    fashion_mnist_adversarial_autoencoder,
    fashion_mnist_began,
    fashion_mnist_bigan,
    fashion_mnist_biggan,
    fashion_mnist_concatenation,
    fashion_mnist_conditional,
    fashion_mnist_consistency,
    fashion_mnist_dcgan,
    fashion_mnist_diffaugment,
    fashion_mnist_dragan,
    fashion_mnist_feature_matching,
    fashion_mnist_few,
    fashion_mnist_hinge_sn,
    fashion_mnist_historical_averaging,
    fashion_mnist_infogan,
    fashion_mnist_least_squares,
    fashion_mnist_lecam,
    fashion_mnist_minimax,
    fashion_mnist_non_saturating,
    fashion_mnist_pacgan,
    fashion_mnist_projection,
    fashion_mnist_r3gan,
    fashion_mnist_relativistic_average,
    fashion_mnist_sagan,
    fashion_mnist_ssgan,
    fashion_mnist_stacked,
    fashion_mnist_stylegan2,
    fashion_mnist_top_k,
    fashion_mnist_vae_gan,
    fashion_mnist_wgan,
    fashion_mnist_wgan_gp,
    garments_inpainting,
    grid,
    label_map_synthesis,
    lama,
    lines,
    mnist_dcgan,
    moving_garments,
    names,
    names_policy,
    names_relgan,
    photos,
    pix2pix,
    ring,
    sequences,
    series,
    sounds,
    spade,
    splice_junctions,
    spoken_digits,
    srgan,
    table,
    videos,
    vocoder,
    wavegan,
)
from gan_keras.recipes.recipe import Recipe
from gan_keras.spelling import nearest

DEFAULT = fashion_mnist_dcgan.RECIPE.name

NAMES = {
    module.RECIPE.name: module.RECIPE
    for module in (
        fashion_mnist_dcgan,
        photos,
        fashion_mnist_conditional,
        fashion_mnist_minimax,
        fashion_mnist_non_saturating,
        fashion_mnist_least_squares,
        fashion_mnist_wgan,
        fashion_mnist_wgan_gp,
        fashion_mnist_dragan,
        fashion_mnist_hinge_sn,
        fashion_mnist_relativistic_average,
        fashion_mnist_r3gan,
        fashion_mnist_pacgan,
        fashion_mnist_top_k,
        fashion_mnist_feature_matching,
        fashion_mnist_historical_averaging,
        fashion_mnist_sagan,
        fashion_mnist_stylegan2,
        fashion_mnist_concatenation,
        fashion_mnist_projection,
        fashion_mnist_acgan,
        fashion_mnist_biggan,
        fashion_mnist_infogan,
        fashion_mnist_ssgan,
        fashion_mnist_bigan,
        fashion_mnist_began,
        fashion_mnist_adversarial_autoencoder,
        fashion_mnist_vae_gan,
        fashion_mnist_few,
        fashion_mnist_diffaugment,
        fashion_mnist_ada,
        fashion_mnist_lecam,
        fashion_mnist_consistency,
        fashion_mnist_stacked,
        mnist_dcgan,
        cifar10_dcgan,
        cifar10_sngan,
        cifar10_projection,
        cifar10_sagan,
        cifar10_biggan,
        cifar10_stylegan2_ada,
        cifar10_r3gan,
        ring,
        grid,
        emoji_pix2pix,
        emoji_pix2pix_plain,
        emoji_flat_to_render,
        emoji_flat_to_render_plain,
        emoji_cyclegan,
        emoji_cut,
        emoji_colorization,
        emoji_super_resolution,
        garments_inpainting,
        label_map_synthesis,
        pix2pix,
        cyclegan,
        cut,
        spade,
        srgan,
        esrgan,
        lama,
        table,
        ctgan,
        sequences,
        splice_junctions,
        lines,
        names,
        captions,
        names_policy,
        names_relgan,
        sounds,
        spoken_digits,
        wavegan,
        vocoder,
        series,
        doppelganger,
        videos,
        moving_garments,
    )
}

# Those whose settings follow from their data, by name: function of (recipe, source).
SUITED = {
    module.RECIPE.name: module.suited
    for module in (photos, table, lines, captions, names_policy, names_relgan, vocoder)
}


def get(name=DEFAULT) -> Recipe:
    """A recipe by its name.

    Raises:
        ValueError: an unknown name; the nearest one is named.
    """
    if name not in NAMES:
        raise ValueError(f"Unknown recipe '{name}'.{nearest(name, NAMES)}")
    return NAMES[name]


def default_for(data):
    """Name of the recipe for data that came without one: by what a file or folder holds."""
    from gan_keras import data as data_sets
    from gan_keras.data import sequences as sequence_files
    from gan_keras.data import sounds as sound_files
    from gan_keras.data import tables

    if data in data_sets.SEQUENCES:
        return data  # each has a recipe of its name
    if data in data_sets.SOUNDS:
        return spoken_digits.RECIPE.name
    if data is not None and sound_files.is_sounds(data):
        return sounds.RECIPE.name
    if data in data_sets.VIDEOS:
        return moving_garments.RECIPE.name
    if data in data_sets.SERIES:
        return series.RECIPE.name
    if data is not None and sequence_files.is_sequences(data):
        return (sequences if sequence_files.is_fasta(data) else lines).RECIPE.name
    if data is not None and (data == table.RECIPE.data or tables.is_table(data)):
        return table.RECIPE.name
    return DEFAULT if data is None or data in data_sets.NAMES else photos.RECIPE.name


__all__ = ["DEFAULT", "NAMES", "SUITED", "Recipe", "default_for", "get"]
