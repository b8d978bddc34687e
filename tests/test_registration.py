"""Every file opens after `import gan_keras` alone, whatever else has been imported or not."""

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

import gan_keras
from gan_keras import augment, registration
from gan_keras.networks import dcgan

ROOT = Path(gan_keras.__file__).parents[1]
ORDERS = ("import gan_keras, keras", "import keras, gan_keras", "import gan_keras.losses, keras")


def fresh(code, *arguments):
    """What a new process prints for `code`, as JSON."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.dont_write_bytecode = True\n{code}"
    found = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr[-2000:]
    return json.loads(found.stdout.splitlines()[-1])


def registered():
    """Dict from registered name to class, after every module of the package has been imported."""
    for module in pkgutil.walk_packages(gan_keras.__path__, "gan_keras."):
        if module.name != "gan_keras.__main__":
            importlib.import_module(module.name)
    found = {}
    for name, module in list(sys.modules.items()):
        if not name.startswith("gan_keras."):
            continue
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == name:
                registered_name = keras.saving.get_registered_name(value)
                if registered_name.startswith("gan_keras>"):
                    assert found.get(registered_name, value) is value, "two classes of one name"
                    found[registered_name] = value
    return found


def test_no_class_is_forgotten():
    declared = {
        f"gan_keras>{registration.OLD_NAMES.get(name, name)}": f"gan_keras.{module}"
        for module, names in registration.CLASSES.items()
        for name in names
    }
    found = {name: value.__module__ for name, value in registered().items()}
    assert len(found) > 50
    assert declared == found, "Add the class to CLASSES in gan_keras/registration.py."


@pytest.mark.slow
def test_every_class_is_found_after_the_package_alone():
    code = """
import gan_keras, keras, json
found = {}
for name, late in list(keras.saving.get_custom_objects().items()):
    found[name] = [type(late).__name__, late.module, late.load().__name__]
print(json.dumps(found))
"""
    expected = {
        name: ["LateClass", value.__module__, value.__name__]
        for name, value in registered().items()
    }
    assert fresh(code) == expected


@pytest.mark.slow
@pytest.mark.parametrize("order", ORDERS)
def test_a_file_opens_in_either_order_of_imports(order, tmp_path):
    generator = dcgan.generator((8, 8, 1), 3, widths=(4,), num_classes=2, embedding_dim=2)
    gan = gan_keras.GAN(
        generator,
        dcgan.discriminator((8, 8, 1), widths=(4,), num_classes=2, normalization="spectral"),
        loss="hinge",
        penalties=["r1"],
        augment=augment.DiffAugment(policies=("brightness",)),
        moving_average=100,
        num_classes=2,
    )
    gan.compile()
    gan.save(tmp_path / "model.keras")
    generator.save(tmp_path / "generator.keras")
    latents, labels = np.ones((2, 3), "float32"), np.array([0, 1], "int32")
    np.savez(tmp_path / "inputs.npz", latents=latents, labels=labels)
    code = """
model = keras.models.load_model(sys.argv[1] + "/model.keras")
generator = keras.models.load_model(sys.argv[1] + "/generator.keras")
import json, numpy as np
given = np.load(sys.argv[1] + "/inputs.npz")
samples = np.asarray(generator([given["latents"], given["labels"]]))
print(json.dumps([type(model).__module__, model.compiled, samples.tolist()]))
"""
    module, compiled, samples = fresh(f"{order}\n{code}", tmp_path)
    assert (module, compiled) == ("gan_keras.models.gan", True)
    np.testing.assert_array_equal(
        np.array(samples, "float32"), np.asarray(generator([latents, labels]))
    )


@pytest.mark.slow
def test_files_of_translators_open_after_the_package_alone(tmp_path, monkeypatch):
    """Their networks, distances, corruptions, crops and kinds with them."""
    monkeypatch.syspath_prepend(ROOT / "tests" / "models")
    examples = importlib.import_module("examples")
    names = ("cut", "cyclegan", "inpainting", "pix2pix")
    expected, inputs = {}, {}
    for name in names:
        model = examples.EXAMPLES[name]()
        model.compile(**examples.optimizers())
        model.save(tmp_path / f"{name}.keras")
        shape = (2, *model.input_kind.shape)
        inputs[name] = np.random.default_rng(0).uniform(-1, 1, shape).astype("float32")
        expected[name] = model.translate(inputs[name])
    np.savez(tmp_path / "inputs.npz", **inputs)
    code = """
import gan_keras, keras, json, numpy as np
found = {}
for name, given in np.load(sys.argv[1] + "/inputs.npz").items():
    model = keras.models.load_model(f"{sys.argv[1]}/{name}.keras")
    found[name] = [type(model).__name__, model.compiled, model.translate(given).tolist()]
print(json.dumps(found))
"""
    for name, (kind, compiled, made) in fresh(code, tmp_path).items():
        assert (kind, compiled) == (type(examples.EXAMPLES[name]()).__name__, True)
        np.testing.assert_array_equal(np.array(made, "float32"), expected[name])
        assert np.abs(expected[name]).max() > 1e-3


def test_the_package_imports_no_keras():
    code = """
import gan_keras, gan_keras.cli, json
print(json.dumps([name for name in ("keras", "tensorflow") if name in sys.modules]))
"""
    assert fresh(code) == []


def test_a_class_that_keras_knows_stays_itself():
    registration.declare()
    registration.declare()
    assert keras.saving.get_registered_object("gan_keras>GAN") is gan_keras.GAN


def test_the_finder_is_there_once():
    registration.declare_with_keras()
    assert sum(isinstance(f, registration.AfterKeras) for f in sys.meta_path) == 1
    assert registration.AfterKeras().find_spec("numpy") is None


def test_imports_draw_no_random_numbers():
    """Else a seed that was set before the first use of `gan_keras.GAN` would lead elsewhere."""
    code = """
import importlib, json, pkgutil, random, keras, tensorflow, gan_keras
before = random.getstate()
for module in pkgutil.walk_packages(gan_keras.__path__, "gan_keras."):
    if module.name != "gan_keras.__main__":
        importlib.import_module(module.name)
print(json.dumps(random.getstate() == before))
"""
    assert fresh(code) is True
