"""A folder of sounds, from training to .wav files."""

import numpy as np
import pytest
from test_table_commands import done, refused

from gan_keras import audio
from gan_keras.running import runs


@pytest.mark.slow
def test_a_folder_of_sounds_is_trained_and_sampled(tmp_path):
    random = np.random.default_rng(0)
    for number in range(16):
        path = tmp_path / "clips" / f"{'ab'[number % 2]}" / f"{number}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        audio.write(path, random.normal(size=1_024) * 0.1, 8_000)
    run, widths = tmp_path / "run", "(8, 8)"
    done(
        *("train", "--data", tmp_path / "clips", "--out", run, "--epochs", 1),
        *("--set", "data_arguments.num_samples=1024", "--set", "data_arguments.hop=64"),
        *("--set", "data_arguments.num_frequencies=64", "--set", "batch_size=4"),
        *("--set", f"generator.widths={widths}", "--set", f"discriminator.widths={widths}"),
    )
    config = runs.Run(run).read_config()
    assert (config["recipe"], config["data"]["kind"]) == ("sounds", "spectrograms")
    done("sample", run, "--num", 2, "--seed", 1, "--out", tmp_path / "each")
    names = sorted(path.name for path in (tmp_path / "each").iterdir() if path.suffix == ".wav")
    assert names == ["00000.wav", "00001.wav"]
    wave, rate = audio.read(tmp_path / "each" / "00000.wav")
    assert (wave.shape, rate) == ((1_024, 1), 8_000)
    done("sample", run, "--num", 2, "--seed", 1, "--out", tmp_path / "all.wav")
    both, _ = audio.read(tmp_path / "all.wav")
    np.testing.assert_array_equal(both[:1_024], wave)
    assert "--out ends in" in refused("sample", run, "--out", tmp_path / "all.mp3")
