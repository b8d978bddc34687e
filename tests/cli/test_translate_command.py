"""`gan-keras translate`: files through a translator, and what is refused."""

import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from gan_keras import corruptions, images, kinds, models
from gan_keras.cli import main
from gan_keras.networks import dcgan, lama, patchgan, resnet_translator, spade, srresnet, unet
from gan_keras.pages import facts
from gan_keras.pages.next_steps import next_steps
from gan_keras.running import runs, sampling


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def done(*arguments):
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments):
    """The one line on standard error of a command that must end with exit code 2."""
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith("Warning")]
    return line


@pytest.fixture
def run_of(tmp_path, monkeypatch):
    """A function that makes a run folder of a model, which is handed out when it is loaded."""

    def make(model, **arguments):
        settings = {"data": "fluent_emoji", "data_arguments": arguments}
        run = runs.create(tmp_path / "run", {"settings": settings})
        monkeypatch.setattr(sampling, "load", lambda run: model)
        return run.folder

    return make


def pix2pix(generator, **arguments):
    judge = patchgan.discriminator(tuple(generator.outputs[0].shape[1:]), width=4, num_layers=1)
    return models.Pix2Pix(generator, judge, **arguments)


def small_unet(inputs=3, outputs=3):
    """Its stride is 4."""
    return unet.generator((8, 8, inputs), (8, 8, outputs), width=4, num_levels=2)


def noise(path, height, width, channels=3, seed=0):
    shape = (height, width, channels) if channels > 1 else (height, width)
    pixels = np.random.default_rng(seed).integers(0, 256, shape, dtype="uint8")
    Image.fromarray(pixels).save(path)
    return pixels


def opened(path):
    return np.asarray(Image.open(path))


def test_a_file_of_the_networks_size_is_what_the_model_translates(tmp_path, run_of):
    model = pix2pix(small_unet())
    run = run_of(model)
    pixels = noise(tmp_path / "a.png", 8, 8)
    output = done("translate", run, tmp_path / "a.png", "--out", tmp_path / "b.png")
    assert f"Wrote 1 translation to {tmp_path / 'b.png'}" in output
    expected = images.to_uint8(model.translate(images.to_float(pixels)[None]))[0]
    assert np.abs(opened(tmp_path / "b.png").astype(int) - expected).max() <= 1


def test_a_folder_keeps_stems_sizes_and_subfolders(tmp_path, run_of):
    run = run_of(pix2pix(small_unet()))
    (tmp_path / "in" / "sub").mkdir(parents=True)
    noise(tmp_path / "in" / "a.jpg", 9, 14)
    noise(tmp_path / "in" / "sub" / "b.png", 8, 8)
    assert "Wrote 2 translations" in done("translate", run, tmp_path / "in")
    out = run / "translation-1"
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.png")) == [
        "a.png",
        "sub/b.png",
    ]
    assert opened(out / "a.png").shape == (9, 14, 3)


def test_transparent_pixels_are_white_and_colours_grey_where_the_network_takes_grey(
    tmp_path, run_of
):
    run = run_of(pix2pix(small_unet(inputs=1)))
    Image.fromarray(np.zeros((8, 8, 4), "uint8")).save(tmp_path / "clear.png")
    Image.new("RGB", (8, 8), "white").save(tmp_path / "white.png")
    for name in ("clear", "white"):
        done("translate", run, tmp_path / f"{name}.png", "--out", tmp_path / f"{name}-out.png")
    assert np.array_equal(opened(tmp_path / "clear-out.png"), opened(tmp_path / "white-out.png"))


def test_size_and_tiles(tmp_path, run_of):
    run = run_of(pix2pix(small_unet()))
    noise(tmp_path / "a.png", 40, 33)
    done("translate", run, tmp_path / "a.png", "--size", 12, "--out", tmp_path / "small.png")
    assert opened(tmp_path / "small.png").shape == (12, 12, 3)
    for name, arguments in {"whole": (), "tiles": ("--tile", 8)}.items():
        out = tmp_path / f"{name}.png"
        done("translate", run, tmp_path / "a.png", *arguments, "--out", out)
    whole, tiles = opened(tmp_path / "whole.png"), opened(tmp_path / "tiles.png")
    assert whole.shape == (40, 33, 3)
    assert np.abs(whole.astype(int) - tiles).max() <= 1


def test_super_resolution_takes_the_small_image(tmp_path, run_of):
    generator = srresnet.generator((8, 8, 3), (16, 16, 3), width=4, num_blocks=1)
    run = run_of(pix2pix(generator, corruption=corruptions.Downsample(scale=2)))
    noise(tmp_path / "a.png", 7, 10)
    done("translate", run, tmp_path / "a.png", "--out", tmp_path / "b.png")
    assert opened(tmp_path / "b.png").shape == (14, 20, 3)
    done("translate", run, tmp_path / "a.png", "--tile", 4, "--out", tmp_path / "tiles.png")
    difference = opened(tmp_path / "b.png").astype(int) - opened(tmp_path / "tiles.png")
    assert np.abs(difference).max() <= 1  # where a number lies between two bytes


