"""SPADE, super-resolution and LaMa: the papers' numbers of weights, inputs, saving, precision."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.layers import SpectralNorm
from gan_keras.layers.fourier_unit import set_fourier_method
from gan_keras.networks import lama, rrdb, sizes, spade, srresnet, unet_discriminator
from gan_keras.networks import vgg_discriminator as vgg


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def trainable(model):
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


# ------------------------------------------------------------------------- numbers of weights

# Of the reference code, instantiated. Zeros and no power iterations, since only shapes count.
QUICK = {"initializer": "zeros"}
PLAIN = {**QUICK, "spectral_norm": False}
COUNTS = {
    "srresnet x4": (lambda: srresnet.generator(**QUICK), 1_517_571),
    "srresnet x2": (lambda: srresnet.generator(scale=2, **QUICK), 1_369_859),
    "rrdb 6": (lambda: rrdb.generator(num_blocks=6, **QUICK), 4_467_779),
    "vgg 128": (lambda: vgg.discriminator((128, 128, 3), **QUICK), 14_499_401),
    "unet": (lambda: unet_discriminator.discriminator(**PLAIN), 4_376_897),
    "lama 2": (lambda: lama.generator(num_blocks=2, **QUICK), 27_048_835 - 7 * 2_658_560),
    "spade encoder": (lambda: spade.encoder((256, 256, 3), **PLAIN), 10_463_424),
}
SLOW_COUNTS = {
    "rrdb x4": (lambda: rrdb.generator(**QUICK), 16_697_987),
    "rrdb x2": (lambda: rrdb.generator(scale=2, **QUICK), 16_703_171),
    "lama": (lambda: lama.generator((256, 256, 4), (256, 256, 3), **QUICK), 27_048_835),
    "big lama": (lambda: lama.generator(num_blocks=18, **QUICK), 50_975_875),
}
SPADES = {  # height, width, channels of the label map: generator, discriminator
    (256, 256, 184): (97_480_899, 5_904_514),
    (256, 256, 151): (96_492_483, 5_836_930),
    (256, 512, 36): (93_048_003, 5_601_410),
}


@pytest.mark.parametrize("name", COUNTS)
def test_as_many_weights_as_the_paper(name):
    build, expected = COUNTS[name]
    assert trainable(build()) == expected


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW_COUNTS)
def test_as_many_weights_as_the_large_ones(name):
    build, expected = SLOW_COUNTS[name]
    assert trainable(build()) == expected


@pytest.mark.slow
@pytest.mark.parametrize("shape", SPADES)
def test_spade_has_as_many_weights_as_the_paper(shape):
    image_shape = (*shape[:2], 3)
    generator = spade.generator(shape, image_shape, **PLAIN)
    discriminator = spade.discriminator(image_shape, input_shape=shape, **PLAIN)
    assert (trainable(generator), trainable(discriminator)) == SPADES[shape]


def test_spade_discriminators_have_as_many_weights_as_the_paper():
    # Independent of the size of the image: 16 * 64 * (channels + 3) weights of each first kernel.
    small = spade.discriminator((64, 64, 3), input_shape=(64, 64, 36), **PLAIN)
    assert trainable(small) == 5_601_410
    assert 5_904_514 - 5_601_410 == 2 * 16 * 64 * (184 - 36)


# ------------------------------------------------------------------------------- the contract

SMALL = {
    "spade": (
        lambda: spade.generator((16, 16, 5), (16, 16, 3), width=4, hidden=3),
        {"input": (16, 16, 5)},
        [(16, 16, 3)],
    ),
    "spade with ids and latents": (
        lambda: spade.generator(
            (16, 32), (16, 32, 3), num_labels=3, latent_dim=5, width=4, hidden=3, norm="instance"
        ),
        {"input": (16, 32), "latents": (5,)},
        [(16, 32, 3)],
    ),
    "spade discriminator": (
        lambda: spade.discriminator(
            (16, 32, 3), input_shape=(16, 32, 1), num_labels=3, width=4, num_layers=2
        ),
        {"sample": (16, 32, 3), "input": (16, 32, 1)},
        # 16 -> 9 -> 10 -> 11 by padding 2 and kernels of 4; at half size 8 -> 5 -> 6 -> 7.
        [(11, 19, 1), (7, 11, 1)],
    ),
    "spade encoder": (
        lambda: spade.encoder((16, 16, 3), 6, width=4),
        {"sample": (16, 16, 3)},
        [(6,), (6,)],
    ),
    "srresnet": (
        lambda: srresnet.generator((8, 12, 3), width=4, num_blocks=2),
        {"input": (8, 12, 3)},
        [(32, 48, 3)],
    ),
    "rrdb": (
        lambda: rrdb.generator((8, 12, 2), (16, 24, 3), width=4, num_blocks=1, growth=2),
        {"input": (8, 12, 2)},
        [(16, 24, 3)],
    ),
    "lama": (
        lambda: lama.generator((16, 24, 4), (16, 24, 3), width=4, num_blocks=1, num_halvings=2),
        {"input": (16, 24, 4)},
        [(16, 24, 3)],
    ),
    "vgg": (
        lambda: vgg.discriminator((16, 16, 3), input_shape=(4, 4, 3), width=4, hidden=5),
        {"sample": (16, 16, 3), "input": (4, 4, 3)},
        [(1,)],
    ),
    "vgg spectral": (
        lambda: vgg.discriminator((16, 16, 3), width=4, hidden=5, norm="spectral"),
        {"sample": (16, 16, 3)},
        [(1,)],
    ),
    "unet": (
        lambda: unet_discriminator.discriminator((16, 24, 3), input_shape=(16, 24, 1), width=4),
        {"sample": (16, 24, 3), "input": (16, 24, 1)},
        [(16, 24, 1)],
    ),
}
BOUNDED = {"spade", "spade with ids and latents", "lama"}


def case(name):
    """A network, and a value for each of its inputs by name."""
    keras.utils.set_random_seed(0)
    build, shapes, _ = SMALL[name]
    model = build()
    values = {role: normal(3, *shape) for role, shape in shapes.items()}
    for given in model.inputs:
        if given.dtype == "int32":
            values[given.name] = np.abs(3 * values[given.name]).astype("int32") % 3
    return model, values


def flat(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


@pytest.mark.parametrize("name", SMALL)
def test_inputs_outputs_and_saving(name, tmp_path):
    model, values = case(name)
    _, shapes, expected = SMALL[name]
    assert {x.name: x.shape[1:] for x in model.inputs} == shapes
    for training in (True, False):
        outputs = flat(model(values, training=training))
        assert [x.shape for x in outputs] == [(3, *shape) for shape in expected]
        assert {x.dtype for x in outputs} == {tf.float32}
        assert all(np.isfinite(np.array(x)).all() for x in outputs)
        if name in BOUNDED:
            assert max(np.abs(np.array(x)).max() for x in outputs) <= 1
    assert all(np.array(x).std() > 0 for x in outputs)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for ours, theirs in zip(flat(loaded(values)), outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", SMALL)
def test_gradients_reach_every_weight(name):
    model, values = case(name)
    random = np.random.default_rng(0)
    for weight in model.trainable_variables:
        weight.assign_add(random.normal(0, 0.1, weight.shape))
    for layer in model.layers:
        for _ in range(30 * hasattr(layer, "before_update")):
            layer.before_update()  # the spectral norms are others now
    with tf.GradientTape() as tape:
        loss = tf.add_n([tf.reduce_sum(x**2) for x in flat(model(values, training=True))])
    gradients = tape.gradient(loss, [weight.value for weight in model.trainable_variables])
    for weight, gradient in zip(model.trainable_variables, gradients, strict=True):
        assert gradient is not None, weight.path
        assert np.isfinite(np.array(gradient)).all(), weight.path
        assert np.abs(np.array(gradient)).max() > 0, weight.path


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize("name", SMALL)
def test_half_precision_stays_close(name, policy):
    model, values = case(name)
    keras.config.set_dtype_policy(policy)
    try:
        half, _ = case(name)
    finally:
        keras.config.set_dtype_policy("float32")
    half.set_weights(model.get_weights())
    for ours, theirs in zip(flat(half(values)), flat(model(values)), strict=True):
        assert ours.dtype == tf.float32
        expected = np.array(theirs)
        assert np.abs(np.array(ours) - expected).max() < 0.1 * (1 + np.abs(expected).max())


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_xla_computes_the_same(name):
    model, values = case(name)
    values = {role: tf.constant(value) for role, value in values.items()}

    def gradients():
        with tf.GradientTape() as tape:
            loss = tf.add_n([tf.reduce_mean(x**2) for x in flat(model(values, training=True))])
        return tape.gradient(loss, [weight.value for weight in model.trainable_variables])

    expected = tf.function(gradients)()
    scale = max(float(tf.reduce_max(tf.abs(x))) for x in expected)
    for ours, theirs in zip(tf.function(gradients, jit_compile=True)(), expected, strict=True):
        assert float(tf.reduce_max(tf.abs(ours - theirs))) < 2e-3 * scale


@pytest.mark.parametrize("name", ["vgg spectral", "unet", "spade discriminator"])
def test_a_gradient_penalty_can_be_taken(name):
    """The gradient of a logit's gradient, along a direction, against finite differences."""
    model, values = case(name)
    values = {role: tf.constant(value) for role, value in values.items()}
    sample, kernel = values["sample"], model.trainable_variables[0]

    def penalty():
        with tf.GradientTape() as tape:
            tape.watch(sample)
            logits = flat(model(values, training=True))
            loss = tf.add_n([tf.reduce_sum(x**2) for x in logits])
        return tf.reduce_sum(tape.gradient(loss, sample) ** 2)

    with tf.GradientTape() as tape:
        value = penalty()
    gradient = tape.gradient(value, kernel.value)
    start, step = np.array(kernel), 1e-4  # short, or activations change sides
    direction = np.array(gradient) / np.linalg.norm(gradient)
    found = []
    for sign in (1, -1):
        kernel.assign(start + sign * step * direction)
        found.append(float(penalty()))
    slope = float(np.linalg.norm(gradient))
    assert abs((found[0] - found[1]) / (2 * step) - slope) < 0.05 * slope


