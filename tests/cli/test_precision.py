"""`--precision auto`: what it takes, what a run keeps of it, and what stays in float32."""

import json

import keras
import numpy as np
import pytest
import tiny_run
from click.testing import CliRunner

from gan_keras import kinds
from gan_keras.cli import main
from gan_keras.machines import precision, processor
from gan_keras.metrics import features
from gan_keras.recipes import build, get
from gan_keras.running import runs, sampling
from gan_keras.running.training import Training

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SMALL = {
    **{"generator.widths": (4, 4), "discriminator.widths": (4,), "batch_size": 6},
    **{"discriminator.hidden": 4, "data": "images.npz", "penalties.r2": None},
    # Rates don't fall, so that a short training is the beginning of a longer one.
    **{f"{player}_optimizer.learning_rate": 2e-3 for player in ("generator", "discriminator")},
}


@pytest.fixture(autouse=True)
def policy():
    yield
    keras.config.set_dtype_policy("float32")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """In an empty folder with twelve images; what it gives says whether there is bfloat16."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GAN_KERAS_PRECISION")
    random = np.random.default_rng(0)
    np.savez("images.npz", x=random.integers(0, 256, (12, 8, 8, 1), dtype="uint8"))
    return lambda has: monkeypatch.setattr(processor, "has_bfloat16", lambda: has)


def train(*arguments, code=0):
    result = CliRunner().invoke(main, ["train", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def images(out, *arguments, epochs=1):
    changes = [f"--set={key}={value}" for key, value in SMALL.items() if key != "data"]
    return train(
        *("fashion_mnist_dcgan", "--data", "images.npz", *changes),
        *("--epochs", epochs, "--out", out, *arguments),
    )


def precision_of(folder):
    return json.loads((folder / "config.json").read_text())["arguments"]["precision"]


def test_another_system_says_nothing_of_its_processor(tmp_path, monkeypatch):
    monkeypatch.setattr(processor, "CPUINFO", tmp_path / "none")
    assert not processor.has_bfloat16()


def test_a_machine_gains_by_onednn_and_without_a_gpu(monkeypatch):
    monkeypatch.setattr(processor, "has_bfloat16", lambda: True)
    assert precision.machine_gains()
    with monkeypatch.context() as patch:
        patch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
        assert not precision.machine_gains()
    with monkeypatch.context() as patch:
        patch.setattr("tensorflow.config.list_physical_devices", lambda kind: [kind])
        assert not precision.machine_gains()
    monkeypatch.setattr(processor, "has_bfloat16", lambda: False)
    assert not precision.machine_gains()


IMAGES = kinds.Images(shape=(28, 28, 1))
SOUNDS = kinds.Spectrograms(shape=(4, 4, 1), mean=(0.0,) * 4, std=(1.0,) * 4, hop=4)


@pytest.mark.parametrize(
    ("recipe", "kind", "expected"),
    [
        ("photos", IMAGES, True),
        ("fashion_mnist_stylegan2", IMAGES, False),
        ("emoji_pix2pix_plain", IMAGES, False),
        ("ring", kinds.Vectors(shape=(2,)), False),
        ("sounds", SOUNDS, False),
    ],
)
def test_networks_gain_that_were_measured_to(recipe, kind, expected):
    assert build.gains_by_bfloat16(get(recipe), kind) is expected


def test_an_unknown_precision_is_refused_before_anything():
    with pytest.raises(ValueError, match=r"float32, .*, or auto. Received: 'float8'"):
        Training(get("ring"), precision="float8")


def test_a_run_keeps_what_auto_chose_and_goes_on_with_it_elsewhere(machine, tmp_path):
    machine(True)
    told = images("run", "--precision", "auto")
    assert "Precision: mixed_bfloat16 (chosen for this machine)" in told
    assert precision_of(tmp_path / "run") == "mixed_bfloat16"
    images("whole", "--precision", "auto", epochs=2)
    machine(False)
    keras.config.set_dtype_policy("float32")  # as a new process has it
    line = train("--resume", "run", "--precision", "float32", code=2)
    assert "precision is 'float32', was 'mixed_bfloat16'" in line
    told = train("--resume", "run", "--epochs", 2, "--precision", "auto")
    assert "Precision: mixed_bfloat16\n" in told
    assert precision_of(tmp_path / "run") == "mixed_bfloat16"
    keras.config.set_dtype_policy("float32")
    run, whole = (sampling.load(runs.Run(name), compiled=True) for name in ("run", "whole"))
    assert "bfloat16" in {layer.compute_dtype for layer in run.generator.layers}
    assert run.steps_done == whole.steps_done == 4
    assert tiny_run.everything(run) == tiny_run.everything(whole)


def test_elsewhere_the_command_trains_the_bits_of_python(machine, tmp_path, monkeypatch):
    machine(False)
    told = images("elsewhere", "--precision", "auto")
    assert "Precision: float32 (chosen for this machine)" in told
    machine(True)  # which nobody asks who does not say so
    assert "Precision: float32\n" in images("run")
    assert precision_of(tmp_path / "run") == "float32"
    training = Training(get("fashion_mnist_dcgan").with_settings({**SMALL, "epochs": 1}))
    training.run(training.start("own"))
    own, run = (sampling.load(runs.Run(name), compiled=True) for name in ("own", "run"))
    assert {layer.compute_dtype for layer in own.generator.layers} == {"float32"}
    assert tiny_run.everything(own) == tiny_run.everything(run)
    # The environment is for new runs alone.
    monkeypatch.setenv("GAN_KERAS_PRECISION", "mixed_bfloat16")
    assert '"precision": "float32"' in train("--resume", "run", "--dry-run")
    assert '"precision": "mixed_bfloat16"' in train("ring", "--dry-run")
    monkeypatch.setenv("GAN_KERAS_PRECISION", "float8")
    assert "'float8' is not one of 'auto', 'float32'" in train("ring", code=2)


def test_scores_are_those_of_float32_whatever_is_trained():
    samples = np.random.default_rng(0).uniform(-1, 1, (4, 28, 28, 1)).astype("float32")
    expected = features.get("fashion_mnist_classifier").extract(samples)
    keras.config.set_dtype_policy("mixed_bfloat16")
    found = features.get("fashion_mnist_classifier").extract(samples)
    assert keras.config.dtype_policy().name == "mixed_bfloat16"
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
