"""A weight that falls while the game goes on."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras.networks import mlp
from gan_keras.penalties import R1


def test_the_factor_is_half_a_cosine_of_the_logarithm():
    penalty = R1(
        weight=0.02, start_weight=2.0, annealing_steps=100
    )  # a factor of 100 to begin with
    # after a quarter: 100 ** (1/2 + cos(pi/4)/2) = exp(0.8535534 * 4.6051702) = 50.9456
    expected = {0: 100.0, 25: 50.9456, 50: 10.0, 100: 1.0, 5000: 1.0}
    for updates, factor in expected.items():
        found = float(penalty.annealing(tf.constant(updates, tf.int64)))
        assert abs(found / factor - 1) < 1e-5


@pytest.mark.parametrize("interval", [1, 2])
def test_a_model_counts_its_own_updates(interval):
    points = np.random.default_rng(0).normal(size=(4, 2)).astype("float32")
    terms = []
    for annealed in ({}, {"start_weight": 0.4, "annealing_steps": 2}):
        keras.utils.set_random_seed(0)
        gan = gan_keras.GAN(
            mlp.generator((2,), 2, widths=(3,)),
            mlp.discriminator((2,), widths=(3,)),
            penalties=[R1(weight=0.1, interval=interval, **annealed)],
        )
        gan.compile(keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0), run_eagerly=True)
        logs = [gan.train_on_batch(points, return_dict=True) for _ in range(4)]
        terms.append(np.array([float(step["d_r1"]) for step in logs]))
    plain, annealed = terms
    # nothing moves, so the terms differ by their factors alone: 4, then 2, then 1
    factors = np.array([4.0, 2.0, 1.0, 1.0])
    due = np.arange(4) % interval == 0
    assert np.all(plain[due] > 0)
    np.testing.assert_allclose(annealed[due], (factors * plain)[due], rtol=1e-5)
    assert np.all(annealed[~due] == 0)


def test_it_comes_back_from_its_config():
    penalty = R1(weight=0.1, start_weight=0.4, annealing_steps=2)
    assert R1.from_config(penalty.get_config()) == penalty


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"start_weight": 1.0}, "go together"),
        ({"annealing_steps": 10}, "go together"),
        ({"start_weight": 0.0, "annealing_steps": 10}, "must be above 0"),
        ({"weight": 0.0, "start_weight": 1.0, "annealing_steps": 10}, "must be above 0"),
        ({"start_weight": 1.0, "annealing_steps": 0}, "must be above 0"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        R1(**arguments)
