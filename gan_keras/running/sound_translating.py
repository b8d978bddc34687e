"""What `gan-keras translate` does with sounds: .wav files through a translator."""

import numpy as np

from gan_keras import audio
from gan_keras.data import sounds
from gan_keras.files import marks
from gan_keras.models import validation
from gan_keras.running import translated_files


class SoundTranslator:
    """A trained translator for .wav files of any length; see `translating.Translator`.

    What the network is given is made of the file: of a vocoder its mel spectrogram, so that what
    comes out is the file again, as the vocoder tells it ("copy synthesis"). Channels are mixed, and
    the file is brought to the rate of the network.

    Args:
        model: a `models.TranslationModel` between kinds that can be heard.
        direction: "forward", or "backward" of a model that has two. Defaults to "forward".
        seed: of latents, for a generator that takes some. Defaults to 0.

    Attributes:
        takes_mask: no.

    Raises:
        ValueError: a direction that the model lacks, or inputs that no sound can be made to.
    """

    suffix = ".wav"
    takes_mask = False

    def __init__(self, model, *, direction="forward", seed=0):
        self.model, self.direction, self.seed = model, direction, seed
        _, self.input_kind, self.kind = validation.find("direction", direction, model.directions())
        if not self.input_kind.can_be_heard:
            raise ValueError(
                f"The network takes {self.input_kind.name}, which are not made of a sound. Call "
                "`model.translate` with arrays."
            )

    def listed(self, path):
        """See `translated_files.listed`."""
        found = translated_files.listed(path, self.suffix, sounds.wav_paths)
        if not found:
            raise ValueError(f"'{path}' holds no .wav file. Give a folder of .wav files, or one.")
        return found

    def file(self, path, mask=None):
        """What is made of a .wav file: float32 (samples,), as long as it at the network's rate.

        Raises:
            ValueError: a file that can't be read, or that is too short.
        """
        wave, rate = audio.read(path)
        if not np.isfinite(wave).all():
            raise ValueError(f"'{path}' holds NaN or infinity. Leave it out.")
        wave = audio.resampled(wave.mean(axis=1), rate, self.kind.rate)
        if len(wave) < sounds.SHORTEST:
            raise ValueError(
                f"'{path}' has {len(wave)} samples at {self.kind.rate:,} a second, fewer than "
                f"{sounds.SHORTEST}. Leave it out."
            )
        given = self.input_kind.encode(wave[None])
        made = self.model.translate(given, direction=self.direction, seed=self.seed)
        return self.kind.heard(made)[0][0, : len(wave), 0]

    def write(self, path, wave, mark=None):
        """Writes a .wav file, and the mark beside it."""
        audio.write(path, wave, self.kind.rate)
        if mark is not None:
            marks.write_beside(path, mark)
