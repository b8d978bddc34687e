"""Scores of sounds: decibels by hand, and a classifier that hears tones."""

import numpy as np
import pytest

from gan_keras import audio, kinds, metrics
from gan_keras.metrics.sounds import Side, evaluate_sound_pairs, spectrum_difference

RATE = 4_000


def test_ten_times_as_loud_is_twenty_decibels():
    waves = np.random.default_rng(0).normal(size=(2, 300)) * 9
    assert spectrum_difference(10 * waves, waves) == pytest.approx(20)
    assert spectrum_difference(waves, 10 * waves) == pytest.approx(20)
    # A hundredth is silence: -40 decibels, however much quieter it is.
    silence = 0 * waves
    assert spectrum_difference(silence, 1e-6 * waves) == 0


def test_each_sound_beside_the_one_that_it_should_have_been():
    """Ten times as loud: log(10) and 20 decibels; half of the sounds of one side are right."""
    waves = np.random.default_rng(0).normal(size=(4, 512)) * 9
    scale = audio.MelScale(rate=RATE, size=128, hop=64, num_bins=10)
    half = waves * np.array([[1], [10], [1], [10]])
    found = evaluate_sound_pairs({"": 10 * waves, "input": half}, waves, scale, data="noise")
    scores = {score.metric: score for score in found}
    assert list(scores) == ["mel_l1", "mel_l1@input", "log_spectral_db", "log_spectral_db@input"]
    assert scores["mel_l1"].value == pytest.approx(np.log(10), rel=1e-5)
    assert scores["mel_l1@input"].value == pytest.approx(np.log(10) / 2, rel=1e-5)
    assert scores["log_spectral_db"].value == pytest.approx(20)
    assert scores["log_spectral_db@input"].std == pytest.approx(10 / 2)  # of the mean of four
    assert scores["mel_l1"].std == pytest.approx(0, abs=1e-6)
    assert (scores["mel_l1"].num_real, scores["mel_l1"].data) == (4, "noise")
    with pytest.raises(ValueError, match="as many of their length"):
        evaluate_sound_pairs({"": waves[:3]}, waves, scale)
    with pytest.raises(ValueError, match="which only a translator's run knows"):
        metrics.evaluate_sounds(None, None, None, metrics=["mel_l1"])


def tones(num, seed):
    """Low and high tones, in turn, each with its class."""
    random = np.random.default_rng(seed)
    labels = (np.arange(num) % 2).astype("int32")
    hertz = np.array([300, 1_400])[labels] + random.uniform(-40, 40, num)
    waves = 0.4 * np.sin(2 * np.pi * hertz[:, None] * np.arange(1_024) / RATE)
    return waves + 0.05 * random.normal(size=(num, 1_024)), labels


@pytest.fixture(scope="module")
def sides():
    """Training, held-out and further tones, and their kind."""
    made = [tones(num, seed) for seed, num in enumerate((128, 100, 112))]
    kind = kinds.Spectrograms.fitted(made[0][0], rate=RATE)
    return kind, [Side(samples=kind.encode(waves), labels=labels) for waves, labels in made]


