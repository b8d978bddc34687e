"""Fake tables beside real rows, shuffled columns and the peers CTGAN and TVAE.

    python -m benchmarks.quality.tables [--data people.csv --target income] [--seeds 3]
        [--without capital-gain,capital-loss] [--python PEERS/bin/python] [--report]

Writes a line of results/tables.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. A fifth of the rows is held out. `table` is the recipe as the command
trains it; peers (extra `bench`, perhaps in another interpreter) have as many CPU seconds as it took
with the same seed, or their default epochs. --quick tries everything for a few steps, and keeps
nothing.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "tables.jsonl"
ADULT = report.ROOT / "gan_keras" / "data" / "adult_20k.csv.xz"  # bundled
PEERS = pathlib.Path(__file__).with_name("table_peers.py")

# The discriminator of CTGAN and what moves it, in place of ours; all else is the recipe `table`.
WGAN_GP = {
    "loss": "wasserstein",
    "penalties": {"gradient_penalty": {"weight": 10.0}},
    **{
        f"{player}_optimizer": {
            **{"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5, "beta_2": 0.9},
            "weight_decay": 1e-6,
        }
        for player in ("generator", "discriminator")
    },
}
# CTGAN's encoding in place of ours. Columns of such rows are not told, for both players.
MODES = {
    "data_arguments": {"encoding": "modes"},
    "generator.condition_size": None,
    "discriminator.condition_size": None,
}

# Row: title, how it is made, and what that is told. A peer's epochs are None where it has the CPU
# seconds of `table`.
ROWS = {
    "held_out": ("held-out real rows / training on real", "real", {}),
    "shuffled": ("columns shuffled independently", "shuffled", {}),
    "table": ("**gan_keras, recipe table**", "recipe", {"name": "table"}),
    "ctgan": ("CTGAN, equal CPU seconds", "peer", {"name": "CTGAN", "epochs": None}),
    "ctgan_300": ("CTGAN, its default 300 epochs", "peer", {"name": "CTGAN", "epochs": 300}),
    "tvae": ("TVAE, equal CPU seconds", "peer", {"name": "TVAE", "epochs": None}),
    "tvae_300": ("TVAE, its default 300 epochs", "peer", {"name": "TVAE", "epochs": 300}),
    "recipe_ctgan": ("gan_keras, recipe ctgan", "recipe", {"name": "ctgan"}),
    "table_modes": (
        "recipe table, numbers as CTGAN has them",
        "recipe",
        {"name": "table", "changes": MODES},
    ),
    "table_wgan_gp": (
        "recipe table, loss and optimizer of CTGAN",
        "recipe",
        {"name": "table", "changes": WGAN_GP},
    ),
}
NAMES = {
    "C2ST": "c2st",
    "C2ST without": "c2st_without",
    "TSTR": ("tstr_auc", "tstr_r2"),
    "shapes": "column_shapes",
    "pairs": "pair_similarity",
    "closest record": "closest_record",
    "membership": "membership_auc_calibrated",
    "copies": "exact_copies",
}


def one_run(*, row, seed, table, target, file, without, python, quick):
    """Makes and scores a fake table of one row with one seed: its line."""
    from gan_keras.data import table_columns
    from gan_keras.metrics.tables import columns

    title, how, told = ROWS[row]
    whole = columns.some(table_columns.read(file), 1000 if quick else 10**9, seed=0)
    train, held_out = split(whole)
    if how == "peer":
        seconds = None if quick or told["epochs"] else seconds_of_ours(table, seed)
        told = {**told, "seconds": seconds, "python": python}
    made = MAKERS[how](train, held_out, seed=seed, quick=quick, **told)
    fake = made.pop("rows")
    scores = scored(fake, train, held_out, target=target, real=how == "real", seed=seed)
    if without:
        sides = [columns.without(side, *without) for side in (fake, train, held_out)]
        found = scored(*sides, metrics=["c2st"], real=how == "real", seed=seed)
        scores["c2st_without"] = found["c2st"]
    command = f"--data {pathlib.Path(file).name} --target {target} --rows {row} --seeds {seed + 1}"
    if without:
        command += f" --without {','.join(without)}"
    return {
        **{"row": row, "seed": seed, "table": table, "title": title},
        "scores": scores,
        **{name: value for name, value in made.items() if name != "cpu_seconds"},
        "without": without,
        "command": f"python -m benchmarks.quality.tables {command}",
        "data": f"{pathlib.Path(file).name}@{columns.fingerprint(train)}",
        "num_fake": columns.num_rows(fake),
        "cpu_seconds": round(made["cpu_seconds"], 1),
        "machine": report.machine(),
    }


def scored(fake, train, held_out, *, real, seed, target=None, metrics=None):
    """Scores by name; those of real rows are the baseline's, where half of them plays the fakes."""
    from gan_keras import metrics as of_tables

    found = of_tables.evaluate_table(
        fake, train, held_out=held_out, target=target, metrics=metrics, baselines=real, seed=seed
    )
    scores = {score.metric: round(score.value, 4) for score in found}
    if not real:
        return scores
    own = {key.partition("@")[0]: value for key, value in scores.items() if "@held_out" in key}
    # What all training rows teach, asked about held-out ones: TRTS of these "fakes".
    taught = {
        key.replace("trts", "tstr"): value
        for key, value in scores.items()
        if key.startswith("trts") and "@" not in key
    }
    return own | taught


