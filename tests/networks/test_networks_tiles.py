"""Receptive fields by hand and by changing pixels; tiles against the whole image."""

import fractions

import keras
import numpy as np
import pytest
from keras import layers

from gan_keras.layers import residual_dense
from gan_keras.networks import lama, patchgan, resnet_translator, rrdb, srresnet, unet
from gan_keras.networks.receptive_field import receptive_field
from gan_keras.networks.tiles import translate_any_size, translate_tiled

ANY = (None, None, 2)
TRANSLATORS = {
    "resnet": lambda **o: resnet_translator.generator(ANY, ANY, width=2, num_blocks=1, **o),
    "resnet, zeros": lambda **o: resnet_translator.generator(
        ANY, ANY, width=2, num_blocks=1, padding="zeros", **o
    ),
    "resnet, transposed": lambda **o: resnet_translator.generator(
        ANY, ANY, width=2, num_blocks=1, upsampling="transposed", **o
    ),
    "resnet, antialiased": lambda **o: resnet_translator.generator(
        ANY, ANY, width=2, num_blocks=1, antialias=True, **o
    ),
    "unet": lambda **o: unet.generator(ANY, ANY, width=2, num_levels=3, **o),
    "unet, transposed": lambda **o: unet.generator(
        ANY, ANY, width=2, num_levels=3, upsampling="transposed", **o
    ),
    "patchgan": lambda **o: patchgan.discriminator(ANY, width=2, num_layers=2, **o),
    "srresnet x2": lambda norm: srresnet.generator(ANY, scale=2, width=2, num_blocks=1),
    "srresnet x4": lambda norm: srresnet.generator(ANY, scale=4, width=2, num_blocks=2),
    "rrdb x4": lambda norm: rrdb.generator(ANY, scale=4, width=2, num_blocks=1, growth=2),
    "rrdb x1": lambda norm: rrdb.generator(ANY, scale=1, width=2, num_blocks=1, growth=2),
}


def set_numbers(network, draw):
    random = np.random.default_rng(0)
    for variable in network.trainable_variables:
        variable.assign(draw(random, variable.shape))


def exact(name):
    """A network whose sums are exact in float32: small integers, slopes 1/4, and no tanh.

    The order in which a library adds up, which it chooses by the size, then makes no difference.
    """
    network = TRANSLATORS[name](norm=None)
    share = 0.3 if "rrdb" in name else 1  # 15 convolutions in a row: else the numbers grow
    set_numbers(
        network,
        lambda random, shape: random.integers(-1, 2, shape) * (random.uniform(size=shape) < share),
    )
    for layer in network.layers:
        if isinstance(layer, layers.LeakyReLU):
            layer.negative_slope = 0.25
        for block in getattr(layer, "blocks", []):
            layer.residual_scale = block.residual_scale = 0.5
    return linear(network)


def linear(network):
    """A network without the tanh at its end."""
    if not isinstance(network.layers[-1], layers.Activation):
        return network
    return keras.Model(network.inputs[0], network.layers[-1].input)


def test_receptive_fields_of_patchgan():
    """The paper's, and by hand: (k - 1) * stride added up, 2 * (size - 1) + 4 per halving."""
    for num_layers, size in enumerate((1, 16, 34, 70, 142, 286)):
        found = receptive_field(patchgan.discriminator(ANY, width=1, num_layers=num_layers))
        assert found.size == (size, size)
        assert found.stride == (2**num_layers,) * 2
        assert found.scale == (fractions.Fraction(1, 2**num_layers),) * 2


def test_receptive_field_of_each_kind_of_layer():
    kinds = {  # of one output pixel or two: size, (before, after) a tile, stride
        layers.Conv2D(1, (3, 5), padding="same"): ((3, 5), ((1, 1), (2, 2)), 1),
        layers.Conv2D(1, 3, dilation_rate=2, padding="same"): ((5, 5), ((2, 2), (2, 2)), 1),
        layers.AveragePooling2D(2): ((2, 2), ((0, 0), (0, 0)), 2),
        layers.MaxPooling2D(3, strides=2, padding="same"): ((3, 3), ((0, 1), (0, 1)), 2),
        layers.UpSampling2D(2): ((1, 1), ((0, 0), (0, 0)), 1),
        layers.UpSampling2D(2, interpolation="bilinear"): ((2, 2), ((1, 1), (1, 1)), 1),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same"): ((2, 2), ((1, 1), (1, 1)), 1),
        layers.ZeroPadding2D(((1, 0), (2, 0))): ((1, 1), ((1, 0), (2, 0)), 1),
        layers.Cropping2D(((1, 0), (2, 0))): ((1, 1), ((0, 1), (0, 2)), 1),
    }
    for layer, (size, halo, stride) in kinds.items():
        found = receptive_field(keras.Sequential([keras.Input((16, 16, 1)), layer]))
        assert (found.size, found.halo, found.stride) == (size, halo, (stride,) * 2), layer.name


