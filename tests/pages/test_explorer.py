"""The explorers in Chromium, offline: TensorFlow's pixels, by keyboard; and what it refuses."""

import json
import re
from urllib.parse import unquote

import browser
import keras
import numpy as np
import pytest
import tiny_image_run
from click.testing import CliRunner
from keras import layers
from PIL import Image

from gan_keras import GAN, corruptions, images, kinds, models
from gan_keras.cli import main
from gan_keras.commands import page as page_command  # the module
from gan_keras.corruptions import mask
from gan_keras.data import source
from gan_keras.files import marks
from gan_keras.networks import (
    biggan,
    ctgan,
    hifigan,
    mlp,
    patchgan,
    sequence,
    stylegan2,
    table_mlp,
    unet,
)
from gan_keras.pages import explorer


@pytest.fixture(scope="module")
def opened():
    with browser.opened() as open_page:
        yield open_page


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return tiny_image_run.made(tmp_path_factory.mktemp("runs"))


def test_the_page_of_a_run(opened, run, tmp_path, monkeypatch):
    out = tmp_path / "page.html"
    done = CliRunner().invoke(main, ["page", str(run.folder), "--out", str(out)])
    assert done.output.startswith(f"Wrote {out} (0."), done.output
    assert "Warning" not in done.output
    page = opened(out)
    browser.settled(page)
    from gan_keras.running import sampling

    model = sampling.load(run)

    def expected(place):
        given = page.evaluate(f"[latentsOf({place}), labelOf({place})]")
        return np.array([given[0]], "float32"), np.array([given[1]])

    latents, labels = expected(5)
    assert labels == [2]
    assert np.abs(latents).max() > 0.5
    samples = model.decode(latents, labels=labels)[0]
    assert browser.near(browser.pixels(page, "#grid button:nth-child(6) canvas", 1), samples)
    latents, labels = expected(0)
    assert browser.near(browser.pixels(page, "#view", 1), model.decode(latents, labels=labels)[0])

    page.locator("#move-0").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    browser.settled(page)
    direction = explorer.directions_of(model.served()["generator"], model.latent_dim)[0]
    moved = model.decode(latents + 4 * direction, labels=labels)[0]
    assert np.abs(moved - model.decode(latents, labels=labels)[0]).max() > 0.05
    assert browser.near(browser.pixels(page, "#view", 1), moved)

    second = page.locator("#grid button").nth(3)
    second.focus()
    page.keyboard.press("Enter")
    assert second.get_attribute("aria-pressed") == "true"
    page.locator("#mix").focus()
    page.keyboard.press("End")
    latents, labels = expected(3)
    moved = model.decode(latents + 4 * direction, labels=labels)[0]
    assert browser.near(browser.pixels(page, "#view", 1), moved)
    page.locator("#class").select_option("1")
    browser.settled(page)
    view, address = browser.pixels(page, "#view", 1), page.url
    assert "class=1" in address
    assert "chosen=0,3" in unquote(address)

    with page.expect_download() as download:
        page.locator("#save").press("Enter")
    saved = tmp_path / "saved.png"
    download.value.save_as(saved)
    with Image.open(saved) as picture:
        np.testing.assert_array_equal(np.asarray(picture)[..., 0], view[..., 0])
        assert picture.info["Description"] == marks.read(saved).line()
    assert marks.read(saved) == marks.Mark(run=run.name, step=3, seed=None)

    page.locator("#fresh").press("Enter")
    browser.settled(page)
    assert not np.array_equal(browser.pixels(page, "#view", 1), view)
    page.evaluate(f"location.hash = {json.dumps(address.partition('#')[2])}")
    page.wait_for_timeout(100)
    browser.settled(page)
    np.testing.assert_array_equal(browser.pixels(page, "#view", 1), view)
    assert page.locator("#move-0").input_value() == "100"

    page.locator("#walk").press("Enter")
    page.locator("#status", has_text="Walking").wait_for()
    before = browser.pixels(page, "#view", 1)
    page.wait_for_timeout(300)
    assert not np.array_equal(browser.pixels(page, "#view", 1), before)
    page.locator("#walk").press("Enter")
    browser.settled(page)
    page.evaluate("location.hash = '#seed=x&class=99&chosen=-1,77&moves=1e9'")
    browser.settled(page)
    assert page.evaluate("state.label") == 1
    assert not browser.outside(page)
    assert page.trouble == []
    assert '"mark": {' in out.read_text(encoding="utf-8")
    monkeypatch.setattr(page_command, "FOR_MAIL", 0)
    done = CliRunner().invoke(main, ["page", str(run.folder), "--out", str(out), "--no-mark"])
    assert "Warning: many mail boxes take no more than 0 MB" in done.output
    assert '"mark": null' in out.read_text(encoding="utf-8")