def split(table):
    """Four fifths to train on, and a fifth that is held out."""
    import numpy as np

    from gan_keras.metrics.tables import columns

    num = columns.num_rows(table)
    order = np.random.default_rng(0).permutation(num)
    cut = int(0.8 * num)
    return columns.rows(table, order[:cut]), columns.rows(table, order[cut:])


def seconds_of_ours(table, seed):
    """CPU seconds that the recipe `table` took with a seed."""
    for line in latest(resumable.read(LINES)):
        if (line["row"], line["table"], line["seed"]) == ("table", table, seed):
            return line["cpu_seconds"]
    raise ValueError(
        f"Peers have the CPU seconds of the row `table`, which has no line of {table} with seed "
        f"{seed}. Run it first: --rows table."
    )


def latest(lines):
    """The last line of each row, table and seed: a run made anew counts in place of the old one."""
    return list({(line["row"], line["table"], line["seed"]): line for line in lines}.values())


def real(train, held_out, *, seed, quick):
    """The held-out rows themselves."""
    return {"rows": held_out, "cpu_seconds": 0.0}


def shuffled(train, held_out, *, seed, quick):
    """Columns of the training rows, each shuffled on its own."""
    from gan_keras.metrics import tables

    return {"rows": tables.shuffled(train, seed=seed), "cpu_seconds": 0.0}


def peer(train, held_out, *, name, epochs, seconds, python, seed, quick):
    """Rows by a class of the package ctgan, in an interpreter that has it."""
    from gan_keras.data import table_columns
    from gan_keras.metrics.tables import columns

    with tempfile.TemporaryDirectory() as folder:
        given, made = (pathlib.Path(folder) / f"{side}.csv" for side in ("train", "fake"))
        write(given, train)
        texts = ",".join(key for key, values in train.items() if not columns.is_number(values))
        command = [python, str(PEERS), name, str(given), str(made), "--seed", str(seed)]
        command += ["--texts", texts] if texts else []
        if seconds is not None:
            command += ["--seconds", str(seconds)]
        else:
            command += ["--epochs", "1" if quick else str(epochs)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise RuntimeError(f"{name} failed: {ended.stderr.strip().splitlines()[-1]}")
        told = json.loads(ended.stdout.strip().splitlines()[-1])
        return {**told, "rows": columns.aligned(table_columns.read(made), train)}


def write(path, table):
    """A table as .csv; missing values are empty."""
    import csv

    from gan_keras.metrics.tables import columns

    def texts(values):
        if not columns.is_number(values):
            return values
        return ["" if value != value else f"{value:.15g}" for value in values]

    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(zip(*map(texts, table.values()), strict=True))


def ours(train, held_out, *, name, seed, quick, changes=None):
    """Rows by a recipe of gan_keras, trained as its command does."""
    import time

    from benchmarks.quality import training_run
    from gan_keras import data, recipes
    from gan_keras.metrics.tables import columns

    start = time.process_time()
    recipe = recipes.get(name).with_settings(changes or {})
    source = data.source(train, **recipe.data_arguments)
    if name in recipes.SUITED:
        recipe = recipes.SUITED[name](recipe, source)
    steps = 3 if quick else recipe.epochs * (source.num_samples // recipe.batch_size)
    recipe = training_run.falling_over(recipe, steps)
    model = recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    rows = model.kind.decode(model.sample(columns.num_rows(train), seed=seed), seed=seed)
    return {"rows": rows, "steps": steps, "cpu_seconds": time.process_time() - start}


MAKERS = {"real": real, "shuffled": shuffled, "peer": peer, "recipe": ours}


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`, for each data set."""
    head = ["", *NAMES, "CPU s", "seeds"]
    cells, lines = [], latest(lines)
    for name in sorted({line["table"] for line in lines}) or [""]:
        for row, (title, *_) in ROWS.items():
            runs = [line for line in lines if (line["row"], line["table"]) == (row, name)]
            title = f"{name}: {title}" if name else title
            if not runs:
                cells.append([title, "not run", *[""] * (len(head) - 2)])
                continue
            found = [title]
            for keys in NAMES.values():
                keys = (keys,) if isinstance(keys, str) else keys
                values = [
                    run["scores"][key] for run in runs for key in keys if key in run["scores"]
                ]
                found.append(results_page.spread(values) if values else "")
            found.append(results_page.spread([run["cpu_seconds"] for run in runs]))
            cells.append([*found, str(len(runs))])
    return [*report.table(head, cells), "", results_page.described(lines, what="generated rows")]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--rows", default=",".join(ROWS))
    parser.add_argument("--data", default=str(ADULT), help="a table's file")
    parser.add_argument("--target", default="income", help="the column to predict")
    parser.add_argument("--without", default="", help="columns left out of a second C2ST, commas")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has ctgan")
    arguments = parser.parse_args()
    rows = resumable.named(parser, arguments.rows, ROWS, "rows ")
    without = [name for name in arguments.without.split(",") if name]
    name = pathlib.Path(arguments.data).name.partition(".")[0]
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"row": row, "seed": seed, "table": name}
            for seed in range(1 if arguments.quick else arguments.seeds)
            for row in rows
        ],
        told=lambda line: str(line["scores"]),
        is_done=lambda path, key: is_done(path, key, without),
        target=arguments.target,
        file=arguments.data,
        without=without,
        python=arguments.python,
        quick=arguments.quick,
    )
    results_page.write("tables", table(lines), arguments)


def is_done(path, key, without):
    """Whether there is a line with these values that also has the score without some columns."""
    return any(
        all(line.get(name) == value for name, value in key.items())
        and (not without or line.get("without") == without)
        for line in resumable.read(path)
    )


if __name__ == "__main__":
    main()
