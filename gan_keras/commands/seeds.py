"""`gan-keras train --seeds`: the same run from several seeds, one process after another."""

import csv
import math
import os
import signal
import statistics
import subprocess
import sys

import click

from gan_keras.commands.numbers import SEED


def parsed(text):
    """List of seeds from "0,1,2".

    Raises:
        ValueError: fewer than two, one twice, or something that is no seed.
    """
    try:
        seeds = [int(part) for part in text.split(",")]
    except ValueError:
        seeds = []
    if (
        len(seeds) < 2
        or len(set(seeds)) < len(seeds)
        or not all(SEED.low <= s <= SEED.high for s in seeds)
    ):
        raise ValueError(
            "--seeds takes two or more different whole numbers with commas between, such as "
            f"0,1,2. Received: '{text}'"
        )
    return seeds


def run_all(seeds, out, arguments):
    """Trains once for each seed, then prints the last logs of each, their mean and spread.

    Args:
        seeds: list of ints.
        out: folder; the runs are out/seed-0, out/seed-1, ...
        arguments: list of texts, those of `gan-keras train` without --seeds, --seed and --out.

    Returns:
        The exit code of the first run that did not end well, which ends this; or 0.
    """
    folders = []
    for seed in seeds:
        folder = os.path.join(out, f"seed-{seed}")
        click.echo(f"Seed {seed}")
        command = [sys.executable, "-m", "gan_keras", "train", *arguments]
        if code := ended([*command, "--seed", str(seed), "--out", folder]):
            return code
        folders.append(folder)
    click.echo(table(seeds, [last_logs(folder) for folder in folders]))
    return 0


def ended(command):
    """The exit code of a training, which is given the time to save when this process is stopped."""
    child = subprocess.Popen(command)
    before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the terminal has sent it to the training, too
                continue
    finally:
        signal.signal(signal.SIGTERM, before)


def last_logs(folder):
    """The newest value of each log in a run's history.csv; a score may skip epochs."""
    found = {}
    with open(os.path.join(folder, "history.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found |= {name: float(value) for name, value in row.items() if value}
    found.pop("epoch", None)
    return found


def table(seeds, logs):
    """Lines of the logs that all runs have, with mean and sample standard deviation (n - 1)."""
    names = [name for name in logs[0] if all(name in other for other in logs)]
    width = max(map(len, names), default=0)
    heads = [*(f"seed {seed}" for seed in seeds), "mean", "spread"]
    lines = [" " * width + "".join(f"{head:>14}" for head in heads)]
    for name in sorted(names):
        values = [other[name] for other in logs]
        spread = statistics.stdev(values) if all(map(math.isfinite, values)) else math.nan
        numbers = [*values, statistics.fmean(values), spread]
        lines.append(f"{name:<{width}}" + "".join(f"{number:14.5g}" for number in numbers))
    return "\n".join(lines)


def without(arguments, *options):
    """Arguments without some options and their values.

    Args:
        arguments: list of texts, as a shell gives them.
        options: names such as "--seeds", each with one value.
    """
    kept, skip = [], False
    for text in arguments:
        if skip:
            skip = False
        elif text in options:
            skip = True
        elif text.partition("=")[0] not in options:
            kept.append(text)
    return kept
