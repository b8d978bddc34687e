"""The page's sounds are Python's: audio.js in Node against gan_keras.audio; skipped without it."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from gan_keras import audio, kinds
from gan_keras.pages.document import asset

PROGRAM = """
const { spectrograms, waves, wave, state } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const next = pcg64(state);
console.log(JSON.stringify({
  uniform: Array.from({ length: 6 }, next),
  decoded: spectrograms.map(({ sample, sound }) => Array.from(decoded(sample, sound))),
  drawn: waves.map(({ sample, sound }) => {
    const [found, shape] = spectrogram(sample, sound);
    return { found: Array.from(found), shape };
  }),
  file: Array.from(wavFile(wave, 8000)),
}));
"""
LOUD = np.array([0.0, 0.25, -1.5, 1.5, 0.99999])


def spectrograms(num_frequencies, hop):
    """A kind, and values of one sound of it that no wave has exactly."""
    random = np.random.default_rng(num_frequencies)
    sounds = random.normal(0, 0.1, (4, 8 * hop))
    kind = kinds.Spectrograms.fitted(sounds, rate=8000, num_frequencies=num_frequencies, hop=hop)
    return kind, random.uniform(-1.1, 1, kind.shape).astype("float32")


@pytest.fixture(scope="module")
def found():
    """What is given, and what the script gives."""
    if shutil.which("node") is None:
        pytest.skip("Node is not here: apt-get install nodejs")
    given = {
        "spectrograms": [spectrograms(16, 8), spectrograms(12, 10)],  # 24 is no power of two
        "waves": [np.random.default_rng(0).normal(0, 0.3, num) for num in (256, 200)],
    }
    case = {
        "spectrograms": [
            {"sample": values.ravel().tolist(), "sound": kind.in_page()}
            for kind, values in given["spectrograms"]
        ],
        "waves": [
            {"sample": wave.tolist(), "sound": kinds.Waves(shape=(len(wave), 1)).in_page()}
            for wave in given["waves"]
        ],
        "wave": LOUD.tolist(),
        "state": given["spectrograms"][0][0].in_page()["random"],
    }
    done = subprocess.run(
        ["node", "-e", asset("explorer/audio.js") + PROGRAM],
        input=json.dumps(case),
        capture_output=True,
        text=True,
        check=True,
    )
    return given, json.loads(done.stdout)


def test_random_numbers_are_numpys(found):
    expected = np.random.default_rng(0).random(6)
    np.testing.assert_array_equal(found[1]["uniform"], expected)


def test_a_spectrogram_sounds_as_in_python(found):
    given, own = found
    for (kind, values), wave in zip(given["spectrograms"], own["decoded"], strict=True):
        (expected,) = kind.decode(values[None].clip(-1, 1))
        assert np.abs(expected).max() > 0.05
        np.testing.assert_allclose(wave, expected, atol=1e-6)


def test_a_wave_looks_as_in_python(found):
    given, own = found
    for wave, drawn in zip(given["waves"], own["drawn"], strict=True):
        kind = kinds.Waves(shape=(len(wave), 1))
        (expected,) = kind.shown(wave[None, :, None].astype("float32"))
        assert tuple(drawn["shape"]) == expected.shape
        levels = (np.clip(drawn["found"], -1, 1) + 1) * 127.5
        assert np.ptp(levels) > 50
        assert np.abs(levels - expected.ravel()).max() < 0.51  # rounding, and float32


def test_the_file_is_what_the_command_writes(found):
    assert bytes(found[1]["file"]) == audio.as_bytes(LOUD, 8000)
