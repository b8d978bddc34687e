"""What `gan-keras evaluate` does with sequences: read, draw, score."""

import numpy as np

from gan_keras import data, kinds
from gan_keras.metrics.sequences import evaluate_sequences
from gan_keras.metrics.sequences.evaluate import check_names
from gan_keras.running.side_scores import SideScores


class SequenceScores(SideScores):
    """Fake sequences, and the real ones that they are scored against; see `SideScores`."""

    kind = kinds.Tokens

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


def check(names):
    """Raises ValueError for a name that is no score of sequences."""
    check_names(names)