@pytest.mark.parametrize("name", TRANSLATORS)
def test_receptive_field_is_what_changing_pixels_shows(name):
    """With positive weights every pixel that is seen counts, and none else."""
    network = TRANSLATORS[name](norm=None)
    set_numbers(network, lambda random, shape: random.uniform(0.5, 1, shape) / shape[0])
    network = linear(network)
    found = receptive_field(network)
    stride, scale = found.stride[0], found.scale[0]
    begin, side = 80 // stride * stride, 168
    images = np.ones((1, side, side, 2), "float32")
    whole = np.array(network(images))
    tile = slice(int(begin * scale), int((begin + stride) * scale))
    before, after = found.halo[0]
    for row, seen in (
        (begin - before - 1, False),
        (begin - before, True),
        (begin + stride + after - 1, True),
        (begin + stride + after, False),
    ):
        changed = images.copy()
        changed[:, row] += 1e4
        assert np.any(np.array(network(changed))[:, tile] != whole[:, tile]) == seen, row


@pytest.mark.parametrize("name", TRANSLATORS)
def test_tiles_are_the_whole_bit_for_bit(name, monkeypatch):
    monkeypatch.setattr(residual_dense, "SLOPE", 0.0)  # 15 slopes of 1/4 need more than 24 bits
    network = exact(name)
    image = np.random.default_rng(1).integers(-2, 3, (72, 104, 2)).astype("float32")
    whole = np.array(network(image[None]))[0]
    assert len(np.unique(whole)) > 50
    assert np.abs(whole).max() < 2**20
    for tile in (24, (8, 104), (72, 40)):
        np.testing.assert_array_equal(translate_tiled(network, image, tile), whole)


@pytest.mark.parametrize("name", ["resnet", "resnet, antialiased", "unet", "unet, transposed"])
@pytest.mark.parametrize("norm", [None, "batch", "instance"])
def test_tiles_of_real_numbers_differ_by_rounding(name, norm):
    network = TRANSLATORS[name](norm=norm)
    set_numbers(network, lambda random, shape: random.normal(0, 0.2, shape))
    images = np.random.default_rng(1).uniform(-1, 1, (2, 48, 80, 2)).astype("float32")
    whole = np.array(network(images))
    assert whole.std() > 0.02
    np.testing.assert_allclose(translate_tiled(network, images, 24), whole, atol=2e-5)


def test_tiles_normalised_one_by_one_are_wrong():
    """Cut with the whole halo, glued, and still wrong: each has a mean and variance of its own."""
    network = TRANSLATORS["resnet"](norm="instance")
    set_numbers(network, lambda random, shape: random.normal(0, 0.3, shape))
    random = np.random.default_rng(0)
    ramp = np.linspace(-1, 1, 128)[None, :, None, None]
    images = (ramp + random.normal(0, 0.1, (1, 128, 48, 2))).astype("float32")
    side = images.shape[1]
    whole = np.array(network(images))
    naive = np.empty_like(whole)
    for start in range(0, side, 32):
        begin, end = max(0, start - 40), min(side, start + 32 + 40)
        part = np.array(network(images[:, begin:end]))
        naive[:, start : start + 32] = part[:, start - begin : start - begin + 32]
    assert np.abs(naive - whole).max() > 0.1
    ours = translate_tiled(network, images, (32, images.shape[2]))
    assert np.abs(ours - whole).max() < 5e-5  # 2.2e-5 was measured: float32 through five norms


def test_a_network_of_another_size_and_networks_within():
    """Built for 16 pixels, with a network as a layer and spectral norm: still tiles and wholes."""
    inner = keras.Sequential(
        [keras.Input((16, 16, 2)), layers.Conv2D(3, 3, padding="same"), layers.UpSampling2D(2)]
    )
    inputs = keras.Input((16, 16, 2))
    judge = patchgan.discriminator(
        (32, 32, 3), width=2, num_layers=1, norm=None, spectral_norm=True
    )
    network = keras.Model(inputs, judge(inner(inputs)))
    assert receptive_field(network).scale == (1, 1)
    image = np.random.default_rng(0).normal(size=(40, 24, 2)).astype("float32")
    tiled, whole = (translate_tiled(network, image, tile) for tile in (8, 40))
    assert whole.shape == (38, 22, 1)  # the discriminator loses two pixels
    np.testing.assert_allclose(tiled, whole, atol=1e-5)


