"""Fake tables beside real rows, shuffled columns and the peers CTGAN and TVAE.

    python -m benchmarks.quality.tables [--data people.csv --target income] [--seeds 3] [--report]

Writes a line of results/tables.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. A fifth of the rows is held out. Peers are those of the package ctgan
(extra `bench`), with their own default settings but for the epochs. --quick tries everything for a
few steps, and keeps nothing.
"""

import pathlib

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "tables.jsonl"
ADULT = report.ROOT / "gan_keras" / "data" / "adult_20k.csv.xz"  # bundled

RECIPES = ("ctgan", "table")  # ours, with their own epochs

# Row: title, how it is made, epochs (None: nothing is trained, or as long as the recipe says).
ROWS = {
    "held_out": ("held-out real rows / training on real", "real", None),
    "shuffled": ("columns shuffled independently", "shuffled", None),
    "ctgan": ("ctgan, 100 epochs", "CTGAN", 100),
    "ctgan_300": ("ctgan, its default 300 epochs", "CTGAN", 300),
    "tvae": ("TVAE, 100 epochs", "TVAE", 100),
    "tvae_300": ("TVAE, its default 300 epochs", "TVAE", 300),
    "recipe_ctgan": ("gan_keras, recipe ctgan", "recipe ctgan", None),
    "table": ("**gan_keras, recipe table**", "recipe table", None),
}
NAMES = {
    "C2ST": "c2st",
    "TSTR": ("tstr_auc", "tstr_r2"),
    "shapes": "column_shapes",
    "pairs": "pair_similarity",
    "closest record": "closest_record",
    "membership": "membership_auc_calibrated",
    "copies": "exact_copies",
}


def one_run(*, row, seed, table, target, file, quick):
    """Makes and scores a fake table of one row with one seed: its line."""
    import time

    from gan_keras import metrics
    from gan_keras.data import table_columns
    from gan_keras.metrics.tables import columns

    title, how, epochs = ROWS[row]
    whole = columns.some(table_columns.read(file), 1000 if quick else 10**9, seed=0)
    train, held_out = split(whole)
    start = time.process_time()
    fake = MAKERS[how](train, held_out, epochs=1 if quick and epochs else epochs, seed=seed)
    seconds = time.process_time() - start
    found = metrics.evaluate_table(
        fake, train, held_out=held_out, target=target, baselines=how == "real", seed=seed
    )
    scores = {score.metric: round(score.value, 4) for score in found}
    if how == "real":  # half plays the fakes where rows are near to themselves; see evaluate_table
        own = {key.partition("@")[0]: value for key, value in scores.items() if "@held_out" in key}
        # What all training rows teach, asked about held-out ones: TRTS of these "fakes".
        taught = {
            key.replace("trts", "tstr"): value
            for key, value in scores.items()
            if key.startswith("trts") and "@" not in key
        }
        scores = own | taught
    return {
        **{"row": row, "seed": seed, "table": table, "title": title},
        "scores": scores,
        "epochs": epochs,
        "data": f"{pathlib.Path(file).name}@{columns.fingerprint(train)}",
        "num_fake": columns.num_rows(fake),
        "cpu_seconds": round(seconds, 1),
        "machine": report.machine(),
    }


def split(table):
    """Four fifths to train on, and a fifth that is held out."""
    import numpy as np

    from gan_keras.metrics.tables import columns

    num = columns.num_rows(table)
    order = np.random.default_rng(0).permutation(num)
    cut = int(0.8 * num)
    return columns.rows(table, order[:cut]), columns.rows(table, order[cut:])


def real(train, held_out, *, epochs, seed):
    """The held-out rows themselves."""
    return held_out


def shuffled(train, held_out, *, epochs, seed):
    """Columns of the training rows, each shuffled on its own."""
    from gan_keras.metrics import tables

    return tables.shuffled(train, seed=seed)


def peer(name):
    """A maker by a class of the package ctgan."""

    def make(train, held_out, *, epochs, seed):
        import ctgan
        import pandas
        import torch

        from gan_keras.metrics.tables import columns

        torch.manual_seed(seed)
        texts = [key for key, values in train.items() if not columns.is_number(values)]
        model = getattr(ctgan, name)(epochs=epochs, enable_gpu=False)
        model.fit(pandas.DataFrame(train), texts)
        made = model.sample(columns.num_rows(train))
        return {key: made[key].to_numpy() for key in made}

    return make


def ours(name):
    """A maker by a recipe of gan_keras, trained as it says."""

    def make(train, held_out, *, epochs, seed):
        from benchmarks.quality import training_run
        from gan_keras import data, recipes
        from gan_keras.metrics.tables import columns

        recipe = recipes.get(name)
        num = columns.num_rows(train)
        quick = num < 1000
        source = data.source(train, **recipe.data_arguments)
        steps = 3 if quick else max(1, recipe.epochs * num // recipe.batch_size)
        recipe = training_run.falling_over(recipe, steps)
        model = recipe.build(source, seed=seed)
        dataset = training_run.batches(recipe, model, source, seed=seed)
        model.fit(dataset, steps_per_epoch=steps, verbose=0)
        return model.kind.decode(model.sample(num, seed=seed), seed=seed)

    return make


MAKERS = {
    "real": real,
    "shuffled": shuffled,
    "CTGAN": peer("CTGAN"),
    "TVAE": peer("TVAE"),
    **{f"recipe {name}": ours(name) for name in RECIPES},
}


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`, for each data set."""
    head = ["", *NAMES, "CPU s", "seeds"]
    cells = []
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
    arguments = parser.parse_args()
    rows = resumable.named(parser, arguments.rows, ROWS, "rows ")
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
        target=arguments.target,
        file=arguments.data,
        quick=arguments.quick,
    )
    results_page.write("tables", table(lines), arguments)


if __name__ == "__main__":
    main()
