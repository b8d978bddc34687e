"""BiGAN: both losses and both gradients by hand, Gaussians, reconstructions."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from examples import SHAPE, bigan
from gan_keras import losses, models
from gan_keras.networks import dcgan, heads


def scalar(value, width=1, inputs=1):
    """A network of a constant: its kernel is zero, its bias `value`."""
    layer = keras.layers.Dense(width, kernel_initializer="zeros")
    x = keras.Input((inputs,))
    network = keras.Model(x, layer(x))
    layer.bias.assign(np.full(width, value))
    return network, layer.bias


def by_hand(**arguments):
    """G = 2, E = 1, D(x, z) = x + 3 z: with x = 0 a real pair has logit 3."""
    generator, fake = scalar(2.0)
    encoder, code = scalar(1.0)
    x, z = keras.Input((1,)), keras.Input((1,))
    head = keras.layers.Dense(1, use_bias=False)
    discriminator = keras.Model([x, z], head(keras.layers.Concatenate()([x, z])))
    head.kernel.assign([[1.0], [3.0]])
    model = models.BiGAN(generator, encoder, discriminator, seed=2, **arguments)
    model.compile(keras.optimizers.SGD(1.0), keras.optimizers.SGD(0.0))
    return model, fake, code


def test_both_play_the_swapped_loss():
    """d/d logit: softplus(real)' = sigmoid(3), times 3 for E; -sigmoid(-fake) for G."""
    model, fake, code = by_hand()
    latents = model.draw({"real": tf.zeros((4, 1))}, type(model.random)(2))["latents"].numpy()
    logs = model.fit(tf.data.Dataset.from_tensors(np.zeros((4, 1), "float32")), verbose=0).history
    fakes = 2.0 + 3.0 * latents
    softplus = lambda x: np.log1p(np.exp(x)).mean()  # noqa: E731
    assert logs["d_adversarial"][0] == pytest.approx(softplus(-3.0) + softplus(fakes), rel=1e-5)
    assert logs["g_adversarial"][0] == pytest.approx(softplus(3.0) + softplus(-fakes), rel=1e-5)
    assert code.numpy()[0] == pytest.approx(1.0 - 3.0 / (1 + np.exp(-3.0)), abs=1e-5)
    assert fake.numpy()[0] == pytest.approx(2.0 + (1 / (1 + np.exp(fakes))).mean(), abs=1e-5)


def test_penalties_see_both_halves_of_a_pair():
    """R1 of x + 3 z, at weight 1: (1 + 9) / 2."""
    model, *_ = by_hand(penalties=["r1"])
    logs = model.fit(tf.data.Dataset.from_tensors(np.zeros((4, 1), "float32")), verbose=0).history
    assert logs["d_r1"][0] == pytest.approx(5.0, rel=1e-5)


def test_a_wide_encoder_draws_from_its_gaussian():
    """Mean 2, log-variance 1.5: codes are 2 + e^0.75 noise; `encode` gives the mean."""
    generator, _ = scalar(2.0)
    encoder, _ = scalar([2.0, 1.5], width=2)
    x, z = keras.Input((1,)), keras.Input((1,))
    discriminator = keras.Model([x, z], keras.layers.Dense(1)(keras.layers.Concatenate()([x, z])))
    ali = models.BiGAN(generator, encoder, discriminator)
    batch = {"real": tf.zeros((4000, 1))}
    batch.update(ali.draw(batch, ali.random))
    codes = ali.encoded(batch)["codes"].numpy()
    np.testing.assert_allclose(codes, 2.0 + np.exp(0.75) * batch["encoder_noise"], rtol=1e-6)
    assert codes.std() == pytest.approx(np.exp(0.75), rel=0.05)
    np.testing.assert_allclose(ali.encode(np.zeros((3, 1), "float32")), 2.0)


def test_codes_are_those_of_the_averaged_encoder():
    model = bigan()
    images = np.random.default_rng(0).uniform(-1, 1, (3, *SHAPE)).astype("float32")
    before = model.encode(images)
    model.encoder.set_weights([0.5 * weight for weight in model.encoder.get_weights()])
    np.testing.assert_array_equal(model.encode(images), before)
    trained = model.encode(images, use_moving_average=False)
    np.testing.assert_allclose(trained, model.encoder(images), atol=1e-6)
    assert np.abs(trained - before).max() > 1e-4


def test_reconstructions_are_decoded_codes():
    model = bigan()
    images = np.random.default_rng(0).uniform(-1, 1, (5, *SHAPE)).astype("float32")
    codes = model.encode(images, batch_size=2)
    assert codes.shape == (5, model.latent_dim)
    np.testing.assert_allclose(model.reconstruct(images), model.decode(codes), atol=1e-6)
    with pytest.raises(ValueError, match="Images are in"):
        model.encode(100 * images)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"encoder": heads.encoder(dcgan.discriminator(SHAPE, widths=(4,)), 5)}, "4 for points or"),
        ({"encoder": heads.encoder(dcgan.discriminator((16, 16, 1)), 4)}, "`encoder` takes"),
        ({"discriminator": dcgan.discriminator(SHAPE, widths=(4,))}, r"\[samples, latents\]"),
        ({"loss": losses.NonSaturating(label_smoothing=0.1)}, "label_smoothing=0"),
        ({"loss": losses.TopK(loss="hinge")}, "TopK would leave nothing out.* loss='hinge'"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        bigan(**arguments)