def test_backward(tmp_path, run_of):
    networks = [resnet_translator.generator((8, 8, 3), (8, 8, 3), width=4, num_blocks=1)] + [
        resnet_translator.generator((8, 8, 3), (8, 8, 3), width=4, num_blocks=1)
    ]
    judges = [patchgan.discriminator((8, 8, 3), width=4, num_layers=1) for _ in range(2)]
    run = run_of(models.CycleGAN(*networks, *judges))
    noise(tmp_path / "a.png", 8, 8)
    for direction in ("forward", "backward"):
        out = tmp_path / f"{direction}.png"
        done("translate", run, tmp_path / "a.png", "--direction", direction, "--out", out)
    there, back = opened(tmp_path / "forward.png"), opened(tmp_path / "backward.png")
    assert not np.array_equal(there, back)
    noise(tmp_path / "tiny.png", 2, 2)  # its stride is 4
    assert "'" + str(tmp_path / "tiny.png") in refused("translate", run, tmp_path / "tiny.png")
    noise(tmp_path / "paddings.png", 3, 8)
    assert "--size N" in refused("translate", run, tmp_path / "paddings.png")


def test_label_maps_are_read_as_numbers(tmp_path, run_of):
    generator = spade.generator((8, 8, 1), (8, 8, 3), num_labels=3, width=2, hidden=2)
    kind = kinds.LabelMaps(shape=(8, 8, 1), num_classes=3)
    model = pix2pix(generator, input_kind=kind)
    run = run_of(model)
    ids = np.random.default_rng(0).integers(0, 3, (8, 8), dtype="uint8")
    Image.fromarray(ids).save(tmp_path / "ids.png")
    done("translate", run, tmp_path / "ids.png", "--out", tmp_path / "b.png")
    expected = images.to_uint8(model.translate(ids[None, ..., None].astype("float32")))[0]
    assert np.abs(opened(tmp_path / "b.png").astype(int) - expected).max() <= 1
    Image.fromarray(ids + 1).save(tmp_path / "more.png")
    assert "holds 3" in refused("translate", run, tmp_path / "more.png")
    noise(tmp_path / "colours.png", 8, 8)
    assert "one channel" in refused("translate", run, tmp_path / "colours.png")


def test_holes_are_filled_and_known_pixels_stay(tmp_path, run_of):
    model = pix2pix(small_unet(inputs=4), corruption=corruptions.BoxMask())
    run = run_of(model)
    pixels = noise(tmp_path / "a.png", 8, 12)
    mask = np.zeros((8, 12), "uint8")
    mask[2:5, 3:9] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    translate = ("translate", run, tmp_path / "a.png")
    done(*translate, "--mask", tmp_path / "mask.png", "--out", tmp_path / "b.png")
    made = opened(tmp_path / "b.png")
    assert np.array_equal(made[mask == 0], pixels[mask == 0])
    # What lay in the hole has no part in the result.
    pixels[mask == 255] = 77
    Image.fromarray(pixels).save(tmp_path / "other.png")
    arguments = ("--mask", tmp_path / "mask.png", "--out", tmp_path / "c.png")
    done("translate", run, tmp_path / "other.png", *arguments)
    assert np.array_equal(opened(tmp_path / "c.png"), made)

    assert "--mask FILE" in refused(*translate)
    Image.fromarray(mask[:4]).save(tmp_path / "half.png")
    line = refused(*translate, "--mask", tmp_path / "half.png")
    assert "12x4" in line
    assert "12x8" in line
    (tmp_path / "masks").mkdir()
    Image.fromarray(mask).save(tmp_path / "masks" / "b.png")
    assert "no mask of its name" in refused(*translate, "--mask", tmp_path / "masks")


def test_bad_input_is_one_line_and_leaves_nothing(tmp_path, run_of):
    run = run_of(pix2pix(small_unet()))
    folder = tmp_path / "in"
    folder.mkdir()
    noise(folder / "a.png", 8, 8)
    (folder / "b.png").write_bytes(b"no image")
    out = tmp_path / "out"
    assert "b.png' can't be read as an image" in refused("translate", run, folder, "--out", out)
    assert not out.exists()
    assert not list(tmp_path.glob(".writing*"))

    noise(folder / "b.png", 3, 8)
    assert "8x3 pixels, less than the 4" in refused("translate", run, folder, "--out", out)
    noise(folder / "b.png", 8, 8)
    noise(folder / "b.jpg", 8, 8)
    assert "both become 'b.png'" in refused("translate", run, folder, "--out", out)
    (folder / "b.jpg").unlink()
    out.mkdir()
    assert "exists already" in refused("translate", run, folder, "--out", out)
    line = refused("translate", run, folder, "--out", tmp_path / "one.png")
    assert "is a folder" in line
    assert "no image, and no folder" in refused("translate", run, tmp_path / "none")
    line = refused("translate", run, folder, "--direction", "backward")
    assert "Unknown direction 'backward'" in line
    line = refused("translate", run, folder, "--mask", folder / "a.png")
    assert "Leave --mask out" in line


