"""The page of a vocoder in Chromium, offline: it tells a sound again as Python does."""

import re

import browser
import numpy as np

from gan_keras import audio, corruptions, kinds, models
from gan_keras.networks import hifigan
from gan_keras.pages import explorer
from gan_keras.pages.explorer import vocoder
from gan_keras.running.sound_translating import SoundTranslator

MEL = {"rate": 8_000, "size": 16, "hop": 4, "num_bins": 4}


def tiny():
    """A model whose waves are neither silent nor clipped."""
    sizes = {"width": 8, "rates": (4,), "kernels": (8,), "block_kernels": (3,)}
    model = models.Pix2Pix(
        hifigan.generator((16, 4), (64, 1), **sizes, dilations=((1, 3),), depth=1),
        hifigan.discriminator((64, 1), width=2, periods=(2,), num_scales=0),
        kind=kinds.Waves(shape=(64, 1), rate=8_000),
        corruption=corruptions.Mel(**MEL),
    )
    random = np.random.default_rng(0)
    for weight in model.generator.weights:
        weight.assign(random.normal(0, 0.15, weight.shape))
    return model


def test_a_sound_is_told_again(tmp_path):
    model = tiny()
    wave = np.random.default_rng(1).normal(0, 0.1, 1_001) * np.linspace(0, 1, 1_001)
    audio.write(tmp_path / "given.wav", wave, 8_000)
    (tmp_path / "none.wav").write_text("no sound")
    (tmp_path / "page.html").write_text(explorer.text_of(model, "vocoder"), encoding="utf-8")
    with browser.opened() as opened:
        page = opened(tmp_path / "page.html")
        browser.settled(page)
        assert "0.60 seconds" in page.locator("#caption").inner_text()
        page.locator("#file").set_input_files(tmp_path / "none.wav")
        page.locator(
            "#status", has_text="'none.wav' is no sound that this browser reads"
        ).wait_for()
        page.locator("#file").set_input_files(tmp_path / "given.wav")
        browser.settled(page)
        caption = page.locator("#caption").inner_text()
        assert len(page.evaluate("parts(251, 64, data.reach)")) > 3  # so that there are seams
        with page.expect_download() as saved:
            page.locator("#save").press("Enter")
        saved.value.save_as(tmp_path / "made.wav")
        for name in ("given", "made"):
            page.locator(f"#play-{name}").press("Enter")
        assert not browser.outside(page)
        assert page.trouble == []
    made, rate = audio.read(tmp_path / "made.wav")
    expected = SoundTranslator(model).file(tmp_path / "given.wav")
    assert rate == 8_000
    assert 0.05 < np.abs(expected).mean() < 0.9
    np.testing.assert_allclose(made[:, 0], expected, atol=2e-3)
    given, _ = audio.read(tmp_path / "given.wav")
    spectrograms = kinds.Mels(shape=(None, 4), **MEL).encode(np.stack([given[:, 0], expected]))
    far = np.abs(spectrograms[0] - spectrograms[1]).mean()
    (told,) = re.findall(r"differ by (\S+) on average", caption)
    assert abs(float(told) - far) < 0.01


def test_the_reach_of_a_network_is_what_its_kernels_see():
    # The first kernel sees 3 frames to a side; after it come 8 samples of 4 a frame, kernels of 3,
    # together and three apart, and one of 7: from 2 to 4 frames more.
    assert 3 + 2 <= vocoder.reach_of(tiny().generator, 4) <= 3 + 4
