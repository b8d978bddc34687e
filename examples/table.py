"""Makes a table like yours: fits its columns, trains, writes rows that nobody ever was.

python examples/table.py                                    # the bundled census table
python examples/table.py people.csv --out fake.csv --where sex=Female
"""

import argparse
import pathlib

from gan_keras import callbacks, data, recipes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?", default="adult", help="a .csv, .tsv or .parquet")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("fake.csv"))
    parser.add_argument("--num", type=int, default=10_000, help="rows to write")
    parser.add_argument("--steps", type=int, help="training steps, for a quick try")
    parser.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE")
    options = parser.parse_args()

    source = data.source(options.table)  # columns={"zip": "category"} overrides a type
    print("\n".join(source.kind.summary()))

    recipe = recipes.get("table")
    if options.steps:
        small = {"epochs": 1, "steps_per_execution": 1}
        small |= {"generator.width": 16, "discriminator.width": 16}
        recipe = recipe.with_settings(small)
    model = recipe.build(source, seed=0)
    model.fit(
        source.batches(recipe.batch_size, seed=0, repeat=True),
        epochs=recipe.epochs,
        steps_per_epoch=options.steps or source.num_samples // recipe.batch_size,
        callbacks=[callbacks.SampleGrid("samples", every_num_epochs=8, real=source)],
        verbose=2,
    )

    where = dict(text.split("=", 1) for text in options.where) or None
    rows = model.sample(options.num, seed=1, where=where)
    model.kind.write(options.out, rows)
    print(f"Wrote {len(rows)} rows to {options.out}")
    for name, values in model.kind.decode(rows[:3]).items():
        print(f"{name}: {', '.join(map(str, values))}")


if __name__ == "__main__":
    main()
