"""DoppelGANger: limits and steps by hand, its losses, and what it refuses."""

import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import kinds, models, networks
from gan_keras.models import doppelganger as file
from gan_keras.networks import doppelganger as nets


def test_series_are_limits_and_steps_between_them():
    """0, 9, 4.5 (half of the way), in units of 4.5; and, at rest, 1.8, in units of 9."""
    series = tf.constant([[[0.0, 1.8], [9.0, 1.8], [4.5, 1.8]]])
    limits, scaled = file.parted(series, [4.5, 9.0])
    np.testing.assert_allclose(limits, [[1.0, 0.2, 1.0, 0.0]], atol=1e-6)
    np.testing.assert_allclose(scaled[0], [[-1, 0], [1, 0], [0, 0]], atol=1e-6)
    np.testing.assert_array_equal(file.whole(limits, scaled)[0, 4:], tf.reshape(scaled, (-1,)))


def test_the_generator_puts_its_steps_between_its_limits():
    generator = networks.doppelganger.generator((7, 2), reach=[4.5, 9.0], num_classes=3)
    assert generator.inputs[0].shape[-1] == 5 + 2 * 5 + 2 * 100  # two turns of four steps
    latents = np.random.default_rng(0).normal(size=(6, 215)).astype("float32")
    labels = np.arange(6, dtype="int32") % 3
    series, limits, scaled = file.with_parts(generator)([latents, labels])
    assert series.shape == (6, 7, 2)
    middle, half = limits.numpy()[:, None, :2], limits.numpy()[:, None, 2:]
    np.testing.assert_allclose(series, [4.5, 9.0] * (middle + half * scaled), rtol=1e-5, atol=1e-5)
    assert np.abs(scaled).max() <= 1
    np.testing.assert_array_equal(generator([latents, labels]), series)
    other = np.array(generator([latents, (labels + 1) % 3]))
    assert np.abs(other - series).max() > 0


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_both_discriminators_judge_the_second_the_limits_alone(weight):
    """With a critic that is a sum, Wasserstein's terms are sums of limits and of steps."""
    model = examples.doppelganger(auxiliary_weight=weight, penalties=())
    model.is_training = False
    for judge in (model.discriminator, model.auxiliary):
        first, last = judge.get_layer("dense_0"), judge.get_layer("logits")
        kernel = np.zeros(first.kernel.shape, "float32")
        kernel[: judge.inputs[0].shape[-1], 0] = 1.0  # not the class
        first.set_weights([kernel, np.full(first.bias.shape, 50.0)])
        last.set_weights([np.float32([[1], [0], [0], [0]]), np.float32([-50.0])])
    real = tf.constant(np.random.default_rng(0).normal(size=(4, 5, 2)).astype("float32"))
    limits, scaled = file.parted(real, 5.0)
    labels = tf.constant([0, 1, 2, 0])
    batch = {"real": real, "labels": labels}
    fake = {"fake": real, "limits": 2.0 * limits, "scaled": 0.0 * scaled}
    found = model.discriminator_losses(batch, fake)
    mean = lambda x: float(tf.reduce_mean(tf.reduce_sum(tf.reshape(x, (4, -1)), axis=1)))  # noqa: E731
    assert set(found) == {"adversarial", "auxiliary_adversarial"}
    expected = mean(2 * limits) - mean(limits) - mean(scaled)
    assert float(found["adversarial"]) == pytest.approx(expected, abs=1e-4)
    expected = weight * (mean(2 * limits) - mean(limits))
    assert float(found["auxiliary_adversarial"]) == pytest.approx(expected, abs=1e-4)
    found = model.generator_losses(batch, fake)
    assert float(found["adversarial"]) == pytest.approx(-mean(2 * limits), abs=1e-4)
    assert float(found["auxiliary_adversarial"]) == pytest.approx(
        -weight * mean(2 * limits), abs=1e-4
    )


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="makes series, but the data are points"):
        examples.doppelganger(kind=kinds.Vectors(shape=(2,)))
    with pytest.raises(ValueError, match="`auxiliary_weight` must be at least 0"):
        examples.doppelganger(auxiliary_weight=-1.0)
    with pytest.raises(ValueError, match="`auxiliary` takes 6 numbers, but series of 5 steps"):
        examples.doppelganger(auxiliary=nets.auxiliary((5, 3), num_classes=3))
    with pytest.raises(ValueError, match="takes no labels"):
        examples.doppelganger(discriminator=nets.discriminator((5, 2)))
    with pytest.raises(ValueError, match=r"of series is \(steps, channels\)"):
        nets.generator((5,))
    assert models.NAMES["doppelganger"] is models.DoppelGANger
