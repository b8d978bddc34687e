"""Step time against replicas: estimated from a measured step and the bytes of its gradients.

    python -m benchmarks.speed.scaling [RECIPE] [--batch-size 64] [--num-steps 20] [--cpu-time]

Nothing is trained on several machines here. The step is measured on this one at the whole batch and
at each replica's share of it; the all-reduce is computed from the bytes that a step sums.
"""

import argparse
import math
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as gan_keras does

REPLICAS = (1, 2, 4, 8)
NETWORKS = {  # bytes a second, seconds for one message
    "1 Gbit/s Ethernet": (0.11e9, 1e-4),
    "10 Gbit/s Ethernet": (1.1e9, 5e-5),
    "NVLink, 200 GB/s": (200e9, 1e-5),
}
PACK_BYTES = 1 << 25  # bytes that TensorFlow's collectives send at once, about


def all_reduce_seconds(num_bytes, replicas, *, bytes_per_second, latency):
    """Time of a ring all-reduce: each replica sends and receives 2 (R - 1) / R of the bytes.

    Args:
        num_bytes: what each replica has.
        replicas: R, at least 1.
        bytes_per_second: bandwidth between two neighbours.
        latency: seconds a message takes beyond that; 2 (R - 1) messages for each pack.
    """
    if replicas == 1:
        return 0.0
    packs = math.ceil(num_bytes / PACK_BYTES)
    rounds = 2 * (replicas - 1)
    return rounds / replicas * num_bytes / bytes_per_second + packs * rounds * latency


def gradient_bytes(model):
    """What one training step sums over replicas: float32 gradients of every update."""
    sizes = {
        name: 4 * sum(math.prod(variable.shape) for variable in player.variables)
        for name, player in model.players.items()
    }
    # An update that clips, or scales its loss, sums once by itself and once in Keras.
    times = {name: 2 if player.judges_gradients() else 1 for name, player in model.players.items()}
    return sizes["g"] * times["g"] + model.discriminator_steps * sizes["d"] * times["d"]


def measured_seconds(recipe, batch_size, num_steps, clock):
    """Median seconds of a training step after the first two, and the model."""
    import tensorflow as tf

    from gan_keras import data

    source = data.source(recipe.data, **recipe.data_arguments)
    model = recipe.with_settings({"batch_size": batch_size}).build(source)
    batches = source.batches(
        batch_size * model.batches_per_step(), repeat=True, labels=recipe.conditional
    )
    step = tf.function(model.train_step)
    seconds = []
    for batch in batches.take(num_steps + 2):
        began = clock()
        step(batch)
        seconds.append(clock() - began)
    return statistics.median(seconds[2:]), model


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("recipe", nargs="?", default="fashion_mnist_dcgan")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--num-steps", type=int, default=20)
    parser.add_argument(
        "--cpu-time", action="store_true", help="count CPU seconds: for a CPU that others use, too"
    )
    arguments = parser.parse_args()
    clock = time.process_time if arguments.cpu_time else time.perf_counter

    from gan_keras import recipes

    recipe, batch_size = recipes.get(arguments.recipe), arguments.batch_size
    seconds = {}
    for replicas in REPLICAS:
        share = batch_size // replicas
        seconds[replicas], model = measured_seconds(recipe, share, arguments.num_steps, clock)
    num_bytes = gradient_bytes(model)
    print(f"{recipe.name}, global batch {batch_size}, {num_bytes / 1e6:.2f} MB summed in a step\n")
    for replicas, measured in seconds.items():
        print(f"measured, batch {batch_size // replicas}: {1e3 * measured:.1f} ms")
    print("\n| network | replicas | same global batch: ms, speed | batch x replicas: ms, speed |")
    print("|---|---|---|---|")
    for name, (bytes_per_second, latency) in NETWORKS.items():
        for replicas in REPLICAS[1:]:
            reduce = all_reduce_seconds(
                num_bytes, replicas, bytes_per_second=bytes_per_second, latency=latency
            )
            strong, weak = seconds[replicas] + reduce, seconds[1] + reduce
            print(
                f"| {name} | {replicas} | {1e3 * strong:.1f}, {seconds[1] / strong:.2f}x "
                f"| {1e3 * weak:.1f}, {replicas * seconds[1] / weak:.2f}x |"
            )


if __name__ == "__main__":
    main()
