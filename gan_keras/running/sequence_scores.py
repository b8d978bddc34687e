"""What `gan-keras evaluate` does with sequences: read, draw, score."""

from pathlib import Path

import numpy as np

from gan_keras import data, kinds
from gan_keras.data import held_out as held_out_data
from gan_keras.metrics.sequences import Side, evaluate_sequences
from gan_keras.metrics.sequences.evaluate import check_names
from gan_keras.running import runs


class SequenceScores:
    """Fake sequences, and the real ones that they are scored against.

    Args:
        samples: a file of sequences, the name of some, or the folder of a run that was trained on
            some.
        against: the real ones that the generator was trained on. Of a run, what its settings name.
        held_out: real ones that it was not trained on, or None: the test split, if there is one.

    Attributes:
        run: the `runs.Run`, or None.
        real: the `data.Source` of the real ones.
        held_out: that of the others, or None.

    Raises:
        ValueError: a file is not there, can't be read or has other symbols or another length.
    """

    unit = kinds.Tokens.unit

    def __init__(self, samples, *, against=None, held_out=None):
        self.samples = str(samples)
        self.run = runs.Run(samples) if (Path(samples) / "config.json").is_file() else None
        arguments = {}
        if self.run is not None:
            config = self.run.read_config()
            if not issubclass(runs.kind_of(config), kinds.Tokens):
                raise ValueError(
                    f"'{samples}' was trained on '{config['settings']['data']}', which holds no "
                    "sequences. Leave --against out, or score a file."
                )
            arguments = config["settings"]["data_arguments"]
            against = against or config["settings"]["data"]
        if against is None:
            raise ValueError(
                f"Say --against which real sequences '{samples}' are scored: those that they were "
                "made from."
            )
        self.against = str(against)
        self.real = data.source(against, **arguments)
        if held_out is not None:
            self.held_out = self._alike(held_out, split="test" if held_out in data.NAMES else None)
        else:
            self.held_out = held_out_data.held_out_split(against, **arguments)
        self._fake = None if self.run is not None else self._alike(samples)

    def scores(self, names=None, *, num=10_000, seed=0, progress=None):
        """A list of `metrics.Score`; arguments as of `metrics.sequences.evaluate_sequences`."""
        named = f"{self.against}@{self.real.fingerprint}"
        if self.held_out is not None:
            named += f", held out {self.held_out.fingerprint}"
        return evaluate_sequences(
            self.drawn(num, seed),
            _side(self.real),
            self.real.kind,
            held_out=self.held_out and _side(self.held_out),
            class_names=self.real.class_names,
            metrics=names or None,
            num=num,
            seed=seed,
            data=named,
            progress=progress,
        )

    def drawn(self, num, seed=0):
        """The fake ones, a `Side`; a run draws `num`, of each class as many as real ones have."""
        if self._fake is not None:
            return _side(self._fake)
        from gan_keras.running.sampling import load

        model = load(self.run)
        found = list(model.fakes(num, seed=seed, real=self.real))
        if model.num_classes is None:
            return Side(samples=np.concatenate(found))
        samples, labels = (np.concatenate(part) for part in zip(*found, strict=True))
        return Side(samples=samples, labels=labels)

    def left_out(self):
        """Lines on what was not there to compare with."""
        if self.held_out is not None:
            return []
        return ["No floor: that takes real sequences never trained on, --held-out FILE."]

    def _alike(self, path, split=None):
        """A source of other sequences, with the vocabulary, length and classes of the real ones."""
        if path in data.NAMES:
            return data.source(path, split=split or "train")
        kind = self.real.kind
        found = data.source(path, vocabulary=kind.vocabulary, length=kind.length, pad=kind.pad)
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


def _side(source):
    return Side(samples=source.samples, labels=source.labels)
