"""SSGAN: turning, its rotation terms by hand, and what it refuses."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from examples import SHAPE, ssgan
from gan_keras import models
from gan_keras.models.ssgan import rotated
from gan_keras.networks import dcgan


def test_each_image_turns_by_its_own_rotation():
    images = np.random.default_rng(0).uniform(-1, 1, (5, 3, 3, 2)).astype("float32")
    rotations = np.array([0, 1, 2, 3, 1])
    expected = [np.rot90(x, r) for x, r in zip(images, rotations, strict=True)]
    np.testing.assert_array_equal(rotated(tf.constant(images), rotations), np.stack(expected))


def cornered():
    """Rotation logits are 3 x the corner pixels, in the order of a quarter turn each."""
    latents = keras.Input((1,))
    x = keras.layers.Dense(4, kernel_initializer="zeros", bias_initializer="zeros")(latents)
    generator = keras.Model(latents, keras.layers.Reshape((2, 2, 1))(x))
    images = keras.Input((2, 2, 1))
    flat = keras.layers.Flatten()(images)
    logits = keras.layers.Dense(1, kernel_initializer="zeros", name="logits")(flat)
    corners = keras.layers.Dense(4)
    discriminator = keras.Model(images, [logits, corners(flat)])
    # Anticlockwise the pixel 0 (top left) goes to 2 (bottom left), 3, then 1 (top right).
    kernel = np.zeros((4, 4), "float32")
    kernel[[0, 2, 3, 1], [0, 1, 2, 3]] = 3.0
    corners.set_weights([kernel, np.zeros(4, "float32")])
    model = models.SSGAN(
        generator, discriminator, rotation_weight=2.0, generator_rotation_weight=0.5
    )
    model.compile(keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0))
    return model


def test_rotation_terms_are_cross_entropies():
    """A lit top left corner: -log(e^3 / (e^3 + 3)) = log(1 + 3 e^-3) = 0.139228, however turned;
    blank fakes: log 4."""
    real = np.zeros((16, 2, 2, 1), "float32")
    real[:, 0, 0], real[:, 1, 1] = 1.0, -1e-7  # a batch of none below 0 is refused
    logs = cornered().fit(tf.data.Dataset.from_tensors(real), verbose=0).history
    assert logs["d_rotation"][0] == pytest.approx(2.0 * np.log1p(3 * np.exp(-3)), abs=1e-5)
    assert logs["rotation_accuracy"][0] == 1.0
    assert logs["g_rotation"][0] == pytest.approx(0.5 * np.log(4), abs=1e-5)


def test_upright_images_are_judged_and_turned_fakes_are_read():
    """Fakes with a lit corner are read as real ones are; the logit is that corner's pixel, 1."""
    model = cornered()
    model.generator.layers[1].bias.assign([1.0, 0.0, 0.0, 0.0])
    logits = next(layer for layer in model.discriminator.layers if layer.name == "logits")
    logits.kernel.assign([[1.0], [0.0], [0.0], [0.0]])
    real = np.zeros((16, 2, 2, 1), "float32")
    real[:, 0, 0], real[:, 1, 1] = 1.0, -1e-7  # a batch of none below 0 is refused
    logs = model.fit(tf.data.Dataset.from_tensors(real), verbose=0).history
    assert logs["g_rotation"][0] == pytest.approx(0.5 * np.log1p(3 * np.exp(-3)), abs=1e-5)
    assert logs["real_logits"][0] == pytest.approx(1.0, abs=1e-6)
    assert logs["fake_logits"][0] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"discriminator": dcgan.discriminator(SHAPE, widths=(4,))}, "Received: 1 output"),
        ({"rotation_weight": -1.0}, "at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        ssgan(**arguments)


def test_only_square_images_turn():
    generator = dcgan.generator((8, 16, 1), 4, widths=(4,))
    images = keras.Input((8, 16, 1))
    flat = keras.layers.Flatten()(images)
    heads = [keras.layers.Dense(1)(flat), keras.layers.Dense(4)(flat)]
    with pytest.raises(ValueError, match=r"square. Received: \(8, 16, 1\)"):
        models.SSGAN(generator, keras.Model(images, heads))


def test_samples():
    assert ssgan().sample(3).shape == (3, *SHAPE)
