"""`CTGAN.fit` of its authors' package, all defaults, on the table of `ctgan_ours`."""

import csv
import lzma

import ctgan
import pandas
import torch
from ctgan.synthesizers import ctgan as module

from benchmarks.loops.blocks import Blocks


def run(settings):
    """Waits for commands, block after block."""
    with lzma.open(settings["path"], "rt", encoding="utf-8", newline="") as file:
        rows = pandas.DataFrame(csv.DictReader(file))
    rows = rows[: settings["num_rows"]]
    numbers = settings["numbers"]
    rows[numbers] = rows[numbers].astype(float)
    model = ctgan.CTGAN(epochs=2**30, enable_gpu=False)
    judges, blocks = [], []

    def counted(sampler, *arguments):
        """Takes the place of the sampler's method, which each step calls once, near its start."""
        if not blocks:
            networks = (model._generator, judges[0])
            weights = [sum(p.numel() for p in network.parameters()) for network in networks]
            version = f"ctgan {ctgan.__version__}, torch {torch.__version__}"
            blocks.append(Blocks({"version": version, "weights": weights}))
        else:
            blocks[0].done()
        return sample_data(sampler, *arguments)

    sample_data, module.DataSampler.sample_data = module.DataSampler.sample_data, counted
    initialise = module.Discriminator.__init__

    def kept(discriminator, *arguments, **keywords):
        """The package keeps its discriminator to itself."""
        initialise(discriminator, *arguments, **keywords)
        judges.append(discriminator)

    module.Discriminator.__init__ = kept
    model.fit(rows, [name for name in rows if name not in numbers])
