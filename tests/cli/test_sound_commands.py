"""A folder of sounds, from training to .wav files."""

import numpy as np
import pytest
from test_table_commands import done, refused

from gan_keras import audio
from gan_keras.metrics.score import read
from gan_keras.running import runs


@pytest.mark.slow
def test_a_folder_of_sounds_is_trained_sampled_and_scored(tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_KERAS_CACHE", str(tmp_path / "cache"))
    random = np.random.default_rng(0)
    for number in range(32):
        folder = "clips" if number < 16 else "others"
        path = tmp_path / folder / f"{'ab'[number % 2]}" / f"{number}.wav"
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
    done("sample", run, "--num", 2, "--seed", 1, "--out", tmp_path / "all.html")
    assert (tmp_path / "all.html").read_text("utf-8").count("<audio controls") == 2

    # No conditions: no class is heard. Beside stand the clips themselves.
    same = ("evaluate", run, "--held-out", tmp_path / "clips")
    assert "The held-out data are the real data" in refused(*same)
    told = done("evaluate", run, "--num", 16, "--held-out", tmp_path / "others")
    assert "16 real sounds, of the fake ones up to 16" in told
    assert "shuffled" not in told
    found = {score.metric for score in read(run / "scores.jsonl")}
    # Sixteen have no covariance.
    names = ("inception_score", "spectrum_db", "exact_copies", "near_copies")
    both = {name + end for name in names for end in ("", "@held_out")}
    assert found == {*both, "closest_record"}
    done("evaluate", tmp_path / "each", "--against", tmp_path / "clips", "--metrics", "spectrum_db")
    for given in ((run,), (tmp_path / "clips", "--against", tmp_path / "clips")):
        assert "these data are spectrograms. Score them by" in refused("certificate", *given)
    assert "--split is not for sounds" in refused("evaluate", run, "--split", "test")
    assert "Unknown metric of sounds 'class'" in refused("evaluate", run, "--metrics", "class")
