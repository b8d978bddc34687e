"""InfoGAN: the information term by hand, who moves by it, and what a traversal holds."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from examples import SHAPE, infogan
from gan_keras import models
from gan_keras.latents import RandomStream
from gan_keras.models.codes import Codes
from gan_keras.networks import dcgan, heads, mlp


def test_codes_are_one_hot_and_uniform():
    drawn = Codes((3, 2), 2).draw(RandomStream(5), 3000).numpy()
    assert drawn.shape == (3000, 7)
    for columns in (drawn[:, :3], drawn[:, 3:5]):
        assert set(np.unique(columns)) == {0.0, 1.0}
        np.testing.assert_array_equal(columns.sum(1), 1.0)
        assert np.abs(columns.mean(0) - 1 / columns.shape[1]).max() < 0.04
    assert np.abs(drawn[:, 5:]).max() <= 1
    assert drawn[:, 5:].var(0) == pytest.approx([1 / 3, 1 / 3], abs=0.03)


def test_information_loss_is_cross_entropy_and_half_a_square():
    """First: log(1 + 2 e^-1) = 0.551445 and (0.5 - -0.5)^2 / 2 = 0.5; second: log 3 and 0."""
    codes = tf.constant([[1.0, 0, 0, -0.5], [0, 0, 1.0, 0.25]])
    guess = tf.constant([[1.0, 0, 0, 0.5], [0, 0, 0, 0.25]])
    loss = float(Codes((3,), 1).information_loss(guess, codes))
    assert loss == pytest.approx((0.551445 + 0.5 + np.log(3)) / 2, abs=1e-5)


def test_the_information_reaches_the_generator_and_not_the_shared_layers():
    """With an adversarial gradient of zero (no logit weights), what moves, moves by information."""
    model = infogan()
    head = model.discriminator.get_layer("logits")
    head.kernel.assign(0 * head.kernel)
    model.compile(keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.0))
    players = (model.generator, model.recognizer)
    before = [[np.array(v.numpy()) for v in own.trainable_variables] for own in players]
    shared = model.discriminator.get_weights()
    images = np.zeros((8, *SHAPE), "float32")
    model.fit(tf.data.Dataset.from_tensors(images), verbose=0)
    for network, old in zip(players, before, strict=True):  # batch norm's statistics move anyway
        pairs = zip(network.trainable_variables, old, strict=True)
        assert max(np.abs(now.numpy() - then).max() for now, then in pairs) > 1e-4
    for a, b in zip(model.discriminator.get_weights(), shared, strict=True):
        np.testing.assert_array_equal(a, b)


def test_what_is_read_off_are_the_codes_and_not_the_noise():
    """Samples are the latents themselves: two of noise, three of a category, one continuous.

    The recogniser gives 3 x the category and 0.5 + the continuous code, so the loss is
    log(1 + 2 e^-3) + 0.5^2 / 2 = 0.094923 + 0.125, whatever is drawn.
    """
    latents, samples = keras.Input((6,)), keras.Input((6,))
    copies = keras.layers.Dense(6, kernel_initializer="identity")
    reads = keras.layers.Dense(4)
    generator = keras.Model(latents, copies(latents))
    recognizer = keras.Model(samples, reads(samples))
    reads.set_weights([np.eye(6)[:, 2:] * [3, 3, 3, 1], np.array([0, 0, 0, 0.5])])
    model = models.InfoGAN(
        generator,
        mlp.discriminator((6,), widths=(2,)),
        recognizer,
        categories=(3,),
        num_continuous=1,
        information_weight=2.0,
    )
    model.compile("sgd", "sgd", run_eagerly=True)
    logs = model.fit(np.zeros((8, 6), "float32"), batch_size=8, verbose=0).history
    assert logs["g_information"][0] == pytest.approx(2 * (0.094923 + 0.125), abs=1e-5)


def test_a_recognizer_of_its_own_reads_samples():
    judge = dcgan.discriminator(SHAPE, widths=(4,))
    model = infogan(discriminator=judge, recognizer=heads.encoder(judge, 4))
    model.compile("sgd", "sgd")
    logs = model.fit(np.zeros((8, *SHAPE), "float32"), batch_size=8, verbose=0).history
    assert {"d_adversarial", "g_adversarial", "g_information"} <= set(logs)
    own = {id(v) for v in model.recognizer.weights}
    assert not own & {id(v) for v in model.discriminator.weights}


def test_a_traversal_changes_one_code():
    model = infogan()
    model.decode = lambda latents: latents[:, :, None, None] * np.ones((1, 1, 8, 8))
    model.sample_shape = (6, 8, 8)
    latents = model.latents(2, seed=4)
    kinds = model.traverse(0, num_rows=2, seed=4)[..., 0, 0]
    assert kinds.shape == (2, 3, 6)
    np.testing.assert_array_equal(kinds[1, :, 2:5], np.eye(3))
    np.testing.assert_array_equal(kinds[:, 1, [0, 1, 5]], latents[:, [0, 1, 5]])
    moved = model.traverse(1, num_rows=2, num_steps=5, seed=4)[..., 0, 0]
    np.testing.assert_allclose(moved[0, :, 5], [-2, -1, 0, 1, 2])
    np.testing.assert_array_equal(moved[:, 3, :5], latents[:, :5])
    with pytest.raises(ValueError, match=r"`code` is in \[0, 2\)"):
        model.traverse(2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"categories": (4,)}, "`recognizer` must give 5 numbers"),
        ({"categories": (1,)}, "at least 2"),
        ({"categories": (), "num_continuous": 0}, "without codes"),
        ({"generator": dcgan.generator(SHAPE, 3, widths=(4,))}, "takes 3 latents"),
        ({"discriminator": dcgan.discriminator(SHAPE, widths=(4,))}, "must take samples"),
        ({"information_weight": -1.0}, "at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        infogan(**arguments)


def test_latents_without_noise_are_codes():
    model = infogan(generator=dcgan.generator(SHAPE, 4, widths=(4,)))
    latents = model.latents(50, seed=1)
    assert latents.shape == (50, 4)
    np.testing.assert_array_equal(latents[:, :3].sum(axis=1), 1.0)
    assert set(np.unique(latents[:, :3])) == {0.0, 1.0}
    assert np.abs(latents[:, 3]).max() <= 1.0
    assert model.sample(3, seed=1).shape == (3, *SHAPE)


def test_truncation_is_of_the_noise_alone():
    latents = infogan().latents(200, seed=1, truncation=0.1)
    assert np.abs(latents[:, :2]).max() <= 0.1
    assert np.abs(latents[:, 5]).max() > 0.9
