"""Players that are given no optimizer get one that suits a game, not Adam's own numbers."""

import keras
import pytest

import gan_keras
from gan_keras.networks import mlp


def compiled(*arguments):
    gan = gan_keras.GAN(mlp.generator((2,), 2, widths=(4,)), mlp.discriminator((2,), widths=(4,)))
    gan.compile(*arguments)
    return [gan.generator_optimizer, gan.discriminator_optimizer]


@pytest.mark.parametrize("arguments", [(), ("default",), ("default", "default")])
def test_both_players_get_adam_of_the_dcgan_paper(arguments):
    first, second = compiled(*arguments)
    assert first is not second
    for optimizer in (first, second):
        assert isinstance(optimizer, keras.optimizers.Adam)
        assert abs(float(optimizer.learning_rate) - 2e-4) < 1e-9
        assert optimizer.beta_1 == 0.5
        assert optimizer.beta_2 == 0.999


def test_one_of_your_own_beside_the_default():
    first, second = compiled("adam", "default")
    assert abs(float(first.learning_rate) - 1e-3) < 1e-9
    assert first.beta_1 == 0.9
    assert abs(float(second.learning_rate) - 2e-4) < 1e-9
