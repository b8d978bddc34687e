"""What `gan-keras evaluate` does with a translator that makes sounds: each beside its partner."""

import numpy as np

from gan_keras.audio import MelScale
from gan_keras.metrics.labelled import Side
from gan_keras.metrics.sounds.evaluate import MOST_HEARD
from gan_keras.metrics.sounds.pairs import SOUND_PAIRS, evaluate_sound_pairs
from gan_keras.running.sound_scores import SoundScores


class SoundPairScores(SoundScores):
    """A run's translations, and the held-out sounds that they should have been.

    Where what the run is given can be heard by itself, it is scored, too: names of its scores end
    in "@input". A mel spectrogram is heard by Griffin-Lim, so that is what a vocoder has to beat.
    """

    def scores(self, names=None, *, num=MOST_HEARD, seed=0, progress=None):
        """See `SideScores.scores`; without names, the scores of pairs."""
        names = list(names or SOUND_PAIRS)
        of_pairs = [name for name in names if name in SOUND_PAIRS]
        others = [name for name in names if name not in SOUND_PAIRS]
        found, labels = self._rows(min(num, MOST_HEARD), seed, progress)
        scores = []
        if of_pairs:
            source = self.held_out or self.real
            scores += evaluate_sound_pairs(
                {"": found["fake"]} | {role: found[role] for role in found if role == "input"},
                found["real"],
                self._scale,
                metrics=of_pairs,
                data=f"{source.name}@{source.fingerprint}",
                seed=seed,
                progress=progress,
            )
        if others:
            self._fakes = Side(samples=found["fake"][..., None], labels=labels)
            scores += super().scores(others, num=num, seed=seed, progress=progress)
        return scores

    def drawn(self, num, seed=0):
        """The translations of held-out sounds, with the classes of these."""
        return self._fakes

    def left_out(self):
        """Whether it was scored on what it learnt from."""
        if self.held_out is not None:
            return []
        return [
            "Scored on sounds that it was trained on, which flatters it: --held-out FOLDER takes "
            "others."
        ]

    def _rows(self, num, seed, progress):
        """Waves float32 (n, samples) by role, and int32 labels or None."""
        from gan_keras.running.sampling import load

        model = load(self.run)
        kinds = {"fake": model.kind, "real": model.kind, "input": model.input_kind}
        kinds = {role: kind for role, kind in kinds.items() if kind.can_be_heard}
        is_scale = isinstance(model.input_kind, MelScale)
        self._scale = model.input_kind if is_scale else MelScale(rate=model.kind.rate)
        found, labels, done = {role: [] for role in kinds}, [], 0
        for row in model.pairs(self.held_out or self.real, num, seed=seed):
            for role, kind in kinds.items():
                found[role].append(kind.heard(row[role])[0][..., 0])
            labels += list(row.get("labels", ()))
            done += len(row["fake"])
            if progress is not None:
                progress("translated", done, num)
        waves = {role: np.concatenate(parts) for role, parts in found.items()}
        return waves, np.array(labels, "int32") if labels else None