def test_styles_are_moved_and_truncated_between_the_halves(opened, tmp_path):
    generator = stylegan2.generator((8, 8, 3), 4, widths=(6, 5), w_dim=6)
    generator.get_layer("truncate").average.assign(np.linspace(-1, 1, 6))
    model = GAN(generator, patchgan_of((8, 8, 3)), loss="non_saturating", moving_average=None)
    (tmp_path / "page.html").write_text(explorer.text_of(model, "<i>styles"), encoding="utf-8")
    page = opened(tmp_path / "page.html")
    browser.settled(page)
    assert page.locator("h1").inner_text() == "<i>styles"
    page.locator("#truncation").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    browser.settled(page)
    from gan_keras.layers.styles import truncated

    latents = np.array([page.evaluate("latentsOf(0)")], "float32")
    samples = np.asarray(truncated(generator, 0.02)(latents, training=False))[0]
    assert browser.near(browser.pixels(page, "#view", 3), samples)
    assert page.trouble == []


def patchgan_of(shape):
    """A discriminator of images of a shape."""
    return patchgan.discriminator(shape, width=4, num_layers=1)


def pix2pix(given=(8, 8, 3), **settings):
    """A translator whose translations depend on their inputs, as those of new ones hardly do."""
    generator = unet.generator(given, (8, 8, 3), width=4, num_levels=2)
    for weight in generator.trainable_weights:
        weight.assign(10 * weight)
    return models.Pix2Pix(generator, patchgan_of((8, 8, 3)), **settings)


def test_a_drawing_is_translated(opened, tmp_path):
    model = pix2pix()
    (tmp_path / "page.html").write_text(explorer.text_of(model, "drawings"), encoding="utf-8")
    images.save_png(tmp_path / "given.png", np.full((8, 8, 3), (200, 30, 90), "uint8"))
    page = opened(tmp_path / "page.html")
    browser.settled(page)

    def translated():
        drawing = browser.pixels(page, "#drawing", 3).astype("uint8")
        made = np.asarray(model.generator(images.to_float(drawing)[None], training=False))[0]
        assert np.ptp(made) > 0.2
        page.wait_for_timeout(100)
        assert browser.near(browser.pixels(page, "#view", 3), made)
        return drawing

    assert (translated() == 255).all()
    page.locator("#drawing").focus()
    for key in (" ", "ArrowRight", "ArrowRight", "ArrowDown", " "):
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    drawn = translated()
    assert 0 < (drawn < 128).mean() < 0.5
    page.locator("#clear").press("Enter")
    page.wait_for_timeout(100)
    assert (translated() == 255).all()
    page.locator("#file").set_input_files(tmp_path / "given.png")
    page.wait_for_timeout(300)
    assert (translated() == (200, 30, 90)).all()
    assert not browser.outside(page)
    assert page.trouble == []