# -------------------------------------------------------------------------------------- SPADE


def test_spade_has_the_paper_s_sizes():
    # 256 / 2^5 = 8; 16, 16, 16, 8, 4, 2 and 1 times the width.
    model = spade.generator((256, 256, 4), (256, 256, 3), width=1, hidden=1, spectral_norm=False)
    shapes = [model.get_layer(n).output.shape[1:] for n in ("head", "middle_0", "middle_1")]
    assert shapes == [(8, 8, 16), (16, 16, 16), (16, 16, 16)]
    shapes = [model.get_layer(f"up_{i}").output.shape[1:] for i in range(4)]
    assert shapes == [(32, 32, 8), (64, 64, 4), (128, 128, 2), (256, 256, 1)]


def test_spade_depends_on_the_map_and_on_the_latents():
    model, values = case("spade with ids and latents")
    first = np.array(model(values))
    other = {**values, "input": 2 - values["input"]}
    assert np.abs(np.array(model(other)) - first).max() > 1e-5
    other = {**values, "latents": -values["latents"]}
    assert np.abs(np.array(model(other)) - first).max() > 1e-5


@pytest.mark.parametrize("norm", spade.NORMS)
def test_a_translation_by_spade_depends_on_no_other_of_its_batch(norm):
    """At test batch norm takes its moving statistics, not those of the batch."""
    arguments = {"width": 2, "hidden": 3, "norm": norm, "spectral_norm": False}
    model = spade.generator((16, 16, 2), (16, 16, 3), **arguments)
    for weight in model.trainable_weights:
        weight.assign(normal(*weight.shape, seed=len(weight.path)) / 3)
    maps = normal(3, 16, 16, 2)
    together = np.asarray(model(maps, training=False))
    assert together.std() > 0.01
    np.testing.assert_allclose(model(maps[1:2], training=False)[0], together[1], atol=1e-4)


