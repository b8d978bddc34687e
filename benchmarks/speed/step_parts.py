"""The step of the default networks as it is and with parts left out, timed in turns."""

import os
import statistics
import time

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as gan_keras does, before TensorFlow comes

import tensorflow as tf

from benchmarks.loops import flops, ours
from benchmarks.loops.configurations import CONFIGURATIONS
from gan_keras.models import fused_adam

BLOCK_STEPS = 8  # the lazy penalty's period
CONFIGURATION = "dcgan"


def whole():
    """The step as it is."""
    return ours.model_of(CONFIGURATION)


def without_logs():
    """No losses kept for the logs."""
    gan = ours.model_of(CONFIGURATION)
    gan.monitor, gan._logs = lambda **values: None, lambda: {}
    return gan


def without_average():
    """No moving average of the generator."""
    gan = ours.model_of(CONFIGURATION)
    gan.averaged = []
    return gan


def without_penalty():
    """No R1, which is there in every eighth step."""
    return ours.model_of(CONFIGURATION, r1=False)


def with_kerass_adam():
    """Adam in Keras's own operations, not fused."""
    fused_adam.fuse, kept = (lambda optimizer: None), fused_adam.fuse
    try:
        return ours.model_of(CONFIGURATION)
    finally:
        fused_adam.fuse = kept


def without_adam():
    """The plainest update there is, in Adam's place."""
    gan = ours.model_of(CONFIGURATION)
    for player in gan.players.values():
        player.step = _plain_step(player)
    return gan


def _plain_step(player):
    def step(gradients):
        for variable, gradient in zip(player.variables, gradients, strict=True):
            variable.assign_sub(1e-6 * gradient)

    return step


def joined():
    """Real and fake images in one discriminator pass: the same numbers, as nothing mixes them."""
    gan = ours.model_of(CONFIGURATION)
    gan.discriminator_losses = lambda batch, synthesized: _joined_losses(gan, batch, synthesized)
    return gan


def _joined_losses(gan, batch, synthesized):
    from gan_keras.models import penalized
    from gan_keras.penalties.critic import Critic

    real, fake = batch["real"], synthesized["fake"]
    critic = Critic(lambda images: gan.discriminator(images, training=True), gan.random)
    logits = tf.split(critic.score(tf.concat([real, fake], 0)), 2)
    gan.monitor(real_logits=logits[0], fake_logits=logits[1])
    adversarial = gan.adversarial_loss.discriminator(*logits)
    return {"adversarial": adversarial, **penalized.terms(gan, critic, real, fake)}


VARIANTS = {
    "without the logs": without_logs,
    "without the moving average": without_average,
    "without R1 (every eighth step)": without_penalty,
    "without Adam (plain gradient steps)": without_adam,
    "with Keras's own Adam": with_kerass_adam,
    "real and fake in one discriminator pass": joined,
}


def timed(rounds):
    """CPU seconds of a step, "whole" and of each variant, in turns: one number a round."""
    configuration = CONFIGURATIONS[CONFIGURATION]
    images = tf.random.uniform((configuration.batch_size, *configuration.image_shape), -1.0, 1.0)
    steps = {}
    for name, make in {"whole": whole, **VARIANTS}.items():
        steps[name] = tf.function(make().train_step, autograph=False)
        for _ in range(BLOCK_STEPS + 1):
            steps[name](images)
    seconds = {name: [] for name in steps}
    for turn in range(rounds):
        for name in list(steps)[:: 1 if turn % 2 == 0 else -1]:
            start = time.process_time()
            for _ in range(BLOCK_STEPS):
                steps[name](images)
            seconds[name].append((time.process_time() - start) / BLOCK_STEPS)
    return seconds


def convolutions_alone(rounds, block_seconds=0.02):
    """CPU seconds that a step's convolutions and matrix products take alone, and their number.

    The lazy penalty's count at their share of the steps.
    """
    without = ours.heavy_operations_of(CONFIGURATION, r1=False)
    with_r1 = ours.heavy_operations_of(CONFIGURATION, r1_interval=1)
    times = {
        key: without[key] + (with_r1[key] - without[key]) / ours.R1_INTERVAL
        for key in {**without, **with_r1}
    }
    runners = {key: flops.runner(key) for key in times}
    alone = [
        sum(
            times[key] * flops.cpu_seconds_alone(run, block_seconds) for key, run in runners.items()
        )
        for _ in range(rounds)
    ]
    return statistics.median(alone), sum(times.values())
