"""`gan-keras evaluate` on runs of translators."""

import numpy as np
import pytest
from click.testing import CliRunner

from gan_keras import corruptions, models
from gan_keras.cli import main
from gan_keras.metrics.score import read
from gan_keras.networks import patchgan, resnet_translator, srresnet, unet
from gan_keras.running import pair_scores, runs, sampling

NUM = 12


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_KERAS_CACHE", str(tmp_path / "cache"))


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(*arguments):
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith("Warning")]
    return line


@pytest.fixture
def run_of(tmp_path, monkeypatch):
    """A function that makes a run folder of a model and of data that are written for it."""

    def make(model, pairing=None, **arrays):
        np.savez(tmp_path / "data.npz", **arrays)
        arguments = {} if pairing is None else {"pairing": pairing}
        settings = {"data": str(tmp_path / "data.npz"), "data_arguments": arguments}
        run = runs.create(tmp_path / "run", {"settings": settings, "data": {}})
        monkeypatch.setattr(sampling, "load", lambda run: model)
        return run

    return make


def pixels(seed, side=12, num=NUM):
    return np.random.default_rng(seed).integers(0, 256, (num, side, side, 3), dtype="uint8")


def judge(side=12):
    return patchgan.discriminator((side, side, 3), width=4, num_layers=1)


def pix2pix(inputs=3, **arguments):
    generator = unet.generator((12, 12, inputs), (12, 12, 3), width=4, num_levels=2)
    return models.Pix2Pix(generator, judge(), **arguments)


def scores_of(run, *arguments):
    result = call("evaluate", run.folder, *arguments)
    assert result.exit_code == 0, result.output
    return {score.metric: score for score in read(run.scores_file)}, result.output


def test_pairs_are_scored_beside_their_inputs(run_of):
    real = pixels(0)
    # Each input is its sample with 51 of 255 levels more or less: L1 is 0.2, PSNR 13.9794.
    given = np.where(real < 128, real + 51, real - 51).astype("uint8")
    run = run_of(pix2pix(), "paired", input=given, target=real)
    found, told = scores_of(run, "--metrics", "psnr,l1")
    assert list(found) == ["psnr", "l1", "psnr@input", "l1@input"]
    assert abs(found["l1@input"].value - 0.2) < 1e-9
    assert abs(found["psnr@input"].value - 13.9794) < 1e-4
    assert found["l1"].value != found["l1@input"].value
    assert found["l1"].num_real == found["l1"].num_fake == NUM
    assert "may have been trained on" in told
    assert (run.folder / "evaluation" / "translations.png").is_file()


def test_another_translator_stands_beside(run_of, monkeypatch, tmp_path):
    real, given = pixels(0), pixels(1)
    run = run_of(pix2pix(), "paired", input=given, target=real)
    alone = runs.create(tmp_path / "l1_alone", run.read_config())
    larger = runs.create(tmp_path / "larger", run.read_config())
    made = {"run": pix2pix(), "l1_alone": pix2pix(adversarial_weight=0.0)}
    made["larger"] = models.Pix2Pix(
        srresnet.generator((6, 6, 3), (12, 12, 3), width=4, num_blocks=1),
        judge(),
        corruption=corruptions.Downsample(scale=2),
    )
    monkeypatch.setattr(sampling, "load", lambda run: made[run.folder.name])
    names = ("--metrics", "l1,fid", "--extractor", "pixels", "--beside", alone.folder)
    found, _ = scores_of(run, *names)
    assert list(found) == [
        "frechet_pixels",
        "frechet_pixels@l1_alone",
        "frechet_pixels@real",
        "l1",
        "l1@input",
        "l1@l1_alone",
    ]
    for metric in ("l1", "frechet_pixels"):  # those of the other run by itself
        found_alone, _ = scores_of(alone, *names[:-2])
        beside, own = found[f"{metric}@l1_alone"], found[metric]
        assert beside.value == found_alone[metric].value
        # Means of whole levels may agree by chance; their deviations don't as well.
        assert (beside.value, beside.std) != (own.value, own.std)
    line = refused("evaluate", run.folder, "--metrics", "l1", "--beside", larger.folder)
    assert "'larger' can't stand beside this run: its inputs are others, (6, 6, 3)" in line