def test_what_is_taken_out_is_filled_in(opened, tmp_path):
    chain = corruptions.Chain(corruptions=[corruptions.BoxMask(fill=-0.5)])
    model = pix2pix((8, 8, 4), corruption=chain)
    assert model.takes_pictures
    (tmp_path / "page.html").write_text(explorer.text_of(model, "holes"), encoding="utf-8")
    picture = np.random.default_rng(0).integers(0, 256, (8, 8, 3)).astype("uint8")
    picture[..., 1] = 255  # so that green tells how much of a pixel the pen has covered
    images.save_png(tmp_path / "given.png", picture)
    page = opened(tmp_path / "page.html")
    browser.settled(page)
    page.locator("#file").set_input_files(tmp_path / "given.png")
    page.locator("#width").fill("3")
    page.locator("#drawing").focus()
    for key in (" ", "ArrowRight", "ArrowDown", " "):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    seen = browser.pixels(page, "#drawing", 3).astype("uint8")
    missing = (seen[..., 1:2] < 128).astype("float32")
    assert 4 <= missing.sum() < 30
    known = images.to_float(picture) * (1 - missing) - 0.5 * missing
    given = np.concatenate([known, missing], axis=-1)[None]
    made = np.asarray(model.generator(given, training=False))
    assert np.ptp(made) > 0.2
    assert browser.near(browser.pixels(page, "#view", 3), mask.completed(made, given)[0])
    page.locator("#put-back").check()
    page.locator("#width").fill("12")
    page.locator("#drawing").press(" ")
    page.wait_for_timeout(300)
    assert (browser.pixels(page, "#view", 3) == picture).all()
    assert page.trouble == []


def test_a_translator_of_both_ways_has_a_way_back(opened, tmp_path):
    judges = [patchgan_of(shape) for shape in ((8, 8, 1), (12, 12, 3))]
    forward = keras.Sequential(
        [keras.Input((8, 8, 1)), layers.UpSampling2D(2), layers.Conv2D(3, 5)]
    )
    back = keras.Sequential([keras.Input((12, 12, 3)), layers.Conv2D(1, 5)])
    model = models.CycleGAN(forward, back, *judges[::-1], identity_weight=0.0)
    (tmp_path / "page.html").write_text(explorer.text_of(model, "both"), encoding="utf-8")
    page = opened(tmp_path / "page.html")
    browser.settled(page)

    def check(network, channels):
        page.wait_for_timeout(150)
        drawing = browser.pixels(page, "#drawing", channels[0]).astype("uint8")
        made = np.clip(network(images.to_float(drawing)[None], training=False)[0], -1, 1)
        assert browser.near(browser.pixels(page, "#view", channels[1]), made)
        return drawing

    page.locator("#drawing").press(" ")
    before = check(forward, (1, 3))
    assert before.shape == (8, 8, 1)
    assert len(np.unique(before)) > 1
    translation = browser.pixels(page, "#view", 3)
    page.locator("#way").select_option("1")
    np.testing.assert_array_equal(check(back, (3, 1)), translation)
    page.locator("#way").select_option("0")
    assert check(forward, (1, 3)).shape == (8, 8, 1)
    assert page.trouble == []


def table_model():
    """A GAN of a table that is told columns, with what is told of one row."""
    random = np.random.default_rng(0)
    columns = {
        "sex": random.choice(["Female", "Male"], 300).tolist(),
        "<b>": random.choice(np.array(["yes", "no", None]), 300).tolist(),
        "age": random.integers(20, 60, 300).tolist(),
        "height": np.round(random.normal(170, 8, 300), 1).tolist(),
    }
    kind = source(columns).kind
    told = kind.network_arguments()
    generator = table_mlp.generator(kind.shape, 3, width=8, **told)
    size = told["condition_size"]
    discriminator = table_mlp.discriminator(kind.shape, width=8, condition_size=size)
    return GAN(generator, discriminator, kind=kind, loss="non_saturating", moving_average=None)


