"""Folders of .wav files as spectrograms."""

import base64
import os
import re

import numpy as np
import pytest

from gan_keras import audio, data, recipes

RATE = 4_000


def tone(hertz, num=1_200, rate=RATE):
    """A tone in noise; without noise, magnitudes that GL can't meet are as many as the others."""
    noise = np.random.default_rng(hertz).normal(size=num) * 0.05
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(num) / rate) + noise


@pytest.fixture
def folder(tmp_path):
    """Two low and two high tones in two classes."""
    for name, hertz in (("low/a", 250), ("low/b", 255), ("high/a", 1_500), ("high/b", 1_520)):
        path = tmp_path / "tones" / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        audio.write(path, tone(hertz), RATE)
    return tmp_path / "tones"


SMALL = {"num_samples": 1_024, "num_frequencies": 32, "hop": 32}


def test_spectrograms_and_classes_of_a_folder(folder):
    source = data.source(folder, **SMALL)
    assert source.samples.shape == (4, 32, 32, 1)
    assert (source.class_names, source.labels.tolist()) == (["high", "low"], [0, 0, 1, 1])
    assert (source.kind.rate, source.kind.num_samples) == (RATE, 1_024)
    # 250 Hz is the 4th of 32 steps of 62.5 Hz, from the bottom row, 1,500 Hz the 24th.
    for place, row in ((2, 31 - 4), (0, 31 - 24)):
        logs = source.samples[place, ::-1, 16, 0] / 127.5 - 1
        logs = logs * np.array(source.kind.std) * 3 + source.kind.mean
        assert 31 - int(logs.argmax()) == row


def test_what_is_heard_again_has_the_same_spectrum(folder):
    source = data.source(folder, **SMALL)
    waves, rate = source.kind.heard(source.samples)
    assert (waves.shape, waves.dtype, rate) == ((4, 1_024, 1), np.float32, RATE)
    again = source.kind.encode(waves[..., 0]).astype(int)
    gap = np.abs(again - source.samples).mean()
    apart = np.abs(again[:2] - source.samples[2:]).mean()
    assert gap < apart / 3
    strongest = np.abs(np.fft.rfft(waves[2, :, 0])).argmax() * RATE / 1_024
    assert abs(strongest - 250) < 10


def test_sounds_may_stay_waves(folder, tmp_path):
    source = data.source(folder, form="waves", num_samples=1_280)
    assert (source.samples.shape, source.samples.dtype) == ((4, 1_280, 1), np.float32)
    assert (source.class_names, source.kind.rate) == (["high", "low"], RATE)
    wave, _ = audio.read(folder / "high" / "a.wav")
    np.testing.assert_array_equal(source.samples[0, :1_200], wave)
    assert not source.samples[:, 1_200:].any()  # silence, after 1,200 samples
    # 250 Hz is the 4th of 64 steps of 31.25 Hz from the bottom row, doubled: the 8th.
    shown = source.kind.shown(source.samples)
    assert shown.shape == (4, 64, 20, 1)
    assert 63 - shown[2, :, 10, 0].argmax() == 8
    assert 63 - shown[0, :, 10, 0].argmax() == 48
    alone = source.kind.picture(source.samples)
    both = source.kind.picture(source.samples, real=source.samples[::-1])
    width = alone.shape[1]
    np.testing.assert_array_equal(both[:, :width], alone)
    np.testing.assert_array_equal(both[:, -width:], source.kind.picture(source.samples[::-1]))
    assert (both[:, width:-width] == 255).all()
    named = source.kind.picture(source.samples, columns=2, class_names=source.class_names)
    assert named.shape[1] > source.kind.picture(source.samples, columns=2).shape[1]
    waves, rate = source.kind.heard(source.samples)
    assert rate == RATE
    np.testing.assert_array_equal(waves, source.samples)
    look = {"class_names": source.class_names, "mark": None}
    for suffix in source.kind.formats:
        source.kind.write(tmp_path / f"all{suffix}", source.samples, source.labels, **look)
    again, _ = audio.read(tmp_path / "all" / "00002-low.wav")
    np.testing.assert_allclose(again, source.samples[2], atol=2**-15)
    other = data.source(folder, form="waves", num_samples=1_280, rate=2 * RATE)
    assert other.fingerprint != source.fingerprint
    assert data.source(folder, form="waves", num_samples=1_250).sample_shape == (1_250, 1)


