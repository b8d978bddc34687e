"""Networks that translate: the papers' numbers of weights, PyTorch's numbers, contracts."""

import keras
import numpy as np
import pytest

from gan_keras import networks
from gan_keras.layers import InstanceNorm
from gan_keras.networks import patchgan, resnet_translator, translator_parts, unet
from gan_keras.networks.projection_head import projection_head

ANY = (None, None, 3)
NETWORKS = {
    "unet": lambda **o: unet.generator((8, 16, 3), (8, 16, 2), width=3, **o),
    "unet of the paper": lambda **o: unet.generator(
        (8, 16, 3), (8, 16, 2), width=3, norm="batch", upsampling="transposed", dropout=0.5, **o
    ),
    "resnet": lambda **o: resnet_translator.generator(
        (8, 16, 3), (8, 16, 2), width=3, num_blocks=2, **o
    ),
    "resnet of the paper": lambda **o: resnet_translator.generator(
        (8, 16, 3), (8, 16, 2), width=3, num_blocks=2, upsampling="transposed", norm="batch", **o
    ),
    "resnet of CUT": lambda **o: resnet_translator.generator(
        (8, 16, 3), (8, 16, 2), width=3, num_blocks=2, antialias=True, **o
    ),
}


def wave(shape, frequency=0.37, scale=1.0):
    numbers = scale * np.sin(frequency * np.arange(np.prod(shape)))
    return numbers.reshape(shape)


def set_waves(network, names):
    """Kernels and biases, in order, become waves; the n-th of frequency .11 + .07 n."""
    count = 0
    for name in names:
        for variable in network.get_layer(name).variables:
            count += 1
            variable.assign(wave(variable.shape, 0.11 + 0.07 * count, 0.3))


def num_weights(network):
    return sum(int(np.prod(v.shape)) for v in network.trainable_variables)


def agrees(outputs, first, squares, atol=2e-5):
    np.testing.assert_allclose(np.array(outputs).ravel()[: len(first)], first, atol=atol)
    total = np.square(np.array(outputs, "float64")).sum()
    assert total == pytest.approx(squares, rel=2e-5)


# From the reference code, instantiated.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "norm", "count"),
    [
        (256, "batch", 54_413_955),
        (256, "instance", 54_409_603),
        (128, "batch", 41_828_995),
        (128, "instance", 41_825_667),
    ],
)
def test_weights_of_the_papers_unet(size, norm, count):
    shape = (size, size, 3)
    assert num_weights(unet.generator(shape, shape, norm=norm, upsampling="transposed")) == count


@pytest.mark.parametrize(
    ("shape", "options", "count"),
    [
        ((256, 256, 3), {"upsampling": "transposed"}, 11_378_179),
        ((256, 256, 3), {"antialias": True}, 11_378_179),
        ((256, 256, 3), {"norm": "batch"}, 11_383_427),
        ((64, 64, 3), {"norm": "instance"}, 7_837_699),
        ((64, 64, 3), {"norm": "batch"}, 7_841_411),
    ],
)
def test_weights_of_the_papers_resnet(shape, options, count):
    assert num_weights(resnet_translator.generator(shape, shape, **options)) == count


@pytest.mark.parametrize(
    ("channels", "options", "count"),
    [
        (3, {}, 2_764_737),
        (3, {"num_layers": 1}, 136_385),
        (3, {"num_layers": 2}, 662_977),
        (3, {"num_layers": 4}, 6_959_553),
        (3, {"num_layers": 5}, 11_154_369),
        (3, {"num_layers": 0}, 8_705),
        (3, {"num_layers": 0, "input_shape": ANY}, 8_897),
        (3, {"norm": "batch", "input_shape": ANY}, 2_768_705),
        (3, {"num_scales": 2, "input_shape": (None, None, 36)}, 5_603_202),
        (39, {"num_scales": 3}, 8_404_803),
    ],
)
def test_weights_of_the_papers_patchgan(channels, options, count):
    assert num_weights(patchgan.discriminator((None, None, channels), **options)) == count


def test_weights_of_cuts_projection_head():
    assert num_weights(projection_head((3, 128, 256, 256, 256))) == 560_384


