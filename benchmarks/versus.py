"""Our default recipe against keras.io's DCGAN and WGAN-GP, at equal CPU seconds.

    python benchmarks/versus.py [--budget 600] [--seeds 1] [--report]

Writes a line of results/versus.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. --quick tries it for seconds and writes nothing.
"""

import argparse
import json
import pathlib
import tempfile

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


def one_run(name, *, seed, budget, num, measurements=10):
    """Trains and scores one row with one seed: its line."""
    if name == "default":
        settings = {"num": num, "measurements": measurements}
        return baselines.one_run(name, seed=seed, budget=budget, **settings)
    import keras
    import peers_published
    import tensorflow as tf
    from budget import Budget

    keras.utils.set_random_seed(seed)
    peers = {"keras_io_dcgan": peers_published.DCGAN, "keras_io_wgan_gp": peers_published.WGANGP}
    model, source = peers[name](), training_run.source()
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
        **baselines.key_of(name, seed, budget),
        "title": ROWS[name][0],
        "data": f"{source.name}@{source.fingerprint}",
        "num_fake": num,
        "images_seen": found["steps"] * model.batch_size,
        **found,
        "machine": report.machine(),
    }


def run_all(*, seeds, lines_file, **settings):
    """Every run that is missing, a line each."""
    for key in baselines.missing(json_lines.read(lines_file), ROWS, seeds, settings["budget"]):
        print(f"{key['row']}, seed {key['seed']}", flush=True)
        own = {"name": key["row"], "seed": key["seed"], **settings}
        line = training_run.in_process(__file__, ["--one", json.dumps(own)])
        json_lines.append(lines_file, line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--budget", type=float, default=600.0, help="CPU seconds of a run")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--num", type=int, default=5_000, help="generated images in a score")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(one_run(**json.loads(arguments.one))))
    elif arguments.quick:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "lines.jsonl"
            run_all(seeds=1, budget=2.0, num=1_000, measurements=2, lines_file=path)
            print("\n".join(results_page.baselines(json_lines.read(path), ROWS, budget=2.0)))
    else:
        if not arguments.report:
            run_all(
                seeds=arguments.seeds,
                budget=arguments.budget,
                num=arguments.num,
                lines_file=LINES,
            )
        table = results_page.baselines(json_lines.read(LINES), ROWS, budget=arguments.budget)
        results_page.write("versus", table)


if __name__ == "__main__":
    main()
