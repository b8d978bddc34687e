"""A network of Keras's own layers computes what ours does, and opens without gan_keras."""

import json
import subprocess
import sys

import keras
import numpy as np
import pytest

import gan_keras
from gan_keras import layers
from gan_keras.callbacks import GeneratorExport
from gan_keras.exporting.plain import plain
from gan_keras.exporting.serving import own_layers
from gan_keras.models import transfer
from gan_keras.networks import (
    biggan,
    dcgan,
    mlp,
    r3gan,
    resnet,
    sagan,
    sequence,
    stylegan2,
    table_mlp,
)

SHAPE = (8, 8, 3)
SMALL = {"widths": (4, 6)}
NETWORKS = {
    "mlp": lambda n: mlp.generator((2,), 3, widths=(4,), num_classes=n),
    "dcgan": lambda n: dcgan.generator(SHAPE, 3, **SMALL, num_classes=n, mapping=5),
    "resnet": lambda n: resnet.generator(SHAPE, 3, **SMALL, num_classes=n),
    "resnet_spectral": lambda n: resnet.generator(
        SHAPE, 3, **SMALL, num_classes=n, spectral_norm=True
    ),
    "sagan": lambda n: sagan.generator(SHAPE, 3, **SMALL, num_classes=n),
    "biggan": lambda n: biggan.generator(SHAPE, 4, **SMALL, num_classes=n or 2),
    "r3gan": lambda n: r3gan.generator(SHAPE, 3, **SMALL, group_size=4, num_classes=n),
    "stylegan2": lambda n: stylegan2.generator(
        SHAPE, 3, **SMALL, num_mapping_layers=1, num_classes=n
    ),
}
CASES = [(name, n) for name in NETWORKS for n in (None, 3) if (name, n) != ("biggan", None)]
OPEN = """
import sys, json
sys.modules["gan_keras"] = None  # any import of it fails
import keras, numpy as np
found = {}
for name in sys.argv[1:]:
    given = np.load(name + ".npz")
    inputs = [given[key] for key in ("latents", "labels") if key in given]
    samples = keras.models.load_model(name + ".keras")(inputs if len(inputs) > 1 else inputs[0])
    found[name] = float(np.abs(np.asarray(samples) - given["samples"]).max())
print(json.dumps(found))
"""


def network(name, num_classes):
    """A generator whose weights, statistics and gains are none that it starts with."""
    keras.utils.set_random_seed(1)
    model = NETWORKS[name](num_classes)
    random = np.random.default_rng(0)
    low = {True: -0.5, False: 0.2}  # of kernels, and of gains and variances
    weights = [random.uniform(low[w.ndim > 1], 0.7, w.shape) for w in model.get_weights()]
    model.set_weights(weights)
    for layer in model._flatten_layers():
        if isinstance(layer, layers.SpectralNorm):
            layer.start_vectors()  # in place of random ones
    return model


def inputs_of(model):
    latents = np.random.default_rng(1).normal(size=(5, model.inputs[0].shape[-1]))
    given = {"latents": latents.astype("float32")}
    if len(model.inputs) > 1:
        given["labels"] = np.arange(5, dtype="int32") % 2
    return given


def run(model, given):
    values = list(given.values())
    return np.asarray(model(values if len(values) > 1 else values[0], training=False))


@pytest.mark.parametrize(("name", "num_classes"), CASES)
def test_computes_the_same(name, num_classes):
    model = network(name, num_classes)
    before = [np.array(w) for w in model.get_weights()]
    copy = plain(model)
    expected = run(model, inputs_of(model))
    assert expected.std() > 1e-3
    np.testing.assert_allclose(run(copy, inputs_of(model)), expected, rtol=1e-4, atol=1e-5)
    assert copy.name == model.name
    assert [tensor.name for tensor in copy.inputs] == [tensor.name for tensor in model.inputs]
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    left = own_layers(keras.saving.serialize_keras_object(copy))
    assert bool(left) == (name == "stylegan2"), left


