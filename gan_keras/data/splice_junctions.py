"""The genes that come with the package: windows around splice junctions of primates."""

import dataclasses
import pathlib

import numpy as np

from gan_keras.data import sequences

PATH = pathlib.Path(__file__).with_name("splice_junctions.fasta.xz")
SHARE_HELD_OUT = 0.2


def splice_junctions(*, split="train"):
    """2,549 sequences to train on, 637 held out: 60 nucleotides each, 3 classes.

    The class is what lies between places 30 and 31: "ei", a donor (an exon ends and an intron
    begins, which starts with GT), "ie", an acceptor (an intron ends, with AG), or "n", neither.

    Towell, Noordewier and Shavlik: "Molecular Biology (Splice-junction Gene Sequences)", UCI
    Machine Learning Repository, 1991, doi 10.24432/C5M888. CC BY 4.0, beside the file. 185 of the
    3,186 stand there more than once, so that some held-out ones are also training ones.

    Args:
        split: "train" or "test".

    Raises:
        ValueError: another split.
    """
    if split not in ("train", "test"):
        raise ValueError(f"'splice_junctions' has no split '{split}'. Take 'train' or 'test'.")
    whole = sequences.sequences(PATH, name="splice_junctions")
    order = np.random.default_rng(0).permutation(whole.num_samples)
    first = round(SHARE_HELD_OUT * whole.num_samples)
    kept = np.sort(order[:first] if split == "test" else order[first:])
    return dataclasses.replace(whole, samples=whole.samples[kept], labels=whole.labels[kept])
