"""DCGAN builders: shapes, ranges, conditioning, and the errors of wrong arguments."""

import keras
import numpy as np
import pytest

from gan_keras.layers import SpectralNorm
from gan_keras.layers.doubling_conv import DoublingConv2D
from gan_keras.networks import dcgan, mlp, r3gan

SHAPES = [(28, 28, 1), (32, 32, 3), (64, 64, 3), (128, 128, 3), (48, 96, 2)]


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_and_range(shape):
    generator = dcgan.generator(shape, latent_dim=5, upsampling="resize")
    discriminator = dcgan.discriminator(shape)
    images = generator(np.ones((2, 5), "float32"))
    assert images.shape == (2, *shape)
    assert images.dtype == "float32"
    assert float(np.abs(images).max()) <= 1.0
    scores = discriminator(images)
    assert scores.shape == (2, 1)
    assert scores.dtype == "float32"


def test_default_widths():
    # 28 -> 7 by two halvings: 7, 14 and 28 pixels; 32 channels at full size, doubling below.
    generator = dcgan.generator()
    assert generator.get_layer("base_map").output.shape == (None, 7, 7, 128)
    assert generator.get_layer("upsample_14").output.shape == (None, 14, 14, 64)
    assert generator.get_layer("upsample_28").output.shape == (None, 28, 28, 32)
    # 28 -> 14 -> 7 -> 4 with 32, 64 and 128 channels.
    assert dcgan.discriminator().get_layer("activation_2").output.shape == (None, 4, 4, 128)


def test_transposed_and_resized_kernels_count():
    # 4 x 4 x 64 x 32 weights either way, and a bias of 32 only without batch norm.
    transposed = dcgan.generator(upsampling="transpose", normalization=None)
    resized = dcgan.generator(upsampling="resize")
    assert transposed.get_layer("upsample_28").count_params() == 4 * 4 * 64 * 32 + 32
    assert resized.get_layer("upsample_28").count_params() == 4 * 4 * 64 * 32


def test_a_resized_kernel_of_three_is_a_doubling_and_a_convolution():
    generator = dcgan.generator((8, 8, 1), 4, widths=(6, 5), upsampling="resize", kernel_size=3)
    layer = generator.get_layer("upsample_8")
    assert isinstance(layer, DoublingConv2D)
    maps = np.random.default_rng(0).normal(size=(2, 4, 4, 6)).astype("float32")
    doubled = np.repeat(np.repeat(maps, 2, axis=1), 2, axis=2)
    wanted = keras.ops.conv(doubled, layer.kernel, padding="same")
    np.testing.assert_allclose(layer(maps), wanted, atol=1e-5)


def test_with_one_width_less_the_last_upsampling_makes_the_image():
    generator = dcgan.generator(widths=(8, 4))
    assert generator.get_layer("upsample_28").kernel.shape == (4, 4, 1, 4)
    assert generator.output_shape == (None, 28, 28, 1)


def test_conditional_generator_depends_on_the_label():
    generator = dcgan.generator((8, 8, 1), 4, widths=(4, 4), num_classes=3)
    assert [x.name for x in generator.inputs] == ["latents", "labels"]
    latents = np.ones((2, 4), "float32")
    images = np.array(generator([latents, np.array([0, 2])]))
    assert np.abs(images[0] - images[1]).max() > 1e-6


def test_the_label_is_quiet_beside_the_latents():
    """Of unit length, as a one-hot label: else each class becomes one image before z is learned."""
    for module, variance in ((dcgan, 1 / 32), (mlp, 1 / 32), (r3gan, 1 / 100)):
        shape = (2,) if module is mlp else (8, 8, 1)
        generator = module.generator(shape, 4, num_classes=100, embedding_dim=32)
        (table,) = generator.get_layer("label_embedding").get_weights()
        assert abs(table.var() / variance - 1) < 0.2, module.__name__


def test_a_mapping_reads_the_latents_and_the_label_alone():
    generator = dcgan.generator(
        (8, 8, 1), 3, widths=(4, 4), mapping=5, num_classes=3, embedding_dim=2
    )
    latents = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")
    labels = np.array([0, 1, 2, 0, 1, 2])
    mapped = keras.Model(generator.inputs, generator.get_layer("mapped").output)
    kernel, bias = generator.get_layer("mapping").get_weights()
    (table,) = generator.get_layer("label_embedding").get_weights()
    line = np.concatenate([latents, table[labels]], axis=1) @ kernel + bias
    expected = np.where(line > 0, line, 0.2 * line)
    np.testing.assert_allclose(mapped([latents, labels]), expected, atol=1e-6)
    assert generator.get_layer("base").kernel.shape == (5, 4 * 4 * 4)


def test_a_hidden_layer_makes_the_features():
    discriminator = dcgan.discriminator(
        (8, 8, 1), widths=(4,), hidden=6, normalization="spectral", num_classes=3
    )
    assert discriminator.get_layer("features").output.shape == (None, 6)
    assert discriminator.get_layer("label_projection").layer.input_dim == 3
    wrapped = {layer.layer.name for layer in discriminator.layers if hasattr(layer, "layer")}
    assert "hidden" in wrapped


@pytest.mark.parametrize(
    ("builder", "arguments", "message"),
    [
        (dcgan.generator, {"mapping": 0}, "`mapping` must be a positive integer or None"),
        (dcgan.discriminator, {"hidden": 1.5}, "`hidden` must be a positive integer or None"),
    ],
)
def test_units_that_can_not_be(builder, arguments, message):
    with pytest.raises(ValueError, match=message):
        builder(**arguments)


