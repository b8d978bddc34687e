"""The command line in this process; what needs one of its own is in test_process.py."""

import json
import shutil

import numpy as np
import pytest
import tiny_run
from click.testing import CliRunner
from PIL import Image

from gan_keras.cli import main

# As outside of pytest: Keras's saving makes NumPy warn, which only developers are to see.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TINY = [
    *("--set", "generator.widths=(4,)", "--set", "discriminator.widths=(4,)"),
    *("--batch-size", "8", "--epochs", "2"),
]


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(*arguments):
    """The one line on standard error of a command that must end with exit code 2."""
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    assert not result.stdout
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_run.write_data(tmp_path_factory.mktemp("data") / "points.npz")


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    random = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("data") / "images.npz"
    images = random.integers(0, 256, (24, 8, 8, 1), dtype="uint8")
    np.savez(path, x=images, y=np.arange(24) % 3)
    return path


@pytest.fixture(scope="module")
def points_run(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "points"
    every = ["--checkpoint-every", 5]  # by the clock, so short a run has only its last one
    result = call("train", "ring", "--data", data, *TINY, *every, "--out", folder)
    assert result.exit_code == 0, result.output
    return folder, result.stdout


@pytest.fixture(scope="module")
def images_run(labelled, tmp_path_factory):
    """A conditional run on 8x8 images."""
    folder = tmp_path_factory.mktemp("runs") / "images"
    arguments = ["--set", "generator.widths=(4,4)", "--set", "discriminator.widths=(4,)"]
    arguments += ["--set", "network=mlp", "--epochs", "1", "--batch-size", "8"]
    result = call(
        "train", "fashion_mnist_conditional", "--data", labelled, *arguments, "--out", folder
    )
    assert result.exit_code == 0, result.output
    return folder


def test_train_says_what_to_type_next(points_run):
    folder, output = points_run
    assert f"Run folder: {folder}" in output
    assert "epoch 2/2  d_loss" in output
    assert f"Last samples: {folder}/samples/step-00000010.png" in output
    assert f"gan-keras sample {folder}" in output
    assert f"tensorboard --logdir {folder}/logs" in output


def test_dry_run_writes_nothing(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    changes = ("--set", "loss=hinge", "--set", "moving_average=None")
    result = call("train", "ring", "--data", data, *TINY, "--dry-run", *changes)
    assert result.exit_code == 0, result.output
    assert '"loss": "hinge"' in result.output
    assert '"moving_average": null' in result.output
    # 2 latents x 4 + 4, then 4 x 2 + 2; and 2 x 4 + 4, then 4 x 1 + 1
    assert "generator      22 parameters" in result.output
    assert "discriminator  17 parameters" in result.output
    assert "2 epochs of 5 steps of 8 samples" in result.output
    assert not list(tmp_path.iterdir())


def test_list_names_everything_there_is():
    from gan_keras import augment, data, losses, models, networks, penalties, recipes, surrogates
    from gan_keras.commands.list_names import tables

    found = {title: set(names) for title, names in tables().items()}
    assert found == {
        "recipes": set(recipes.NAMES),
        "data": set(data.NAMES),
        "models": set(models.NAMES),
        "networks": set(networks.NAMES),
        "losses": set(losses.NAMES),
        "penalties": set(penalties.NAMES),
        "surrogates": set(surrogates.NAMES),
        "augment": set(augment.NAMES),
    }
    output = call("list").output
    assert all(name in output for names in found.values() for name in names)


@pytest.fixture
def finished(points_run, tmp_path):
    """A copy of the run of points, for a test that goes on with it."""
    return shutil.copytree(points_run[0], tmp_path / "run")


def test_resume_of_a_finished_run_with_more_epochs(finished):
    result = call("train", "--resume", finished, "--epochs", "3")
    assert result.exit_code == 0, result.output
    assert "epoch 3/3" in result.output
    assert "epoch 2/3" not in result.output


def test_resume_with_a_damaged_checkpoint_says_so(finished):
    before = (finished / "history.csv").read_bytes()
    (finished / "checkpoints" / "00000010" / "model.keras").write_bytes(b"no")
    result = call("train", "--out", finished, "--resume")
    assert result.exit_code == 0, result.output
    assert "00000010' is damaged (model.keras is not what was written)" in result.stderr
    assert (finished / "history.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mnist_dcgn"], "Unknown recipe 'mnist_dcgn'. Did you mean 'mnist_dcgan'?"),
        (["ring", "--set", "los=hinge"], "Unknown setting 'los'. Did you mean 'loss'?"),
        (["ring", "--set", "loss=hing"], "Unknown loss 'hing'. Did you mean 'hinge'?"),
        (["ring", "--set", "loss"], "--set takes KEY=VALUE, e.g. --set loss=hinge."),
        (["ring", "--data", "rin"], "'rin'. Did you mean 'ring'?"),
        (["ring", "--data", "grid", "--batch-size", "1000000"], "fewer than the 1000000 of one"),
        (["ring", "--strategy", "mirrored"], "needs at least two GPUs"),
        (["ring", "--strategy", "multi_worker"], "needs TF_CONFIG"),
        (["ring", "--resume", "nowhere"], "'nowhere' is no run folder: it has no config.json"),
        (["ring", "--resume"], "No run of 'ring' under runs/"),
        (["ring", "--resume", "a", "--out", "b"], "--resume 'a' and --out 'b' are two folders."),
        (["ring", "--data", "{data}", "--set", "conditional=True"], "has no labels"),
    ],
)
def test_bad_arguments_of_train(arguments, message, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "gan_keras.machines.devices.tf.config.list_logical_devices", lambda kind: []
    )
    assert message in refused("train", *(argument.format(data=data) for argument in arguments))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--out", "{run}"], "exists already"),
        (
            ["--resume", "{run}", "--set", "loss=hinge"],
            "loss is 'hinge', was 'relativistic_paired'",
        ),
        (["--resume", "{run}", "--batch-size", "4"], "batch_size is 4, was 8"),
        (["--resume", "{run}", "--seed", "3"], "seed is 3, was 0"),
        (["--resume", "{run}", "--data", "ring"], "The data differ from those that"),
        (["grid", "--resume", "{run}"], "is a run of 'ring', not of 'grid'"),
    ],
)
def test_bad_arguments_for_a_run_that_exists(arguments, message, points_run):
    folder, _ = points_run
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    line = refused("train", *(argument.format(run=folder) for argument in arguments))
    assert message in line
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def bad_data(tmp_path, kind):
    """Writes one kind of bad data and returns its path."""
    random = np.random.default_rng(0)
    images = random.uniform(-1, 1, (16, 8, 8, 1)).astype("float32")
    path = tmp_path / "bad.npz"
    if kind == "empty folder":
        path = tmp_path / "empty"
        path.mkdir()
    elif kind == "no image":
        path = tmp_path / "folder"
        path.mkdir()
        Image.fromarray(np.zeros((8, 8), "uint8")).save(path / "good.png")
        (path / "torn.png").write_bytes((path / "good.png").read_bytes()[:40])
    elif kind == "mixed sizes":
        path = tmp_path / "folder"
        path.mkdir()
        for size in (8, 9):
            Image.fromarray(np.zeros((size, size), "uint8")).save(path / f"{size}.png")
    elif kind == "nan":
        images[3, 2, 1, 0] = np.nan
        np.savez(path, x=images)
    elif kind == "range":
        np.savez(path, x=images * 128)
    elif kind == "rank":
        np.savez(path, x=images[..., None])
    elif kind == "labels":
        np.savez(path, x=images, y=np.full(16, -1))
    elif kind == "float labels":
        np.savez(path, x=images, y=np.full(16, 0.5))
    elif kind == "channels":
        np.savez(path, x=np.zeros((16, 28, 28, 5), "uint8"))
    elif kind == "torn npz":
        np.savez(path, x=images)
        path.write_bytes(path.read_bytes()[:100])
    return path


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("empty folder", "empty"),
        ("no image", "torn.png"),
        ("mixed sizes", "image_size"),
        ("nan", "NaN"),
        ("range", "[-1, 1]"),
        ("rank", "shape"),
        ("labels", "-1"),
        ("float labels", "integer"),
        ("torn npz", "can't be read"),
    ],
)
def test_bad_data_is_refused_in_one_line(kind, message, tmp_path):
    path = bad_data(tmp_path, kind)
    # Without a recipe `photos` would bring images of all sizes to one, and train.
    line = refused("train", "fashion_mnist_dcgan", "--data", path, "--out", tmp_path / "run")
    assert message in line
    assert str(path.name) in line
    assert not (tmp_path / "run").exists()


