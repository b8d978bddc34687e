"""What `gan-keras evaluate` does with samples that files hold one by one: read, draw, score."""

from pathlib import Path

import numpy as np

from gan_keras import data
from gan_keras.data import held_out as held_out_data
from gan_keras.metrics import refusals
from gan_keras.metrics.labelled import Side
from gan_keras.running import runs


class SideScores:
    """Fake samples, and the real ones that they are scored against: abstract.

    A subclass says of which `kind` they are, scores two sides with `_scored`, and reads others with
    `_alike`.

    Args:
        samples: a file, the name of a data set, or the folder of a run that was trained on such.
        against: the real ones that the generator was trained on. Of a run, what its settings name.
        held_out: real ones that it was not trained on, or None: the test split, if there is one.
        arguments: of `data.source`, for files; a run has its own.

    Attributes:
        run: the `runs.Run`, or None.
        real: the `data.Source` of the real ones.
        held_out: that of the others, or None.

    Raises:
        ValueError: a file is not there, can't be read or has samples of another form.
    """

    kind: type | tuple | None = None

    def __init__(self, samples, *, against=None, held_out=None, **arguments):
        self.samples = str(samples)
        self.run = runs.Run(samples) if (Path(samples) / "config.json").is_file() else None
        if self.run is not None:
            config = self.run.read_config()
            if not issubclass(runs.kind_of(config), self.kind):
                raise ValueError(
                    f"'{samples}' was trained on '{config['settings']['data']}', which holds no "
                    f"{self.unit}. Leave --against out, or score a file."
                )
            arguments = config["settings"]["data_arguments"]
            against = against or config["settings"]["data"]
        if against is None:
            raise ValueError(
                f"Say --against which real {self.unit} '{samples}' are scored: those that they "
                "were made from."
            )
        self.against = str(against)
        self._arguments = arguments
        self.real = data.source(against, **arguments)
        if held_out is not None:
            self.held_out = self._alike(held_out, split="test" if held_out in data.NAMES else None)
        else:
            self.held_out = held_out_data.held_out_split(against, **arguments)
        if self.held_out is not None:
            refusals.check_not_the_same(self.real.fingerprint, self.held_out.fingerprint)
        self._fake = None if self.run is not None else self._alike(samples)

    @property
    def unit(self):
        """What the samples are called."""
        return self.kind.unit

    def scores(self, names=None, *, num=10_000, seed=0, progress=None):
        """A list of `metrics.Score`.

        Args:
            names: of metrics; None for all that are possible.
            num: how many fake ones a run draws.
            seed: of samples, cuts and shuffles.
            progress: function (what, done, num), called after each score.
        """
        named = f"{self.against}@{self.real.fingerprint}"
        if self.held_out is not None:
            named += f", held out {self.held_out.fingerprint}"
        return self._scored(
            self.drawn(num, seed),
            _side(self.real),
            self.real.kind,
            held_out=self.held_out and _side(self.held_out),
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
        return [f"No floor: that takes real {self.unit} never trained on, --held-out FILE."]

    def _scored(self, fake, real, kind, **arguments):
        """A list of `metrics.Score` of two sides."""
        raise NotImplementedError(f"{type(self).__name__} has no `_scored` method.")

    def _alike(self, path, split=None):
        """A source of others, of the same form and with the same classes as the real ones."""
        raise NotImplementedError(f"{type(self).__name__} has no `_alike` method.")


def _side(source):
    return Side(samples=source.samples, labels=source.labels)