def test_what_is_heard(sides, tmp_path):
    kind, (real, held_out, fake) = sides
    wrong = Side(samples=fake.samples, labels=1 - fake.labels)
    found = []
    for side in (fake, wrong):
        scores = metrics.evaluate_sounds(
            side, real, kind, held_out=held_out, cache_dir=str(tmp_path)
        )
        found.append({score.metric: score for score in scores})
    right, wrong = found
    names = {*metrics.SOUND_METRICS, "exact_copies", "near_copies"} - {"copies"}
    both = {f"{name}{end}" for name in names for end in ("", "@held_out")}
    assert set(right) == both - {"closest_record@held_out"}
    assert right["class_accuracy"].value > 0.9
    assert wrong["class_accuracy"].value < 0.1
    assert right["class_accuracy@held_out"].value > 0.9
    assert right["class_accuracy"].extractor.startswith("classifier@")
    assert 1.6 < right["inception_score"].value <= 2.0
    assert right["spectrum_db"].value < 2.0
    # Chance is the same for all: as many of each.
    assert {right[f"frechet_heard{end}"].num_fake for end in ("", "@held_out")} == {100}
    assert len(list(tmp_path.glob("classifier-*.npz"))) == 1  # learnt once
    # Other tones than those of the training, which are as near to them as held-out ones are.
    assert right["exact_copies"].value == 0.0
    assert right["near_copies"].value < 0.1
    assert right["near_copies@held_out"].value < 0.1
    assert right["closest_record"].value == pytest.approx(0.5, abs=3 * right["closest_record"].std)

    alone = Side(samples=fake.samples[::2])  # low tones only, of no class
    scores = metrics.evaluate_sounds(alone, real, kind, cache_dir=str(tmp_path))
    found = {score.metric: score.value for score in scores}
    assert set(found) == {"inception_score", "spectrum_db", "exact_copies", "near_copies"}
    assert found["inception_score"] < 1.2
    assert found["spectrum_db"] > right["spectrum_db"].value
    with pytest.raises(ValueError, match="56 sounds are too few for 96 features, take 97"):
        metrics.evaluate_sounds(alone, real, kind, metrics=["frechet_heard"])
    with pytest.raises(ValueError, match="the fake sounds have no classes"):
        metrics.evaluate_sounds(alone, real, kind, metrics=["class_accuracy"])


def test_without_classes_nobody_can_learn(sides):
    kind, (real, _, fake) = sides
    plain = Side(samples=real.samples)
    scores = metrics.evaluate_sounds(fake, plain, kind)
    found = {score.metric: score.extractor for score in scores}
    assert found == dict.fromkeys(
        ("spectrum_db", "exact_copies", "near_copies"), "none@0000000000000000"
    )
    with pytest.raises(ValueError, match="the real sounds have no classes"):
        metrics.evaluate_sounds(fake, plain, kind, metrics=["inception_score"])
    with pytest.raises(ValueError, match="Unknown metric of sounds 'spectrum'"):
        metrics.evaluate_sounds(fake, plain, kind, metrics=["spectrum"])


def test_copies_of_training_sounds_are_seen(sides):
    """Training sounds with a little noise; half of them as they are."""
    kind, (real, held_out, _) = sides
    samples = real.samples[:40].copy()
    samples[20:] ^= 1
    scores = metrics.evaluate_sounds(
        Side(samples=samples), real, kind, held_out=held_out, metrics=["copies", "closest_record"]
    )
    found = {score.metric: score.value for score in scores}
    assert (found["exact_copies"], found["exact_copies@held_out"]) == (0.5, 0.0)
    assert found["near_copies"] == 1.0
    assert found["near_copies@held_out"] < 0.1
    assert found["closest_record"] == 1.0
    with pytest.raises(ValueError, match="'closest_record' can't be taken: it takes 2 real sounds"):
        metrics.evaluate_sounds(real, real, kind, metrics=["closest_record"])
    few = Side(samples=samples[:1])
    with pytest.raises(ValueError, match="'copies' can't be taken: it takes 2 fake sounds and 3"):
        metrics.evaluate_sounds(few, real, kind, metrics=["copies"])


def test_waves_are_heard_as_they_are(tmp_path):
    """Other spectra than those of a spectrogram's way back; the same classifier's ears."""
    waves, labels = tones(128, 5)
    kind = kinds.Waves.fitted(waves, rate=RATE)
    real = Side(samples=kind.encode(waves), labels=labels)
    fake = Side(samples=real.samples[:32], labels=labels[:32])
    scores = metrics.evaluate_sounds(
        fake, real, kind, metrics=["spectrum_db", "class_accuracy"], cache_dir=str(tmp_path)
    )
    found = {score.metric: score.value for score in scores}
    assert found["class_accuracy"] > 0.9
    assert found["spectrum_db"] < 0.5  # no Griffin-Lim on the way
