"""Two replicas with half the batch each take the steps of one device with the whole batch.

Each case joins several features, since each case costs two traces of the training step. Two of
them, with nothing in common, stand for all in the fast tests.
"""

import functools

import keras
import pytest
import two_devices

from gan_keras import MovingAverage, layers, penalties

optimizers = keras.optimizers


def adam_with_schedules():
    """Two time scales, three discriminator updates a step, each value clipped."""
    cosine = optimizers.schedules.CosineDecay(2e-3, 4)
    falling = optimizers.schedules.ExponentialDecay(4e-3, 1, 0.8)
    return {
        "generator_optimizer": optimizers.Adam(cosine, beta_1=0.5, epsilon=1e-4),
        "discriminator_optimizer": optimizers.Adam(falling, epsilon=1e-4, clipvalue=0.02),
        "discriminator_steps": 3,
    }


def adamw_with_parts():
    """Batches cut into parts, the norm of all gradients clipped, Keras's own average."""
    return {
        "generator_optimizer": optimizers.AdamW(2e-3, epsilon=1e-4, global_clipnorm=0.05),
        "discriminator_optimizer": optimizers.AdamW(
            2e-3, epsilon=1e-4, use_ema=True, ema_momentum=0.9, global_clipnorm=0.1
        ),
        "gradient_accumulation_steps": 2,
    }


def fresh_samples():
    """The generator's update draws noise and real samples of its own; each norm is clipped."""
    return {
        "generator_optimizer": optimizers.SGD(0.05, momentum=0.9, clipnorm=0.03),
        "discriminator_optimizer": optimizers.RMSprop(2e-3, epsilon=1e-4, clipnorm=0.05),
        "discriminator_steps": 2,
        "fresh_noise": True,
    }


CASES = {
    "adam": (
        adam_with_schedules,
        3,
        {
            "loss": "wasserstein",
            "penalties": [penalties.GradientPenalty(weight=1.0)],
            "moving_average": MovingAverage(half_life=20),
        },
    ),
    "adamw": (
        adamw_with_parts,
        1,
        {
            "loss": "relativistic_paired",
            "penalties": [penalties.R1(weight=0.5), penalties.R2(weight=0.5, interval=2)],
            "moving_average": MovingAverage(half_life=20),
        },
    ),
    "fresh": (
        fresh_samples,
        3,
        {
            "loss": "relativistic_average",
            "penalties": [penalties.LeCam(weight=0.3, decay=0.5), penalties.DRAGAN(weight=0.2)],
            "of": functools.partial(
                two_devices.networks, batch_norm=layers.BatchNorm, spectral_norm=True
            ),
        },
    ),
    "keras_batch_norm": (
        lambda: {"generator_optimizer": "sgd", "discriminator_optimizer": "sgd"},
        1,
        {
            "loss": "hinge",
            "of": functools.partial(
                two_devices.networks,
                batch_norm=functools.partial(
                    keras.layers.BatchNormalization, synchronized=True, momentum=0.5
                ),
            ),
        },
    ),
}


FAST = ("adam", "keras_batch_norm")
EVERY = [pytest.param(case, marks=() if case in FAST else pytest.mark.slow) for case in CASES]


@pytest.mark.parametrize("case", EVERY)
def test_two_replicas_take_the_steps_of_one_device(case):
    compiled, batches_per_step, arguments = CASES[case]
    train = functools.partial(
        two_devices.train,
        two_devices.points(3 * batches_per_step),
        batch_size=two_devices.BATCH * batches_per_step,
        compiled=compiled,
        **arguments,
    )
    one, two = train(), train(two_devices.mirrored())
    assert two_devices.largest_difference(one, two) < 2e-6
    assert two_devices.largest_spread(two) == 0.0
    for name, (mean,) in one.logs.items():
        assert two.logs[name][0] == pytest.approx(mean, rel=1e-4, abs=1e-5), name
