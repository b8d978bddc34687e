"""Makes a table like yours: fits its columns, trains, writes rows that nobody ever was.

    python examples/table.py                                    # the bundled census table
    python examples/table.py people.csv --out fake.csv --where sex=Female
"""

import argparse
import pathlib

import gan_keras
from gan_keras import data, recipes


def parse(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?", default="adult", help="a .csv, .tsv or .parquet")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("fake.csv"))
    parser.add_argument("--num", type=int, default=10_000, help="rows to write")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--batch-size", type=int, default=250)
    parser.add_argument("--width", type=int, default=256, help="units of hidden layers")
    parser.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE")
    return parser.parse_args(arguments)


def build(source, epochs, batch_size, width):
    """The model of the recipe "table", made for the columns of these data."""
    recipe = recipes.get("table").with_settings(
        {
            "epochs": epochs,
            "batch_size": batch_size,
            "generator.width": width,
            "discriminator.width": width,
        }
    )
    return recipe.build(source, seed=0)


def main(arguments=None):
    options = parse(arguments)
    source = data.source(options.table)  # columns={"zip": "category"} overrides a type
    print("\n".join(source.kind.summary()))

    model = build(source, options.epochs, options.batch_size, options.width)
    model.fit(
        source.batches(options.batch_size, seed=0),
        epochs=options.epochs,
        callbacks=[gan_keras.callbacks.SampleGrid("samples", every_num_epochs=8, real=source)],
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
