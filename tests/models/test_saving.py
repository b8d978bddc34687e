"""A saved model goes on, in a fresh process, exactly as the one that was not saved."""

import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras import penalties

STEP = """
import sys
sys.path[:0] = [p for p in {path!r} if p]
import gan_keras, keras, numpy as np, tensorflow as tf
gan_keras.models
gan = keras.models.load_model({model!r})
data = np.load({data!r})
gan.fit(tf.data.Dataset.from_tensor_slices((data["x"], data["y"])).batch(4), verbose=0)
np.savez({out!r}, *gan.get_weights(), *[v.numpy() for v in gan.optimizer.variables])
"""


def small_gan():
    keras.utils.set_random_seed(5)
    latents, labels = keras.Input((3,)), keras.Input((), dtype="int32")
    x = keras.layers.Concatenate()([latents, keras.layers.Embedding(2, 2)(labels)])
    x = keras.layers.BatchNormalization()(keras.layers.Dense(6, activation="relu")(x))
    x = keras.layers.Dense(2)(keras.layers.Dropout(0.3, seed=4)(x))
    generator = keras.Model([latents, labels], x)
    samples, classes = keras.Input((2,)), keras.Input((), dtype="int32")
    y = keras.layers.Concatenate()([samples, keras.layers.Embedding(2, 2)(classes)])
    y = keras.layers.Dropout(0.3, seed=9)(keras.layers.Dense(6, activation="relu")(y))
    discriminator = keras.Model([samples, classes], keras.layers.Dense(1)(y))
    gan = gan_keras.GAN(
        generator,
        discriminator,
        loss="hinge",
        penalties=[penalties.GradientPenalty(weight=1.0), penalties.R1(weight=0.1, interval=2)],
        moving_average=gan_keras.MovingAverage(half_life=20),
        num_classes=2,
        seed=11,
    )
    schedule = keras.optimizers.schedules.CosineDecay(1e-2, 50)
    gan.compile(
        keras.optimizers.Adam(schedule, beta_1=0.5), keras.optimizers.RMSprop(1e-3, clipnorm=1.0)
    )
    return gan


def data(num):
    random = np.random.default_rng(0)
    return {
        "x": random.normal(size=(num, 2)).astype("float32"),
        "y": random.integers(0, 2, num).astype("int32"),
    }


def fit(gan, arrays):
    gan.fit(tf.data.Dataset.from_tensor_slices((arrays["x"], arrays["y"])).batch(4), verbose=0)


def test_a_loaded_model_goes_on_bitwise_in_a_fresh_process(tmp_path):
    gan, arrays = small_gan(), data(12)
    fit(gan, arrays)
    gan.save(tmp_path / "gan.keras")
    np.savez(tmp_path / "data.npz", **arrays)
    fit(gan, arrays)
    script = STEP.format(
        path=sys.path,
        model=str(tmp_path / "gan.keras"),
        data=str(tmp_path / "data.npz"),
        out=str(tmp_path / "out.npz"),
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    expected = [*gan.get_weights(), *[v.numpy() for v in gan.optimizer.variables]]
    with np.load(tmp_path / "out.npz") as loaded:
        arrived = [loaded[f"arr_{i}"] for i in range(len(loaded.files))]
    assert len(arrived) == len(expected)
    for one, other in zip(arrived, expected, strict=True):
        np.testing.assert_array_equal(one, other)


def test_sampling_and_evaluating_do_not_disturb_training():
    disturbed, quiet = small_gan(), small_gan()
    arrays = data(8)
    for gan in (disturbed, quiet):
        fit(gan, arrays)
    disturbed.sample(5)
    dataset = tf.data.Dataset.from_tensor_slices((arrays["x"], arrays["y"])).batch(4)
    first = disturbed.evaluate(dataset, return_dict=True, verbose=0)
    again = disturbed.evaluate(dataset, return_dict=True, verbose=0)
    assert first == pytest.approx(again, abs=0)
    for gan in (disturbed, quiet):
        fit(gan, arrays)
    for one, other in zip(disturbed.get_weights(), quiet.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_config_makes_an_equal_model():
    gan = small_gan()
    twin = gan_keras.GAN.from_config(gan.get_config())
    assert twin.penalties == gan.penalties
    assert twin.moving_average == gan.moving_average
    assert [w.shape for w in twin.weights] == [w.shape for w in gan.weights]
    assert twin.get_config()["loss"] == gan.get_config()["loss"]