def test_rows_of_a_table_meet_wishes(opened, tmp_path):
    model = table_model()
    mark = marks.Mark(run="<b>&ä", step=7, seed=None)
    text = explorer.text_of(model, "rows", mark=mark)
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page = opened(tmp_path / "page.html")

    def drawn():
        page.locator("#status", has_text=re.compile(r"\d rows.*by WebAssembly")).wait_for()
        return np.array(page.evaluate("rows.map((row) => row.blocks)"))

    def agree(found, wishes):
        """Whether blocks are TensorFlow's, but for choices that are as good as equal."""
        condition = model.kind.where(wishes).condition() if wishes else None
        latents = page.evaluate(
            "rows.map((_, i) => drawn(state.seed * MOST + i, data.latentDim, data.prior, Infinity))"
        )
        own = model.decode(np.array(latents, "float32"), condition=condition)
        return (own == found).mean() > 0.995

    found = drawn()
    assert len(found) == 500
    assert len(np.unique(found[:, 2])) > 5
    assert agree(found, None)
    assert page.locator("#rows thead th").all_inner_texts() == ["sex", "<b>", "age", "height"]
    page.locator("summary").press("Enter")
    page.locator("#wish-0").select_option("Male")
    page.locator("#shows-2").uncheck()
    found = drawn()
    assert len(found) == 500
    male = model.kind.columns[0].labels().index("Male")
    assert (found[:, 0] == male).all()
    assert agree(found, {"sex": "Male"})
    assert page.locator("#rows thead th").all_inner_texts() == ["sex", "<b>", "height"]
    shares = page.locator("#shares > div").first
    assert shares.locator("tr").all_inner_texts() == ["Male\t 100%"]
    address = page.url
    browser.save_with_sidecar(page, tmp_path / "rows.csv")
    assert marks.read(tmp_path / "rows.csv") == mark
    marks.write_beside(tmp_path / "ours.csv", mark)  # as the command does
    ours = (tmp_path / "ours.csv.xmp").read_bytes()
    assert (tmp_path / "rows.csv.xmp").read_bytes() == ours
    again = source(str(tmp_path / "rows.csv"), schema=model.kind)
    np.testing.assert_array_equal(again.samples, found)
    page.locator("#no-wishes").press("Enter")
    assert 0 < (drawn()[:, 0] == male).mean() < 1
    page.evaluate(f"location.hash = {json.dumps(address.partition('#')[2])}")
    page.wait_for_timeout(100)
    np.testing.assert_array_equal(drawn(), found)
    page.evaluate("location.hash = '#columns=99,x&wishes=0:7,9:1,zz&seed=-1'")
    page.wait_for_timeout(100)
    assert 0 < (drawn()[:, 0] == male).mean() < 1
    assert not browser.outside(page)
    assert page.trouble == []


def test_rows_of_ctgan_have_numbers_by_mode_and_are_told_a_category(opened, tmp_path):
    random = np.random.default_rng(0)
    ages = [None if i % 9 == 0 else int(age) for i, age in enumerate(random.normal(40, 9, 300))]
    table = {
        "height": np.round(random.normal(170, 8, 300), 1).tolist(),
        "sex": random.choice(["Female", "Male"], 300, p=[0.8, 0.2]).tolist(),
        "age": ages,
        "job": random.choice(["a", "b", "c"], 300).tolist(),
    }
    kind = source(table, encoding="modes").kind
    told = kind.network_arguments()
    generator = ctgan.generator(kind.shape, 3, widths=(8,), **told)
    size = told["condition_size"]
    judge = ctgan.discriminator((kind.shape[0],), widths=(4,), packing=1, condition_size=size)
    model = models.CTGAN(generator, judge, kind=kind, packing=1)
    (tmp_path / "page.html").write_text(explorer.text_of(model, "modes"), encoding="utf-8")
    page = opened(tmp_path / "page.html")

    def drawn():
        page.locator("#status", has_text=re.compile(r"\d rows.*by WebAssembly")).wait_for()
        given = page.evaluate(
            """Array.from({ length: 50 }, (_, i) => [
                drawn(state.seed * MOST + i, data.latentDim, data.prior, Infinity),
                [...condition(random(Math.imul(state.seed * MOST + i + 1, 0x2545f491)))],
            ])"""
        )
        latents, told = (np.array(part, "float32") for part in zip(*given, strict=True))
        own = kind.from_network(np.asarray(generator([latents, told], training=False)))
        numbers = page.evaluate("Array.from({ length: 50 }, (_, i) => rowOf(i).values)")
        texts = np.array(kind.texts(own)).T
        assert np.mean(texts == np.array(numbers)) > 0.98  # but for roundings
        return told, page.evaluate("rows.map((row) => row.values)")

    told, rows = drawn()
    assert (told.sum(axis=1) == 1).all()
    assert 0.3 < told[:, :2].sum() / 50 < 0.7  # each column as often as the other
    female = kind.columns[1].labels().index("Female")
    assert told[:, female].sum() > 2 * told[:, 1 - female].sum()  # as often as the data
    assert len({row[0] for row in rows}) > 20
    page.locator("summary").press("Enter")
    page.locator("#wish-1").select_option("Male")
    page.locator("#status", has_text="rows").wait_for()
    told, rows = drawn()
    assert (told[:, 1 - female] == 1).all()
    assert {row[1] for row in rows} == {"Male"}
    assert page.trouble == []


