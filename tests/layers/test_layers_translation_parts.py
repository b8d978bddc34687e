"""Layers of translators against numpy: label maps, SPADE, pixel shuffle, spectra, dense blocks."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.layers import (
    BilinearUpsample,
    FourierUnit,
    OneHotLabels,
    PixelShuffle,
    PixelUnshuffle,
    ResidualDense,
    ResidualInResidualDense,
    Spade,
)
from gan_keras.layers.fourier_unit import set_fourier_method
from gan_keras.layers.pixel_shuffle import ICNR


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def trainable(layer):
    return sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)


def built(layer, *shapes):
    layer.build(list(shapes) if len(shapes) > 1 else shapes[0])
    return layer


# ------------------------------------------------------------------------------ one-hot labels


def test_ids_become_channels():
    ids = np.array([[[0, 2], [1, 255]]])
    expected = np.array([[[[1, 0, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 0]]]])
    np.testing.assert_array_equal(OneHotLabels(3)(ids), expected)
    np.testing.assert_array_equal(OneHotLabels(3)(ids[..., None].astype("float32")), expected)


@pytest.mark.parametrize("dont_care", [-1, 3, 255])
def test_pixels_without_a_label_have_the_last_channel(dont_care):
    ids = np.array([[[0, dont_care, 2, 77]]])
    expected = [[[[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0]]]]
    np.testing.assert_array_equal(OneHotLabels(3, dont_care=dont_care)(ids), expected)


def test_an_id_next_to_the_last_is_no_label():
    np.testing.assert_array_equal(
        OneHotLabels(3, dont_care=-1)(np.array([[[3]]])), np.zeros((1, 1, 1, 4))
    )


def test_ids_that_half_floats_do_not_hold():
    """bfloat16 has no 257 and float16 no 2049; as float32 they come through unharmed."""
    for policy, label in (("mixed_bfloat16", 257), ("mixed_float16", 2049)):
        layer = OneHotLabels(2100, dtype=policy)
        outputs = layer(np.full((1, 1, 1, 1), label, "float32"))
        assert outputs.dtype == policy.removeprefix("mixed_")
        assert int(np.argmax(np.array(tf.cast(outputs, "float32")))) == label


def test_one_hot_labels_saves(tmp_path):
    inputs = keras.Input((4, 4, 1), dtype="int32", name="input")
    model = keras.Model(inputs, OneHotLabels(3, dont_care=9)(inputs))
    assert model.output_shape == (None, 4, 4, 4)
    model.save(tmp_path / "model.keras")
    ids = np.array([0, 1, 2, 9] * 4).reshape(1, 4, 4, 1)
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(ids), model(ids))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"num_labels": 1}, "`num_labels` must be an integer of at least 2. Received: 1"),
        ({"num_labels": 4, "dont_care": 3}, r"outside of \[0, 4\).*Received: 3"),
    ],
)
def test_labels_that_can_not_be(arguments, message):
    with pytest.raises(ValueError, match=message):
        OneHotLabels(**arguments)


def test_a_map_that_is_one_hot_already_is_refused():
    with pytest.raises(ValueError, match=r"Received: \(1, 2, 2, 3\)"):
        OneHotLabels(3)(np.zeros((1, 2, 2, 3)))


# --------------------------------------------------------------------------------------- SPADE


def test_spade_counts():
    # 9 * 13 * 128 + 128 and twice 9 * 128 * 64 + 64; the norm has nothing to learn.
    layer = built(Spade(), (None, 8, 8, 64), (None, 8, 8, 13))
    assert trainable(layer) == 162_688


@pytest.mark.parametrize("normalization", ["batch", "instance"])
def test_spade_by_hand(normalization):
    """With 1x1 kernels, each pixel's scale and shift is a small network of its labels."""
    maps, label_map = normal(2, 4, 4, 3), normal(2, 4, 4, 5, seed=1)
    layer = Spade(hidden=6, kernel_size=1, normalization=normalization)
    built(layer, maps.shape, label_map.shape)
    for index, weight in enumerate(layer.trainable_weights):
        weight.assign(normal(*weight.shape, seed=9 + index))
    w_h, b_h = layer.shared.get_weights()
    w_g, b_g = layer.gamma.get_weights()
    w_b, b_b = layer.beta.get_weights()
    axes = (0, 1, 2) if normalization == "batch" else (1, 2)
    mean, variance = (f(maps, axis=axes, keepdims=True) for f in (np.mean, np.var))
    normalized = (maps - mean) / np.sqrt(variance + 1e-5)
    hidden = np.maximum(label_map @ w_h[0, 0] + b_h, 0)
    expected = normalized * (1 + hidden @ w_g[0, 0] + b_g) + hidden @ w_b[0, 0] + b_b
    np.testing.assert_allclose(layer([maps, label_map], training=True), expected, atol=2e-5)