def test_rows_of_a_table_computed_the_same():
    """To the unit, of choices that are often close; what is fixed stays so."""
    sizes = (3, 1, 4)
    model = table_mlp.generator((8,), 5, blocks=sizes, width=6, num_blocks=1, condition_size=11)
    random = np.random.default_rng(0)
    latents = random.normal(size=(20_000, 13)).astype("float32")
    condition = np.zeros((20_000, 11), "float32")
    condition[::2, [1, 8]] = 1.0  # the second unit of the first block
    expected = run(model, {"latents": latents, "condition": condition})
    found = run(plain(model), {"latents": latents, "condition": condition})
    assert (found != expected).any(axis=1).mean() < 1e-4
    assert (found[::2, :3] == [0.0, 1.0, 0.0]).all()
    assert 0.0 < found[1::2, 1].mean() < 0.9
    assert own_layers(keras.saving.serialize_keras_object(plain(model))) == []


def test_sequences_keep_all_their_places():
    model = sequence.generator((6, 4), 3, width=8, num_blocks=1)
    given = {"latents": np.random.default_rng(0).normal(size=(500, 27)).astype("float32")}
    expected = run(model, given)
    assert expected.shape == (500, 6, 4)
    assert (run(plain(model), given) != expected).any(axis=(1, 2)).mean() < 0.01


def test_the_copy_has_weights_of_its_own():
    model = network("dcgan", None)
    given = inputs_of(model)
    copy = plain(model)
    expected = run(copy, given)
    model.set_weights([w * 0 for w in model.get_weights()])
    np.testing.assert_array_equal(run(copy, given), expected)


@pytest.mark.slow
def test_the_file_of_a_run_opens_where_gan_keras_cannot_be_imported(tmp_path):
    names = []
    for name, num_classes in CASES:
        if name == "stylegan2":
            continue
        model = network(name, num_classes)
        stem = f"{name}_{num_classes}"
        plain(model).save(tmp_path / f"{stem}.keras")
        given = inputs_of(model)
        np.savez(tmp_path / f"{stem}.npz", **given, samples=run(model, given))
        names.append(stem)
    found = subprocess.run(
        [sys.executable, "-c", OPEN, *names], cwd=tmp_path, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr[-2000:]
    differences = json.loads(found.stdout.splitlines()[-1])
    assert sorted(differences) == sorted(names)
    assert max(differences.values()) < 1e-4, differences


def test_generator_export_writes_the_averaged_generator_plainly(tmp_path):
    gan = gan_keras.GAN(
        network("dcgan", None), dcgan.discriminator(SHAPE, widths=(4,)), moving_average=100
    )
    weights = [w * 0.5 for w in gan.generator.get_weights()]
    gan.moving_average_generator.set_weights(weights)
    callback = GeneratorExport(str(tmp_path / "generator.keras"))
    callback.set_model(gan)
    callback.save()
    loaded = keras.models.load_model(tmp_path / "generator.keras")
    assert own_layers(keras.saving.serialize_keras_object(loaded)) == []
    given = inputs_of(gan.generator)
    expected = run(gan.moving_average_generator, given)
    np.testing.assert_allclose(run(loaded, given), expected, atol=1e-6)
    assert np.abs(expected - run(gan.generator, given)).max() > 1e-3


@pytest.mark.parametrize("name", ["dcgan", "resnet_spectral", "sagan", "biggan", "r3gan"])
def test_transfer_takes_a_plain_generator_as_it_takes_ours(name, tmp_path):
    source = network(name, 3)
    keras.utils.set_random_seed(2)
    target = gan_keras.GAN(
        NETWORKS[name](3), dcgan.discriminator(SHAPE, widths=(4,), num_classes=3), num_classes=3
    )
    plain(source).save(tmp_path / "plain.keras")
    missing = transfer.transfer(target, tmp_path / "plain.keras")
    assert all(name.startswith("discriminator/") for name in missing), missing
    given = inputs_of(source)
    np.testing.assert_allclose(
        run(target.generator, given), run(source, given), rtol=1e-3, atol=1e-4
    )