@pytest.mark.parametrize(
    ("options", "shape", "first", "squares"),
    [
        ({"kernel_size": 4, "padding": 1}, (3, 5), (6.1152814, 6.4312065, -1.5866109), 1643.524743),
        (
            {"kernel_size": 4, "padding": 1, "strides": 2},
            (2, 3),
            (6.1152814, 6.4312065, -9.1486287),
            823.950995,
        ),
        (
            {"kernel_size": 3, "padding": 1, "strides": 2},
            (2, 3),
            (-1.2770838, -0.7502457, -1.2745762),
            53.867769,
        ),
    ],
)
def test_convolutions_have_pytorchs_geometry(options, shape, first, squares):
    """PyTorch 2.13's Conv2d of wave((2, 4, 6, 3)), kernel wave(frequency 0.23), NHWC."""
    inputs = keras.Input((4, 6, 3))
    x = translator_parts.convolved(inputs, 2, name="c", use_bias=False, **options)
    network = keras.Model(inputs, x)
    kernel = network.get_layer("c").kernel
    kernel.assign(wave(kernel.shape, 0.23))
    assert network.output_shape == (None, *shape, 2)
    agrees(network(wave((2, 4, 6, 3))), first, squares)


@pytest.mark.parametrize(
    ("kernel_size", "first", "squares"),
    [
        (3, (-0.3851181, 0.3108431, -1.7816273), 885.064745),  # padding 1, output_padding 1
        (4, (0.8645912, 1.0227819, -0.6992746), 1242.898074),  # padding 1
    ],
)
def test_transposed_convolutions_have_pytorchs_geometry(kernel_size, first, squares):
    inputs = keras.Input((4, 6, 3))
    options = {"how": "transposed", "kernel_size": kernel_size, "use_bias": False}
    network = keras.Model(inputs, translator_parts.upsampled(inputs, 2, name="c", **options))
    kernel = network.get_layer("c").kernel
    kernel.assign(wave(kernel.shape, 0.23))
    assert network.output_shape == (None, 8, 12, 2)
    agrees(network(wave((2, 4, 6, 3))), first, squares)


def test_resizing_repeats_pixels_before_it_convolves():
    """A kernel that sums all 9 pixels: of 4x4 repeated ones the border sees 4, 6 and 9 of them."""
    inputs = keras.Input((2, 2, 1))
    network = keras.Model(inputs, translator_parts.upsampled(inputs, 1, name="c", use_bias=False))
    network.get_layer("c").kernel.assign(np.ones((3, 3, 1, 1)))
    outputs = np.array(network(np.ones((1, 2, 2, 1))))[0, :, :, 0]
    np.testing.assert_array_equal(outputs[:2], [[4, 6, 6, 4], [6, 9, 9, 6]])


def test_unet_computes_what_pytorch_does():
    shapes = (16, 16, 3), (16, 16, 2)
    network = unet.generator(*shapes, width=4, num_levels=3, upsampling="transposed")
    set_waves(network, ["down_0", "down_1", "down_2", "up_2", "up_1", "to_image"])
    first = (0.1910699, 0.1143037, -0.7784127, -0.2662343, 0.2819782, 0.8281704)
    agrees(network(wave((1, 16, 16, 3))), first, 164.427119)


@pytest.mark.parametrize(
    ("options", "first", "squares"),
    [
        ({"upsampling": "transposed"}, (0.9755465, -0.860427, -0.5698447, -0.9961603), 108.312523),
        ({"antialias": True}, (-0.0029359, -0.544275, -0.5878685, -0.4583523), 55.782361),
    ],
)
def test_resnet_computes_what_pytorch_does(options, first, squares):
    shapes = (8, 12, 3), (8, 12, 2)
    keras.config.set_dtype_policy("float64")  # norms of 6 pixels turn 1e-7 into 3e-4
    try:
        network = resnet_translator.generator(*shapes, width=4, num_blocks=2, **options)
    finally:
        keras.config.set_dtype_policy("float32")
    blocks = ["block_0_a", "block_0_b", "block_1_a", "block_1_b"]
    set_waves(network, ["from_image", "down_0", "down_1", *blocks, "up_0", "up_1", "to_image"])
    agrees(network(wave((1, 8, 12, 3))), first, squares)


def test_patchgan_computes_what_pytorch_does():
    """Two scales, the smaller on the averages of the larger; what is given comes first."""
    network = patchgan.discriminator(
        (32, 24, 2), input_shape=(32, 24, 1), width=4, num_layers=2, num_scales=2
    )
    assert [x.name for x in network.inputs] == ["sample", "input"]
    names = []
    for scale in (0, 1):
        names += [f"scale_{scale}_convolution_{i}" for i in range(3)] + [f"logits_{scale}"]
    set_waves(network, names)
    full, half = network([wave((1, 32, 24, 2)), wave((1, 32, 24, 1), 0.29)])
    agrees(full, (1.7319773, 0.6220349, -1.8756774, 2.6213098), 304.839039, atol=1e-4)
    agrees(half, (-0.7623574, 2.4326828), 6.499134, atol=1e-4)


