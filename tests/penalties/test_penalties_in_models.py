"""Penalties and augmentations inside a GAN: replicas, lazy terms, state that is saved."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras.augment import Adaptive, DiffAugment
from gan_keras.networks import dcgan
from gan_keras.penalties import DRAGAN, R1, Consistency, HistoricalAveraging, LeCam

SHAPE = (8, 8, 1)
GREY = ("brightness", "contrast", "flip", "translation", "cutout")
CASES = {
    "state": lambda: {
        "penalties": [LeCam(), HistoricalAveraging(weight=0.1)],
        "loss": "relativistic_average",
        "augment": Adaptive(transforms="brightness", probability=0.5, ramp_images=100, target=0.0),
    },
    "passes": lambda: {
        "penalties": [Consistency(weight=1.0, policies=("translation",)), DRAGAN(weight=0.5)],
        "augment": DiffAugment(policies=GREY),
    },
    "lazy": lambda: {
        "penalties": [DRAGAN(weight=0.5, interval=2), R1(weight=0.5, interval=3)],
        "augment": Adaptive(probability=0.5, ramp_images=100, target=0.0),
    },
}
SLOW = [pytest.param(case, marks=pytest.mark.slow) for case in ("passes", "lazy")]


def model_of(case):
    keras.utils.set_random_seed(3)
    model = gan_keras.GAN(
        dcgan.generator(SHAPE, 4, widths=(4,)),
        dcgan.discriminator(SHAPE, widths=(4,)),
        seed=7,
        **CASES[case](),
    )
    model.compile(keras.optimizers.SGD(0.05), keras.optimizers.SGD(0.05))
    return model


@functools.cache
def trained(case):
    """The plain run, traced once for both tests: its model, and the weights at the end."""
    model = model_of(case)
    model.fit(dataset(), verbose=0)
    return model, weights(model)


def dataset():
    images = np.random.default_rng(1).uniform(-1, 1, (24, *SHAPE)).astype("float32")
    return tf.data.Dataset.from_tensor_slices(images).batch(8, drop_remainder=True)


def weights(model):
    return [np.array(variable.numpy()) for variable in model.weights]


def distance(one, other):
    pairs = zip(one, other, strict=True)
    return max(np.max(np.abs(a.astype("float64") - b)) for a, b in pairs)


@pytest.mark.parametrize("case", ["state", *SLOW])
def test_two_replicas_take_the_steps_of_one_device(case):
    _, one = trained(case)
    strategy = tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    with strategy.scope():
        two = model_of(case)
    two.fit(dataset(), verbose=0)
    assert distance(one, weights(model_of(case))) > 1e-3
    assert distance(one, weights(two)) < 5e-6


@pytest.mark.parametrize("case", ["state", SLOW[0]])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_saved_with_the_model(case, tmp_path):
    model, _ = trained(case)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert distance(weights(model), weights(loaded)) == 0.0
    for gan in (model, loaded):
        gan.fit(dataset(), verbose=0)
    assert distance(weights(model), weights(loaded)) == 0.0


def test_an_augmentation_that_does_not_suit_is_refused_at_construction():
    networks = dcgan.generator(SHAPE, 4, widths=(4,)), dcgan.discriminator(SHAPE, widths=(4,))
    with pytest.raises(ValueError, match="'color' needs colour images"):
        gan_keras.GAN(*networks, augment="diffaugment")
    assert isinstance(gan_keras.GAN(*networks, augment="adaptive").augment, Adaptive)
