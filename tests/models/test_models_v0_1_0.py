"""What 0.1.0 wrote is read, sampled and trained on as 0.1.0 did it.

`tests/fixtures/v0_1_0/` holds runs of that version after two steps, as `gan-keras train` left them
(without pictures and TensorBoard's files), and in `expected.npz` what it sampled of them and every
number that training moves one step later. They are not to be written anew.
"""

import hashlib
import pathlib
import shutil
import signal
from importlib import metadata

import keras
import numpy as np
import pytest
from click.testing import CliRunner

from gan_keras import cli, recipes
from gan_keras.running import runs, sampling
from gan_keras.running.training import Training

FIXTURES = pathlib.Path(__file__).parents[1] / "fixtures" / "v0_1_0"
CASES = ("ring", "conditional", "vae_gan", "infogan")
LABELS = np.array([0, 1, 1, 0], "int32")


def computer():
    """A hash of the processor and of the versions that decide how sums are rounded."""
    cpu = pathlib.Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines(keepends=True) if cpu.is_file() else []
    flags = next((line for line in lines if line.startswith("flags")), "")
    versions = "".join(metadata.version(name) for name in ("tensorflow", "keras", "numpy"))
    return hashlib.sha256((flags + versions).encode()).hexdigest()


def assert_same(found, expected, on):
    """Bitwise on the computer that wrote the fixtures, and to rounding on others."""
    if on == computer():
        np.testing.assert_array_equal(found, expected)
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=2e-5)


def everything(model):
    """Every number that training moves, in the order of 0.1.0."""
    metrics = {id(variable) for variable in model.metrics_variables}
    variables = [v for v in model.variables if id(v) not in metrics]
    for optimizer in (model.generator_optimizer, model.discriminator_optimizer):
        variables += optimizer.variables
    return [np.array(variable.numpy()) for variable in variables]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the fixtures as the working directory, where the runs find their data."""
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class StopAt(keras.callbacks.Callback):
    def __init__(self, step):
        super().__init__()
        self.step = step

    def on_train_batch_end(self, batch, logs=None):
        if self.model.steps_done == self.step:
            signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("case", CASES)
def test_it_samples_as_before(case):
    expected = np.load(FIXTURES / case / "expected.npz")
    model = sampling.load(runs.Run(FIXTURES / case))
    labels = None if model.num_classes is None else LABELS
    samples = model.sample(4, labels=labels, seed=5)
    assert_same(samples, expected["samples"], str(expected["computer"]))


@pytest.mark.parametrize("case", ["ring", "conditional"])
def test_its_generator_file_opens(case):
    model = sampling.load(runs.Run(FIXTURES / case))
    alone = keras.models.load_model(FIXTURES / case / "generator.keras")
    for weight, own in zip(
        alone.get_weights(), model.moving_average_generator.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(weight, own)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_the_next_step_is_the_one_before(case, folder):
    expected = np.load(folder / case / "expected.npz")
    run = runs.Run(folder / case)
    recipe = recipes.Recipe.from_settings(run.read_config()["settings"])
    training = Training(recipe, seed=3)
    training.run(run, extra_callbacks=[StopAt(3)], go_on=True)
    assert training.model.steps_done == 3
    found = everything(training.model)
    names = sorted(name for name in expected.files if name.isdigit())
    assert len(found) == len(names) > 20
    for name, array in zip(names, found, strict=True):
        assert_same(array, expected[name], str(expected["computer"]))


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ring", "conditional"])
def test_the_command_goes_on_with_it(case, folder):
    found = CliRunner().invoke(cli.main, ["train", "--resume", case])
    assert found.exit_code == 0, found.output
    rows = (folder / case / "history.csv").read_text().splitlines()
    assert rows[:2] == (FIXTURES / case / "history.csv").read_text().splitlines()
    assert len(rows) == 3
