"""Pages of what happens in time, in Chromium, offline: sounds, clips and series."""

import csv
import io

import browser
import numpy as np
import pytest
from PIL import Image

from gan_keras import GAN, audio, images, kinds, models
from gan_keras.files import marks
from gan_keras.networks import dcgan, mocogan, series, video, wavegan
from gan_keras.pages import explorer

MARK = marks.Mark(run="in time", step=7, seed=None)


@pytest.fixture(scope="module")
def opened():
    with browser.opened() as open_page:
        yield open_page


def page_of(opened, model, tmp_path, names=None):
    """The page of a model, drawn."""
    path = tmp_path / "page.html"
    path.write_text(explorer.text_of(model, "in time", names, MARK), encoding="utf-8")
    page = opened(path)
    browser.settled(page)
    return page


def expected(page, model, place=0):
    """TensorFlow's sample of the latents of a place."""
    latents = np.array([page.evaluate(f"latentsOf({place})")], "float32")
    labels = np.array([page.evaluate(f"labelOf({place})")]) if model.num_classes else None
    return model.decode(latents, labels=labels)[0]


def of_page(page, what, shape):
    """float32 array of what a script has."""
    return np.reshape(page.evaluate(f"Array.from({what})"), shape).astype("float32")


def saved(page, button, path):
    """Saves what a button gives."""
    with page.expect_download() as download:
        page.locator(button).press("Enter")
    download.value.save_as(path)
    return path


def plays(page):
    """Waits until another frame is seen than now."""
    before = page.evaluate("at")
    for _ in range(100):  # of 0.1 seconds
        if page.evaluate("at") != before:
            return
        page.wait_for_timeout(100)
    raise AssertionError("No frame came in ten seconds.")


def test_spectrograms_are_heard(opened, tmp_path):
    random = np.random.default_rng(0)
    kind = kinds.Spectrograms.fitted(
        random.normal(0, 0.2, (9, 64)), rate=8000, num_frequencies=8, hop=8
    )
    generator = dcgan.generator(kind.shape, 4, widths=(6,), num_classes=2)
    judge = dcgan.discriminator(kind.shape, widths=(4,), num_classes=2)
    model = GAN(generator, judge, kind=kind, num_classes=2, moving_average=None)
    page = page_of(opened, model, tmp_path, ["<i>low", "high"])
    sample = expected(page, model)
    assert browser.near(browser.pixels(page, "#view", 1), sample)
    (wave,), rate = kind.heard(of_page(page, "shown.view", (1, *kind.shape)).clip(-1, 1))
    heard = of_page(page, "waveOf(shown.view)", (64, 1))
    assert np.abs(wave).max() > 0.05
    np.testing.assert_allclose(heard, wave, atol=1e-5)
    drawn = page.locator("#wave").evaluate(browser.PIXELS)
    assert np.any(drawn)

    second = page.locator("#grid button").nth(1)
    assert second.get_attribute("aria-label") == "Sample 2, high"
    second.press("Enter")  # it is chosen, and heard
    browser.settled(page)
    told = page.evaluate("[playing.buffer.length, playing.buffer.sampleRate, speaker.state]")
    assert told == [64, rate, "running"]
    played = of_page(page, "playing.buffer.getChannelData(0)", (64,))
    np.testing.assert_array_equal(played, of_page(page, "waveOf(shown.grid[1])", (64,)))
    second.press("Enter")
    browser.settled(page)
    assert page.locator("#wave").get_attribute("aria-label").endswith("0.01 seconds")
    page.locator("#play").press("Enter")
    played = of_page(page, "playing.buffer.getChannelData(0)", (64, 1))
    np.testing.assert_array_equal(played, heard)

    browser.save_with_sidecar(page, tmp_path / "one.wav")
    assert marks.read(tmp_path / "one.wav") == MARK
    assert (tmp_path / "one.wav").read_bytes() == audio.as_bytes(heard[:, 0], rate)
    browser.save_with_sidecar(page, tmp_path / "all.wav", "#save-all")
    together, _ = audio.read(tmp_path / "all.wav")
    assert len(together) == 12 * (64 + 2000)  # as the command has them: a quarter of a second
    np.testing.assert_allclose(together[:64], heard, atol=1e-4)
    assert marks.read(saved(page, "#save-picture", tmp_path / "one.png")) == MARK
    assert not browser.outside(page)
    assert page.trouble == []


