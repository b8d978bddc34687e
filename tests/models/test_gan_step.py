"""The training step against updates written out by hand with SGD."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras import penalties

LEARNING_RATE = 0.1


def networks(normalized=False, num_classes=None):
    """A tiny generator (3 latents) and discriminator of 2-D points."""
    latents = keras.Input((3,))
    x = keras.layers.Dense(4, activation="tanh")(latents)
    if normalized:
        x = keras.layers.BatchNormalization()(x)
    generator = keras.Model(latents, keras.layers.Dense(2)(x))
    points = keras.Input((2,))
    y = keras.layers.Dense(4, activation="tanh")(points)
    if normalized:
        y = keras.layers.BatchNormalization()(y)
    discriminator = keras.Model(points, keras.layers.Dense(1)(y))
    return generator, discriminator


def make(normalized=False, clone_of=None, **arguments):
    keras.utils.set_random_seed(1)
    compile_names = ("discriminator_steps", "gradient_accumulation_steps", "fresh_noise")
    compiled = {name: arguments.pop(name) for name in compile_names if name in arguments}
    gan = gan_keras.GAN(*networks(normalized), **arguments)
    gan.compile(
        keras.optimizers.SGD(LEARNING_RATE), keras.optimizers.SGD(2 * LEARNING_RATE), **compiled
    )
    return gan


def points(num, seed=0):
    return np.random.default_rng(seed).normal(size=(num, 2)).astype("float32")


def train(gan, data, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(batch_size)
    return gan.fit(dataset, verbose=0)


def latents_of(gan, batch_size, times):
    """The latents that a fresh model draws, batch after batch."""
    random = gan_keras.latents.RandomStream(gan.seed)
    return [random.normal((batch_size, 3)) for _ in range(times)]


def discriminator_update(gan, real, fake):
    """softplus(-D(x)) + softplus(D(G(z))), one step of SGD."""
    variables = gan.discriminator.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.softplus(-gan.discriminator(real))) + tf.reduce_mean(
            tf.nn.softplus(gan.discriminator(fake))
        )
    for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
        variable.assign(variable - 2 * LEARNING_RATE * gradient)
    return float(loss)


def generator_update(gan, latents):
    """softplus(-D(G(z))), one step of SGD."""
    variables = gan.generator.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.softplus(-gan.discriminator(gan.generator(latents))))
    for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
        variable.assign(variable - LEARNING_RATE * gradient)
    return float(loss)


def assert_equal_networks(one, other, tolerance=1e-6):
    for network in ("generator", "discriminator"):
        pairs = zip(
            getattr(one, network).get_weights(), getattr(other, network).get_weights(), strict=True
        )
        for a, b in pairs:
            np.testing.assert_allclose(a, b, atol=tolerance, rtol=0)


@pytest.mark.parametrize("discriminator_steps", [1, 3])
def test_step_is_the_one_by_hand(discriminator_steps):
    gan, by_hand = (make(discriminator_steps=discriminator_steps) for _ in range(2))
    data = points(4 * discriminator_steps)
    logs = train(gan, data, len(data)).history

    drawn = latents_of(by_hand, 4, discriminator_steps)
    real = [data[i::discriminator_steps] for i in range(discriminator_steps)]
    losses = [
        discriminator_update(by_hand, x, by_hand.generator(z))
        for x, z in zip(real, drawn, strict=True)
    ]
    g_loss = generator_update(by_hand, drawn[-1])

    assert_equal_networks(gan, by_hand)
    assert logs["d_loss"][0] == pytest.approx(np.mean(losses), rel=1e-5)
    assert logs["g_loss"][0] == pytest.approx(g_loss, rel=1e-5)


def test_fresh_noise_draws_again_for_the_generator():
    gan, by_hand = (make(fresh_noise=True) for _ in range(2))
    data = points(4)
    train(gan, data, 4)
    first, second = latents_of(by_hand, 4, 2)
    discriminator_update(by_hand, data, by_hand.generator(first))
    generator_update(by_hand, second)
    assert_equal_networks(gan, by_hand)


def test_fresh_noise_of_a_relativistic_loss_takes_fresh_real_samples():
    gan = make(fresh_noise=True, loss="relativistic_paired")
    assert gan.batches_per_step() == 2
    data = points(8)
    train(gan, data, 8)
    assert int(gan.images_seen.numpy()) == 4
    with pytest.raises(ValueError, match="2 equal parts"):
        train(gan, points(7), 7)


def test_accumulated_gradients_are_those_of_the_big_batch():
    whole, parts = make(), make(gradient_accumulation_steps=4)
    data = points(8)
    train(whole, data, 8)
    train(parts, data, 8)
    assert_equal_networks(whole, parts)


def test_an_update_moves_only_its_own_player():
    gan = make(normalized=True)
    batch = {
        "real": tf.constant(points(8)),
        "latents": tf.random.stateless_normal((8, 3), (1, 2)),
    }
    before = gan.generator.get_weights(), gan.discriminator.get_weights()
    gan.update_discriminator(batch)
    after = gan.generator.get_weights(), gan.discriminator.get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(before[0], after[0], strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(before[1], after[1], strict=True))
    gan.update_generator(batch)
    last = gan.generator.get_weights(), gan.discriminator.get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(after[1], last[1], strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(after[0][2:4], last[0][2:4], strict=True))


def test_dropout_moves_on_while_its_network_is_frozen_state():
    layer = keras.layers.Dropout(0.5, seed=3)
    network = keras.Sequential([keras.Input((64,)), layer])
    ones = np.ones((1, 64), "float32")
    masks = []
    for _ in range(2):
        with gan_keras.models.players.frozen_state([network]):
            masks.append(np.asarray(network(ones, training=True)))
    assert not np.array_equal(*masks)


def test_lazy_penalty_counts_its_interval_when_due():
    """R1 of D(x) = w.x is weight / 2 |w|^2: with SGD, w <- w (1 - rate * weight * interval)."""
    rate, weight, interval = 0.01, 0.5, 3

    def shrunk(num_updates, lazy):
        discriminator = keras.Sequential(
            [keras.Input((2,)), keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")]
        )
        penalty = penalties.R1(weight=weight, interval=interval if lazy else 1)
        gan = gan_keras.GAN(networks()[0], discriminator, loss="wasserstein", penalties=[penalty])
        gan.compile(keras.optimizers.SGD(0.0), keras.optimizers.SGD(rate))
        gan.generator.set_weights([0 * w for w in gan.generator.get_weights()])
        logs = gan.fit(
            tf.data.Dataset.from_tensor_slices(np.zeros((num_updates, 2), "float32")).batch(1),
            verbose=0,
        ).history
        return discriminator.get_weights()[0][0, 0], logs["d_r1"][0]

    lazy, lazy_log = shrunk(4, lazy=True)  # due in updates 0 and 3
    assert lazy == pytest.approx((1 - rate * weight * interval) ** 2, rel=1e-6)
    each, _ = shrunk(4, lazy=False)
    assert each == pytest.approx((1 - rate * weight) ** 4, rel=1e-6)
    # The log is the mean of the two updates that had the term, as an eager penalty would show it.
    first = weight / 2 * 2.0
    second = first * (1 - rate * weight * interval) ** 2
    assert lazy_log == pytest.approx((first + second) / 2, rel=1e-6)


@pytest.mark.parametrize(
    ("clip", "limit"), [("clipnorm", 1e-3), ("clipvalue", 1e-3), ("global_clipnorm", 1e-3)]
)
def test_clipping_bounds_each_player(clip, limit):
    keras.utils.set_random_seed(1)
    gan = gan_keras.GAN(*networks())
    gan.compile(keras.optimizers.SGD(1.0, **{clip: limit}), keras.optimizers.SGD(1.0))
    before = gan.generator.get_weights()
    train(gan, points(4), 4)
    moves = [a - b for a, b in zip(gan.generator.get_weights(), before, strict=True)]
    norms = [np.linalg.norm(move) for move in moves]
    size = {
        "clipnorm": max(norms),
        "clipvalue": max(abs(move).max() for move in moves),
        "global_clipnorm": np.linalg.norm(norms),
    }[clip]
    assert size == pytest.approx(limit, rel=1e-3)


def test_steps_and_images_are_counted():
    gan = make(discriminator_steps=2)
    train(gan, points(24), 8)
    assert gan.steps_done == 3
    assert int(gan.images_seen.numpy()) == 12
    assert int(gan.discriminator_updates.numpy()) == 6
