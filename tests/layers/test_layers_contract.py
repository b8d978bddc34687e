"""What must hold for every layer: config, saving, mixed precision, XLA, gradients of gradients."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import layers

MAPS = (4, 4, 6)
EXAMPLES = {
    "BilinearUpsample": (lambda: layers.BilinearUpsample(2), [MAPS]),
    "FoldPeriod": (lambda: layers.FoldPeriod(3), [(8, 2)]),
    "FourierUnit": (lambda: layers.FourierUnit(3), [MAPS]),
    "PixelShuffle": (lambda: layers.PixelShuffle(2), [(4, 4, 8)]),
    "PixelUnshuffle": (lambda: layers.PixelUnshuffle(2), [MAPS]),
    "ResidualDense": (lambda: layers.ResidualDense(2), [MAPS]),
    "ResidualInResidualDense": (lambda: layers.ResidualInResidualDense(2), [MAPS]),
    "Spade": (lambda: layers.Spade(hidden=4), [MAPS, (8, 8, 3)]),
    "WithChanges": (lambda: layers.WithChanges([0.5, 1, 2]), [(6, 3)]),
    "AddNoise": (lambda: layers.AddNoise(seed=3), [MAPS]),
    "AntialiasDownsample": (lambda: layers.AntialiasDownsample(), [MAPS]),
    "AntialiasUpsample": (lambda: layers.AntialiasUpsample(), [MAPS]),
    "AverageHalving": (lambda: layers.AverageHalving(), [MAPS]),
    "BatchNorm": (lambda: layers.BatchNorm(), [MAPS]),
    "BlurDownsample": (lambda: layers.BlurDownsample(), [MAPS]),
    "BlurUpsample": (lambda: layers.BlurUpsample(), [MAPS]),
    "ConditionalBatchNorm": (
        lambda: layers.ConditionalBatchNorm(spectral_norm=True),
        [MAPS, (3,)],
    ),
    "DoublingConv2D": (lambda: layers.DoublingConv2D(3), [(8, 8, 6)]),
    "EqualizedConv2D": (lambda: layers.EqualizedConv2D(3, 3, bias_start=0.5), [MAPS]),
    "EqualizedDense": (lambda: layers.EqualizedDense(3, learning_rate_scale=0.1), [(5,)]),
    "GroupMoments": (lambda: layers.GroupMoments(2), [(5, 6)]),
    "GroupedConv2D": (lambda: layers.GroupedConv2D(6, 3, groups=3), [MAPS]),
    "InstanceNorm": (lambda: layers.InstanceNorm(affine=True), [MAPS]),
    "LearnedBasis": (lambda: layers.LearnedBasis((2, 3)), [(5,)]),
    "LearnedConstant": (lambda: layers.LearnedConstant((2, 3, 4)), [(5,)]),
    "MinibatchDiscrimination": (lambda: layers.MinibatchDiscrimination(3, 2), [(5,)]),
    "MinibatchStddev": (lambda: layers.MinibatchStddev(2), [MAPS]),
    "MixStyles": (lambda: layers.MixStyles(3), [(5,), (5,)]),
    "ModulatedConv2D": (lambda: layers.ModulatedConv2D(3, upsample=True), [MAPS, (3,)]),
    "OtherLatents": (lambda: layers.OtherLatents(seed=1), [(5,)]),
    "PhaseShuffle": (lambda: layers.PhaseShuffle(1, seed=2), [(5, 6)]),
    "PixelNorm": (lambda: layers.PixelNorm(), [(5,)]),
    "PlacePatches": (lambda: layers.PlacePatches((5, 6)), [(2, 4, 4, 3), (3, 2, 2)]),
    "ReflectionPadding": (lambda: layers.ReflectionPadding(((1, 2), 0)), [MAPS]),
    "ResidualDown": (lambda: layers.ResidualDown(3, spectral_norm=True), [MAPS]),
    "ResidualUp": (lambda: layers.ResidualUp(3, spectral_norm=True), [MAPS, (3,)]),
    "SelfAttention": (lambda: layers.SelfAttention(spectral_norm=True), [MAPS]),
    "SpectralNorm": (lambda: layers.SpectralNorm(keras.layers.Dense(3)), [(5,)]),
    "TruncateStyles": (lambda: layers.TruncateStyles(0.7), [(2, 5)]),
    "VirtualBatchNorm": (
        lambda: keras.Sequential(
            [layers.PrependReference(3), layers.VirtualBatchNorm(3), layers.DropReference(3)]
        ),
        [MAPS],
    ),
}


def model_of(name):
    make, shapes = EXAMPLES[name]
    random = np.random.default_rng(0)
    inputs = [keras.Input(shape) for shape in shapes]
    values = [random.normal(size=(4, *shape)).astype("float32") for shape in shapes]
    if len(shapes) == 1:
        inputs, values = inputs[0], values[0]
    return keras.Model(inputs, make()(inputs)), values


def test_every_layer_is_here():
    elsewhere = {"LabelMap", "OneHotLabels"}
    elsewhere |= {"FixBlocks", "SoftmaxBlocks"}  # always float32: test_networks_table_mlp.py
    elsewhere |= {"LogitsAlongRanks", "RanksOfBlocks"}  # the same
    elsewhere |= {"SnapLevels"}  # the same: test_networks_series.py
    elsewhere |= {"PrependReference", "DropReference"}  # in VirtualBatchNorm
    elsewhere |= {"FoldFrames", "UnfoldFrames"}  # reshapes: test_networks_video.py
    # Always float32, and a cell: test_networks_autoregressive.py
    elsewhere |= {"DrawSymbols", "UntilTheEnd", "RelationalMemoryCell"}
    assert set(EXAMPLES) | elsewhere == set(layers.__all__)


@pytest.mark.parametrize("name", EXAMPLES)
def test_saves_and_gives_the_shape_it_promised(name, tmp_path):
    model, inputs = model_of(name)
    outputs = model(inputs)
    assert outputs.shape[1:] == model.output_shape[1:]
    assert outputs.shape[0] == 4
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(inputs), outputs)


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_mixed_precision_computes_in_half_and_stays_close(name, policy):
    keras.utils.set_random_seed(0)
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


def gradients_twice(model, inputs):
    """Gradients in the weights of a penalty on the gradient in the inputs."""
    inputs = tf.nest.map_structure(tf.constant, inputs)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(inputs)
            loss = tf.reduce_sum(tf.square(model(inputs, training=True)))
        slopes = tf.nest.flatten(inner.gradient(loss, inputs))
        penalty = tf.add_n([tf.reduce_sum(tf.square(x)) for x in slopes if x is not None] or [loss])
    return [penalty, *outer.gradient(penalty, [v.value for v in model.trainable_variables])]


def test_gradients_of_gradients_agree_with_finite_differences():
    """Along a random direction of the weights, in every layer."""
    for name in EXAMPLES:
        keras.utils.set_random_seed(1)
        model, inputs = model_of(name)
        if not model.trainable_variables:
            continue
        start = [np.array(v) for v in model.trainable_variables]
        random = np.random.default_rng(3)
        direction = [random.normal(size=w.shape).astype("float32") for w in start]
        gradients = gradients_twice(model, inputs)[1:]
        pairs = zip(gradients, direction, strict=True)
        slope = sum(float(tf.reduce_sum(g * d)) for g, d in pairs if g is not None)
        step, penalties = 1e-4, []  # short, or ReLUs change sides on the way
        for sign in (1, -1):
            moved = [weight + sign * step * d for weight, d in zip(start, direction, strict=True)]
            for variable, weight in zip(model.trainable_variables, moved, strict=True):
                variable.assign(weight)
            penalties.append(float(gradients_twice(model, inputs)[0]))
        measured = (penalties[0] - penalties[1]) / (2 * step)
        assert abs(measured - slope) < 0.05 * (abs(slope) + 1), name


@pytest.mark.slow
def test_xla_computes_the_same():
    """All layers in one compiled function: a penalty on the gradient, and its gradient."""
    models, inputs = zip(*(model_of(name) for name in EXAMPLES), strict=True)

    def everything():
        return [
            [g for g in gradients_twice(model, x) if g is not None]
            for model, x in zip(models, inputs, strict=True)
        ]

    seeds = [v for model in models for v in model.variables if "seed" in v.path]
    start = [np.array(seed) for seed in seeds]
    expected = tf.function(everything)()
    for seed, value in zip(seeds, start, strict=True):
        seed.assign(value)  # the same noise again
    compiled = tf.function(everything, jit_compile=True)()
    for name, ours, theirs in zip(EXAMPLES, compiled, expected, strict=True):
        scale = max(1e-3, *(float(tf.reduce_max(tf.abs(value))) for value in theirs))
        for a, b in zip(ours, theirs, strict=True):
            assert float(tf.reduce_max(tf.abs(a - b))) < 1e-4 * scale, name
