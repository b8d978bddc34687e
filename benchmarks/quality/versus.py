"""Our default recipe against keras.io's DCGAN and WGAN-GP, at equal CPU seconds.

    python -m benchmarks.quality.versus [--budget 600] [--seeds 1] [--report]

Writes a line of results/versus.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. --quick tries it for seconds and writes nothing.
"""

import statistics

from benchmarks.quality import baselines, equal_cost, training_run

ROWS = {
    "default": ("**gan_keras, default recipe**",),
    "keras_io_dcgan": ("keras.io, DCGAN",),
    "keras_io_wgan_gp": ("keras.io, WGAN-GP",),
}


def one_run(*, row, seed, budget, num, measurements=10):
    """Trains and scores one row with one seed: its line."""
    cost = {"budget": budget, "num": num, "measurements": measurements}
    if row == "default":
        return equal_cost.one_recipe(row=row, seed=seed, rows=baselines.ROWS, **cost)
    import keras
    import tensorflow as tf

    from benchmarks.quality import peers_published

    keras.utils.set_random_seed(seed)
    peers = {"keras_io_dcgan": peers_published.DCGAN, "keras_io_wgan_gp": peers_published.WGANGP}
    model, source = peers[row](), training_run.source()
    model.start()
    latents = tf.random.stateless_normal((num, peers_published.LATENT_DIM), seed=(seed, 0))

    def samples(num):
        return (model.images(latents[i : min(i + 250, num)]).numpy() for i in range(0, num, 250))

    dataset = source.batches(model.batch_size, seed=seed, repeat=True, labels=False)
    found = equal_cost.trained(model, dataset, samples, source, **cost)
    return {
        **equal_cost.key_of(row, seed, budget),
        "title": ROWS[row][0],
        "images_seen": found["steps"] * model.batch_size,
        **found,
    }


def table(lines, *, budget):
    """Lines of the table, and how many times as far away as ours the peers' last samples are."""
    rows = equal_cost.table_of(lines, ROWS, budget=budget)
    own = [line for line in lines if line["budget"] == budget]
    last = {name: [line["last"]["frechet"] for line in own if line["row"] == name] for name in ROWS}
    if not all(last.values()):
        return rows
    ours = statistics.mean(last.pop("default"))
    times = ", ".join(
        f"{ROWS[name][0]} {statistics.mean(values) / ours:.0f}" for name, values in last.items()
    )
    return [*rows, "", f"Last Fréchet distances as multiples of the default recipe's: {times}."]


def main():
    how = {"budget": 600.0, "seeds": 1, "one_run": one_run, "table": table}
    equal_cost.compare(__doc__, "versus", ROWS, **how)


if __name__ == "__main__":
    main()