def test_a_wish_that_hardly_a_row_meets_is_told(opened, tmp_path):
    model = table_model()
    logits = model.generator.get_layer("logits")
    kernel, bias = logits.get_weights()
    told = table_mlp.generator(model.kind.shape, 3, width=8, blocks=model.kind.blocks)
    model = GAN(told, mlp.discriminator(model.kind.shape), kind=model.kind, moving_average=None)
    bias[0] = -40.0  # never the first block of the first column
    told.get_layer("logits").set_weights([kernel, bias])
    (tmp_path / "page.html").write_text(explorer.text_of(model, "rows"), encoding="utf-8")
    page = opened(tmp_path / "page.html")
    page.locator("#status", has_text="500 rows").wait_for()
    page.locator("summary").press("Enter")
    page.locator("#wish-0").select_option("0")
    page.locator("#status", has_text="Only 0 of 2000 rows are as wished").wait_for()
    assert page.trouble == []


def test_sequences_and_their_symbols(opened, tmp_path):
    kind = kinds.Tokens(vocabulary=["A", "<i>", "-"], length=7, pad="-")
    generator = sequence.generator(kind.shape, 3, width=8, num_blocks=1, num_classes=2)
    discriminator = sequence.discriminator(kind.shape, width=8, num_blocks=1, num_classes=2)
    model = GAN(generator, discriminator, kind=kind, num_classes=2, moving_average=None)
    mark = marks.Mark(run="genes", step=7, seed=None)
    text = explorer.text_of(model, "genes", ["on", "off"], mark)
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page = opened(tmp_path / "page.html")

    def drawn():
        page.locator("#status", has_text="200 sequences").wait_for()
        found = page.evaluate("sequences.map(text)")
        latents = page.evaluate(
            "sequences.map((_, i) => drawn(state.seed * 200 + i, data.latentDim, data.prior, 9))"
        )
        labels = np.array(page.evaluate("sequences.map((_, i) => labelOf(i))"))
        own = kind.decode(model.decode(np.array(latents, "float32"), labels=labels))
        assert np.mean([one == other for one, other in zip(own, found, strict=True)]) > 0.98
        assert page.locator("#lines [role=listitem]").count() == 24
        return found, labels

    found, labels = drawn()
    assert len(set(found)) > 20
    assert len(set(map(len, found))) > 2
    assert labels.tolist()[:4] == [0, 1, 0, 1]
    shown = page.locator("#lines [role=listitem]").all_inner_texts()
    assert shown[3].split() == [*found[3].split(), "off"]
    page.set_viewport_size({"width": 140, "height": 900})
    logo = page.locator("#shares")
    assert (
        70 <= logo.evaluate("logo => logo.clientWidth") < 130 < logo.evaluate("logo => logo.width")
    )
    page.set_viewport_size({"width": 1000, "height": 900})
    page.locator("#class").select_option("1")
    page.locator("#caption", has_text="of class off").wait_for()
    assert (drawn()[1] == 1).all()
    assert page.locator("#shares").evaluate("canvas => canvas.width") == 7 * 22
    browser.save_with_sidecar(page, tmp_path / "lines.txt")  # as they end; genes are FASTA
    assert marks.read(tmp_path / "lines.txt") == mark
    written = (tmp_path / "lines.txt").read_text().split("\n")[:-1]
    assert written == page.evaluate("sequences.map(text)")
    assert page.evaluate("fasta()").startswith(">sample_0 class=off\n")
    assert not browser.outside(page)
    assert page.trouble == []


