"""The latent tools as commands, on one tiny run."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from gan_keras import images
from gan_keras.cli import main
from gan_keras.files import marks
from gan_keras.latent_tools import pictures
from gan_keras.running import detection

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


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
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    random = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("data") / "images.npz"
    np.savez(path, x=random.integers(0, 256, (24, 8, 8, 1), dtype="uint8"), y=np.arange(24) % 3)
    return path


@pytest.fixture(scope="module")
def run(data, tmp_path_factory):
    """A conditional run on 8x8 images."""
    folder = tmp_path_factory.mktemp("runs") / "images"
    settings = ("network=mlp", "generator.widths=(4,)", "discriminator.widths=(4,)")
    arguments = [word for setting in settings for word in ("--set", setting)]
    arguments += ["--data", data, "--epochs", "1", "--batch-size", "8", "--out", folder]
    done("train", "fashion_mnist_conditional", *arguments)
    return folder


def test_what_training_draws_says_so(run):
    drawn = sorted(run.glob("samples/step-*.png"))
    assert [marks.read(path) for path in drawn] == [marks.Mark(run=run.name, step=3, seed=0)]


MARKED = {
    "sample": (["--num", "3"], "sample-1.png", False),
    "film": (["--stops", "2", "--steps", "1", "--walks", "1"], "film-1.gif", False),
    "truncations": (["--num", "1"], "truncations-1.png", False),
    "directions": (["--num", "1", "--rows", "1", "--steps", "2"], "directions-1.png", False),
    "invert": (["--index", "0", "--steps", "1"], "inversion-1.png", True),
}


@pytest.mark.parametrize("command", MARKED)
def test_what_a_command_draws_says_so_unless_told_not_to(command, run, tmp_path):
    options, name, is_composite = MARKED[command]
    suffix = ".npz" if command == "invert" else name[-4:]
    for out, more in ((tmp_path / "a", []), (tmp_path / "b", ["--no-mark"])):
        done(command, run, *options, "--seed", 5, *more, "--out", out.with_suffix(suffix))
    mark = marks.Mark(run=run.name, step=3, seed=5, is_composite=is_composite)
    if suffix == ".gif":
        assert Image.open(tmp_path / "a.gif").info["comment"].decode() == mark.line()
        assert "comment" not in Image.open(tmp_path / "b.gif").info
    else:
        assert marks.read(tmp_path / "a.png") == mark
        assert marks.read(tmp_path / "b.png") is None


def test_a_sample_without_a_seed_can_be_drawn_again_by_its_mark(run, tmp_path):
    done("sample", run, "--num", 3, "--out", tmp_path / "a.png")
    seed = marks.read(tmp_path / "a.png").seed
    done("sample", run, "--num", 3, "--seed", seed, "--out", tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_film(run, tmp_path):
    out = tmp_path / "new" / "walk.gif"
    output = done("film", run, *("--stops", 2, "--steps", 3, "--walks", 1), "--out", out)
    assert f"Wrote 6 frames to {out}" in output
    assert Image.open(out).n_frames == 6
    assert Image.open(out).size == (64, 64)  # of 8 pixels
    small = tmp_path / "small.gif"
    done("film", run, *("--stops", 2, "--steps", 1, "--walks", 1), "--scale", 3, "--out", small)
    assert Image.open(small).size == (24, 24)


def test_truncations(run):
    output = done("truncations", run, "--at", "2,0.5", "--num", 3)
    assert f"Wrote rows of truncation 2, 0.5 to {run}/truncations-1.png" in output
    # 3 x 8 pixels and two gaps of 2; two rows and one gap; all of it eight times, beside the names
    width, height = Image.open(run / "truncations-1.png").size
    assert height == 8 * 18
    assert 10 < width - 8 * 28 < 60
    assert "4, 2, 1, 0.5, 0.25" in done("truncations", run, "--num", 1, "--label", 2)


def test_directions(run, tmp_path):
    out = tmp_path / "directions.png"
    done("directions", run, *("--num", 2, "--rows", 1, "--steps", 3), "--out", out)
    width, height = Image.open(out).size
    assert height == 8 * 18  # so small a picture is enlarged
    assert 8 * 28 < width < 8 * 28 + 30  # the numbers of the directions beside it
    found = np.load(tmp_path / "directions.npz")["directions"]
    np.testing.assert_allclose(found @ found.T, np.eye(2), atol=1e-5)


def test_invert_samples_of_the_run_s_data(run, data):
    output = done("invert", run, "--index", 3, 7, "--steps", 3, "--label", 1, "--scale", 1)
    found = np.load(run / "inversion-1.npz")
    assert f"{data} 3: squared error {found['errors'][0]:.4f}, class 1" in output
    assert f"Mean {found['errors'].mean():.4f}; of random samples in their place" in output
    targets = images.to_float(np.load(data)["x"][[3, 7]])
    np.testing.assert_array_equal(found["targets"], targets)
    errors = np.square(found["images"] - targets).reshape(2, -1).mean(1)
    np.testing.assert_allclose(found["errors"], errors, rtol=1e-5)
    assert found["labels"].tolist() == [1, 1]
    assert found["latents"].shape == (2, 64)
    drawn = np.asarray(Image.open(run / "inversion-1.png"))
    assert drawn.shape == (18, 18)  # two columns; the image above what was found
    np.testing.assert_array_equal(drawn[:8, 10:], np.load(data)["x"][7, ..., 0])


def test_invert_files_of_another_size_and_colour(run, tmp_path):
    photo, out = tmp_path / "photo.png", tmp_path / "found.npz"
    Image.fromarray(np.full((20, 30, 3), (255, 0, 0), "uint8")).save(photo)
    assert f"{photo}: squared error" in done("invert", run, photo, "--steps", 1, "--out", out)
    # pure red is 0.299 of white (ITU-R 601): 76 of 255
    np.testing.assert_allclose(np.load(out)["targets"], 76 / 127.5 - 1, atol=1e-6)
    assert np.load(out)["targets"].shape == (1, 8, 8, 1)


def test_attribute_says_how_rarely_a_real_image_comes_as_near(run, data, tmp_path):
    done("sample", run, "--num", 2, "--seed", 1, "--out", tmp_path / "own")
    own, other = sorted((tmp_path / "own").glob("*.png"))[0], tmp_path / "other.png"
    Image.fromarray(np.arange(64, dtype="uint8").reshape(8, 8) % 2 * 255).save(other)
    arguments = ("attribute", run, own, other, "--held-out", data, "--num", 19, "--steps", 20)
    lines = [json.loads(line) for line in done(*arguments, "--json").splitlines()]
    assert [line["image"] for line in lines] == [str(own), str(other)]
    assert [line["p"] for line in lines] == [1 / 20, 1.0]
    assert lines[0]["run"] == run.name
    assert lines[0]["error"] < 0.05 < lines[1]["error"]
    first, second, last = done(*arguments).splitlines()
    assert first.startswith(f"{own}: squared error {lines[0]['error']:.4f}, p 0.05 (nearer than")
    assert second.endswith("p 1 (as far as real images)")
    assert last.startswith(f"19 of {data}: squared error")


def test_detect_learns_a_run_s_samples_and_is_put_to_the_test(run, data, tmp_path):
    arguments = ("--held-out", data, "--num", 24, "--asked", 20, "--other", run)
    learning, *lines = done("detect", run, *arguments).splitlines()
    assert learning == "Learning 24 samples and as many real images, once."
    assert [line.partition(": AUC")[0] for line in lines] == [
        "samples of unseen seeds",
        "the same after JPEG of quality 75",
        f"samples of {run.name}",
    ]
    findings = json.loads((run / "detector.json").read_text())
    (first, _, other) = findings["tests"].values()
    assert first == other  # the same run, seed and images
    assert lines[0].endswith(
        f"AUC {first['auc']:.3f} ({first['low']:.3f} to {first['high']:.3f}), "
        f"{100 * first['found']:.0f}% found at 5% false alarms"
    )
    assert (findings["step"], len(findings["real_scores"])) == (3, 20)
    before = (run / "detector.npz").read_bytes()
    Image.fromarray(np.full((8, 8), 128, "uint8")).save(tmp_path / "grey.png")
    (line,) = done("detect", run, tmp_path / "grey.png", "--json").splitlines()
    found = json.loads(line)
    nearer = sum(score >= found["score"] for score in findings["real_scores"])
    assert found["p"] == pytest.approx((1 + nearer) / 21)
    assert (run / "detector.npz").read_bytes() == before  # that of before was asked
    (run / "detector.json").write_text("{}")
    assert "detector.json' is damaged. Delete it" in refused("detect", run, tmp_path / "grey.png")


def test_a_detector_finds_what_is_there_and_nothing_else():
    random = np.random.default_rng(0)
    dark, light = (
        random.integers(low, low + 60, (400, 8, 8, 1), dtype="uint8") for low in (60, 100)
    )
    detector = detection.trained(light[:300], dark[:300], seed=0)
    found = detection.roc(
        detection.scores(detector, light[300:]), detection.scores(detector, dark[300:])
    )
    assert found["auc"] > 0.99
    assert found["found"] > 0.9
    alike = detection.roc(random.normal(size=400), real := random.normal(size=400))
    assert alike["low"] < 0.5 < alike["high"]
    assert alike["found"] < 0.15
    assert detection.roc(real, real)["found"] <= 0.05
    assert np.abs(detection.after_jpeg(dark[:2], 95).astype(int) - dark[:2]).max() < 40


def test_codes(data, run, tmp_path):
    settings = ["network=mlp", "generator.widths=(4,)", "discriminator.widths=(4,)"]
    settings += ["generator.latent_dim=6", "model={'categories': (3,), 'num_continuous': 1}"]
    arguments = [word for setting in settings for word in ("--set", setting)]
    arguments += ["--data", data, "--epochs", "1", "--batch-size", "8", "--out", tmp_path / "run"]
    done("train", "fashion_mnist_infogan", *arguments)
    output = done("codes", tmp_path / "run", "--rows", 2, "--steps", 4, "--scale", 1)
    assert f"Wrote a picture of each of 2 codes to {tmp_path}/run/codes-1" in output
    # two rows of 8 pixels; three values, then four
    assert Image.open(tmp_path / "run/codes-1/code-0-category.png").size == (28, 18)
    assert Image.open(tmp_path / "run/codes-1/code-1-continuous.png").size == (38, 18)
    assert "is a run of GAN, which has no codes" in refused("codes", run)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["film", "nowhere"], "'nowhere' is no run folder"),
        (["film", "{run}", "--out", "a.png"], "--out ends in .gif. Received: 'a.png'"),
        (["truncations", "{run}", "--at", "2;1"], "--at takes numbers with commas between"),
        (["truncations", "{run}", "--at", "-1"], "`truncation` of a normal prior is positive"),
        (["directions", "{run}", "--num", "99"], "directions. Received: `num` 99"),
        (["directions", "{run}", "--label", "3"], "has no class 3. Its classes are 0 to 2."),
        (["invert", "{run}"], "Name image files, or samples of a data set by --index"),
        (["invert", "{run}", "a.png", "--index", "1"], "one of the two"),
        (["invert", "{run}", "a.png"], "'a.png' can't be read as an image"),
        (["invert", "{run}", "--index", "24"], "has the samples 0 to 23. Received: 24"),
        (["invert", "{run}", "--index", "1", "--data", "ring"], "not images of 1 or 3 channels"),
        (["invert", "{run}", "--index", "1", "--data", "rin"], "Did you mean 'ring'?"),
        (["detect", "{run}"], "has no test split. Name data that were never trained"),
        (["detect", "{run}", "a.png"], "'a.png' can't be read as an image"),
        (["attribute", "{run}", "a.png"], "has no test split. Name data that were never trained"),
        (["attribute", "{run}", "a.png", "--held-out", "ring"], "not images of 1 or 3 channels"),
        (["attribute", "{run}", "a.png", "--held-out", "{data}"], "--num 99 real images are"),
    ],
)
def test_bad_arguments(arguments, message, run, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert message in refused(*(argument.format(run=run, data=data) for argument in arguments))
    assert not list(tmp_path.iterdir())


def test_a_file_that_would_be_written_over(run, tmp_path):
    (tmp_path / "a.png").touch()
    for command, name in (
        (["truncations", run], "a.png"),
        (["directions", run], "a.png"),
        (["invert", run, "--index", 0], "a.npz"),
    ):
        line = refused(*command, "--out", tmp_path / name)
        assert "a.png' exists already. Give another --out." in line


def test_pairs_fill_the_last_row_with_white():
    drawn = pictures.pairs(np.full((11, 2, 2, 1), -1.0), np.zeros((11, 2, 2, 1)))
    assert drawn.shape == (4 * 4 - 2, 10 * 4 - 2, 1)
    assert drawn[8, 0, 0] == 0  # the eleventh image, on the third row
    assert drawn[12, 0, 0] == 128
    assert (drawn[8:, 4:] == 255).all()
