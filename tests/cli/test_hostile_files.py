"""Files of a stranger that try to run code, or to reach out of their folder: none of them does.

Whatever runs would leave a file named victim; `evil.py`, which is on Python's path, leaves one
when it is imported.
"""

import collections
import io
import json
import os
import pickle
import zipfile

import keras
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from gan_keras import data
from gan_keras.callbacks import checkpoint_folder
from gan_keras.cli import main
from gan_keras.metrics import statistics_file
from gan_keras.metrics.features import classifier_file, keras_model
from gan_keras.pretrained import torch_file
from gan_keras.running import runs, sampling

EVIL = """
open("victim", "w").close()
class X:
    pass
def f(*arguments):
    return arguments
"""
CODE = "__import__('os').mkdir('victim')"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory with `evil.py` in it; at the end nothing may have run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "evil.py").write_text(EVIL)
    yield tmp_path
    assert not (tmp_path / "victim").exists()


# ------------------------------------------------------------- pickles


class Calls:
    """Pickled as a call of a function."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


PICKLES = {
    "os.mkdir": pickle.dumps(Calls(os.mkdir, "victim")),
    "os.system": pickle.dumps(Calls(os.system, "touch victim")),
    "eval": pickle.dumps(Calls(eval, CODE)),
    "exec": pickle.dumps(Calls(exec, CODE), protocol=0),
    "open": pickle.dumps(Calls(open, "victim", "w")),
    "old opcode GLOBAL": b"cos\nmkdir\n(S'victim'\ntR.",
    "old opcode INST": b"(S'victim'\nios\nmkdir\n.",
    "old opcode OBJ": b"(cos\nmkdir\nS'victim'\no.",
    "a module that runs on import": b"cevil\nX\n.",
    "a path through a known name": b"\x80\x04\x8c\x0bcollections\x8c\x13OrderedDict.__new__\x93.",
    "in a state dict": pickle.dumps(collections.OrderedDict(a=Calls(os.mkdir, "victim"))),
    "NumPy's own scalar": pickle.dumps(np.float64(1)),
}


def npy(content):
    """An .npy of one Python object, whose pickle is `content`."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        file, {"descr": "|O", "fortran_order": False, "shape": (1,)}
    )
    return file.getvalue() + content


def npz(content):
    """An .npz of one such array, by all the names that are looked for."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("x", "images", "mean", "kernel_0"):
            archive.writestr(f"{name}.npy", npy(content))
    return file.getvalue()


def statistics(path):
    return statistics_file.load(path, key={}, first="", shape=())


READERS = {
    "data .npy": ("f.npy", npy, data.source),
    "data .npz": ("f.npz", npz, data.source),
    "pickle named .npz": ("f.npz", bytes, data.source),
    "statistics": (
        "f.npz",
        npz,
        statistics,
    ),
    "classifier": ("f.npz", npz, classifier_file.load),
    "weights .pth": ("f.pth", bytes, torch_file.read),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("content", PICKLES)
def test_pickle(here, reader, content):
    name, packed, read = READERS[reader]
    (here / name).write_bytes(packed(PICKLES[content]))
    with pytest.raises(ValueError, match=name):
        read(name)


# ------------------------------------------------------------- Keras files

OF_EVIL = {"module": "evil", "class_name": "X", "config": {}, "registered_name": None}
FUNCTION = {"module": "evil", "class_name": "function", "config": "f", "registered_name": "f"}
LAMBDA = {"class_name": "__lambda__", "config": {"code": "4wEAAA==", "defaults": None}}


def own(class_name, module, **config):
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


LAYERS = {
    "class of a module": OF_EVIL,
    "registered class of a module": {**OF_EVIL, "registered_name": "evil>X"},
    "function of a module": FUNCTION,
    "os.mkdir": own("mkdir", "os", path="victim"),
    "exec": own("exec", "builtins", source=CODE),
    "Keras's own mkdir": own("makedirs", "keras.src.utils.file_utils", path="victim"),
    "Keras's download": own("get_file", "keras.utils", origin="file:///etc/hostname"),
    "unsafe mode": own("enable_unsafe_deserialization", "keras.src.saving.serialization_lib"),
    "Lambda": own("Lambda", "keras.layers", name="l", function=LAMBDA),
    "Lambda of a function": own("Lambda", "keras.layers", name="l", function=FUNCTION),
    "TFSMLayer": own("TFSMLayer", "keras.layers", filepath="."),
}
ARGUMENTS = {"kernel_initializer": OF_EVIL, "activation": FUNCTION, "kernel_regularizer": OF_EVIL}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A harmless .keras file."""
    path = tmp_path_factory.mktemp("whole") / "m.keras"
    keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).save(path)
    return path


def altered(whole, path, *, layer=None, config=None, top=None):
    """A copy of a .keras file with another layer, other arguments of it, or another class."""
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "config.json":
                found = json.loads(content)
                if layer:
                    found["config"]["layers"][1] = layer
                if config:
                    found["config"]["layers"][1]["config"].update(config)
                content = json.dumps({**found, **(top or {})})
            new.writestr(name, content)