def test_a_browser_that_is_too_old_is_told(opened, tmp_path):
    (tmp_path / "page.html").write_text(explorer.text_of(pix2pix(), "old"), encoding="utf-8")
    page = opened(tmp_path / "page.html", before="delete globalThis.DecompressionStream")
    page.locator("#status", has_text="it has no DecompressionStream").wait_for()
    assert page.trouble == []


def test_a_browser_without_web_assembly_draws_the_same_and_says_so(opened, tmp_path):
    model = pix2pix()
    (tmp_path / "page.html").write_text(explorer.text_of(model, "plain"), encoding="utf-8")
    page = opened(tmp_path / "page.html", before="delete globalThis.WebAssembly")
    page.locator("#status", has_text="plain JavaScript, for this browser has no").wait_for()
    white = np.asarray(model.generator(np.ones((1, 8, 8, 3), "float32"), training=False))[0]
    assert browser.near(browser.pixels(page, "#view", 3), white)
    assert page.trouble == []


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["page", "nowhere"], "nowhere"),
        (["page", "run", "--out", "page.txt"], "--out ends in .html. Received: 'page.txt'"),
        (["page", "run"], "'run' has no checkpoint yet."),
    ],
)
def test_bad_input_gets_one_line(tmp_path, monkeypatch, arguments, wanted):
    import made_run

    monkeypatch.chdir(tmp_path)
    made_run.made(tmp_path / "run", steps=())
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert wanted in done.output
    assert len(done.output.strip().splitlines()) == 1
    assert not list(tmp_path.glob("**/*.html"))


def test_what_no_page_shows_is_refused():
    table = GAN(mlp.generator((3,), 2), mlp.discriminator((3,)))
    with pytest.raises(ValueError, match="this run makes points of shape"):
        explorer.text_of(table, "points")
    with pytest.raises(ValueError, match="wants a mask or latents as well"):
        explorer.text_of(pix2pix((8, 8, 4)), "holes")
    of_labels = models.Pix2Pix(
        unet.generator((8, 8, 1), (8, 8, 3), width=4, num_levels=2),
        patchgan_of((8, 8, 3)),
        input_kind=kinds.LabelMaps(shape=(8, 8, 1), num_classes=3),
    )
    with pytest.raises(ValueError, match="is given label_maps of shape"):
        explorer.text_of(of_labels, "maps")
    wave = keras.Input((64, 1), name="input")
    denoiser = models.Pix2Pix(
        keras.Model(wave, layers.Conv1D(1, 3, padding="same", name="sample")(wave)),
        hifigan.discriminator((64, 1), width=2, periods=(2,), num_scales=0),
        kind=kinds.Waves(shape=(64, 1), rate=8_000),
        input_kind=kinds.Waves(shape=(64, 1), rate=8_000),
    )
    with pytest.raises(ValueError, match="a mel spectrogram and nothing else; this one is given w"):
        explorer.text_of(denoiser, "denoiser")
    assert not denoiser.takes_pictures
    assert pix2pix((8, 8, 3)).takes_pictures


def test_latents_are_moved_one_by_one_where_no_dense_layer_reads_them_all():
    generator = biggan.generator((8, 8, 3), 8, widths=(8, 8), num_classes=3, embedding_dim=4)
    np.testing.assert_array_equal(explorer.directions_of(generator, 8), np.eye(8)[:6])