def test_files_of_sounds(folder, tmp_path):
    source = data.source(folder, **SMALL)
    source.kind.write(tmp_path / "all.wav", source.samples, source.labels)
    wave, rate = audio.read(tmp_path / "all.wav")
    assert (len(wave), rate) == (4 * (1_024 + RATE // 4), RATE)
    look = {"class_names": source.class_names, "mark": None}
    source.kind.write(tmp_path / "each", source.samples, source.labels, **look)
    names = sorted(path.name for path in (tmp_path / "each").iterdir())
    assert names == ["00000-high.wav", "00001-high.wav", "00002-low.wav", "00003-low.wav"]
    source.kind.write(tmp_path / "all.png", source.samples, source.labels)
    source.kind.write(tmp_path / "all.html", source.samples, source.labels, **look)
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert re.findall("<h2>(.*)</h2>", page) == ["high", "low"]
    files = [base64.b64decode(url) for url in re.findall('base64,([^"]*)"', page)]
    assert files == [path.read_bytes() for path in sorted((tmp_path / "each").iterdir())]


def test_rates_and_channels(folder):
    audio.write(folder / "low" / "c.wav", tone(250, 2_400, 2 * RATE), 2 * RATE)
    with pytest.raises(ValueError, match=r"c.wav' has 8,000 samples a second, but .* Bring all"):
        data.source(folder, **SMALL)
    source = data.source(folder, rate=RATE, **SMALL)
    gaps = np.abs(source.samples[4].astype(int) - source.samples).mean(axis=(1, 2, 3))
    assert gaps[:4].argmin() in (2, 3)  # the low ones
    stereo = (folder / "low" / "c.wav").read_bytes()
    stereo = stereo[:22] + b"\2\0" + stereo[24:32] + b"\4\0" + stereo[34:]
    (folder / "low" / "c.wav").write_bytes(stereo)
    with pytest.raises(ValueError, match="2 channels, but sounds have one"):
        data.source(folder, rate=RATE, **SMALL)
    assert data.source(folder, rate=RATE, mix=True, **SMALL).num_samples == 5


@pytest.mark.parametrize(
    ("wave", "message"),
    [(np.zeros(500), "is silent"), (tone(250, 40), r"has 40 samples at .* fewer than the 64")],
)
def test_sounds_that_are_none(folder, wave, message):
    audio.write(folder / "low" / "c.wav", wave, RATE)
    with pytest.raises(ValueError, match=message) as caught:
        data.source(folder, **SMALL)
    assert "\n" not in str(caught.value)


def test_a_pipe_named_as_a_sound_holds_nothing_up(folder):
    os.mkfifo(folder / "low" / "c.wav")
    assert data.source(folder, **SMALL).num_samples == 4


def test_clipped_sounds_are_counted(folder):
    audio.write(folder / "low" / "c.wav", 9 * tone(250), RATE)
    with pytest.warns(UserWarning, match=r"1 sounds are cut off .*c.wav"):
        data.source(folder, **SMALL)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"form": "wave"}, "`form` is 'spectrograms' or 'waves'. Received: 'wave'."),
        ({"labels_by": "colour"}, "'folder' or 'name'"),
        ({"num_samples": 1_000}, "whole number of hops of 64"),
        ({"hop": 0}, "`hop` is a positive number"),
        ({"split": "test"}, "no 'test' split"),
        ({"image_size": 64}, "`image_size` is not for sounds"),
        ({"hop": 128, "num_samples": 1_024}, "at most 64, half of a piece"),
    ],
)
def test_arguments_refused(folder, arguments, message):
    with pytest.raises(ValueError, match=message):
        data.source(folder, **arguments)


def test_a_split_takes_the_statistics_of_training(folder, tmp_path):
    for split, part in (("train", "low"), ("test", "high")):
        (tmp_path / "both" / split).mkdir(parents=True)
        (folder / part).rename(tmp_path / "both" / split / "tones")
    train, test = (
        data.source(tmp_path / "both", split=split, **SMALL) for split in ("train", "test")
    )
    assert (train.num_samples, test.num_samples) == (2, 2)
    assert train.kind == test.kind


def test_a_folder_with_images_is_one_of_images(folder):
    assert recipes.default_for(str(folder)) == "sounds"
    (folder / "cover.png").write_bytes(b"")
    assert recipes.default_for(str(folder)) == "photos"


def test_spoken_digits_of_a_folder_that_somebody_put_there(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"Put the folder free-spoken-digit-dataset"):
        data.source("spoken_digits")
    place = tmp_path / "free-spoken-digit-dataset" / "recordings"
    place.mkdir(parents=True)
    for digit in range(10):
        for number in (0, 4, 5, 49):
            audio.write(place / f"{digit}_nicolas_{number}.wav", tone(200 + 50 * digit), RATE)
    train, test = data.source("spoken_digits"), data.source("spoken_digits", split="test")
    assert (train.num_samples, test.num_samples, train.num_classes) == (20, 20, 10)
    assert train.labels.tolist() == [digit for digit in range(10) for _ in range(2)]
    assert train.kind == test.kind
    assert np.array_equal(train.samples, test.samples)
