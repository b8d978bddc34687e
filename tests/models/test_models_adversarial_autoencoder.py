"""The adversarial autoencoder: its terms and gradients by hand, what it gives back."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from examples import SHAPE, adversarial_autoencoder
from gan_keras import models
from gan_keras.networks import dcgan, heads


def by_hand():
    """E(x) = x + 1, G(z) = z / 2, D(z) = 2 z."""
    networks = []
    for kernel, bias in ((0.5, 0.0), (1.0, 1.0), (2.0, 0.0)):
        x, layer = keras.Input((1,)), keras.layers.Dense(1)
        networks.append(keras.Model(x, layer(x)))
        layer.set_weights([np.array([[kernel]]), np.array([bias])])
    model = models.AdversarialAutoencoder(*networks, reconstruction_weight=4.0, seed=3)
    model.compile(keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.0))
    return model


def test_terms_and_gradients():
    """x = 3: code 4, image 2, logit 8. Reconstruction 4 (2 - 3)^2 = 4, adversarial softplus(-8).

    The image's gradient is 4 * 2 * (2 - 3) = -8: the decoder's kernel gets -8 * 4 and its bias -8;
    the code gets -8 / 2 and, from the discriminator, -2 sigmoid(-8) = -0.000670700.
    """
    model = by_hand()
    latents = model.draw({"real": tf.zeros((1, 1))}, type(model.random)(3))["latents"].numpy()
    real = np.full((1, 1), 3.0, "float32")
    logs = model.fit(tf.data.Dataset.from_tensors(real), verbose=0).history
    assert logs["g_reconstruction"][0] == pytest.approx(4.0, abs=1e-5)
    assert logs["g_adversarial"][0] == pytest.approx(np.log1p(np.exp(-8)), abs=1e-6)
    expected = np.log1p(np.exp(-2 * latents)).mean() + np.log1p(np.exp(8.0))
    assert logs["d_adversarial"][0] == pytest.approx(expected, rel=1e-5)
    kernel, bias = model.generator.get_weights()
    assert kernel[0, 0] == pytest.approx(0.5 + 0.1 * 32, abs=1e-4)
    assert bias[0] == pytest.approx(0.8, abs=1e-4)
    assert model.encoder.get_weights()[1][0] == pytest.approx(1.0 + 0.1 * 4.00067, abs=1e-5)


def test_samples_come_from_the_prior_and_reconstructions_from_codes():
    model = adversarial_autoencoder()
    assert model.sample(3).shape == (3, *SHAPE)
    images = np.random.default_rng(0).uniform(-1, 1, (3, *SHAPE)).astype("float32")
    expected = model.decode(model.encode(images))
    np.testing.assert_allclose(model.reconstruct(images), expected, atol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"discriminator": dcgan.discriminator(SHAPE, widths=(4,))}, r"judges latents, \(4,\)"),
        ({"encoder": heads.encoder(dcgan.discriminator(SHAPE, widths=(4,)), 3)}, "`encoder` gives"),
        ({"reconstruction_weight": -1}, "at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        adversarial_autoencoder(**arguments)