def test_waves_look_like_spectrograms_and_are_heard(opened, tmp_path):
    kind = kinds.Waves(shape=(256, 1), rate=8000)
    generator = wavegan.generator(kind.shape, 4, width=4)
    judge = wavegan.discriminator(kind.shape, width=4)
    model = GAN(generator, judge, kind=kind, prior="uniform", moving_average=None)
    page = page_of(opened, model, tmp_path)
    wave = of_page(page, "shown.view", kind.shape)
    np.testing.assert_allclose(wave, expected(page, model), atol=2 / 255)
    drawn = browser.pixels(page, "#view", 1).astype(int)
    assert drawn.shape == (64, 4, 1)
    assert np.ptp(drawn) > 20
    assert np.abs(drawn - kind.shown(wave[None])[0]).max() <= 1
    page.locator("#play").press("Enter")
    played = of_page(page, "playing.buffer.getChannelData(0)", kind.shape)
    np.testing.assert_array_equal(played, wave.clip(-1, 1))
    assert page.trouble == []


@pytest.mark.parametrize("network", [mocogan, video])
def test_clips_play_and_lie_in_strips(opened, tmp_path, network):
    kind = kinds.Videos(shape=(18, 8, 8, 3), rate=20)
    sizes = {"content_dim": 3, "noise_dim": 2, "units": 4, "motion_dim": 3}
    arguments = sizes if network is mocogan else {"latent_dim": 4}
    generator = network.generator(kind.shape, **arguments, widths=(6,))
    judge = video.discriminator(kind.shape, widths=(4,))
    model = GAN(generator, judge, kind=kind, moving_average=None)
    page = page_of(opened, model, tmp_path)
    assert page.locator("#play").inner_text() == "Pause"
    plays(page)

    page.locator("#frame").focus()
    page.keyboard.press("End")
    assert page.locator("#play").inner_text() == "Play"
    clip = expected(page, model)
    assert np.ptp(images.to_uint8(clip[-1] - clip[0])) > 2  # it moves
    assert browser.near(browser.pixels(page, "#view", 3), clip[-1])
    page.keyboard.press("Home")
    assert browser.near(browser.pixels(page, "#view", 3), clip[0])
    last = expected(page, model, 11)
    assert browser.near(browser.pixels(page, "#grid button:nth-child(12) canvas", 3), last[0])
    page.wait_for_timeout(150)
    assert page.evaluate("at") == 0  # still

    strip = kind.picture(clip[None]).astype(int)  # 16 of the 18 frames
    assert np.abs(browser.pixels(page, "#strip", 3) - strip).max() <= 1
    path = saved(page, "#save-all", tmp_path / "clips.png")
    assert marks.read(path) == MARK
    strips = kind.picture(np.stack([expected(page, model, place) for place in range(12)]))
    with Image.open(path) as picture:
        assert np.abs(np.asarray(picture)[..., :3].astype(int) - strips).max() <= 1
    assert marks.read(saved(page, "#save", tmp_path / "clip.png")) == MARK
    page.locator("#play").press("Enter")
    plays(page)
    page.evaluate("at = 0; drawFrames()")
    page.locator("#frame").press("Home")  # a slider at its first frame has no news, but is heard
    assert page.locator("#play").inner_text() == "Play"
    assert not browser.outside(page)
    assert page.trouble == []


def test_clips_stand_still_for_whoever_wants_less_motion(opened, tmp_path):
    kind = kinds.Videos(shape=(4, 8, 8, 1))
    generator = video.generator(kind.shape, 3, widths=(4,))
    judge = video.discriminator(kind.shape, widths=(4,))
    model = GAN(generator, judge, kind=kind, moving_average=None)
    (tmp_path / "page.html").write_text(explorer.text_of(model, "still"), encoding="utf-8")
    still = "window.matchMedia = (asked) => ({ matches: asked.includes('reduced-motion') })"
    page = opened(tmp_path / "page.html", before=still)
    browser.settled(page)
    assert page.locator("#play").inner_text() == "Play"
    assert page.evaluate("clock") is None