def test_any_size_pads_by_reflection_and_crops():
    network = exact("unet")
    image = np.random.default_rng(1).integers(-2, 3, (21, 33, 2)).astype("float32")
    padded = np.pad(image, [(0, 3), (0, 7), (0, 0)], mode="reflect")
    expected = np.array(network(padded[None]))[0, :21, :33]
    np.testing.assert_array_equal(translate_any_size(network, image), expected)
    np.testing.assert_array_equal(translate_any_size(network, image, tile=8), expected)
    assert translate_any_size(network, image[None]).shape == (1, 21, 33, 2)


class Ours(layers.Layer):
    """Rolls by two pixels: with `reads` it is known, without it is not."""

    def call(self, inputs):
        return keras.ops.roll(inputs, 2, axis=1)


def test_a_layer_of_your_own_is_asked():
    network = keras.Sequential([keras.Input((8, 8, 1)), Ours(name="mine")])
    with pytest.raises(ValueError, match=r"sees through 'mine' \(Ours\) is unknown"):
        receptive_field(network)
    Ours.reads = lambda self, start, stop, size, axis: (start - 2, stop - 2)
    try:
        assert receptive_field(network).halo[0] == (2, 0)
    finally:
        del Ours.reads


@pytest.mark.parametrize(
    "layer",
    [
        layers.GlobalAveragePooling2D(keepdims=True),
        layers.GroupNormalization(groups=-1),
        layers.LayerNormalization(axis=(1, 2)),
        layers.Reshape((4, 16, 2)),
    ],
)
def test_layers_that_see_the_whole_are_refused(layer):
    network = keras.Sequential([keras.Input((8, 8, 2)), layer])
    with pytest.raises(ValueError, match=rf"through '{layer.name}' .* the whole image"):
        receptive_field(network)


def test_what_does_not_fit_is_refused():
    network = exact("unet")
    with pytest.raises(ValueError, match=r"multiples of 8, the stride .* \(1, 20, 24, 2\)"):
        translate_tiled(network, np.zeros((20, 24, 2)))
    with pytest.raises(ValueError, match=r"must have 2 channels.*\(1, 16, 24, 3\)"):
        translate_tiled(network, np.zeros((16, 24, 3)))
    with pytest.raises(ValueError, match=r"`tile` must be a positive integer.*Received: 0"):
        translate_tiled(network, np.zeros((16, 24, 2)), 0)
    with pytest.raises(ValueError, match=r"`image` must be .*\(16, 24\)"):
        translate_tiled(network, np.zeros((16, 24)))
    judge = patchgan.discriminator((32, 32, 3), input_shape=(32, 32, 1), width=2)
    with pytest.raises(ValueError, match=r"one input and one output.*discriminator with 2 and 1"):
        translate_tiled(judge, np.zeros((32, 32, 3)))


@pytest.mark.parametrize("name", ["srresnet x2", "srresnet x4", "rrdb x4", "rrdb x1"])
def test_tiles_of_enlarged_images_differ_by_rounding(name):
    network = TRANSLATORS[name](norm=None)
    set_numbers(network, lambda random, shape: random.normal(0, 0.2, shape))
    images = np.random.default_rng(1).uniform(-1, 1, (2, 36, 44, 2)).astype("float32")
    whole = np.array(network(images))
    assert whole.std() > 0.02
    np.testing.assert_allclose(translate_tiled(network, images, 12), whole, atol=1e-5)


def test_the_reach_of_restorers_by_hand():
    """First and last convolutions at the small size, then halves and quarters of a pixel each."""
    # rrdb: 1 + 15 + 1 at the small size, then 3x3 at 2x, and three 3x3 at 4x. From pixel 0 of the
    # output: -3 is -2 at 2x, -3 with its convolution is -2 at 1x, then -3, -18 and -19.
    for num_blocks in (1, 2):
        network = rrdb.generator(ANY, width=2, num_blocks=num_blocks, growth=1)
        assert receptive_field(network).halo == ((15 * num_blocks + 4,) * 2,) * 2
    # srresnet: 1 + 2 for the block, the convolution before each shuffle, two at 4x: -2 is -1 at 2x,
    # -2 with its convolution, -1 at 1x, -2, and -5 with the block and the first.
    network = srresnet.generator(ANY, scale=4, width=2, num_blocks=1)
    assert receptive_field(network).halo == ((5, 5), (5, 5))


def test_a_fourier_unit_sees_the_whole_image():
    network = lama.generator((16, 16, 4), (16, 16, 3), width=4, num_blocks=1, num_halvings=2)
    message = r"sees the whole image through 'block_0_0_g2g_fourier' .* without tiles\.$"
    with pytest.raises(ValueError, match=message):
        translate_tiled(network, np.zeros((16, 16, 4)), 8)