def test_sample_writes_a_scatter_plot(points_run):
    folder, _ = points_run
    for number in (1, 2):
        result = call("sample", folder, "--num", "20")
        assert f"Wrote 20 samples to {folder}/sample-{number}.png" in result.output
    assert Image.open(folder / "sample-2.png").size == (480, 480)


def test_small_images_are_enlarged_and_classes_have_their_names(images_run, tmp_path):
    run = shutil.copytree(images_run, tmp_path / "run")
    out = tmp_path / "grid.png"
    assert call("sample", run, "--num", 6, "--out", out).exit_code == 0
    # Two columns and three rows of 8 pixels, 2 between; 400 pixels would take more than 8 times.
    assert Image.open(out).size == (8 * 18, 8 * 28)
    config = json.loads((run / "config.json").read_text())
    config["data"]["class_names"] = ["dress", "a coat of fur", "7"]
    (run / "config.json").write_text(json.dumps(config))
    named = tmp_path / "named.png"
    assert call("sample", run, "--num", 6, "--scale", 3, "--out", named).exit_code == 0
    width, height = Image.open(named).size
    assert height == 3 * 28
    assert 50 < width - 3 * 18 < 200  # of the names
    walk = tmp_path / "walk.gif"
    arguments = ("--interpolate", "--num", 2, "--label", "a coat of fur", "--out", walk)
    assert call("sample", run, *arguments).exit_code == 0
    assert Image.open(walk).size == (64, 64)
    samples = []
    for label in ("7", 2, "dress"):
        out = tmp_path / f"{label}.npz"
        arguments = ("--num", 2, "--seed", 1, "--label", label, "--out", out)
        assert call("sample", run, *arguments).exit_code == 0
        samples.append(np.load(out)["labels"].tolist())
    assert samples == [[2, 2], [2, 2], [0, 0]]
    assert "has no class 'dres'. Did you mean 'dress'?" in refused("sample", run, "--label", "dres")
    noisy = call("sample", run, "--num", 1, "--truncation", 0.5)
    assert "Warning: Latents below 0.5 are shorter than any" in noisy.stderr
    assert not call("sample", run, "--num", 1, "--truncation", 1).stderr
    assert "Its classes are 0 to 2" in refused("sample", images_run, "--label", "dress")


