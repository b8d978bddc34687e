"""Spectral norm against singular values: value, gradient through sigma, what a pass moves."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.layers import SpectralNorm

IMAGES = np.random.default_rng(0).normal(size=(2, 6, 6, 3)).astype("float32")
LAYERS = {
    "dense": lambda: (keras.layers.Dense(5), IMAGES[:, 0, 0]),
    "conv": lambda: (keras.layers.Conv2D(4, 3, strides=2), IMAGES),
    "conv_1d": lambda: (keras.layers.Conv1D(4, 3), IMAGES[:, 0]),
    "conv_3d": lambda: (keras.layers.Conv3D(4, 2), IMAGES[:, None].repeat(3, 1)),
    "grouped": lambda: (keras.layers.Conv2D(6, 3, groups=3), IMAGES),
    "transposed": lambda: (keras.layers.Conv2DTranspose(4, 4, strides=2), IMAGES),
    "transposed_1d": lambda: (keras.layers.Conv1DTranspose(4, 4, strides=2), IMAGES[:, 0]),
    "transposed_3d": lambda: (keras.layers.Conv3DTranspose(4, 2), IMAGES[:, None].repeat(2, 1)),
    "depthwise": lambda: (keras.layers.DepthwiseConv2D(3, depth_multiplier=2), IMAGES),
    "depthwise_1d": lambda: (keras.layers.DepthwiseConv1D(3, depth_multiplier=2), IMAGES[:, 0]),
    "embedding": lambda: (keras.layers.Embedding(7, 4), np.array([1, 6])),
}


def matrix_of(layer):
    """The kernel as (everything else, output channels), by a name for each axis."""
    kernel = np.array(layer.kernel if hasattr(layer, "kernel") else layer.embeddings)
    kind = type(layer).__name__
    if kind.endswith("Transpose"):
        kernel = np.stack([kernel[..., out, :] for out in range(4)], axis=-1)
    elif kind.startswith("Depthwise"):  # output m + 2 i is input i's m-th
        kernel = np.stack([kernel[..., i, m] for i in range(3) for m in range(2)], axis=-1)
    return kernel.reshape(-1, kernel.shape[-1])


def normalized(inner, inputs, iterations=30):
    layer = SpectralNorm(inner)
    layer(inputs)
    kernel = inner.kernel if hasattr(inner, "kernel") else inner.embeddings
    kernel.assign_add(tf.ones(kernel.shape))  # one large singular value: it converges quickly
    for _ in range(iterations):
        layer.before_update()
    return layer


def test_worked_numbers():
    # diag(3, 2) has spectral norm 3: (1, 1) goes to (1, 2/3).
    layer = normalized(keras.layers.Dense(2, use_bias=False), np.ones((1, 2), "float32"), 0)
    layer.layer.kernel.assign([[3.0, 0.0], [0.0, 2.0]])
    for _ in range(60):
        layer.before_update()
    np.testing.assert_allclose(layer(np.ones((1, 2), "float32")), [[1, 2 / 3]], atol=1e-6)


@pytest.mark.parametrize("name", LAYERS)
def test_equals_the_layer_with_its_kernel_divided_by_the_largest_singular_value(name):
    inner, inputs = LAYERS[name]()
    layer = normalized(inner, inputs)
    kernel = inner.kernel if hasattr(inner, "kernel") else inner.embeddings
    largest = np.linalg.svd(matrix_of(inner), compute_uv=False)[0]
    outputs = np.array(layer(inputs))
    kernel.assign(kernel / largest)
    np.testing.assert_allclose(outputs, inner(inputs), atol=2e-6)


def test_gradient_flows_through_sigma():
    # By the product rule, with G the gradient in the normalised kernel V = W / sigma:
    # dL/dW = (G - sum(G V) u v^T) / sigma, u and v the first singular vectors of W.
    inner, inputs = LAYERS["dense"]()
    layer = normalized(inner, inputs)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(inputs) ** 3)
    gradient = tape.gradient(loss, inner.kernel.value)
    left, values, right = np.linalg.svd(np.array(inner.kernel))
    divided = np.array(inner.kernel) / values[0]
    inner_gradient = inputs.T @ (3 * (inputs @ divided) ** 2)
    outer = np.outer(left[:, 0], right[0])
    expected = (inner_gradient - np.sum(inner_gradient * divided) * outer) / values[0]
    np.testing.assert_allclose(gradient, expected, atol=1e-4)


@pytest.mark.parametrize("training", [True, False])
def test_passes_change_nothing(training):
    inner, inputs = LAYERS["conv"]()
    layer = normalized(inner, inputs, 0)
    before = [np.array(variable) for variable in layer.variables]
    first = np.array(layer(inputs, training=training))
    np.testing.assert_array_equal(first, layer(inputs, training=not training))
    for old, variable in zip(before, layer.variables, strict=True):
        np.testing.assert_array_equal(old, variable)


def test_sigma_is_right_from_the_start_and_one_iteration_follows_the_kernel():
    inner, inputs = LAYERS["conv"]()
    layer = SpectralNorm(inner)
    layer(inputs)
    largest = np.linalg.svd(matrix_of(inner), compute_uv=False)[0]
    assert 0.9 * largest < float(layer.sigma()) <= 1.0001 * largest
    u = np.array(layer.u)
    matrix = matrix_of(inner)
    layer.before_update()
    v = matrix @ u / np.linalg.norm(matrix @ u)
    u = v @ matrix / np.linalg.norm(v @ matrix)
    np.testing.assert_allclose(layer.v, v, atol=1e-5)
    np.testing.assert_allclose(layer.u, u, atol=1e-5)


def test_a_zero_kernel_gives_zeros():
    layer = SpectralNorm(keras.layers.Dense(2, kernel_initializer="zeros"))
    layer(np.ones((1, 2), "float32"))
    layer.before_update()
    np.testing.assert_array_equal(layer(np.ones((1, 2), "float32")), np.zeros((1, 2)))


def test_mixed_precision_estimates_sigma_in_float32():
    inner = keras.layers.Dense(4, dtype="mixed_float16")
    layer = SpectralNorm(inner, dtype="mixed_float16")
    inputs = tf.constant(IMAGES[:, 0, 0])
    with tf.GradientTape() as tape:
        outputs = layer(inputs)
        loss = tf.reduce_sum(tf.cast(outputs, "float32"))
    assert outputs.dtype == "float16"
    assert np.isfinite(tape.gradient(loss, inner.kernel.value)).all()
    layer.before_update()
    # In float16 the kernel would be rounded to a share of 2^-11, and sigma with it.
    left, right = np.array(layer.v), np.array(layer.u)
    assert abs(float(layer.sigma()) - left @ np.array(inner.kernel) @ right) < 1e-6
    assert layer.u.dtype == "float32"


def test_saves_sigma(tmp_path):
    inner, inputs = LAYERS["conv"]()
    model = keras.Sequential([keras.Input(IMAGES.shape[1:]), SpectralNorm(inner)])
    model.layers[0].before_update()
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(inputs), model(inputs))
    np.testing.assert_array_equal(loaded.layers[0].u, model.layers[0].u)


def test_replicas_hold_the_same_estimate_as_one_device():
    strategy = tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )

    def make():
        start = keras.initializers.GlorotNormal(seed=1)
        layer = SpectralNorm(keras.layers.Dense(3, kernel_initializer=start))
        layer.build((None, 3))
        return layer

    alone = make()
    with strategy.scope():
        mirrored = make()

    @tf.function
    def step():
        strategy.run(mirrored.before_update)

    step()
    alone.before_update()
    for copy in strategy.experimental_local_results(mirrored.u.value):
        np.testing.assert_allclose(copy, alone.u, atol=1e-6)


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.ReLU(),
        keras.layers.SeparableConv2D(4, 3),  # has two kernels
        keras.layers.EinsumDense("ab,bcd->acd", (4, 5)),  # which axes are outputs?
    ],
)
def test_another_layer_is_refused(layer):
    with pytest.raises(ValueError, match=rf"`layer` must be .*\({type(layer).__name__}\)"):
        SpectralNorm(layer)


def test_the_matrix_has_a_column_for_each_output():
    sizes = {}
    for name, make in LAYERS.items():
        inner, inputs = make()
        layer = SpectralNorm(inner)
        outputs = layer(inputs)
        assert layer.u.shape == (outputs.shape[-1],)
        sizes[name] = layer.v.shape[0]
    assert sizes["transposed"] == 4 * 4 * 3
    assert sizes["transposed_3d"] == 2 * 2 * 2 * 3
    assert sizes["depthwise"] == 3 * 3
    assert sizes["grouped"] == 3 * 3
