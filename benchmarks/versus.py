"""Our default recipe against keras.io's DCGAN and WGAN-GP, at equal CPU seconds.

    python benchmarks/versus.py [--budget 600] [--seeds 1] [--report]

Writes a line of results/versus.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. --quick tries it for seconds and writes nothing.
"""

import json
import statistics

import baselines
import json_lines
import report
import results_page
import training_run

LINES = report.RESULTS / "versus.jsonl"
ROWS = {
    "default": ("**gan_keras, default recipe**",),
    "keras_io_dcgan": ("keras.io, DCGAN",),
    "keras_io_wgan_gp": ("keras.io, WGAN-GP",),
}


def one_run(*, row, seed, budget, num, measurements=10):
    """Trains and scores one row with one seed: its line."""
    if row == "default":
        settings = {"num": num, "measurements": measurements}
        return baselines.one_run(row=row, seed=seed, budget=budget, **settings)
    import keras
    import peers_published
    import tensorflow as tf
    from budget import Budget

    keras.utils.set_random_seed(seed)
    peers = {"keras_io_dcgan": peers_published.DCGAN, "keras_io_wgan_gp": peers_published.WGANGP}
    model, source = peers[row](), training_run.source()
    model.start()
    latents = tf.random.stateless_normal((num, peers_published.LATENT_DIM), seed=(seed, 0))

    def samples(num):
        return (model.images(latents[i : min(i + 250, num)]).numpy() for i in range(0, num, 250))

    measure = training_run.scorer(samples, source, num=num, seed=0)
    callback = Budget(budget, measure, measurements)
    dataset = source.batches(model.batch_size, seed=seed, repeat=True, labels=False)
    model.fit(dataset, steps_per_epoch=2**30, verbose=0, shuffle=False, callbacks=[callback])
    found = training_run.summary(callback.rows)
    return {
        **baselines.key_of(row, seed, budget),
        "title": ROWS[row][0],
        "data": f"{source.name}@{source.fingerprint}",
        "num_fake": num,
        "images_seen": found["steps"] * model.batch_size,
        **found,
        "machine": report.machine(),
    }


def table(lines, *, budget):
    """Lines of the table, and how many times as far away as ours the peers' last samples are."""
    rows = results_page.baselines(lines, ROWS, budget=budget)
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
    arguments = baselines.parser(__doc__, budget=600.0, seeds=1).parse_args()
    if arguments.one:
        print(json.dumps(one_run(**json.loads(arguments.one))))
    elif arguments.quick:
        baselines.quick_table(__file__, ROWS, ROWS)
    else:
        if not arguments.report:
            how = {name: getattr(arguments, name) for name in ("seeds", "budget", "num")}
            baselines.run_all(__file__, LINES, ROWS, **how)
        results_page.write("versus", table(json_lines.read(LINES), budget=arguments.budget))


if __name__ == "__main__":
    main()