def test_spade_without_a_map_is_a_plain_norm():
    maps = 3 + 2 * normal(4, 8, 8, 2)
    layer = Spade(hidden=4)
    outputs = np.array(layer([maps, np.zeros((4, 8, 8, 3), "float32")], training=True))
    np.testing.assert_allclose(outputs.mean((0, 1, 2)), 0, atol=1e-5)
    np.testing.assert_allclose(outputs.std((0, 1, 2)), 1, atol=1e-4)


def test_spade_resizes_the_map_in_each_call():
    """4x4 labels for 2x2 maps: rows and columns 0 and 2; for 8x8 ones, each label four times."""
    layer = Spade(hidden=4, normalization="instance")
    label_map = normal(1, 4, 4, 3, seed=1)
    for size, taken in (
        (2, label_map[:, ::2, ::2]),
        (8, label_map.repeat(2, 1).repeat(2, 2)),
        (3, label_map[:, [0, 1, 2]][:, :, [0, 1, 2]]),
    ):
        maps = normal(1, size, size, 2)
        np.testing.assert_array_equal(layer([maps, label_map]), layer([maps, taken]))


def test_spade_of_any_size_in_a_graph():
    layer = Spade(hidden=4, normalization="instance")
    maps, labels = keras.Input((None, None, 2)), keras.Input((None, None, 3))
    model = keras.Model([maps, labels], layer([maps, labels]))
    run = tf.function(lambda *x: model(list(x)), reduce_retracing=True)
    for size in (4, 6):
        values = normal(1, size, size, 2), normal(1, 12, 12, 3)
        np.testing.assert_allclose(run(*values), layer(list(values)), atol=1e-5)


@pytest.mark.parametrize(
    ("shapes", "message"),
    [(((None, 4), (None, 4, 4, 2)), r"Received: \(None, 4\)"), (((2, 4, 4, 2), (2, 4)), "both")],
)
def test_spade_refuses_what_are_no_maps(shapes, message):
    with pytest.raises(ValueError, match=message):
        Spade().build(list(shapes))
    with pytest.raises(ValueError, match="`normalization` must be one of"):
        Spade(normalization="layer")


# ------------------------------------------------------------------------------- pixel shuffle