def test_patchgans_maps_have_the_papers_sides():
    """At 32, 64, 128 and 256 pixels, from the reference code."""
    sides = {1: (14, 30, 62, 126), 2: (6, 14, 30, 62), 3: (2, 6, 14, 30), 0: (32, 64, 128, 256)}
    for num_layers, expected in sides.items():
        network = patchgan.discriminator(ANY, width=2, num_layers=num_layers)
        found = [network.compute_output_shape((1, n, n, 3))[1] for n in (32, 64, 128, 256)]
        assert tuple(found) == expected


def test_with_features_shares_the_layers():
    network = patchgan.discriminator((32, 32, 3), width=2, num_layers=2, num_scales=2)
    images = wave((2, 32, 32, 3))
    logits, features = patchgan.with_features(network)(images)
    for ours, theirs in zip(logits, network(images), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    shapes = [[tuple(x.shape[1:]) for x in maps] for maps in features]
    assert shapes == [[(16, 16, 2), (8, 8, 4), (7, 7, 8)], [(8, 8, 2), (4, 4, 4), (3, 3, 8)]]
    single = patchgan.with_features(patchgan.discriminator((32, 32, 3), width=2))
    logits, features = single(images)
    assert [len(logits), len(features), len(features[0])] == [1, 1, 4]
    with pytest.raises(ValueError, match=r"must be one of networks/patchgan.*Received: dense"):
        patchgan.with_features(keras.Sequential([keras.Input((2,))], name="dense"))


def test_cuts_features_have_names():
    """CUT's layers 0, 4, 8, 12 and 16 at 256 pixels: (3, 262), (128, 256), (256, 128), 2 (256, 64);
    here with a 32nd of the channels."""
    network = resnet_translator.generator((256, 256, 3), (256, 256, 3), width=2, antialias=True)
    names = resnet_translator.feature_layers(network)
    assert names == ["from_image_pad", "down_0", "down_1", "block_0", "block_4"]
    features = resnet_translator.features(network)
    found = [(x.shape[-1], x.shape[1]) for x in features.outputs]
    assert found == [(3, 262), (4, 256), (8, 128), (8, 64), (8, 64)]
    shared = {id(v) for v in network.variables}
    assert all(id(v) in shared for v in features.variables)
    short = resnet_translator.generator((16, 16, 3), (16, 16, 3), width=2, num_blocks=2)
    assert resnet_translator.feature_layers(short)[3:] == ["block_0", "block_1"]
    with pytest.raises(ValueError, match="must be a generator of networks/resnet_translator"):
        resnet_translator.feature_layers(patchgan.discriminator((32, 32, 3), width=2))


def test_projection_head_gives_unit_vectors():
    keras.utils.set_random_seed(0)
    head = projection_head((3, 5), width=16)
    outputs = head([wave((2, 6, 3)), wave((2, 9, 5))])
    assert [tuple(x.shape) for x in outputs] == [(2, 6, 16), (2, 9, 16)]
    assert [x.name for x in head.inputs] == ["features_0", "features_1"]
    for vectors in outputs:
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-5)
    with pytest.raises(ValueError, match="`channels` must be a list"):
        projection_head(3)


def test_projection_head_by_hand():
    """(3, -1) by the identity and ReLU is (3, 0), then (3, 3), which has length 3 sqrt(2)."""
    head = projection_head((2,), width=2)
    head.set_weights([np.eye(2), np.zeros(2), np.array([[1.0, 1], [1, 1]]), np.zeros(2)])
    np.testing.assert_allclose(head([np.array([[[3.0, -1.0]]])]), [[[0.5**0.5] * 2]], rtol=1e-6)


@pytest.mark.parametrize("name", NETWORKS)
def test_shapes_saving_and_mixed_precision(name, tmp_path):
    keras.utils.set_random_seed(0)
    network, images = NETWORKS[name](), wave((2, 8, 16, 3))
    assert [x.name for x in network.inputs] == ["input"]
    outputs = network(images)
    assert outputs.shape == (2, 8, 16, 2)
    assert outputs.dtype == "float32"
    assert np.abs(outputs).max() <= 1
    network.save(tmp_path / "network.keras")
    loaded = keras.models.load_model(tmp_path / "network.keras")
    np.testing.assert_array_equal(loaded(images), outputs)
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        half = NETWORKS[name]()
    finally:
        keras.config.set_dtype_policy("float32")
    half.set_weights(network.get_weights())
    assert half(images).dtype == "float32"
    np.testing.assert_allclose(half(images), outputs, atol=0.1)


