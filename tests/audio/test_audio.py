"""Sound files, rates and spectra, by hand and against SciPy."""

import math
import struct
import wave

import numpy as np
import pytest

from gan_keras import audio

NOISE = np.random.default_rng(0).normal(size=1_000) * 0.1


def riff(code, bits, data, channels=1, rate=8_000, more=b""):
    form = struct.pack("<HHIIHH", code, channels, rate, 0, channels * bits // 8, bits) + more
    body = b"WAVELIST" + struct.pack("<I", 3) + b"odd\0"  # a chunk of odd length before
    body += b"fmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


EXTENSIBLE = struct.pack("<HHIH", 22, 16, 0, 1) + bytes(14)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (riff(1, 8, bytes([0, 128, 192])), [-1, 0, 0.5]),
        (riff(1, 16, struct.pack("<3h", -(2**15), 0, 2**14)), [-1, 0, 0.5]),
        (riff(1, 24, bytes([0, 0, 0x80, 0, 0, 0, 0, 0, 0x40])), [-1, 0, 0.5]),
        (riff(1, 32, struct.pack("<3i", -(2**31), 0, 2**30)), [-1, 0, 0.5]),
        (riff(3, 32, struct.pack("<3f", -1, 0, 0.5)), [-1, 0, 0.5]),
        (riff(3, 64, struct.pack("<3d", -1, 0, 0.5)), [-1, 0, 0.5]),
        (riff(0xFFFE, 16, struct.pack("<3h", -(2**15), 0, 2**14), more=EXTENSIBLE), [-1, 0, 0.5]),
    ],
    ids=["8", "16", "24", "32", "f32", "f64", "extensible"],
)
def test_every_encoding(tmp_path, content, expected):
    (tmp_path / "a.wav").write_bytes(content)
    found, rate = audio.read(tmp_path / "a.wav")
    assert (found.dtype, found.shape, rate) == (np.float32, (3, 1), 8_000)
    assert found[:, 0].tolist() == expected


def test_channels_lie_beside_each_other(tmp_path):
    both = struct.pack("<4h", 0, 2**14, 2**13, 0)
    (tmp_path / "a.wav").write_bytes(riff(1, 16, both, channels=2))
    assert audio.read(tmp_path / "a.wav")[0].tolist() == [[0, 0.5], [0.25, 0]]


def test_what_is_written_python_reads(tmp_path):
    audio.write(tmp_path / "a.wav", [0.0, 0.5, -1.0, 1.0, -7.0], 22_050)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        found = np.frombuffer(file.readframes(9), "<i2").tolist()
    assert found == [0, 2**14, -(2**15), 2**15 - 1, -(2**15)]
    found, rate = audio.read(tmp_path / "a.wav")
    assert rate == 22_050
    assert found[:3, 0].tolist() == [0, 0.5, -1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no .wav file"),
        (b"ID3 an MP3", "no .wav file"),
        (riff(1, 16, bytes(6))[:-3], "promises 6 bytes of sound and has 3"),
        (riff(6, 8, bytes(6)), "encoding 6 with 8 bits, not PCM .* ffmpeg"),
        (riff(1, 16, b""), "holds no sound"),
        (riff(1, 16, bytes(4), rate=0), "damaged: 1 channels, 0 samples a second"),
        (riff(1, 16, bytes(4))[:30], "lacks its format or its sound"),
        (None, "can't be read .No such file"),
    ],
)
def test_refused_in_one_line(tmp_path, content, message):
    if content is not None:
        (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        audio.read(tmp_path / "a.wav")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"), [(44_100, 8_000), (8_000, 16_000), (16_000, 8_000), (3, 2)]
)
def test_rates_by_scipy(old, new):
    signal = pytest.importorskip("scipy.signal")
    common = math.gcd(old, new)
    expected = signal.resample_poly(NOISE, new // common, old // common)
    found = audio.resampled(NOISE, old, new)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-7


def test_a_tone_stays_what_the_new_rate_can_hold():
    """500 Hz stays at 8,000 samples a second, and 5,000 Hz goes, of 44,100."""
    t = np.arange(44_100) / 44_100
    low = audio.resampled(np.sin(2 * np.pi * 500 * t), 44_100, 8_000)
    expected = np.sin(2 * np.pi * 500 * np.arange(8_000) / 8_000)
    assert np.abs(low - expected)[100:-100].max() < 2e-3
    high = audio.resampled(np.sin(2 * np.pi * 5_000 * t), 44_100, 8_000)
    assert np.abs(high[100:-100]).max() < 5e-3
    assert audio.resampled([1.0, 2.0], 8_000, 8_000).tolist() == [1.0, 2.0]


def test_spectra_by_the_sum():
    x = NOISE[:32]
    found = audio.stft(x, 8, 4)
    assert found.shape == (8, 5)
    padded = np.pad(x, 2)
    w = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(8) / 8)
    for t, f in ((0, 0), (3, 2), (7, 4)):
        n = np.arange(8)
        by_hand = (w * padded[4 * t : 4 * t + 8] * np.exp(-2j * np.pi * f * n / 8)).sum()
        assert abs(found[t, f] - by_hand) < 1e-12
    assert np.abs(audio.istft(found, 8, 4) - x).max() < 1e-12


def test_griffin_lim_comes_nearer_with_rounds_and_its_seed_decides():
    """Its first round, and one with momentum, are those of the paper's formulas."""
    x = NOISE[:960]
    wanted = np.abs(audio.stft(x, 32, 8))

    def gap(rounds):
        found = audio.griffin_lim(wanted, 32, 8, num_rounds=rounds, seed=1)
        return np.linalg.norm(np.abs(audio.stft(found, 32, 8)) - wanted) / np.linalg.norm(wanted)

    gaps = [gap(rounds) for rounds in (1, 8, 64)]
    assert gaps[0] > 1.5 * gaps[1] > 2 * gaps[2]
    phases = np.random.default_rng(1).uniform(-np.pi, np.pi, wanted.shape)
    c = wanted * np.exp(1j * phases)
    first = audio.stft(audio.istft(c, 32, 8), 32, 8)
    c = wanted * np.exp(1j * np.angle(first))
    second = audio.stft(audio.istft(c, 32, 8), 32, 8)
    c = wanted * np.exp(1j * np.angle(second + 0.99 * (second - first)))
    found = audio.griffin_lim(wanted, 32, 8, num_rounds=2, seed=1)
    assert np.abs(found - audio.istft(c, 32, 8)).max() < 1e-12
    assert np.array_equal(found, audio.griffin_lim(wanted, 32, 8, num_rounds=2, seed=1))
    assert not np.allclose(found, audio.griffin_lim(wanted, 32, 8, num_rounds=2, seed=2))


def test_a_stack_is_one_after_another():
    stack = NOISE[:960].reshape(3, 320)
    found = audio.istft(audio.stft(stack, 16, 8), 16, 8)
    assert np.abs(found - stack).max() < 1e-12
    assert np.array_equal(audio.stft(stack, 16, 8)[1], audio.stft(stack[1], 16, 8))