def of_series():
    """A kind of series of several lengths: a smooth channel, one of few values; two airports."""
    random = np.random.default_rng(0)
    smooth = np.round(random.normal(50, 20, (60, 10)), 1)
    whole = random.integers(0, 4, (60, 10)) * 2.5
    lasts = (np.arange(10) < random.integers(3, 11, (60, 1))).astype(float)
    return kinds.Signals.fit(
        np.stack([smooth, whole, lasts], axis=-1),
        ["<b>heat", "rain", "(lasts)"],
        attributes=["airport"],
        combinations=[["A, B"], ["C"]],
        key="day",
        ends=True,
    )


def test_series_are_curves_in_units_of_their_own(opened, tmp_path):
    kind = of_series()
    levels = kind.network_arguments()["levels"]
    generator = series.generator(kind.shape, 4, width=8, levels=levels, num_classes=2)
    judge = series.discriminator(kind.shape, width=8, num_blocks=1, num_classes=2)
    model = GAN(generator, judge, kind=kind, num_classes=2, moving_average=None)
    page = page_of(opened, model, tmp_path, kind.class_names)
    page.locator("#course", has_text="Grey: 200 series").wait_for()
    places = of_page(page, "shown.grid.flatMap((sample) => [...sample])", (12, *kind.shape))
    samples = np.stack([expected(page, model, place) for place in range(12)])
    near = np.abs(kind.from_network(places) - samples) < 0.02
    assert near.mean() > 0.99  # but for levels that are as near as others
    assert page.locator("#view").evaluate("canvas => canvas.getAttribute('aria-label')")

    browser.save_with_sidecar(page, tmp_path / "series.csv", "#save-all")
    assert marks.read(tmp_path / "series.csv") == MARK
    kind.write(tmp_path / "ours.csv", places, np.arange(12) % 2)  # as the command does
    ours, own = (
        list(csv.reader(io.StringIO((tmp_path / name).read_text())))
        for name in ("ours.csv", "series.csv")
    )
    assert own[0] == ours[0] == ["day", "airport", "<b>heat", "rain"]
    assert 12 < len(own) < 121  # several lengths
    assert [row[:2] for row in own] == [row[:2] for row in ours]
    numbers, wanted = (np.array([row[2:] for row in rows[1:]], float) for rows in (own, ours))
    np.testing.assert_allclose(numbers, wanted, atol=1e-6)
    assert len(np.unique(numbers[:, 0])) > 5

    page.locator("summary").press("Enter")
    table = page.locator("#readings")
    assert table.locator("thead th").all_inner_texts() == ["step", "<b>heat", "rain"]
    first = table.locator("tbody tr").first.locator("td").all_inner_texts()
    assert first == own[1][2:]
    course = page.evaluate("course")
    assert len(course) == 2
    assert (np.array(course[0]["lows"]) <= course[0]["highs"]).all()
    before = page.locator("#view").evaluate("canvas => canvas.toDataURL()")
    page.locator("#class").select_option("1")
    page.locator("#course", has_text="Grey: 200 series").wait_for()
    assert page.locator("#view").evaluate("canvas => canvas.toDataURL()") != before
    assert marks.read(saved(page, "#save", tmp_path / "series.png")) == MARK
    assert not browser.outside(page)
    assert page.trouble == []


def test_a_way_between_clips_is_walked(opened, tmp_path):
    judges = video.discriminator((4, 8, 8, 3), widths=(4,))
    sizes = {"content_dim": 3, "noise_dim": 2, "units": 4, "motion_dim": 3}
    model = models.MoCoGAN(
        mocogan.generator((4, 8, 8, 3), **sizes, widths=(6,)),
        judges,
        video.frame_discriminator(judges),
        kind=kinds.Videos(shape=(4, 8, 8, 3)),
    )
    page = page_of(opened, model, tmp_path)
    page.locator("#frame").press("Home")
    page.locator("#grid button").nth(4).press("Enter")
    page.locator("#mix").press("End")
    browser.settled(page)
    assert browser.near(browser.pixels(page, "#view", 3), expected(page, model, 4)[0])
    page.locator("#walk").press("Enter")
    page.locator("#status", has_text="Walking").wait_for()
    page.locator("#walk").press("Enter")
    browser.settled(page)
    assert page.trouble == []
