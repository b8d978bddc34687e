"""What kinds of sounds have in common: the files that one can listen to."""

import base64
import html
from typing import ClassVar

import numpy as np

from gan_keras import audio, files

PAUSE = 0.25  # seconds between sounds in one file
PAGE = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sounds</title>
<style>
body {{ font: 16px/1.5 sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }}
audio {{ width: 12rem; margin: .2rem }}
</style>
<h1>{title}</h1>
{body}
</html>
"""


class Audible:
    """Mixed into a kind whose samples are sounds: it writes what `heard` gives.

    Its `formats` are those of files to listen to; a kind adds those to look at.
    """

    unit: ClassVar[str] = "sounds"
    can_be_heard: ClassVar[bool] = True
    sound_formats: ClassVar[dict] = {
        ".wav": "write_wave",
        ".html": "write_page",
        "": "write_waves",
    }

    def in_page(self):
        """What a page's script must know to make sounds of samples: a dict for JSON."""
        return {"form": self.name, "rate": self.rate, "pause": round(PAUSE * self.rate)}

    def write_wave(self, path, samples, labels, **look):
        """All sounds in one file, one after the other, with pauses."""
        waves, rate = self.heard(samples)
        pause = np.zeros(round(PAUSE * rate), "float32")
        parts = [part for wave in waves[..., 0] for part in (wave, pause)]
        audio.write(path, np.concatenate(parts), rate)

    def write_page(self, path, samples, labels, *, class_names, **look):
        """One page for a browser, with all sounds in it, class by class."""
        waves, rate = self.heard(samples)
        waves = waves[..., 0]
        if labels is None:
            parts = [_players(waves, rate)]
        else:
            parts = [
                f"<h2>{html.escape(_called(label, class_names))}</h2>\n"
                + _players(waves[np.asarray(labels) == label], rate)
                for label in np.unique(labels)
            ]
        title = f"{len(waves)} generated sounds, {rate:,} samples a second"
        with files.replacing(path) as temporary:
            temporary.write_text(PAGE.format(title=title, body="\n".join(parts)), encoding="utf-8")

    def write_waves(self, path, samples, labels, *, class_names, mark, **look):
        """A folder of .wav files, whole or not at all; the names say the class."""
        waves, rate = self.heard(samples)
        with files.new_folder(path) as temporary:
            for index, wave in enumerate(waves[..., 0]):
                name = f"{index:05d}"
                if labels is not None:
                    name += f"-{_called(labels[index], class_names)}"
                file = temporary / f"{name}.wav"
                audio.write(file, wave, rate)
                self._mark(file, mark)


def _called(label, class_names):
    return class_names[label] if class_names else f"class{label}"


def _players(waves, rate):
    """A player of the browser for each wave, which holds the whole file."""
    urls = [base64.b64encode(audio.as_bytes(wave, rate)).decode() for wave in waves]
    return "\n".join(f'<audio controls src="data:audio/wav;base64,{url}"></audio>' for url in urls)
