"""What `gan-keras evaluate` does with sequences: read, draw, score."""

import collections
import pathlib

import numpy as np

from gan_keras import data, kinds
from gan_keras.data import sequences
from gan_keras.metrics.sequences import evaluate_sequences
from gan_keras.metrics.sequences.evaluate import check_names
from gan_keras.running.side_scores import SideScores


class SequenceScores(SideScores):
    """Fake sequences, and the real ones that they are scored against; see `SideScores`.

    Args:
        samples, against, held_out: as of `SideScores`.
        by: "letters" or "words", what the symbols of lines of text are; None for letters of files,
            and for what a run or a bundled set has of its own.
    """

    kind = kinds.Tokens

    def __init__(self, samples, *, against=None, held_out=None, by=None):
        known = {}
        if by is not None:
            if (pathlib.Path(samples) / "config.json").is_file():
                raise ValueError("A run is scored by its own symbols. Leave --by out.")
            if sequences.is_fasta(against or samples):
                raise ValueError("--by is for lines of text, not for FASTA. Leave it out.")
            known = by_words(against) if by == "words" else {"vocabulary": None}
        super().__init__(samples, against=against, held_out=held_out, **known)

    def left_out(self):
        """As in `SideScores`, and how many rare symbols are one."""
        kind, lines = self.real.kind, super().left_out()
        if kind.num_pooled:
            lines.append(f"The {kind.num_pooled:,} rarest symbols are one, {kind.unknown!r}.")
        return lines

    def _scored(self, *sides, **arguments):
        return evaluate_sequences(*sides, class_names=self.real.class_names, **arguments)

    def _alike(self, path, split=None):
        """A source of other sequences, with the vocabulary, length and classes of the real ones."""
        if path in data.NAMES:
            known = self._arguments if path in data.LINES else {}
            return data.source(path, split=split or "train", **known)
        kind = self.real.kind
        found = data.source(
            path,
            vocabulary=kind.vocabulary,
            length=kind.length,
            pad=kind.pad,
            unknown=kind.unknown,
        )
        if found.kind.pad != kind.pad:
            raise ValueError(
                f"'{path}' has lines of several lengths, but the real sequences have "
                f"{kind.length} symbols each. Cut or fill them."
            )
        if found.labels is None or self.real.class_names is None:
            found.labels = found.class_names = None
            return found
        known = self.real.class_names
        if unknown := [name for name in found.class_names if name not in known]:
            raise ValueError(
                f"'{path}' has the class '{unknown[0]}', but the real sequences have "
                f"{', '.join(known)}. Name classes alike."
            )
        places = np.array([known.index(name) for name in found.class_names], "int32")
        found.labels, found.class_names = places[found.labels], known
        return found


def by_words(path):
    """Arguments of `data.source` that read lines by words, as many as a vocabulary can have.

    Args:
        path: of the real lines; or a name, which has its own.
    """
    known = {"vocabulary": "words", "unknown": sequences.UNKNOWN[True]}
    if path is None or path in data.NAMES:
        return known
    counts = collections.Counter(word for *_, text in sequences.read(path) for word in text.split())
    least = 1
    while sum(count >= least for count in counts.values()) > sequences.MOST_SYMBOLS:
        least += 1
    return {**known, "min_count": least}


def check(names):
    """Raises ValueError for a name that is no score of sequences."""
    check_names(names)
