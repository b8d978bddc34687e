"""A spectrally normalised generator (SAGAN, BigGAN): one power iteration in each of its updates."""

import keras
import numpy as np
import pytest

import gan_keras
from gan_keras.layers import SpectralNorm
from gan_keras.networks import mlp


@pytest.mark.parametrize("fresh_noise", [False, True])
def test_one_power_iteration_an_update(fresh_noise):
    keras.utils.set_random_seed(1)
    latents = keras.Input((2,))
    normalized = SpectralNorm(keras.layers.Dense(3, name="dense"))
    generator = keras.Model(latents, normalized(latents))
    model = gan_keras.GAN(generator, mlp.discriminator((3,), widths=(4,)))
    # A rate of zero: the kernel stays, so that the iteration can be followed by hand.
    model.compile(keras.optimizers.SGD(0.0), "sgd", discriminator_steps=2, fresh_noise=fresh_noise)
    kernel = normalized.layer.kernel.numpy()
    v = np.array([1.0, 0.0], "float32")
    normalized.v.assign(v)
    u = np.array([0.0, 1.0, 0.0], "float32")
    normalized.u.assign(u)
    samples = np.zeros((8, 3), "float32")
    model.fit(samples, batch_size=8, verbose=0)
    v = kernel @ u / np.linalg.norm(kernel @ u)
    u = v @ kernel / np.linalg.norm(v @ kernel)
    assert np.allclose(normalized.v.numpy(), v, atol=1e-5)
    assert np.allclose(normalized.u.numpy(), u, atol=1e-5)