def test_projection_adds_the_inner_product_with_the_features():
    discriminator = dcgan.discriminator((8, 8, 1), widths=(4,), num_classes=3)
    features = keras.Model(discriminator.inputs, discriminator.get_layer("features").output)
    images = np.random.default_rng(0).normal(size=(2, 8, 8, 1)).astype("float32")
    labels = np.array([1, 2])
    h = np.array(features([images, labels]))
    kernel, bias = discriminator.get_layer("logits").get_weights()
    (embedding,) = discriminator.get_layer("label_projection").get_weights()
    expected = h @ kernel + bias + np.sum(h * embedding[labels], axis=1, keepdims=True)
    np.testing.assert_allclose(discriminator([images, labels]), expected, atol=1e-5)


def test_the_label_starts_as_loud_as_the_rest_of_the_logit(tmp_path):
    """A row of the projection is drawn as a kernel of its features is: sqrt(2 / 512), not / 3."""
    discriminator = dcgan.discriminator((8, 8, 1), widths=(64, 128), num_classes=3)
    layer = discriminator.get_layer("label_projection")
    assert layer.embeddings.shape == (3, 512)
    assert abs(float(np.std(layer.embeddings)) / (2 / 512) ** 0.5 - 1) < 0.1
    discriminator.save(tmp_path / "d.keras")
    again = keras.models.load_model(tmp_path / "d.keras").get_layer("label_projection")
    assert again.embeddings_initializer.initializer.get_config()["seed"] is None
    np.testing.assert_array_equal(again.embeddings, layer.embeddings)
    assert np.std(again.embeddings_initializer((3, 512))) < 0.1


def test_concatenation_gives_the_first_convolution_one_channel_per_class():
    discriminator = dcgan.discriminator(
        (8, 8, 2), widths=(4,), num_classes=3, conditioning="concatenation"
    )
    assert discriminator.get_layer("downsample_0").kernel.shape == (4, 4, 2 + 3, 4)
    images = np.zeros((2, 8, 8, 2), "float32")
    scores = np.array(discriminator([images, np.array([0, 1])]))
    assert abs(scores[0, 0] - scores[1, 0]) > 1e-6


def test_saves_and_loads(tmp_path):
    generator = dcgan.generator((8, 8, 1), 4, widths=(4, 4), num_classes=3)
    discriminator = dcgan.discriminator(
        (8, 8, 1), widths=(4, 4), num_classes=3, normalization="batch", conditioning="concatenation"
    )
    inputs = [np.ones((2, 4), "float32"), np.array([0, 2])]
    for model in (generator, discriminator):
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(tmp_path / "model.keras")
        np.testing.assert_array_equal(loaded(inputs), model(inputs))
        inputs = [np.ones((2, 8, 8, 1), "float32"), inputs[1]]


def test_logits_stay_float32_in_mixed_precision():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        generator = dcgan.generator((8, 8, 1), 4, widths=(4, 4))
        discriminator = dcgan.discriminator((8, 8, 1), widths=(4,))
    finally:
        keras.config.set_dtype_policy("float32")
    images = generator(np.ones((2, 4), "float32"), training=True)
    assert images.dtype == "float32"
    assert discriminator(images).dtype == "float32"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image_shape": (28, 28)}, "height, width, channels"),
        ({"image_shape": (30, 30, 1)}, "base of 4 to 7"),
        ({"image_shape": (6, 6, 1)}, "base of 4 to 7"),
        ({"widths": (8,)}, "3 positive integers"),
        ({"kernel_size": 5}, "even"),
        ({"upsampling": "bilinear"}, "upsampling"),
        ({"normalization": "layer"}, "normalization"),
        ({"num_classes": 1}, "num_classes"),
        ({"latent_dim": 0}, "latent_dim"),
    ],
)
def test_wrong_arguments_say_so(arguments, message):
    with pytest.raises(ValueError, match=message) as caught:
        dcgan.generator(**arguments)
    assert "\n" not in str(caught.value)


def test_spectral_normalization_wraps_every_kernel():
    discriminator = dcgan.discriminator(
        (8, 8, 1), widths=(4, 4), normalization="spectral", num_classes=3
    )
    wrapped = [layer.name for layer in discriminator.layers if isinstance(layer, SpectralNorm)]
    assert set(wrapped) == {"downsample_0", "downsample_1", "logits", "label_projection"}


def test_auxiliary_discriminator_guesses_the_class_from_the_image():
    discriminator = dcgan.discriminator((8, 8, 1), widths=(4,), num_classes=3, auxiliary=True)
    assert [x.name for x in discriminator.inputs] == ["images"]
    logits, class_logits = discriminator(np.zeros((2, 8, 8, 1), "float32"))
    assert logits.shape == (2, 1)
    assert class_logits.shape == (2, 3)
    with pytest.raises(ValueError, match="num_classes"):
        dcgan.discriminator(auxiliary=True)


def test_layers_of_equal_shape_start_with_different_kernels():
    discriminator = dcgan.discriminator((16, 16, 4), widths=(4, 4), normalization="batch")
    one, other = (np.array(discriminator.get_layer(f"downsample_{i}").kernel) for i in (0, 1))
    assert one.shape == other.shape
    assert np.abs(one - other).max() > 1e-3