def test_pixel_shuffle_by_hand():
    """One pixel of 8 channels: the first 4 make the 2x2 block of channel 0, as in torch."""
    inputs = np.arange(8, dtype="float32").reshape(1, 1, 1, 8)
    expected = [[[[0, 4], [1, 5]], [[2, 6], [3, 7]]]]
    np.testing.assert_array_equal(PixelShuffle(2)(inputs), expected)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_pixel_shuffle_by_its_formula(scale):
    inputs = normal(2, 3, 4, 2 * scale**2)
    outputs = np.array(PixelShuffle(scale)(inputs))
    assert outputs.shape == (2, 3 * scale, 4 * scale, 2)
    for index in np.ndindex(outputs.shape):
        b, y, x, c = index
        channel = scale**2 * c + scale * (y % scale) + x % scale
        assert outputs[index] == inputs[b, y // scale, x // scale, channel]


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_pixel_unshuffle_undoes_it(scale):
    inputs = normal(2, 3, 4, 2 * scale**2)
    layer = PixelUnshuffle(scale)
    np.testing.assert_array_equal(layer(PixelShuffle(scale)(inputs)), inputs)


def test_shuffles_of_any_size():
    inputs = keras.Input((None, None, 4))
    model = keras.Model(inputs, PixelUnshuffle(4)(PixelShuffle(2)(PixelShuffle(1)(inputs))))
    assert model.output_shape == (None, None, None, 16)
    run = tf.function(model, reduce_retracing=True)
    assert run(normal(1, 4, 4, 4)).shape == (1, 2, 2, 16)
    assert run(normal(1, 8, 6, 4)).shape == (1, 4, 3, 16)


def test_what_can_not_be_shuffled():
    with pytest.raises(ValueError, match=r"multiple of 4 channels\. Received: 6"):
        PixelShuffle(2)(normal(1, 2, 2, 6))
    with pytest.raises(ValueError, match=r"that 2 divides\. Received: 3x2"):
        PixelUnshuffle(2)(normal(1, 3, 2, 6))
    with pytest.raises(ValueError, match=r"\(batch, h, w, channels\). Received: \(1, 4\)"):
        PixelShuffle(2)(normal(1, 4))
    with pytest.raises(ValueError, match=r"`scale` must be a positive integer\. Received: 2\.0"):
        PixelShuffle(2.0)


def test_bilinear_by_hand():
    """Twice as wide: each new pixel is 3/4 of the nearest and 1/4 of the next, or the border."""
    inputs = np.array([0.0, 4.0], "float32").reshape(1, 1, 2, 1)
    outputs = np.array(BilinearUpsample(2)(inputs))
    np.testing.assert_array_equal(outputs[0, :, :, 0], [[0, 1, 3, 4]] * 2)
    np.testing.assert_array_equal(BilinearUpsample(1)(inputs), inputs)
    with pytest.raises(ValueError, match=r"Received: \(1, 2\)"):
        BilinearUpsample(2)(normal(1, 2))
    with pytest.raises(ValueError, match=r"positive integer\. Received: 0"):
        BilinearUpsample(0)


def test_icnr_starts_without_checkerboards(tmp_path):
    convolution = keras.layers.Conv2D(12, 3, padding="same", kernel_initializer=ICNR(2))
    model = keras.Sequential([keras.Input((4, 4, 5)), convolution, PixelShuffle(2)])
    inputs = normal(1, 4, 4, 5)
    outputs = np.array(model(inputs))
    assert outputs.std() > 0.1
    np.testing.assert_array_equal(outputs, outputs[:, ::2, ::2].repeat(2, 1).repeat(2, 2))
    # The deviation is he_normal's for 45 inputs.
    wide = np.array(ICNR(2)((3, 3, 5, 4000)))
    assert abs(wide.std() / np.sqrt(2 / 45) - 1) < 0.02
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert again.layers[0].kernel_initializer.scale == 2
    copy = convolution.kernel_initializer.clone()
    assert np.abs(np.array(copy((3, 3, 5, 12))) - np.array(convolution.kernel)).max() > 0
    with pytest.raises(ValueError, match=r"multiple of 4 filters\. Received: 6"):
        ICNR(2)((3, 3, 5, 6))


# ------------------------------------------------------------------------------------ spectra

SIZES = [(4, 4), (6, 10), (5, 7), (8, 5), (1, 2)]


def spectral(maps, kernel, gamma, beta):
    """A Fourier unit at inference with moving statistics of 0 and 1, by numpy's transforms."""
    spectrum = np.fft.rfft2(maps.astype("float64"), axes=(1, 2), norm="ortho")
    planes = np.stack([spectrum.real, spectrum.imag], axis=-1)
    planes = planes.reshape(*planes.shape[:3], -1)  # real and imaginary part of each in turn
    planes = np.maximum(planes @ kernel[0, 0] / np.sqrt(1 + 1e-5) * gamma + beta, 0)
    spectrum = planes[..., ::2] + 1j * planes[..., 1::2]
    return np.fft.irfft2(spectrum, s=maps.shape[1:3], axes=(1, 2), norm="ortho")


@pytest.mark.parametrize("method", ["fft", "matrix"])
@pytest.mark.parametrize("size", SIZES)
def test_fourier_unit_equals_numpy(size, method):
    maps = normal(2, *size, 3)
    layer = built(FourierUnit(4, method=method), maps.shape)
    for index, weight in enumerate(layer.trainable_weights):
        weight.assign(normal(*weight.shape, seed=9 + index))
    expected = spectral(maps, *(np.array(weight) for weight in layer.trainable_weights))
    outputs = layer(maps, training=False)
    assert outputs.shape == (2, *size, 4)
    assert np.abs(expected).max() > 1
    np.testing.assert_allclose(outputs, expected, atol=1e-5)


def test_a_unit_that_does_nothing_gives_back_its_input():
    """A spectrum of parts >= 0 passes a ReLU: a unit impulse has one."""
    maps = np.zeros((1, 4, 6, 1), "float32")
    maps[0, 0, 0, 0] = 5.0
    layer = built(FourierUnit(), maps.shape)
    layer.convolution.kernel.assign(np.eye(2)[None, None])
    outputs = layer(maps, training=False)
    np.testing.assert_allclose(outputs, maps / np.sqrt(1 + 1e-5), atol=1e-6)


def test_methods_have_the_same_gradients():
    maps = tf.constant(normal(2, 6, 5, 3))
    layer = built(FourierUnit(2), maps.shape)
    found = []
    for method in ("fft", "matrix"):
        layer.method = method
        with tf.GradientTape() as tape:
            tape.watch(maps)
            loss = tf.reduce_sum(layer(maps, training=False) ** 3)
        found.append(tape.gradient(loss, [maps, *(w.value for w in layer.trainable_weights)]))
    for ours, theirs in zip(*found, strict=True):
        assert np.abs(ours).max() > 0
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_half_precision_keeps_a_large_mean(policy):
    """A 64x64 map of 100 sums to 409,600, which float16 does not hold."""
    layer = built(FourierUnit(dtype=policy), (1, 64, 64, 1))
    maps = np.full((1, 64, 64, 1), 100.0, "float32") + normal(1, 64, 64, 1)
    layer.convolution.kernel.assign(np.eye(2)[None, None])
    outputs = tf.cast(layer(maps, training=False), "float32")
    assert np.isfinite(np.array(outputs)).all()
    assert abs(float(tf.reduce_mean(outputs)) - 100) < 2


@pytest.mark.parametrize("method", ["fft", "matrix"])
def test_any_size_in_one_graph(method):
    inputs = keras.Input((None, None, 3))
    layer = FourierUnit(method=method)
    run = tf.function(keras.Model(inputs, layer(inputs)), reduce_retracing=True)
    for size in SIZES:
        maps = normal(1, *size, 3)
        np.testing.assert_allclose(run(maps), layer(maps), atol=1e-5)


def test_the_method_of_a_network_is_set_and_saved(tmp_path):
    inputs = keras.Input((6, 6, 2))
    inner = keras.Sequential([FourierUnit(), FourierUnit()])
    model = keras.Model(inputs, FourierUnit()(inner(inputs)))
    assert set_fourier_method(model, "matrix") == 3
    assert {layer.method for layer in inner.layers} == {"matrix"}
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.layers[-1].method == "matrix"
    with pytest.raises(ValueError, match=r"must be one of \('fft', 'matrix'\). Received: 'dct'"):
        set_fourier_method(model, "dct")
    with pytest.raises(ValueError, match=r"Received: \(None, 4\)"):
        FourierUnit().build((None, 4))


# -------------------------------------------------------------------------------- dense blocks


def test_dense_blocks_count():
    shape = (None, 8, 8, 64)
    assert built(ResidualDense(), shape).count_params() == 239_808
    assert built(ResidualInResidualDense(), shape).count_params() == 719_424


def test_a_dense_block_by_hand():
    """One pixel, so that only the middle of each kernel counts."""
    x = normal(1, 1, 1, 2)
    layer = built(ResidualDense(3, residual_scale=0.5), x.shape)
    for index, convolution in enumerate(layer.convolutions):
        convolution.bias.assign(normal(*convolution.bias.shape, seed=index))
    seen = x[0, 0, 0]
    for convolution in layer.convolutions:
        kernel, bias = convolution.get_weights()
        made = seen @ kernel[1, 1] + bias
        seen = np.concatenate([seen, np.where(made > 0, made, 0.2 * made)])
    np.testing.assert_allclose(layer(x)[0, 0, 0], x[0, 0, 0] + 0.5 * made, atol=1e-6)


def test_three_dense_blocks_and_the_input():
    x = normal(1, 4, 4, 2)
    layer = built(ResidualInResidualDense(3), x.shape)
    inside = x
    for block in layer.blocks:
        inside = block(inside)
    np.testing.assert_allclose(layer(x), x + 0.2 * inside, atol=1e-6)
    kernels = [np.array(block.convolutions[0].kernel) for block in layer.blocks]
    assert np.abs(kernels[0] - kernels[1]).max() > 0


# ------------------------------------------------------------------------------- the contract

EXAMPLES = {
    "BilinearUpsample": (lambda: BilinearUpsample(3), [(4, 5, 6)]),
    "FourierUnit": (lambda: FourierUnit(3), [(4, 4, 6)]),
    "FourierUnit matrix": (lambda: FourierUnit(3, method="matrix"), [(4, 5, 6)]),
    "PixelShuffle": (lambda: PixelShuffle(2), [(4, 4, 8)]),
    "PixelUnshuffle": (lambda: PixelUnshuffle(2), [(4, 4, 3)]),
    "ResidualDense": (lambda: ResidualDense(2), [(4, 4, 6)]),
    "ResidualInResidualDense": (lambda: ResidualInResidualDense(2), [(4, 4, 6)]),
    "Spade": (lambda: Spade(hidden=4), [(4, 4, 6), (8, 8, 3)]),
    "Spade instance": (lambda: Spade(normalization="instance"), [(4, 4, 6), (8, 8, 3)]),
}


def model_of(name):
    make, shapes = EXAMPLES[name]
    inputs = [keras.Input(shape) for shape in shapes]
    values = [normal(4, *shape, seed=index) for index, shape in enumerate(shapes)]
    if len(shapes) == 1:
        inputs, values = inputs[0], values[0]
    return keras.Model(inputs, make()(inputs)), values


@pytest.mark.parametrize("name", EXAMPLES)
def test_saves_and_gives_the_shape_it_promised(name, tmp_path):
    model, inputs = model_of(name)
    outputs = model(inputs)
    assert outputs.shape[1:] == model.output_shape[1:]
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(inputs), outputs)
    config = model.layers[-1].get_config()
    assert loaded.layers[-1].get_config() == config


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_mixed_precision_stays_close(name, policy):
    model, inputs = model_of(name)
    keras.config.set_dtype_policy(policy)
    try:
        half, _ = model_of(name)
    finally:
        keras.config.set_dtype_policy("float32")
    half.set_weights(model.get_weights())
    outputs = half(inputs, training=True)
    assert outputs.dtype == policy.removeprefix("mixed_")
    expected = np.array(model(inputs, training=True))
    error = np.abs(np.array(tf.cast(outputs, "float32")) - expected).max()
    assert error < 0.06 * (1 + np.abs(expected).max())