def test_sample_is_decided_by_the_seed(points_run, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        out = tmp_path / f"{name}.npz"
        assert (
            call("sample", points_run[0], "--num", 6, "--seed", seed, "--out", out).exit_code == 0
        )
    a, b, c = (np.load(tmp_path / f"{name}.npz")["samples"] for name in "abc")
    assert a.shape == (6, 2)
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_sample_of_a_conditional_run(images_run, tmp_path):
    out = tmp_path / "all.npz"
    assert call("sample", images_run, "--num", 9, "--out", out).exit_code == 0
    assert np.load(out)["labels"].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    out = tmp_path / "one.npz"
    result = call("sample", images_run, "--num", 4, "--label", 2, "--truncation", 1, "--out", out)
    assert result.exit_code == 0
    assert np.load(out)["labels"].tolist() == [2, 2, 2, 2]
    assert np.load(out)["samples"].shape == (4, 8, 8, 1)


def test_sample_into_a_folder_and_a_gif(images_run, tmp_path):
    assert call("sample", images_run, "--num", 3, "--out", tmp_path / "pngs").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "pngs").iterdir())
    assert names == ["00000-class0.png", "00001-class1.png", "00002-class2.png"]
    out = tmp_path / "walk.gif"
    result = call("sample", images_run, "--interpolate", "--num", 5, "--label", 1, "--out", out)
    assert result.exit_code == 0, result.output
    assert Image.open(out).n_frames == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{run}", "--label", "3"], "3"),
        (["{run}", "--label", "-1"], "-1"),
        (
            ["{run}", "--truncation", "-1"],
            "normal prior is positive, or None for none. Received: -1",
        ),
        (["{run}", "--out", "{run}"], "exists already. Give another --out."),
        (
            ["{run}", "--out", "x.jpg"],
            "--out ends in .png, .npz, or is a folder, its name without a dot.",
        ),
        (["{run}", "--out", "x.gif"], "A .gif shows a walk. Add --interpolate"),
        (["{run}", "--interpolate", "--truncation", "1"], "leave --truncation out"),
        (["nowhere"], "'nowhere' is no run folder"),
    ],
)
def test_bad_arguments_of_sample(arguments, message, images_run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert message in refused("sample", *(item.format(run=images_run) for item in arguments))
    assert not list(tmp_path.iterdir())


def test_label_for_an_unconditional_run(points_run):
    assert "the run is not conditional" in refused("sample", points_run[0], "--label", "1")


def test_sample_before_the_first_checkpoint(tmp_path):
    from gan_keras.running import runs

    runs.create(tmp_path / "run", {})
    assert "has no checkpoint yet" in refused("sample", tmp_path / "run")


def test_training_that_fails_keeps_its_last_good_checkpoint(data, tmp_path):
    # A penalty near the end of float32's range: its gradients, and then the losses, are not finite.
    weight = ["--set", "penalties.r1.weight=1e38", "--checkpoint-every", "1"]
    result = call("train", "ring", "--data", data, *TINY, *weight, "--out", tmp_path / "run")
    assert result.exit_code == 1
    assert "is nan at step" in result.stderr or "is not finite after step" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_traceback_on_request(tmp_path):
    result = CliRunner().invoke(main, ["--traceback", "sample", str(tmp_path)])
    assert isinstance(result.exception, ValueError)
    result = CliRunner(env={"GAN_KERAS_TRACEBACK": "1"}).invoke(main, ["sample", str(tmp_path)])
    assert isinstance(result.exception, ValueError)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            ("--set", "generator_optimizer.learning_rate=-1.0"),
            "`learning_rate` is a number, at least",
        ),
        (
            ("--set", "generator_optimizer.learning_rate=1e20", "--dry-run"),
            "`learning_rate` is at most 1,000. Received: 1e+20.",
        ),
        (
            ("--set", f"penalties.r1.interval={10**12}", "--dry-run"),
            f"`interval` of R1 is at most 1,000. Received: {10**12}.",
        ),
        (("--set", "discriminator_optimizer.beta_1=2"), "`beta_1` is a number in [0, 1)"),
        (("--set", "generator_optimizer.clipnorm=-1"), "`clipnorm`"),
        (("--set", "moving_average.half_life=1e999"), "`half_life` is a positive number of images"),
        (("--set", "generator.latent_dim=True"), "`latent_dim` must be a positive integer"),
        (("--set", "name=../../evil"), "`name` is part of the run folder's name"),
        (("--set", "name=../evil", "--dry-run"), "`name` is part of the run folder's name"),
        (("--data", ""), "--data is empty. Give a name or a path"),
        (("--set", "published={1: {2}}"), "A setting can't be kept in config.json"),
    ],
)
def test_bad_settings_leave_no_folder(tmp_path, monkeypatch, settings, message):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["train", "ring", *settings])
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
