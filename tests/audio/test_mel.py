"""Mel spectrograms: Slaney's scale by published numbers, bands by hand, and the way back."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import audio
from gan_keras.audio import mel, mel_in_graph

SMALL = audio.MelScale(rate=8_000, size=128, hop=32, num_bins=20)
NOISE = np.random.default_rng(1).normal(size=(1, 2_048)) * 0.1


def test_the_scale_is_slaneys():
    """librosa's documentation: hz_to_mel(60) = 0.9, mel_frequencies(n_mels=40) as below.

    By hand: 1,000 Hz are 15 mel; 6,400 Hz 27 steps of log(6.4) / 27 more.
    """
    np.testing.assert_allclose(mel.hertz_to_mel([60, 110, 220, 440]), [0.9, 1.65, 3.3, 6.6])
    np.testing.assert_allclose(mel.hertz_to_mel([1_000, 6_400]), [15, 42])
    edges = mel.mel_to_hertz(np.linspace(0, mel.hertz_to_mel(11_025), 40))
    published = [0, 85.317, 170.635, 938.49, 1024.856, 1119.114, 2262.393, 10096.408, 11025]
    np.testing.assert_allclose(edges[[0, 1, 2, 11, 12, 13, 21, 38, 39]], published, atol=6e-4)
    np.testing.assert_allclose(mel.mel_to_hertz(mel.hertz_to_mel(edges)), edges, atol=1e-9)


def test_bands_are_triangles_of_area_one():
    """librosa's documentation shows 0.016 as the second number of mel(sr=22050, n_fft=2048)."""
    scale = audio.MelScale(size=2_048, hop=512, num_bins=128)
    filters = scale.filters()
    assert filters.shape == (1_025, 128)
    assert filters[0, 0] == 0
    assert round(filters[1, 0], 3) == 0.016
    # The sum over frequencies, 10.77 Hz apart, is nearly the integral where bands are wide.
    areas = filters.sum(axis=0) * 22_050 / 2_048
    np.testing.assert_allclose(areas[64:], 1, atol=0.02)
    assert filters.max() == filters[:, :40].max()  # wide ones are low
    assert not audio.MelScale(high=8_000.0).filters()[372:].any()  # 372 x 21.5 Hz = 8,010 Hz


def test_by_hand():
    """Two bands of 4 frequencies below 1,000 Hz: edges 0, 1/3, 2/3 and 1 of 800 Hz.

    Frequencies 0, 200, 400, 600, 800; the first band rises to 1 at 266.7 and falls to 0 at 533.3,
    and is 2 / 533.3 high: .75 of that at 200 Hz, .5 at 400 Hz.
    """
    scale = audio.MelScale(rate=1_600, size=8, hop=4, num_bins=2)
    expected = np.array([[0, 0], [0.75, 0], [0.5, 0.5], [0, 0.75], [0, 0]]) * 2 / 533.3333
    np.testing.assert_allclose(scale.filters(), expected, atol=1e-7)
    silence = scale.log_mel(np.zeros((1, 16)))
    assert silence.shape == (1, 4, 2)
    tiny = np.sqrt(1e-9) * expected.sum(axis=0)
    np.testing.assert_allclose(silence[0, 0], np.log(np.maximum(tiny, 1e-5)), rtol=1e-5)
    wave = np.random.default_rng(0).normal(size=(1, 16))
    bands = np.abs(audio.stft(wave, 8, 4)) @ expected
    np.testing.assert_allclose(scale.log_mel(wave), np.log(np.maximum(bands, 1e-5)), rtol=1e-4)


def test_the_graph_computes_the_same_and_has_gradients_at_silence():
    waves = np.random.default_rng(0).normal(size=(2, 320)).astype("float32") * 0.1
    waves[1] = 0

    expected = SMALL.log_mel(waves)
    assert (expected.shape, expected.dtype) == ((2, 10, 20), np.float32)
    given = tf.constant(waves[..., None])
    np.testing.assert_allclose(mel_in_graph.log_mel(given, SMALL), expected, atol=2e-4)
    with tf.GradientTape() as tape:
        tape.watch(given)
        total = tf.reduce_sum(mel_in_graph.log_mel(given, SMALL))
    gradient = tape.gradient(total, given).numpy()
    assert np.isfinite(gradient).all()
    assert np.abs(gradient[0]).max() > 0


def test_griffin_lim_finds_a_tone_again():
    places = np.arange(2_048) / 8_000
    waves = 0.5 * np.sin(2 * np.pi * np.array([[500.0], [1_500.0]]) * places)
    log_mels = SMALL.log_mel(waves)
    found = SMALL.heard_by_griffin_lim(log_mels)
    assert (found.shape, found.dtype) == ((2, 2_048), np.float32)
    strongest = np.abs(np.fft.rfft(found)).argmax(axis=1) * 8_000 / 2_048
    np.testing.assert_allclose(strongest, [500, 1_500], atol=63)  # a frequency of the pieces
    noise = SMALL.log_mel(NOISE)
    distance = np.abs(SMALL.log_mel(SMALL.heard_by_griffin_lim(noise)) - noise).mean()
    assert distance < 0.2 < np.abs(SMALL.log_mel(NOISE[:, ::-1]) - noise).mean()


def test_silence_stays_silent_however_its_logarithm_is_rounded():
    floor = SMALL.log_mel(np.zeros((1, 320)))
    for log_mels in (floor, np.nextafter(floor, np.float32(0)), np.nextafter(floor, -np.inf)):
        assert not SMALL.heard_by_griffin_lim(log_mels.astype("float32")).any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"hop": 0}, "are positive"),
        ({"hop": 600}, "`hop` at most half of `size`"),
        ({"size": 1_025}, "`size` and `hop` even"),
        ({"high": 12_000.0}, "from 0 to half of the rate, 11025. Received: 0.0 and 12000.0"),
        ({"low": 9_000.0, "high": 8_000.0}, "Received: 9000.0 and 8000.0"),
        ({"num_bins": 400}, "Take fewer `num_bins`, or a larger `size`"),
    ],
)
def test_numbers_that_do_not_fit(arguments, message):
    with pytest.raises(ValueError, match=message):
        audio.MelScale(**arguments)
