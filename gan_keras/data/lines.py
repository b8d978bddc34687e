"""Bundled lines of text as sources: none that is held out was trained on."""

import lzma

import numpy as np

from gan_keras.data import sequences
from gan_keras.data.source import Source

SHARE_HELD_OUT = 0.2


def lines_of(path):
    """The lines of a bundled file."""
    return lzma.decompress(path.read_bytes()).decode().splitlines()


def lines(name, texts, *, split, labels=None, class_names=None, **arguments):
    """One part of lines of text: four fifths to train on, a fifth that is held out.

    Equal lines are on one side, whatever their class. Symbols and length are those of all lines, so
    that both parts have them.

    Args:
        name: what messages call them.
        texts: list of texts.
        split: "train" or "test".
        labels: int (n,), or None.
        class_names: texts, or None.
        arguments: of `sequences.encoded`.

    Raises:
        ValueError: another split, or as `sequences.encoded` does.
    """
    if split not in ("train", "test"):
        raise ValueError(f"'{name}' has no split '{split}'. Take 'train' or 'test'.")
    kind, samples = sequences.encoded(texts, name, fill=sequences.END, **arguments)
    _, distinct = np.unique(texts, return_inverse=True)
    order = np.random.default_rng(0).permutation(distinct.max() + 1)
    held_out = np.isin(distinct, order[: round(SHARE_HELD_OUT * len(order))])
    kept = held_out if split == "test" else ~held_out
    return Source(
        name=name,
        samples=samples[kept],
        kind=kind,
        labels=None if labels is None else labels[kept],
        class_names=class_names,
    )