def run_with(model_file):
    """A run whose only checkpoint holds that file as its model."""
    config = {"recipe": "ring", "settings": {"data": "ring"}, "arguments": {}, "data": {}}
    run = runs.create("run", config)
    content = model_file.read_bytes()
    checkpoint_folder.write(run.checkpoints, 1, lambda path: path.write_bytes(content), [], {})
    return run


def check_refused(path):
    """Both ways to open a model: as a run's, and as a file that somebody names."""
    run = run_with(path)
    with pytest.raises(ValueError, match=r"model\.keras' is no Keras model that can be loaded"):
        sampling.load(run)
    with pytest.raises(ValueError, match=r"m\.keras' is no Keras model that can be loaded"):
        keras_model.loaded(path)


@pytest.mark.parametrize("layer", LAYERS)
def test_layer(here, whole, layer):
    altered(whole, here / "m.keras", layer=LAYERS[layer])
    check_refused(here / "m.keras")


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_argument_of_a_layer(here, whole, argument):
    altered(whole, here / "m.keras", config={argument: ARGUMENTS[argument]})
    check_refused(here / "m.keras")


def test_class_of_the_model(here, whole):
    altered(whole, here / "m.keras", top=OF_EVIL)
    check_refused(here / "m.keras")


def test_names_in_an_archive_lead_nowhere(here, whole):
    (here / "inner").mkdir()
    os.chdir(here / "inner")
    path = here / "inner" / "m.keras"
    altered(whole, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../victim", "x")
        archive.writestr(f"{here}/victim", "x")
    keras_model.loaded(path)
    with zipfile.ZipFile("d.npz", "w") as archive:
        content = io.BytesIO()
        np.save(content, np.zeros((4, 2), "float32"))
        archive.writestr("../victim.npy", content.getvalue())
    assert data.source("d.npz").num_samples == 4
    assert not (here / "victim.npy").exists()
    os.chdir(here)


# ------------------------------------------------------------- names and settings

EVIL_NAMES = [
    ["train", "evil"],
    ["train", "./evil.py"],
    ["train", "evil:X"],
    *(
        ["train", "ring", "--dry-run", "--set", f"{setting}={value}"]
        for setting in (
            *("loss", "network", "algorithm", "augment", "corruption", "penalties.evil.weight"),
            *("generator_optimizer", "generator_optimizer.learning_rate", "distances.evil.weight"),
            *("generator.normalization", "model.prior", "data_arguments.split"),
        )
        for value in ("evil", CODE, str({"name": "evil.X"}), str(OF_EVIL))
    ),
    ["train", "fashion_mnist_dcgan", "--set", f"generator.initializer={OF_EVIL}", "--dry-run"],
    ["train", "ring", "--quality", "evil"],
    ["train", "ring", "--data", "evil.py"],
    ["train", "ring", "--data", "$(touch victim)"],
    ["train", "ring", "--data", "`touch victim`"],
    ["train", "ring", "--data", "|touch victim"],
    ["train", "ring", "--from", "evil.py"],
    ["evaluate", "evil.npz", "--against", "ring", "--extractor", "evil"],
    ["evaluate", "evil.npz", "--against", "ring", "--extractor", "evil.py"],
    ["evaluate", "evil.npz", "--against", "ring", "--metrics", "evil.f"],
]


@pytest.mark.parametrize("line", EVIL_NAMES, ids=lambda line: " ".join(line)[:60])
def test_name(here, line):
    np.savez("evil.npz", x=np.zeros((8, 2), "float32"))
    result = CliRunner().invoke(main, line)
    assert result.exit_code == 2, (result.output, result.exception)
    assert not (here / "runs").exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"data": "evil.py"},
        {"loss": OF_EVIL},
        {"network": "evil"},
        {"augment": {"name": "evil.X"}},
        {"generator_optimizer": {"name": CODE}},
        {"__class__": "evil.X"},
        {"generator": {"__init__": CODE}},
    ],
    ids=str,
)
def test_settings_of_a_run(here, settings):
    base = {"name": "ring", "summary": "x", "data": "ring", "network": "mlp"}
    config = {"recipe": "ring", "settings": {**base, **settings}, "arguments": {}, "data": {}}
    runs.create("run", {**config, "data": {"fingerprint": "x"}})
    result = CliRunner().invoke(main, ["train", "--resume", "run", "--dry-run"])
    assert result.exit_code == 2, (result.output, result.exception)


def test_names_of_files_are_only_names(here):
    for name in ("a b", "$(touch victim)", "`touch victim`", "; touch victim #", "%s{0.__class__}"):
        (here / "pictures" / name).mkdir(parents=True)
        Image.new("L", (4, 4)).save(here / "pictures" / name / f"{name}.png")
    assert data.source("pictures").num_samples == 5


def test_table_that_a_spreadsheet_would_run(here):
    rows = "\n".join(f"{i},\"=cmd|' /C touch victim'!A{i % 2}\"" for i in range(40))
    (here / "t.csv").write_text(f"number,=1+1\n{rows}\n")
    assert data.source("t.csv").num_samples == 40
