"""What `gan-keras evaluate` does with sounds: read, draw, score."""

from gan_keras import data, kinds
from gan_keras.data import sounds
from gan_keras.metrics.sounds import evaluate_sounds
from gan_keras.metrics.sounds.evaluate import MOST_HEARD
from gan_keras.running.side_scores import SideScores


class SoundScores(SideScores):
    """Fake sounds, and the real ones that they are scored against; see `SideScores`."""

    kind = (kinds.Spectrograms, kinds.Waves)
    unit = kinds.Waves.unit

    def drawn(self, num, seed=0):
        """As of all; no more than are heard."""
        return super().drawn(min(num, MOST_HEARD), seed)

    def _scored(self, *sides, **arguments):
        return evaluate_sounds(*sides, class_names=self.real.class_names, **arguments)

    def _alike(self, path, split=None):
        """A source of other sounds, brought to the rate and the length of the real ones.

        Of a folder that has no folders in it nobody knows classes.
        """
        if path in data.NAMES:
            return data.source(path, split=split or "train", **self._arguments)
        kind, others = self.real.kind, dict(self._arguments)
        others |= {"rate": kind.rate, "labels_by": None, "kind": kind}
        known = self.real.class_names if sounds.has_folders(path) else None
        return sounds.sounds(path, class_names=known, **others)
