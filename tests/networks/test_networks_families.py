"""What makes each family what it is: attention, latents by piece, identity blocks, truncation."""

import keras
import numpy as np
import pytest

from gan_keras.layers import AddNoise, ConditionalBatchNorm, SelfAttention, SpectralNorm
from gan_keras.networks import biggan, r3gan, resnet, sagan, stylegan2


def layers_of(model, kind):
    return [layer for layer in model._flatten_layers() if isinstance(layer, kind)]


def normal(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


# ---------------------------------------------------------------------------------- residual


@pytest.mark.parametrize("size", [28, 32])
def test_residual_networks_fit_each_other_by_default(size):
    generator = resnet.generator((size, size, 1), 4, widths=(4,) * (3 if size == 28 else 4))
    assert generator.output_shape == (None, size, size, 1)
    discriminator = resnet.discriminator((size, size, 1))
    # 28 -> 14 -> 7 and 32 -> 16 -> 8 -> 4, then a block that keeps the size.
    assert discriminator.get_layer("last_activation").output.shape[1] == {28: 7, 32: 4}[size]


def test_residual_features_are_summed_over_the_map():
    discriminator = resnet.discriminator((8, 8, 1), widths=(4,))
    inside = keras.Model(
        discriminator.input,
        [discriminator.get_layer(n).output for n in ("last_activation", "features")],
    )
    maps, features = inside(normal(2, 8, 8, 1))
    np.testing.assert_allclose(features, np.sum(maps, axis=(1, 2)), rtol=1e-5)


def test_conditional_residual_generator_has_conditional_norms_and_attention():
    generator = resnet.generator((16, 16, 1), 4, widths=(4, 4, 4), num_classes=3, attention_at=8)
    assert len(layers_of(generator, ConditionalBatchNorm)) == 4  # two in each of two blocks
    (attention,) = layers_of(generator, SelfAttention)
    assert attention.output.shape == (None, 8, 8, 4)
    with pytest.raises(ValueError, match=r"\[8, 16\]"):
        resnet.generator((16, 16, 1), 4, widths=(4, 4, 4), attention_at=7)


def test_sagan_attends_at_half_the_size_with_spectral_norm_in_both_players():
    generator = sagan.generator((28, 28, 1), 4, widths=(4, 4, 4))
    discriminator = sagan.discriminator((28, 28, 1), widths=(4, 4))
    for model in (generator, discriminator):
        (attention,) = layers_of(model, SelfAttention)
        assert attention.output.shape[1] == 14
        assert len(layers_of(model, SpectralNorm)) > 8
    assert sagan.default_attention((128, 128, 3)) == 32


@pytest.mark.parametrize(("size", "height"), [(8, 8), (14, 14), (16, 8), (28, 14)])
def test_attention_is_where_there_is_a_map(size, height):
    pieces = 2 if size < 16 else 3
    for generator in (
        sagan.generator((size, size, 1), 4, widths=(4,) * pieces),
        biggan.generator((size, size, 1), widths=(4,) * pieces, num_classes=3, embedding_dim=5),
    ):
        (attention,) = layers_of(generator, SelfAttention)
        assert attention.output.shape[1] == height


def test_biggan_gives_each_block_its_piece_of_the_latents():
    generator = biggan.generator((8, 8, 1), widths=(4, 4), num_classes=3, embedding_dim=5)
    assert generator.input_shape[0] == (None, 40)  # 20 for each of two sizes
    assert generator.get_layer("base").layer.kernel.shape == (20, 4 * 4 * 4)
    assert generator.get_layer("condition_8").output.shape == (None, 5 + 20)
    with pytest.raises(ValueError, match=r"one of \[8\]\. Received: 7"):
        biggan.generator((8, 8, 1), widths=(4, 4), num_classes=3, attention_at=7)
    with pytest.raises(ValueError, match="multiple of 2"):
        biggan.generator((8, 8, 1), 5, num_classes=3)
    with pytest.raises(ValueError, match="conditional"):
        biggan.generator((8, 8, 1), num_classes=None)


# ------------------------------------------------------------------------------------- R3GAN


def test_r3gan_blocks_start_as_the_identity():
    discriminator = r3gan.discriminator((8, 8, 1), widths=(16, 16), num_blocks=1)
    inside = keras.Model(
        discriminator.input,
        [discriminator.get_layer(n).output for n in ("from_image", "block_0_0_add")],
    )
    before, after = inside(normal(2, 8, 8, 1))
    np.testing.assert_array_equal(before, after)


def test_r3gan_kernels_are_damped_by_the_number_of_blocks():
    # Two sizes of two blocks: L = 4, and L^(-1/4) = 1 / sqrt(2). Fan-in 64; gain sqrt(2 / 1.04).
    generator = r3gan.generator((8, 8, 1), 4, widths=(64, 64), num_blocks=2)
    kernel = np.array(generator.get_layer("block_0_0_expand").kernel)
    expected = np.sqrt(2 / 1.04) / np.sqrt(2) / np.sqrt(64)
    assert abs(kernel.std() / expected - 1) < 0.05
    grouped = np.array(generator.get_layer("block_0_0_grouped").kernel)
    assert grouped.shape == (3, 3, 16, 128)  # groups of 16
    assert abs(grouped.std() / (np.sqrt(2 / 1.04) / np.sqrt(2) / np.sqrt(9 * 16)) - 1) < 0.05
    # fan-in of the last convolution over the whole map: its pixels
    basis = np.array(r3gan.discriminator((8, 8, 1), widths=(64, 64)).get_layer("basis").kernel)
    assert abs(basis.std() / 0.25 - 1) < 0.1


def test_r3gan_refuses_widths_that_groups_do_not_divide():
    with pytest.raises(ValueError, match="group_size"):
        r3gan.generator((8, 8, 1), widths=(12, 12))


# --------------------------------------------------------------------------------- StyleGAN2


def tiny_stylegan2(**arguments):
    keras.utils.set_random_seed(0)
    return stylegan2.generator((8, 8, 1), 4, widths=(8, 4), **arguments)


def test_stylegan2_halves_compose_to_the_generator():
    generator = tiny_stylegan2()
    styles, synthesis = stylegan2.styles_and_synthesis(generator)
    latents = normal(3, 4)
    assert styles(latents).shape == (3, 4, 4)  # two styles for each of two sizes
    np.testing.assert_allclose(synthesis(styles(latents)), generator(latents), atol=1e-6)


@pytest.mark.parametrize("num_classes", [None, 3])
def test_stylegan2_truncation(num_classes):
    generator = tiny_stylegan2(num_classes=num_classes)
    latents = normal(3, 4) if num_classes is None else [normal(3, 4), np.array([0, 1, 2])]
    for _ in range(3):
        generator(latents, training=True)
    assert np.abs(np.array(generator.get_layer("truncate").average)).max() > 0
    full = stylegan2.truncated(generator, 1.0)
    np.testing.assert_allclose(full(latents), generator(latents), atol=1e-6)
    average = np.array(stylegan2.truncated(generator, 0.0)(latents))
    np.testing.assert_allclose(average[0], average[1], atol=1e-6)  # all the average image
    half = np.array(stylegan2.truncated(generator, 0.5)(latents))
    assert np.abs(half - average).max() > 1e-4
    assert full.input_shape == generator.input_shape
    for wrong in (-5, 1.1, float("nan")):
        with pytest.raises(ValueError, match=rf"in \[0, 1\].* Received: {wrong}"):
            stylegan2.truncated(generator, wrong)


def test_stylegan2_noise_streams_differ_and_sampling_repeats():
    generator = tiny_stylegan2()
    noises = layers_of(generator, AddNoise)
    assert len({layer.seed for layer in noises}) == len(noises) == 3
    for layer in noises:
        layer.strength.assign(1.0)
    latents = normal(2, 4)
    np.testing.assert_array_equal(generator(latents), generator(latents))
    one, two = (np.array(generator(latents, training=True)) for _ in range(2))
    assert np.abs(one - two).max() > 1e-3


def test_stylegan2_without_mixing_or_minibatch_statistics():
    generator = tiny_stylegan2(mixing_probability=0)
    assert "other_latents" not in [layer.name for layer in generator.layers]
    discriminator = stylegan2.discriminator((8, 8, 1), widths=(4, 8), group_size=None)
    images = normal(4, 8, 8, 1)
    # Each score is the image's own.
    np.testing.assert_allclose(discriminator(images)[:1], discriminator(images[:1]), atol=1e-5)
    with pytest.raises(ValueError, match="mixing_probability"):
        tiny_stylegan2(mixing_probability=2)
