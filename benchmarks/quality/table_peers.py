"""A peer of the benchmark of tables, CTGAN or TVAE of the package ctgan, as a script of its own.

    python benchmarks/quality/table_peers.py CTGAN TRAIN.csv FAKE.csv --texts sex --epochs 300

It wants ctgan alone, so that PyTorch and TensorFlow may live in two environments. It prints what
the peer took, as JSON. `--seconds` ends the training with the epoch in which so many CPU seconds,
of all threads and with the fit of the mixtures, are spent; all else is the peer's default.
"""

import argparse
import csv
import json
import sys
import time


def counted(seconds, spent):
    """What takes the place of tqdm: a loop over epochs that counts and that ends in time.

    Args:
        seconds: CPU seconds from now on, or None.
        spent: list, to which every epoch is added.
    """
    start = time.process_time()

    def epochs(numbers, **_):
        for number in numbers:
            if seconds is not None and time.process_time() - start >= seconds:
                return
            yield number
            spent.append(number)

    return epochs


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("name", choices=("CTGAN", "TVAE"))
    parser.add_argument("train", help="a .csv of training rows")
    parser.add_argument("fake", help="the .csv of as many fake rows, which is written")
    parser.add_argument("--texts", default="", help="columns of categories, commas between")
    parser.add_argument("--seed", type=int, default=0)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--epochs", type=int)
    length.add_argument("--seconds", type=float)
    arguments = parser.parse_args()
    try:
        import ctgan
        import pandas
        import torch
        from ctgan.synthesizers import ctgan as module_of_ctgan
        from ctgan.synthesizers import tvae as module_of_tvae
    except ImportError as error:
        sys.exit(
            f"{error}. The peers want the package ctgan: pip install 'gan-keras[bench]', or name "
            "an interpreter that has it: --python."
        )
    texts = arguments.texts.split(",") if arguments.texts else []
    rows = pandas.read_csv(
        arguments.train, dtype=dict.fromkeys(texts, str), keep_default_na=False, na_values={}
    )
    torch.manual_seed(arguments.seed)
    done, start = [], time.process_time()
    for module in (module_of_ctgan, module_of_tvae):
        module.tqdm = counted(arguments.seconds, done)
    model = getattr(ctgan, arguments.name)(epochs=arguments.epochs or 10**9, enable_gpu=False)
    model.fit(rows, texts)
    made = model.sample(len(rows))
    spent = time.process_time() - start
    made.to_csv(arguments.fake, index=False, quoting=csv.QUOTE_MINIMAL)
    versions = f"ctgan {ctgan.__version__}, torch {torch.__version__}"
    print(json.dumps({"epochs": len(done), "cpu_seconds": spent, "package": versions}))


if __name__ == "__main__":
    main()