def test_ids_are_their_planes():
    """A network of ids, and one of planes with the same weights."""
    arguments = {"width": 4, "hidden": 3, "image_shape": (8, 8, 3)}
    of_ids = spade.generator((8, 8, 1), num_labels=3, dont_care=255, **arguments)
    of_planes = spade.generator((8, 8, 4), **arguments)
    of_planes.set_weights(of_ids.get_weights())
    ids = np.random.default_rng(0).choice([0, 1, 2, 255], (2, 8, 8, 1))
    planes = np.eye(4, dtype="float32")[np.where(ids == 255, 3, ids)[..., 0]]
    np.testing.assert_array_equal(of_ids(ids), of_planes(planes))


def test_only_blocks_are_spectrally_normalised():
    model = spade.generator((32, 32, 2), (32, 32, 3), width=4, hidden=3)
    names = {layer.name for layer in model.layers if isinstance(layer, SpectralNorm)}
    assert "middle_0_convolution_0" in names
    assert "up_0_convolution_shortcut" in names
    assert not names & {"base", "to_image"}
    judge, _ = case("spade discriminator")
    names = {layer.name for layer in judge.layers if isinstance(layer, SpectralNorm)}
    assert names == {"scale_0_convolution_1", "scale_1_convolution_1"}


@pytest.mark.parametrize("size", [(4, 4), (5, 7), (4, 5)])
def test_the_smaller_judge_sees_means_of_the_image_alone(size):
    images = normal(1, *size, 2)
    inputs = keras.Input((*size, 2))
    found = np.array(keras.Model(inputs, spade._halved(inputs, "halve"))(images))
    assert found.shape[1:3] == tuple(-(-side // 2) for side in size)
    for y, x in np.ndindex(found.shape[1:3]):
        around = images[0, max(0, 2 * y - 1) : 2 * y + 2, max(0, 2 * x - 1) : 2 * x + 2]
        np.testing.assert_allclose(found[0, y, x], around.mean((0, 1)), atol=1e-6)


# --------------------------------------------------------------------------- super-resolution


@pytest.mark.parametrize("scale", [1, 2, 3, 4, 8])
def test_srresnet_starts_from_the_bilinear_image(scale):
    model = srresnet.generator((6, 6, 3), scale=scale, width=4, num_blocks=1)
    model.get_layer("to_image").kernel.assign(tf.zeros((3, 3, 4, 3)))
    images = normal(1, 6, 6, 3)
    expected = tf.image.resize(images, (6 * scale, 6 * scale), "bilinear")
    np.testing.assert_allclose(model(images), expected, atol=1e-5)


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_rrdb_scales(scale):
    model = rrdb.generator((8, 8, 3), scale=scale, width=4, num_blocks=1, growth=2)
    assert model.output_shape == (None, 8 * scale, 8 * scale, 3)
    # The dense blocks always work at a quarter of the output.
    assert model.get_layer("block_0").output.shape[1:3] == (2 * scale, 2 * scale)


def test_any_size():
    networks = (
        (srresnet.generator((None, None, 3), width=4, num_blocks=1), 3, 4),
        (rrdb.generator((None, None, 3), scale=2, width=4, num_blocks=1, growth=2), 3, 2),
        (lama.generator((None, None, 4), (None, None, 3), width=4, num_blocks=1), 4, 1),
    )
    for model, channels, scale in networks:
        run = tf.function(model, reduce_retracing=True)
        for height, width in ((16, 24), (32, 16)):
            images = normal(1, height, width, channels)
            outputs = run(images)
            assert outputs.shape == (1, scale * height, scale * width, 3)
            np.testing.assert_allclose(outputs, model(images), atol=1e-4)


def test_the_first_kernels_are_a_tenth_of_he_normal_s():
    model = srresnet.generator(width=64, num_blocks=1)
    kernel = np.array(model.get_layer("block_0_convolution_0").kernel)
    assert abs(kernel.std() / (0.1 * np.sqrt(2 / (9 * 64))) - 1) < 0.03
    block = rrdb.generator(num_blocks=1).get_layer("block_0")
    kernel = np.array(block.blocks[0].convolutions[0].kernel)
    assert abs(kernel.std() / (0.1 * np.sqrt(2 / (9 * 64))) - 1) < 0.03


@pytest.mark.parametrize("size", [(4, 4), (5, 2)])
def test_the_u_net_doubles_by_bilinear_interpolation(size):
    maps = normal(2, *size, 3)
    inputs = keras.Input((*size, 3))
    found = keras.Model(inputs, unet_discriminator._doubled(inputs, 0))(maps)
    expected = tf.image.resize(maps, (2 * size[0], 2 * size[1]), "bilinear")
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_a_judge_sees_the_sample_beside_its_enlarged_input():
    model, values = case("vgg")
    both = keras.Model(model.inputs, model.get_layer("input_and_sample").output)(values)
    np.testing.assert_array_equal(both[..., :3], values["input"].repeat(4, 1).repeat(4, 2))
    np.testing.assert_array_equal(both[..., 3:], values["sample"])


# --------------------------------------------------------------------------------------- LaMa


def test_lama_splits_its_channels():
    model = lama.generator(width=8, num_blocks=1)
    # 8 * 2^3 = 64 channels: 16 local, 48 global; inside of the spectral part 24.
    assert model.get_layer("block_0_local").output.shape == (None, 8, 8, 16)
    assert model.get_layer("block_0_global").output.shape == (None, 8, 8, 48)
    assert model.get_layer("block_0_0_g2g_fourier").output.shape == (None, 8, 8, 24)


def test_lama_doubles_as_torch_does():
    """Pixel y of the small map is the middle of a kernel at 2 y: padding 1, output padding 1."""
    model = lama.generator((8, 8, 4), (8, 8, 3), width=1, num_blocks=1, num_halvings=1)
    layer, crop = model.get_layer("up_0"), model.get_layer("up_0_crop")
    kernel = np.zeros((3, 3, 1, 2), "float32")
    kernel[..., 0] = np.arange(1, 10).reshape(3, 3, 1)
    layer.kernel.assign(kernel)
    maps = np.zeros((1, 4, 4, 2), "float32")
    maps[0, 1, 2, 0] = 1.0
    found = np.array(crop(layer(maps)))[0, ..., 0]
    expected = np.zeros((8, 8))
    expected[1:4, 3:6] = np.arange(1, 10).reshape(3, 3)
    np.testing.assert_array_equal(found, expected)


def far_change(ratio):
    """How much the farthest corner changes by a change of one pixel."""
    keras.utils.set_random_seed(0)
    model = lama.generator(
        (64, 64, 4), (64, 64, 3), width=8, num_blocks=1, num_halvings=2, ratio=ratio
    )
    images = normal(1, 64, 64, 4)
    changed = images.copy()
    changed[0, 0, 0] += 1
    return np.abs(np.array(model(images)) - np.array(model(changed)))[0, -4:, -4:].max()


def test_lama_sees_the_whole_image_and_without_fourier_units_does_not():
    assert far_change(0.75) > 1e-6
    assert far_change(0.0) == 0


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["onnx", "tflite"])
def test_lama_is_exported_with_matrices(suffix, tmp_path):
    from gan_keras.exporting import onnx_file, tflite

    module = {"onnx": onnx_file, "tflite": tflite}[suffix]
    keras.utils.set_random_seed(0)
    model = lama.generator((16, 24, 4), (16, 24, 3), width=4, num_blocks=2, num_halvings=2)
    images = normal(1, 16, 24, 4)
    expected = model(images)
    assert set_fourier_method(model, "matrix") == 4
    np.testing.assert_allclose(model(images), expected, atol=1e-5)
    module.write(model, tmp_path / f"model.{suffix}")
    outputs = module.run(tmp_path / f"model.{suffix}", {"input": images})
    np.testing.assert_allclose(outputs, expected, atol=1e-4)


# ------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("build", "arguments", "message"),
    [
        (spade.generator, {"input_shape": (32, 64, 3)}, r"same height and width.*\(32, 64\)"),
        (spade.generator, {"norm": "layer"}, "`norm` must be one of"),
        (spade.generator, {"num_doublings": 7}, "multiples of 128, for 7 doublings"),
        (spade.generator, {"latent_dim": 0}, "`latent_dim` must be a positive integer or None"),
        (spade.discriminator, {"num_scales": 0}, "`num_scales` must be a positive integer"),
        (spade.discriminator, {"input_shape": (32, 32, 3)}, "same height and width"),
        (srresnet.generator, {"scale": 5}, r"a scale of \(1, 2, 3, 4, 8\).*scale 5"),
        (srresnet.generator, {"image_shape": (40, 40, 3)}, "must be `input_shape` times"),
        (srresnet.generator, {"image_shape": (32, 32, 1)}, "must have the channels"),
        (srresnet.generator, {"input_shape": (16, 16)}, "`input_shape` must be"),
        (srresnet.generator, {"input_shape": (None, 16, 3)}, "`input_shape` must be"),
        (rrdb.generator, {"input_shape": (6, 6, 3), "scale": 1}, "multiples of 4, at scale 1"),
        (rrdb.generator, {"scale": 3}, r"a scale of \(1, 2, 4\)"),
        (rrdb.generator, {"growth": 0}, "`growth` must be a positive integer. Received: 0"),
        (vgg.discriminator, {"norm": "instance"}, "`norm` must be one of"),
        (vgg.discriminator, {"input_shape": (24, 24, 3)}, "or a multiple of both"),
        (vgg.discriminator, {"input_shape": (128, 128, 3)}, "or a multiple of both"),
        (unet_discriminator.discriminator, {"image_shape": (20, 16, 3)}, "multiples of 8"),
        (unet_discriminator.discriminator, {"image_shape": (None, None, 3)}, "known sides"),
        (lama.generator, {"ratio": 1.0}, "below 1. Received: 1.0"),
        (lama.generator, {"num_halvings": 7}, "multiples of 128"),
        (lama.generator, {"image_shape": (32, 32, 3)}, "same height and width"),
    ],
)
def test_what_can_not_be_built(build, arguments, message):
    with pytest.raises(ValueError, match=message):
        build(**arguments)


def test_scales_come_from_the_shapes():
    assert sizes.check_scale((8, 8, 3), None, None, (1, 4))[1:] == ((32, 32, 3), 4)
    assert sizes.check_scale((8, 8, 3), (8, 8, 1), None, (1, 4))[1:] == ((8, 8, 1), 1)
    shapes = (None, None, 3), (None, None, 3)
    assert sizes.check_scale(*shapes, 2, (2, 4))[1:] == ((None, None, 3), 2)
