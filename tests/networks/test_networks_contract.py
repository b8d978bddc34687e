"""What must hold for every pair of builders: shapes, ranges, labels, saving, gradients, XLA."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import networks

SHAPE = (8, 8, 2)
SMALL = {
    "mlp": ({"widths": (6,)}, {"widths": (6,)}),
    "dcgan": ({"widths": (6, 4)}, {"widths": (4, 6)}),
    "resnet": ({"widths": (6, 4), "attention_at": 8}, {"widths": (4,)}),
    "sagan": ({"widths": (6, 6, 4), "attention_at": 8}, {"widths": (4, 4)}),
    "biggan": ({"widths": (6, 4), "embedding_dim": 3, "attention_at": 8}, {"widths": (4,)}),
    "r3gan": (
        {"widths": (8, 4), "group_size": 4, "num_blocks": 1},
        {"widths": (4, 8), "group_size": 4, "num_blocks": 1},
    ),
    "stylegan2": ({"widths": (6, 4), "num_mapping_layers": 2}, {"widths": (4, 6), "group_size": 2}),
}
BOUNDED = {"mlp", "dcgan", "resnet", "sagan", "biggan"}
CONDITIONAL_ONLY = {"biggan"}
CASES = [(n, None) for n in SMALL if n not in CONDITIONAL_ONLY] + [(n, 3) for n in SMALL]


def shape_of(name):
    return (16, 16, 2) if name == "sagan" else SHAPE


def build(name, num_classes):
    keras.utils.set_random_seed(0)
    generator, discriminator = SMALL[name]
    module, shape = networks.NAMES[name], shape_of(name)
    return (
        module.generator(shape, 4, num_classes=num_classes, **generator),
        module.discriminator(shape, num_classes=num_classes, **discriminator),
    )


@functools.cache
def built(name, num_classes):
    """A pair, and the values of all its variables at birth."""
    models = build(name, num_classes)
    return models, [np.array(v) for model in models for v in model.variables]


def pair(name, num_classes):
    """A pair as it was born; built once, since that takes longer than most of the tests."""
    models, values = built(name, num_classes)
    variables = [v for model in models for v in model.variables]
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)
    return models


def with_labels(values, num_classes, labels=(0, 2, 1, 0)):
    return values if num_classes is None else [values, tf.constant(labels)]


def normal(seed, *shape):
    return tf.constant(np.random.default_rng(seed).normal(size=shape).astype("float32"))


def latents():
    return normal(1, 4, 4)


def losses(generator, discriminator, num_classes):
    """One pass through both, as in a step, with gradients for both players."""
    real = normal(2, 4, *generator.output_shape[1:])
    with tf.GradientTape() as tape:
        fake = generator(with_labels(latents(), num_classes), training=True)
        score = discriminator(with_labels(fake, num_classes), training=True)
        real_score = discriminator(with_labels(real, num_classes), training=True)
        loss = tf.reduce_mean(tf.nn.softplus(score) + tf.nn.softplus(-real_score))
    variables = [*generator.trainable_variables, *discriminator.trainable_variables]
    return loss, tape.gradient(loss, [variable.value for variable in variables])


def test_every_builder_is_here():
    elsewhere = {
        "table_mlp",
        "ctgan",
        "sequence",
        "autoregressive",
        "relgan",
        "series",
        "doppelganger",
        "video",
        "layered",
        "mocogan",
        "wavegan",
    }  # each in a file of its own
    assert set(SMALL) | elsewhere == set(networks.NAMES)


@pytest.mark.parametrize("name", SMALL)
def test_one_number_for_all_widths_is_refused(name):
    module, classes = networks.NAMES[name], {"num_classes": 3} if name == "biggan" else {}
    for builder in (module.generator, module.discriminator):
        with pytest.raises(ValueError, match=r"`widths` must hold .*one .* Received: 64\."):
            builder(shape_of(name), widths=64, **classes)


@pytest.mark.parametrize(("name", "num_classes"), CASES)
def test_shapes_types_and_ranges(name, num_classes):
    generator, discriminator = pair(name, num_classes)
    shape = shape_of(name)
    assert [x.name for x in generator.inputs] == ["latents", "labels"][: len(generator.inputs)]
    assert [x.name for x in discriminator.inputs] == ["images", "labels"][: len(generator.inputs)]
    assert len(generator.inputs) == (1 if num_classes is None else 2)
    for training in (True, False):
        images = generator(with_labels(latents(), num_classes), training=training)
        assert images.shape == (4, *shape)
        assert images.dtype == "float32"
        logits = discriminator(with_labels(images, num_classes), training=training)
        assert logits.shape == (4, 1)
        assert logits.dtype == "float32"
        assert np.isfinite(np.array(logits)).all()
        if name in BOUNDED:
            assert np.abs(np.array(images)).max() <= 1
        if training:  # before it, moving statistics are far from the truth
            assert np.array(images).std() > 1e-3


@pytest.mark.parametrize("name", SMALL)
def test_saves_and_clones(name, tmp_path):
    generator, discriminator = pair(name, 3)
    images = normal(2, 4, *shape_of(name))
    for model, values in ((generator, latents()), (discriminator, images)):
        inputs = with_labels(values, 3)
        outputs = model(inputs)
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(tmp_path / "model.keras")
        np.testing.assert_array_equal(loaded(inputs), outputs)
        copy = keras.models.clone_model(model)
        copy.set_weights(model.get_weights())
        np.testing.assert_array_equal(copy(inputs), outputs)


@pytest.mark.parametrize("name", SMALL)
def test_labels_matter(name):
    generator, discriminator = pair(name, 3)
    random = np.random.default_rng(0)
    for model in (generator, discriminator):  # conditional batch norm starts the same for all
        model.set_weights([w + random.normal(0, 0.1, w.shape) for w in model.get_weights()])
    images = generator(with_labels(latents(), 3, (0, 0, 0, 0)))
    others = generator(with_labels(latents(), 3, (1, 1, 1, 1)))
    assert np.abs(images - others).max() > 1e-4
    logits = discriminator(with_labels(images, 3, (0, 0, 0, 0)))
    others = discriminator(with_labels(images, 3, (1, 1, 1, 1)))
    assert np.abs(logits - others).max() > 1e-4


@pytest.mark.parametrize("name", SMALL)
def test_gradients_reach_every_weight(name):
    num_classes = 3
    generator, discriminator = pair(name, num_classes)
    random = np.random.default_rng(0)
    for model in (generator, discriminator):  # gates that start at zero stop gradients at first
        for variable in model.trainable_variables:
            variable.assign_add(random.normal(0, 0.1, variable.shape))
    loss, gradients = losses(generator, discriminator, num_classes)
    assert np.isfinite(loss)
    for variable, gradient in zip(
        [*generator.trainable_variables, *discriminator.trainable_variables], gradients, strict=True
    ):
        assert gradient is not None, variable.path
        gradient = tf.convert_to_tensor(gradient)
        assert np.isfinite(gradient).all(), variable.path


@pytest.mark.parametrize(
    "policy", ["mixed_float16", pytest.param("mixed_bfloat16", marks=pytest.mark.slow)]
)
def test_mixed_precision_ends_in_float32(policy):
    for name in SMALL:
        keras.config.set_dtype_policy(policy)
        try:
            generator, discriminator = build(name, 3)
        finally:
            keras.config.set_dtype_policy("float32")
        images = generator(with_labels(latents(), 3), training=True)
        logits = discriminator(with_labels(images, 3), training=True)
        assert images.dtype == logits.dtype == "float32", name
        assert np.isfinite(np.array(logits)).all(), name


@pytest.mark.slow
def test_xla_takes_the_same_step():
    """The loss and all gradients of every pair, in one compiled function."""
    pairs = [pair(name, 3) for name in SMALL]

    def everything():
        return [losses(*networks, 3) for networks in pairs]

    seeds = [v for p in pairs for model in p for v in model.variables if "seed" in v.path]
    start = [np.array(seed) for seed in seeds]
    plain = tf.function(everything)()
    for seed, value in zip(seeds, start, strict=True):
        seed.assign(value)
    compiled = tf.function(everything, jit_compile=True)()
    for name, (loss, gradients), (other, others) in zip(SMALL, plain, compiled, strict=True):
        assert abs(loss - other) < 1e-4, name
        gradients = [tf.convert_to_tensor(gradient) for gradient in gradients]
        scale = max(float(tf.reduce_max(tf.abs(gradient))) for gradient in gradients)
        for one, two in zip(gradients, others, strict=True):
            assert float(tf.reduce_max(tf.abs(one - two))) < 2e-3 * scale, name
