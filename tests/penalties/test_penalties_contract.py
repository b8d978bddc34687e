"""What must hold for every penalty."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import layers, penalties
from gan_keras.latents import RandomStream

every_penalty = pytest.mark.parametrize("name", penalties.NAMES)
every_one_of_the_discriminator = pytest.mark.parametrize(
    "name", [name for name, one in penalties.NAMES.items() if "discriminator" in one.players]
)


def network():
    return keras.Sequential(
        [
            keras.Input((4, 4, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="tanh"),
            keras.layers.Dense(1),
        ]
    )


@every_penalty
def test_name(name):
    assert penalties.NAMES[name].name == name


@every_one_of_the_discriminator
def test_a_float32_scalar_that_grows_with_its_weight_and_reaches_every_layer(name):
    keras.utils.set_random_seed(0)
    discriminator = network()
    rng = np.random.default_rng(0)
    real, fake = (tf.constant(rng.normal(size=(3, 4, 4, 1)), "float32") for _ in range(2))

    def value(weight):
        sides = {"fake_weight": weight} if name == "consistency" else {}
        penalty = penalties.NAMES[name](weight=weight, **sides)
        penalty.build([discriminator])
        for variable in discriminator.trainable_variables:
            variable.assign_add(tf.ones(variable.shape))
        with tf.GradientTape() as tape:
            score = lambda x: discriminator(x, training=True)  # noqa: E731
            term = penalty.compute(penalties.Critic(score, RandomStream(5)), real, fake)
        for variable in discriminator.trainable_variables:
            variable.assign_sub(tf.ones(variable.shape))
        return term, tape.gradient(term, discriminator.trainable_variables)

    one, gradients = value(1.0)
    three, _ = value(3.0)
    assert one.dtype == "float32"
    assert one.shape == ()
    assert float(one) > 0
    assert abs(float(three) / float(one) - 3.0) < 1e-4
    kernels = [g for g in gradients if g is not None and g.shape.rank == 2]
    assert len(kernels) == 2
    assert all(float(tf.reduce_max(abs(g))) > 0 for g in kernels)


@every_penalty
def test_gives_itself_back(name):
    penalty = penalties.NAMES[name](weight=0.5)
    config = keras.saving.serialize_keras_object(penalty)
    assert penalties.get(config) == penalty
    assert penalties.get(penalty) is penalty
    assert penalties.get(name) == penalties.NAMES[name]()


@every_penalty
def test_arguments_are_checked(name):
    penalty = penalties.NAMES[name]
    for weight in (-1.0, "abc", None):
        with pytest.raises(ValueError, match=f"`weight` of .* Received: {weight!r}"):
            penalty(weight=weight)
    with pytest.raises(ValueError, match="interval"):
        penalty(interval=0)
    with pytest.raises(ValueError, match="interval"):
        penalty(interval=2.5)
    if penalty.every_update:
        with pytest.raises(ValueError, match="must be 1"):
            penalty(interval=4)
    else:
        assert penalty(interval=4).interval == 4
        assert penalty(interval=1_000).interval == 1_000
        with pytest.raises(ValueError, match=r"`interval` of .* is at most 1,000\. Received: 1001"):
            penalty(interval=1_001)


def test_errors():
    with pytest.raises(ValueError, match="Did you mean 'dragan'"):
        penalties.get("dragon")
    with pytest.raises(TypeError, match=r"R1\(\)"):
        penalties.get(penalties.R1)
    with pytest.raises(TypeError, match="Received: 10"):
        penalties.get(10)


@every_one_of_the_discriminator
@pytest.mark.parametrize(
    "mixing", [keras.layers.BatchNormalization, layers.MinibatchDiscrimination]
)
def test_layers_that_mix_are_refused_where_each_image_must_be_judged_alone(name, mixing):
    block = keras.Sequential([keras.Input((16,)), keras.layers.Dense(2), mixing(name="mixing_7")])
    discriminator = keras.Sequential(
        [keras.Input((4, 4, 1)), keras.layers.Flatten(), block, keras.layers.Dense(1)]
    )
    penalty = penalties.NAMES[name]()
    if name in ("r1", "r2", "gradient_penalty", "dragan"):
        with pytest.raises(ValueError, match=r"'mixing_7'.* Build it without"):
            penalty.build([discriminator])
    else:
        penalty.build([discriminator])