def test_discriminator_saves_and_ends_in_float32(tmp_path):
    keras.config.set_dtype_policy("mixed_float16")
    try:
        network = patchgan.discriminator(
            (16, 16, 2), width=2, num_layers=1, num_scales=2, spectral_norm=True
        )
    finally:
        keras.config.set_dtype_policy("float32")
    images = wave((2, 16, 16, 2))
    outputs = network(images)
    assert [x.dtype for x in outputs] == ["float32", "float32"]
    network.save(tmp_path / "network.keras")
    loaded = keras.models.load_model(tmp_path / "network.keras")
    for ours, theirs in zip(loaded(images), outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_any_size_that_halves():
    network = unet.generator(ANY, ANY, width=2, num_levels=3)
    assert network(wave((1, 16, 40, 3))).shape == (1, 16, 40, 3)
    network = resnet_translator.generator(ANY, ANY, width=2, num_blocks=1)
    assert network(wave((1, 12, 20, 3))).shape == (1, 12, 20, 3)


def test_unets_depth_and_the_map_of_one_pixel():
    """64 pixels halve 6 times, to one pixel, which no norm may touch."""
    network = unet.generator(width=2)
    assert network.get_layer("down_5").output.shape == (None, 1, 1, 16)
    normed = {layer.name for layer in network.layers if isinstance(layer, InstanceNorm)}
    downs = {f"down_norm_{level}" for level in (1, 2, 3, 4)}
    assert normed == downs | {f"up_norm_{level}" for level in (1, 2, 3, 4, 5)}
    assert np.abs(network(wave((1, 64, 64, 3)))).max() > 0
    assert "down_3" in {x.name for x in unet.generator((48, 96, 3), (48, 96, 3), width=2).layers}


@pytest.mark.parametrize(("levels", "dropped"), [(8, {6, 5, 4}), (7, {5, 4}), (6, {4}), (3, {1})])
def test_dropout_is_where_the_paper_has_it(levels, dropped):
    network = unet.generator(ANY, ANY, width=1, num_levels=levels, dropout=0.5)
    found = {int(x.name[-1]) for x in network.layers if isinstance(x, keras.layers.Dropout)}
    assert found == dropped


def test_dropout_at_test_is_a_switch():
    keras.utils.set_random_seed(0)
    images, shape = wave((1, 8, 8, 3)), (8, 8, 3)
    for at_test in (False, True):
        network = unet.generator(shape, shape, width=4, dropout=0.5, dropout_at_test=at_test)
        same = np.array_equal(network(images), network(images))
        assert same is not at_test


def test_weights_begin_as_in_the_paper():
    """N(0, 0.02), biases 0, and batch norm's scale N(1, 0.02)."""
    keras.utils.set_random_seed(0)
    network = patchgan.discriminator((32, 32, 3), norm="batch")
    convolution, norm = (network.get_layer(f"scale_0_{n}_3") for n in ("convolution", "norm"))
    assert np.std(convolution.kernel) == pytest.approx(0.02, rel=0.01)
    assert np.std(norm.gamma) == pytest.approx(0.02, rel=0.2)
    assert np.mean(norm.gamma) == pytest.approx(1, abs=0.005)
    assert np.abs(network.get_layer("logits_0").bias).max() == 0
    kernel = projection_head((256,)).get_layer("projection_0").kernel
    assert np.std(kernel) == pytest.approx(0.02 * (2 / 512) ** 0.5, rel=0.02)  # Xavier, gain 0.02


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: unet.generator((20, 64, 3), (20, 64, 3), num_levels=3), r"multiples of .* = 8"),
        (lambda: unet.generator((21, 64, 3), (21, 64, 3)), "`num_levels` must be at least 2"),
        (lambda: unet.generator((64, 64, 3), (32, 32, 3)), "one height and width"),
        (lambda: unet.generator((64, None, 3), (64, None, 3)), "`input_shape` must be"),
        (lambda: unet.generator(norm="group"), "`norm` must be one of"),
        (lambda: unet.generator(upsampling="transpose"), "`upsampling` must be one of"),
        (lambda: unet.generator(dropout=1.0), "`dropout` must be"),
        (lambda: unet.generator(dropout_at_test=True), "needs a `dropout`"),
        (lambda: resnet_translator.generator((18, 16, 3), (18, 16, 3)), "multiples of 4"),
        (lambda: resnet_translator.generator(num_blocks=0), "`num_blocks` must be a positive"),
        (lambda: resnet_translator.generator(padding="same"), "`padding` must be one of"),
        (lambda: patchgan.discriminator((16, 16, 3)), "too small for 3 layers and 1 scales"),
        (lambda: patchgan.discriminator(num_layers=-1), "`num_layers` must be a positive"),
        (lambda: patchgan.discriminator(input_shape=(32, 32, 3)), "one height and width"),
    ],
)
def test_what_does_not_fit_is_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


def test_translators_are_listed():
    assert networks.TRANSLATORS["unet"] is unet
    assert networks.TRANSLATORS["resnet_translator"] is resnet_translator
    assert all(hasattr(module, "generator") for module in networks.TRANSLATORS.values())
    assert all(hasattr(module, "discriminator") for module in networks.JUDGES.values())