def test_a_network_that_sees_all_takes_no_tiles(tmp_path, run_of):
    generator = spade.generator((8, 8, 1), (8, 8, 3), num_labels=3, width=2, hidden=2)
    kind = kinds.LabelMaps(shape=(8, 8, 1), num_classes=3)
    run = run_of(pix2pix(generator, input_kind=kind))
    noise(tmp_path / "a.png", 8, 8, 1)
    line = refused("translate", run, tmp_path / "a.png", "--tile", 8)
    assert "--tile 8 is not for this network" in line


def test_a_fourier_network_runs_whole_and_says_why(tmp_path, run_of):
    generator = lama.generator((8, 8, 4), (8, 8, 3), width=4, num_blocks=1, num_halvings=2)
    run = run_of(pix2pix(generator, corruption=corruptions.BoxMask()))
    pixels = noise(tmp_path / "a.png", 9, 13)
    Image.fromarray(np.eye(9, 13, dtype="uint8") * 255).save(tmp_path / "mask.png")
    translate = ("translate", run, tmp_path / "a.png", "--mask", tmp_path / "mask.png")
    line = refused(*translate, "--tile", 8)
    assert "--tile 8 is not for this network. Each pixel sees the whole image" in line
    done(*translate, "--out", tmp_path / "b.png")
    made = opened(tmp_path / "b.png")
    assert np.array_equal(made[~np.eye(9, 13, dtype=bool)], pixels[~np.eye(9, 13, dtype=bool)])


def test_commands_of_latents_send_to_translate_and_back(tmp_path, run_of):
    run = run_of(pix2pix(small_unet()))
    commands = ("sample", "film", "directions", "truncations", "codes")
    arguments = [(command,) for command in commands] + [("sample", "--interpolate")]
    for command, *more in arguments:
        line = refused(command, run, *more)
        assert f"gan-keras {command}` draws from latents" in line
        assert "Use gan-keras translate" in line
    noise(tmp_path / "a.png", 8, 8)
    for command in ("invert", "attribute", "detect"):
        assert "Use gan-keras translate" in refused(command, run, tmp_path / "a.png")


def test_a_run_of_latents_does_not_translate(tmp_path, run_of):
    networks = (
        dcgan.generator((8, 8, 3), 4, widths=(4, 4)),
        dcgan.discriminator((8, 8, 3), widths=(4,)),
    )
    run = run_of(models.GAN(*networks))
    noise(tmp_path / "a.png", 8, 8)
    assert "Use gan-keras sample" in refused("translate", run, tmp_path / "a.png")


@pytest.mark.slow
def test_train_translate_evaluate_export_and_diagnose_in_processes_of_their_own(tmp_path):
    random = np.random.default_rng(0)
    pairs = random.integers(0, 256, (2, 16, 16, 16, 3), dtype="uint8")
    np.savez(tmp_path / "pairs.npz", input=pairs[0], target=pairs[1])
    noise(tmp_path / "a.png", 16, 16)

    def gan_keras(*arguments):
        command = [sys.executable, "-m", "gan_keras", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    settings = (
        "generator.width=4",
        "discriminator.width=4",
        "data_arguments={'pairing': 'paired'}",
    )
    settings += ("generator.num_levels=2", "discriminator.num_layers=1")
    changed = [word for setting in settings for word in ("--set", setting)]
    size = ("--batch-size", "8", "--epochs", "1", "--data", "pairs.npz")
    gan_keras("train", "emoji_pix2pix_plain", *size, *changed, "--out", "run")
    commands = [command for _, command in next_steps(facts.of(tmp_path / "run"))]
    assert f"gan-keras page {tmp_path / 'run'}" in commands
    gan_keras("translate", "run", "a.png", "--out", "b.png")
    assert opened(tmp_path / "b.png").shape == (16, 16, 3)
    told = gan_keras("evaluate", "run", "--metrics", "psnr", "--no-picture").stdout
    assert "psnr@input" in told
    gan_keras("export", "run", "--format", "saved_model", "--out", "served")
    assert (tmp_path / "served" / "saved_model.pb").is_file()
    assert "Newest numbers" in gan_keras("diagnose", "run").stdout