def test_what_was_held_out_is_scored_where_there_is_such(run_of):
    arrays = {"x_train": pixels(0), "y_train": np.zeros(NUM, "int32")}
    arrays |= {"x_test": pixels(1, num=5), "y_test": np.zeros(5, "int32")}
    run = run_of(pix2pix(inputs=4, corruption=corruptions.BoxMask()), **arrays)
    found, told = scores_of(run)
    assert "Scored on 5 held-out inputs" in told
    assert list(found)[:5] == ["psnr", "ssim", "l1", "psnr_hole", "l1_hole"]
    assert found["l1"].num_fake == 5
    # Known pixels are as they were given, so that whole images differ in their holes alone.
    assert found["l1"].value < found["l1_hole"].value
    assert found["l1@mean"].value < found["l1_hole@mean"].value
    found, _ = scores_of(run, "--split", "train", "--metrics", "l1_hole")
    assert found["l1_hole"].num_fake == NUM


def test_holes_of_one_level_are_filled_with_it():
    given = np.full((1, 4, 4, 4), 0.5, "float32")
    given[..., 3] = 0.0
    given[0, 1:3, 1:3] = (0.0, 0.0, 0.0, 1.0)
    given[0, 0, :, 0] = -0.5  # 4 of 12 known pixels: the mean is (8 * 0.5 - 4 * 0.5) / 12
    found = pair_scores.filled(given)
    assert np.allclose(found[0, 1, 1], (2.0 / 12, 0.5, 0.5))
    assert np.array_equal(found[0, 0], given[0, 0, :, :3])


def test_super_resolution_is_scored_beside_bicubic(run_of):
    generator = srresnet.generator((6, 6, 3), (12, 12, 3), width=4, num_blocks=1)
    model = models.Pix2Pix(generator, judge(), corruption=corruptions.Downsample(scale=2))
    grey = np.full((NUM, 12, 12, 3), 100, "uint8")
    run = run_of(model, x=grey)
    found, _ = scores_of(run)
    names = ["psnr_crop2", "l1_crop2", "psnr_y_crop2", "low_resolution_psnr"]
    assert list(found) == names + [f"{name}@bicubic" for name in names]
    # An image of one level comes back from its small one as it was.
    assert found["l1_crop2@bicubic"].value == 0.0
    assert found["l1_crop2"].num_fake == NUM


def test_cycles_without_pairs(run_of):
    generators = [
        resnet_translator.generator((12, 12, 3), (12, 12, 3), width=4, num_blocks=1)
        for _ in range(2)
    ]
    model = models.CycleGAN(*generators, judge(), judge())
    run = run_of(model, "unpaired", input=pixels(0), target=pixels(1, num=NUM + 8))
    names = ("--metrics", "fid,steganography", "--extractor", "pixels", "--no-picture")
    found, _ = scores_of(run, *names)
    assert list(found) == [
        "frechet_pixels",
        "frechet_pixels@real",
        "cycle_psnr",
        "cycle_psnr_uint8",
        "cycle_psnr_jpeg90",
    ]
    assert (
        found["frechet_pixels@real"].num_real
        == found["frechet_pixels@real"].num_fake
        == (NUM + 8) // 2
    )
    assert (found["frechet_pixels"].num_real, found["frechet_pixels"].num_fake) == (NUM + 8, NUM)
    run.scores_file.unlink()
    found, _ = scores_of(run, *names, "--direction", "backward")
    assert (found["frechet_pixels"].num_real, found["frechet_pixels"].num_fake) == (NUM, NUM + 8)
    assert "holds no pairs" in refused("evaluate", run.folder, "--metrics", "psnr")


def test_scores_that_do_not_suit_are_refused(run_of, tmp_path):
    run = run_of(pix2pix(), "paired", input=pixels(0), target=pixels(1))
    for name, word in {
        "steganography": "only CycleGAN",
        "psnr_hole": "fill holes",
        "low_resolution_psnr": "super-resolution",
        "psnrr": "Unknown metric 'psnrr'",
    }.items():
        assert word in refused("evaluate", run.folder, "--metrics", name)
    line = refused("evaluate", run.folder, "--metrics", "l1", "--direction", "backward")
    assert "no direction 'backward'" in line
    np.savez(tmp_path / "other.npz", x=pixels(2))
    other = ("evaluate", tmp_path / "other.npz", "--against", tmp_path / "data.npz")
    np.savez(tmp_path / "data.npz", x=pixels(3))
    assert "only a translator's run" in refused(*other, "--metrics", "psnr")
