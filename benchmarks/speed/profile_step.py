"""Where a step's CPU time goes: its convolutions alone, and the step with parts left out.

    python -m benchmarks.speed.profile_step [--rounds 15]

The step is that of the default networks with the non-saturating loss and R1, as in
benchmarks/speed/throughput.py. Every variant is traced in one process and timed in short blocks in turns;
a part's share is what the step loses without it (median of paired ratios). The convolutions and
matrix products are also run alone, on random numbers of the same shapes, which says how much of a
step they are: the rest is what a better program could save. Writes results/profile.json and
docs/performance.md.
"""

import argparse
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as gan_keras does, before TensorFlow comes

import tensorflow as tf

from benchmarks.loops import flops, ours
from benchmarks.loops.configurations import CONFIGURATIONS
from benchmarks.pages import report
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

    real, fake = batch["images"], synthesized["images"]
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


def timed(variants, rounds):
    """CPU seconds a step of each, in turns: dict from name to one number a round."""
    configuration = CONFIGURATIONS[CONFIGURATION]
    images = tf.random.uniform((configuration.batch_size, *configuration.image_shape), -1.0, 1.0)
    steps = {}
    for name, make in variants.items():
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
    without, _ = ours.heavy_operations_of(CONFIGURATION, r1=False)
    with_r1, _ = ours.heavy_operations_of(CONFIGURATION, r1_interval=1)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    machine = report.machine()
    seconds = timed({"whole": whole, **VARIANTS}, arguments.rounds)
    step = statistics.median(seconds["whole"])
    alone, number = convolutions_alone(max(3, arguments.rounds // 3))
    pairs = {
        name: [a / b for a, b in zip(seconds[name], seconds["whole"], strict=True)]
        for name in VARIANTS
    }
    quartiles = {name: statistics.quantiles(ratios, n=4) for name, ratios in pairs.items()}
    lines = [report.described(machine), ""]
    lines += report.table(
        [
            "step of our default networks, batch 64, no input",
            "of the step's CPU seconds",
            "middle half of rounds",
        ],
        [
            [f"the whole step: {1e3 * step:.1f} ms", "100%", ""],
            [
                f"its {number:.0f} convolutions and products, alone",
                f"{100 * alone / step:.0f}%",
                "",
            ],
            *(
                [name, f"{100 * median:.1f}%", f"{100 * low:.1f}% to {100 * high:.1f}%"]
                for name, (low, median, high) in quartiles.items()
            ),
        ],
    )
    print("\n".join(lines))
    result = {"machine": machine, "tensorflow": tf.__version__, "step_ms": 1e3 * step}
    result |= {"convolutions_alone": alone / step, "quartiles": quartiles, "rounds": seconds}
    report.write("profile", {**result, "table": lines})


if __name__ == "__main__":
    main()
