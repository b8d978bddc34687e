"""VAE-GAN: its terms by hand, and which gradient reaches which network."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from examples import SHAPE, vae_gan
from gan_keras import models
from gan_keras.models.vae_gan import divergence, mean_square, scaled_gradient
from gan_keras.networks import dcgan, heads


def test_divergence_of_gaussians():
    """N(1, e) and N(0, 1): (1 + e - 1 - 1) / 2 = 0.859141, and 0; then the mean of two samples."""
    means, log_variances = tf.constant([[1.0, 0], [0, 0]]), tf.constant([[1.0, 0], [0, 0]])
    assert float(divergence(means, log_variances)) == pytest.approx(0.859141 / 2, abs=1e-5)


def test_likeness_sums_over_features():
    """(1 + 4 + 0 + 4) and 0, over two samples."""
    difference = tf.constant([[[1.0, 2], [0, -2]], [[0, 0], [0, 0]]])
    assert float(mean_square(difference)) == pytest.approx(4.5, abs=1e-6)


def test_a_scaled_gradient_leaves_the_value():
    x = tf.Variable([2.0, -3.0])
    with tf.GradientTape() as tape:
        y = scaled_gradient(x, 1e6)
        loss = tf.reduce_sum(y * y)
    np.testing.assert_array_equal(y, [2.0, -3.0])
    np.testing.assert_allclose(tape.gradient(loss, x), [4e6, -6e6], rtol=1e-6)


def by_hand(similarity_weight, slope=5.0):
    """E(x) = N(2, e^-20): code 2. G(z) = z. Features 3 x; logit `slope` x. Divergence: ~ 11.5."""
    x, layer = keras.Input((1,)), keras.layers.Dense(1)
    generator = keras.Model(x, layer(x))
    layer.set_weights([np.array([[1.0]]), np.array([0.0])])
    x, head = keras.Input((1,)), keras.layers.Dense(2, kernel_initializer="zeros")
    encoder = keras.Model(x, head(x))
    head.bias.assign([2.0, -20.0])
    x, features, logit = keras.Input((1,)), keras.layers.Dense(1), keras.layers.Dense(1)
    discriminator = keras.Model(x, [logit(features(x)), features(x)])
    features.set_weights([np.array([[3.0]]), np.array([0.0])])
    logit.set_weights([np.array([[slope / 3.0]]), np.array([0.0])])
    model = models.VAEGAN(
        generator, encoder, discriminator, similarity_weight=similarity_weight, seed=1
    )
    model.compile(keras.optimizers.SGD(0.01), keras.optimizers.SGD(0.0))
    return model


@pytest.mark.parametrize("similarity_weight", [0.1, 2.0])
def test_each_network_gets_the_papers_gradient(similarity_weight):
    """x = 1, code 2: likeness (3 - 6)^2 / 2 = 4.5, its gradient at G(z): 3 * 3 = 9.

    The encoder's mean gets 9 (not times the weight) and, from the divergence, 2; nothing
    adversarial. The decoder's bias gets 9 * weight and the mean of -5 sigmoid(-5 fake) / 2 over
    fakes 2 and p.
    """
    model = by_hand(similarity_weight)
    latents = model.draw({"real": tf.zeros((6, 1))}, type(model.random)(1))["latents"].numpy()
    real = np.ones((6, 1), "float32")
    logs = model.fit(tf.data.Dataset.from_tensors(real), verbose=0).history
    sigmoid = lambda x: 1 / (1 + np.exp(-x))  # noqa: E731
    softplus = lambda x: np.log1p(np.exp(x))  # noqa: E731
    assert logs["g_similarity"][0] == pytest.approx(4.5 * similarity_weight, rel=1e-3)
    assert logs["g_divergence"][0] == pytest.approx((4 + np.exp(-20) - 1 + 20) / 2, abs=1e-4)
    expected = (softplus(-5 * latents).mean() + softplus(-10)) / 2
    assert logs["g_adversarial"][0] == pytest.approx(expected, rel=1e-3)
    expected = softplus(-5) + (softplus(5 * latents).mean() + softplus(10)) / 2
    assert logs["d_adversarial"][0] == pytest.approx(expected, rel=1e-3)
    mean = model.encoder.get_weights()[1][0]
    assert mean == pytest.approx(2.0 - 0.01 * (9 + 2), abs=1e-4)
    adversarial = -5 * (sigmoid(-5 * latents).mean() + sigmoid(-10)) / 2
    bias = model.generator.get_weights()[1][0]
    assert bias == pytest.approx(-0.01 * (9 * similarity_weight + adversarial), abs=1e-4)


def test_the_encoder_feels_nothing_of_the_game():
    """With the logit -x the reconstruction 2 is far from real: sigmoid(2) / 2 = 0.44."""
    model = by_hand(0.1, slope=-1.0)
    model.fit(tf.data.Dataset.from_tensors(np.ones((6, 1), "float32")), verbose=0)
    assert model.encoder.get_weights()[1][0] == pytest.approx(2.0 - 0.01 * (9 + 2), abs=1e-4)


def test_samples_and_reconstructions():
    model = vae_gan()
    assert model.sample(3).shape == (3, *SHAPE)
    images = np.random.default_rng(0).uniform(-1, 1, (3, *SHAPE)).astype("float32")
    assert model.reconstruct(images).shape == images.shape


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"discriminator": dcgan.discriminator(SHAPE, widths=(4,))}, "Received: 1 output"),
        ({"encoder": heads.encoder(dcgan.discriminator(SHAPE, widths=(4,)), 4)}, "log-variances"),
        ({"similarity_weight": 0}, "above 0"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        vae_gan(**arguments)
