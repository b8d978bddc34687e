"""Each layer against numbers worked by hand or a plain numpy reference."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import layers

RANDOM = np.random.default_rng(0)


def normal(*shape):
    return RANDOM.normal(size=shape).astype("float32")


# ------------------------------------------------------------------------------------ resampling


def blurred(image):
    """[1, 2, 1] / 4 along both axes of (h, w), zeros beyond the border."""
    for axis in (0, 1):
        padded = np.pad(image, [(1, 1) if a == axis else (0, 0) for a in (0, 1)])
        n = image.shape[axis]
        image = sum(
            weight * np.take(padded, range(i, i + n), axis)
            for i, weight in enumerate((0.25, 0.5, 0.25))
        )
    return image


def test_upsampling_repeats_and_blurs():
    # One row (4, 8) repeats to 4 4 8 8; the inner pixels blur to (4 + 8 + 8) / 4 and so on:
    # 4 -> (4 + 2 * 4 + 8) / 4 = 5 beside the edge, 8 -> (4 + 16 + 8) / 4 = 7.
    image = normal(3, 5)
    ours = np.array(layers.BlurUpsample()(image[None, :, :, None]))[0, :, :, 0]
    np.testing.assert_allclose(ours, blurred(image.repeat(2, 0).repeat(2, 1)), atol=1e-6)
    rows = np.tile([[4.0, 8.0]], (4, 1)).astype("float32")
    middle = np.array(layers.BlurUpsample()(rows[None, :, :, None]))[0, 4, 1:3, 0]
    assert np.abs(middle - [5, 7]).max() < 1e-5


def test_downsampling_blurs_and_averages():
    image = normal(6, 4)
    ours = np.array(layers.BlurDownsample()(image[None, :, :, None]))[0, :, :, 0]
    expected = blurred(image).reshape(3, 2, 2, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(ours, expected, atol=1e-6)


def test_resampling_keeps_a_constant_inside_and_channels_apart():
    image = np.broadcast_to([1.0, -2.0], (1, 8, 8, 2)).astype("float32")
    up, down = np.array(layers.BlurUpsample()(image)), np.array(layers.BlurDownsample()(image))
    np.testing.assert_allclose(up[0, 1:-1, 1:-1], np.broadcast_to([1, -2], (14, 14, 2)), atol=1e-6)
    np.testing.assert_allclose(down[0, 1:-1, 1:-1], np.broadcast_to([1, -2], (2, 2, 2)), atol=1e-6)


# ----------------------------------------------------------------------------------- equalised


def test_equalized_dense_by_hand():
    # W = 2 everywhere, fan-in 4: 4 inputs of 3 * (2 / sqrt(4)) = 12, plus the bias of 0.5.
    layer = layers.EqualizedDense(1, bias_start=0.5)
    layer.build((None, 4))
    layer.kernel.assign(np.full((4, 1), 2.0))
    assert abs(float(layer(np.full((1, 4), 3.0, "float32"))[0, 0]) - 12.5) < 1e-5


def test_equalized_starts_at_unit_scale_whatever_the_learning_rate():
    for scale in (1.0, 0.01):
        keras.utils.set_random_seed(0)
        layer = layers.EqualizedDense(256, bias_start=1.0, learning_rate_scale=scale)
        outputs = np.array(layer(normal(64, 256)))
        assert abs(outputs.std() - 1) < 0.05
        assert abs(outputs.mean() - 1) < 0.05
        assert abs(np.array(layer.kernel).std() * scale - 1) < 0.02


def test_equalized_convolution_equals_keras_with_the_scaled_kernel():
    layer, reference = layers.EqualizedConv2D(3, 3), keras.layers.Conv2D(3, 3, padding="same")
    images = normal(2, 5, 5, 4)
    outputs = layer(images)
    reference.build(images.shape)
    reference.set_weights([np.array(layer.kernel) / 6, np.zeros(3)])  # fan-in 3 * 3 * 4 = 36
    np.testing.assert_allclose(outputs, reference(images), atol=1e-5)


def test_gain_multiplies_the_kernel_but_not_the_bias():
    layer = layers.EqualizedDense(1, gain=3.0, bias_start=0.5)
    layer.build((None, 4))
    layer.kernel.assign(np.full((4, 1), 2.0))
    assert abs(float(layer(np.full((1, 4), 3.0, "float32"))[0, 0]) - 36.5) < 1e-4


# ------------------------------------------------------------------------------ normalisations


def test_pixel_norm_by_hand():
    # (3, 4): mean square 12.5.
    normalized = np.array(layers.PixelNorm()(np.array([[3.0, 4.0]], "float32")))
    assert np.abs(normalized - np.array([3, 4]) / np.sqrt(12.5)).max() < 1e-6


def test_conditional_batch_norm_scales_by_label():
    layer = layers.ConditionalBatchNorm(3)
    x = np.array([[1.0], [3], [5], [7]], "float32")  # mean 4, variance 5
    labels = np.array([0, 1, 2, 0])
    plain = np.array([-3, -1, 1, 3]) / np.sqrt(5)
    assert np.abs(np.array(layer([x, labels], training=True))[:, 0] - plain).max() < 1e-4
    layer.gamma.embeddings.assign([[1.0], [2], [3]])
    layer.beta.embeddings.assign([[0.0], [10], [20]])
    expected = plain * [1, 2, 3, 1] + [0, 10, 20, 0]
    assert np.abs(np.array(layer([x, labels], training=True))[:, 0] - expected).max() < 1e-4


def test_conditional_batch_norm_is_linear_in_a_vector():
    layer = layers.ConditionalBatchNorm()
    x, condition = normal(4, 2, 2, 3), normal(4, 5)
    outputs = np.array(layer([x, condition], training=True))
    plain = (x - x.mean((0, 1, 2))) / np.sqrt(x.var((0, 1, 2)) + 1e-5)
    gamma = 1 + condition @ np.array(layer.gamma.kernel)
    beta = condition @ np.array(layer.beta.kernel)
    expected = plain * gamma[:, None, None] + beta[:, None, None]
    np.testing.assert_allclose(outputs, expected, atol=1e-4)


def test_virtual_batch_norm_by_hand():
    # Reference rows 0 and 2: mean 1, mean square 2, variance 1, so they become -1 and 1.
    # A row of 4: mean (4 + 2 * 1) / 3 = 2, mean square (16 + 2 * 2) / 3 = 20/3, variance 8/3.
    layer = layers.VirtualBatchNorm(2, epsilon=0.0)
    outputs = np.array(layer(np.array([[0.0], [2.0], [4.0], [1.0]], "float32")))[:, 0]
    # A row of 1: mean 1, so it becomes 0.
    assert np.abs(outputs - [-1, 1, 2 / np.sqrt(8 / 3), 0]).max() < 1e-6


def test_virtual_batch_norm_keeps_images_apart():
    model = keras.Sequential(
        [layers.PrependReference(3), layers.VirtualBatchNorm(3), layers.DropReference(3)]
    )
    images = normal(4, 2, 2, 5)
    together = np.array(model(images, training=True))
    assert together.shape == images.shape
    np.testing.assert_allclose(together[1:2], model(images[1:2], training=True), atol=1e-6)


# ---------------------------------------------------------------------------- over the minibatch


def test_minibatch_stddev_by_hand():
    # Groups of 2 out of 4 are (0, 2) and (1, 3). Values 0, 5, 4, 5: deviations 2 and 0.
    images = np.array([0.0, 5, 4, 5], "float32").reshape(4, 1, 1, 1) * np.ones(
        (1, 3, 3, 2), "float32"
    )
    outputs = np.array(layers.MinibatchStddev(2)(images))
    assert outputs.shape == (4, 3, 3, 3)
    for image, deviation in enumerate([2, 1e-4, 2, 1e-4]):
        assert np.abs(outputs[image, :, :, 2] - deviation).max() < 1e-5


@pytest.mark.parametrize(("batch", "group"), [(8, 4), (6, 3), (5, 1), (2, 2), (3, 3)])
def test_minibatch_stddev_takes_the_largest_group_that_divides(batch, group):
    images = normal(batch, 2, 2, 3)
    outputs = np.array(layers.MinibatchStddev(4)(images))[:, 0, 0, 3]
    groups = images.reshape(group, batch // group, 2, 2, 3)
    spread = np.sqrt(groups.var(axis=0) + 1e-8).mean(axis=(1, 2, 3))
    np.testing.assert_allclose(outputs, np.tile(spread, group), atol=1e-5)


def test_group_moments_by_hand():
    # Series of two steps; the first two are a group: 1, 3, 5, 7 have mean 4 and variance 5.
    series = np.array([[1, 3], [5, 7], [0, 0], [2, 2]], "float32")[..., None]
    outputs = np.array(layers.GroupMoments(2)(np.concatenate([series, -series], axis=-1)))
    expected = [[4, -4, 5**0.5, 5**0.5], [1, -1, 1, 1]]
    np.testing.assert_allclose(outputs, np.repeat(expected, 2, axis=0), atol=1e-5)


def test_halves_of_a_batch_have_the_group_moments_of_the_whole():
    layer, series = layers.GroupMoments(4), normal(16, 3, 2)
    whole = np.array(layer(series))
    halves = [np.array(layer(series[:8])), np.array(layer(series[8:]))]
    np.testing.assert_array_equal(whole, np.concatenate(halves))
    odd = np.array(layer(series[:6]))  # groups of 3
    np.testing.assert_allclose(odd[0, :2], series[:3].mean(axis=(0, 1)), atol=1e-6)
    with pytest.raises(ValueError, match="`group_size` is a positive integer"):
        layers.GroupMoments(0)


def test_minibatch_discrimination_by_hand():
    # Features 0, 1 and 3 through T = (1, -1), one kernel of two rows: distances are twice theirs.
    layer = layers.MinibatchDiscrimination(1, 2)
    layer.build((None, 1))
    layer.kernel.assign([[1.0, -1.0]])
    outputs = np.array(layer(np.array([[0.0], [1], [3]], "float32")))
    e = np.exp
    expected = [e(-2) + e(-6), e(-2) + e(-4), e(-6) + e(-4)]
    assert np.abs(outputs[:, 1] - expected).max() < 1e-6


# ------------------------------------------------------------------------------- attention, styles


def test_self_attention_starts_as_the_identity_and_equals_numpy():
    layer = layers.SelfAttention()
    x = normal(2, 4, 4, 16)
    np.testing.assert_array_equal(layer(x), x)
    layer.gamma.assign(0.5)
    query = (x @ np.array(layer.query.kernel)[0, 0]).reshape(2, 16, 2)
    key = (x @ np.array(layer.key.kernel)[0, 0]).reshape(2, 2, 2, 2, 2, 2).max((2, 4))
    value = (x @ np.array(layer.value.kernel)[0, 0]).reshape(2, 2, 2, 2, 2, 8).max((2, 4))
    scores = query @ key.reshape(2, 4, 2).transpose(0, 2, 1)
    weights = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    attended = (weights @ value.reshape(2, 4, 8)).reshape(2, 4, 4, 8)
    expected = x + 0.5 * attended @ np.array(layer.output_map.kernel)[0, 0]
    np.testing.assert_allclose(layer(x), expected, atol=1e-5)


@pytest.mark.parametrize("demodulate", [True, False])
def test_modulated_convolution_equals_a_kernel_for_each_image(demodulate):
    layer = layers.ModulatedConv2D(3, demodulate=demodulate)
    maps, w = normal(2, 5, 5, 4), normal(2, 6)
    outputs = layer([maps, w])
    style = np.array(layer.style(w))
    assert abs(style.mean() - 1) < 1  # the affine map's bias starts at 1
    for i in range(2):
        kernel = style[i][:, None] * np.array(layer.kernel) / 6  # fan-in 36
        if demodulate:
            kernel = kernel / np.sqrt(np.sum(kernel**2, axis=(0, 1, 2)) + 1e-8)
        expected = tf.nn.conv2d(maps[i : i + 1], kernel.astype("float32"), 1, "SAME")
        np.testing.assert_allclose(outputs[i : i + 1], expected, atol=1e-4)


def test_modulated_upsampling_keeps_constants_and_is_centred():
    layer = layers.ModulatedConv2D(1, demodulate=False, upsample=True, gain=2.0)
    layer.build([(None, 6, 6, 1), (None, 3)])
    kernel = np.outer([1, 2, 1], [1, 2, 1])[:, :, None, None]
    layer.kernel.assign(kernel)
    w = np.zeros((1, 3), "float32")  # the style is its bias, 1
    # A constant 1 gives, inside, the sum of the kernel 16, over the root of the fan-in 9, twice.
    doubled = np.array(layer([np.ones((1, 6, 6, 1), "float32"), w]))[0, :, :, 0]
    assert doubled.shape == (12, 12)
    assert np.abs(doubled[3:-3, 3:-3] - 2 * 16 / 3).max() < 1e-4
    # Pixel 2 of 6 covers pixels 4 and 5 of 12: what it paints is symmetric about them.
    point = np.zeros((1, 6, 6, 1), "float32")
    point[0, 2, 2] = 1
    painted = np.array(layer([point, w]))[0, :10, :10, 0]
    np.testing.assert_allclose(painted, painted[::-1, ::-1], atol=1e-5)
    assert painted[4, 4] > painted.max() - 1e-5 > 0


def test_modulated_upsampling_keeps_the_variance():
    keras.utils.set_random_seed(0)
    layer = layers.ModulatedConv2D(64, upsample=True)
    outputs = np.array(layer([normal(4, 16, 16, 64), np.zeros((4, 3), "float32")]))
    # The blur takes most of the noise's variance away, as it does in the authors' code.
    assert 0.4 < outputs[:, 4:-4, 4:-4].std() < 1.1


def test_noise_is_fixed_at_inference_and_new_in_training():
    layer = layers.AddNoise(seed=5)
    x = normal(2, 4, 4, 3)
    np.testing.assert_array_equal(layer(x, training=True), x)  # strength 0
    layer.strength.assign(2.0)
    first, again = np.array(layer(x)), np.array(layer(x))
    np.testing.assert_array_equal(first, again)
    np.testing.assert_allclose(first - x, 2 * np.array(layer.fixed) * np.ones_like(x), atol=1e-5)
    one, two = (np.array(layer(x, training=True)) - x for _ in range(2))
    assert np.abs(one - two).max() > 0.1
    assert np.abs(one[0] - one[1]).max() > 0.1
    np.testing.assert_allclose(one[..., 0], one[..., 1], atol=1e-5)
    assert any("seed" in variable.path for variable in layer.variables)


def test_styles_mix_only_later_ones_and_only_in_training():
    w, other = np.zeros((400, 1), "float32"), np.ones((400, 1), "float32")
    layer = layers.MixStyles(4, probability=0.5)
    assert np.array(layer([w, other])).max() == 0
    styles = np.array(layer([w, other], training=True))[:, :, 0]
    assert styles[:, 0].max() == 0  # the first is never mixed
    assert (np.diff(styles, axis=1) >= 0).all()  # from the place on, all are
    # Half of 400 are mixed, from style 1, 2 or 3 on: within four deviations of 200, 67, 67, 67.
    counts = [np.sum(styles.sum(axis=1) == mixed) for mixed in (0, 1, 2, 3)]
    assert abs(counts[0] - 200) < 40
    assert all(abs(count - 67) < 30 for count in counts[1:])


def test_truncation_by_hand():
    # The average goes from 0 to 0.1 * (mean of 2 and 4) = 0.3; half way from it to 2 is 1.15.
    layer = layers.TruncateStyles(0.5, momentum=0.9)
    styles = np.array([[[2.0], [9.0]], [[4.0], [9.0]]], "float32")
    np.testing.assert_array_equal(layer(styles, training=True), styles)
    assert abs(float(layer.average[0]) - 0.3) < 1e-6
    assert abs(float(layer(styles)[0, 0, 0]) - 1.15) < 1e-6


def test_other_latents_are_new_in_training():
    x = np.zeros((1000, 2), "float32")
    layer = layers.OtherLatents()
    np.testing.assert_array_equal(layer(x), x)
    drawn = np.array(layer(x, training=True))
    assert abs(drawn.mean()) < 0.1
    assert abs(drawn.std() - 1) < 0.1


def test_learned_maps():
    basis = layers.LearnedBasis((2, 3))
    weights = normal(4, 5)
    maps = np.array(basis(weights))
    np.testing.assert_allclose(maps, weights[:, None, None] * np.array(basis.basis), atol=1e-6)
    constant = layers.LearnedConstant((2, 3, 4))
    maps = np.array(constant(weights))
    np.testing.assert_array_equal(maps, np.array(constant.constant)[None].repeat(4, 0))


# ---------------------------------------------------------------------------------- residual blocks


def test_residual_down_adds_the_shortcut():
    layer = layers.ResidualDown(3)
    x = normal(2, 4, 4, 5)
    outputs = layer(x)
    inner = layer.convolution_1(tf.nn.relu(layer.convolution_0(tf.nn.relu(x))))
    # Here the shortcut is convolved first and halved then: the layer's other order is the same.
    expected = tf.nn.avg_pool2d(inner + layer.shortcut(x), 2, 2, "SAME")
    np.testing.assert_allclose(outputs, expected, atol=1e-5)


def test_residual_down_without_need_has_the_identity_as_shortcut():
    layer = layers.ResidualDown(5, downsample=False, kernel_initializer="zeros")
    x = normal(2, 4, 4, 5)
    np.testing.assert_array_equal(layer(x), x)


def test_the_first_residual_down_sees_negative_pixels():
    x = -np.ones((1, 4, 4, 1), "float32")
    inner = {True: 0.0, False: -1.0}
    for activate_first, seen in inner.items():
        layer = layers.ResidualDown(1, activate_first=activate_first)
        layer.build(x.shape)
        for convolution in (layer.convolution_0, layer.convolution_1, layer.shortcut):
            convolution.set_weights([w * 0 for w in convolution.get_weights()])
        kernel = np.zeros((3, 3, 1, 1))
        kernel[1, 1] = -1
        layer.convolution_0.set_weights([kernel, np.zeros(1)])
        layer.convolution_1.set_weights([-kernel, np.zeros(1)])
        assert abs(float(layer(x)[0, 0, 0, 0]) + seen) < 1e-6


def test_residual_up_doubles_and_adds_the_shortcut():
    layer = layers.ResidualUp(3, num_classes=4)
    x, labels = normal(2, 2, 2, 5), np.array([0, 3])
    outputs = layer([x, labels], training=True)
    assert outputs.shape == (2, 4, 4, 3)
    double = x.repeat(2, 1).repeat(2, 2)
    inner = tf.nn.relu(layer.norm_0([double, labels], training=True))
    inner = layer.convolution_0(inner)
    inner = layer.convolution_1(tf.nn.relu(layer.norm_1([inner, labels], training=True)))
    np.testing.assert_allclose(outputs, inner + layer.shortcut(double), atol=1e-4)
