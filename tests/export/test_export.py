"""Each format gives the generator's pixels in its own runtime, where there is no gan_keras."""

import functools
import subprocess
import sys

import click.testing
import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras import cli, exporting, kinds, layers
from gan_keras.networks import dcgan, r3gan, stylegan2, table_mlp

ONNX = ("onnx", "tf2onnx", "onnxruntime")
FORMATS = {"keras": "g.keras", "saved_model": "g", "onnx": "g.onnx", "tflite": "g.tflite"}
SERVE = """
import sys
sys.modules["gan_keras"] = None  # any import of it fails
import numpy as np
inputs = dict(np.load("inputs.npz"))
def keras(path):
    import keras
    return keras.models.load_model(path)(list(inputs.values())).numpy()
def saved_model(path):
    import tensorflow as tf
    return tf.saved_model.load(path).signatures["serving_default"](
        **{name: tf.constant(array) for name, array in inputs.items()}).popitem()[1].numpy()
def tflite(path):
    import tensorflow as tf
    return tf.lite.Interpreter(path).get_signature_runner()(**inputs).popitem()[1]
def onnx(path):
    import onnxruntime
    return onnxruntime.InferenceSession(path).run(None, inputs)[0]
paths = dict(argument.split("=") for argument in sys.argv[1:])
np.savez("outputs.npz", **{name: globals()[name](path) for name, path in paths.items()})
"""


@functools.cache
def gan(num_classes=None, policy="float32"):
    """With batch norm whose moving statistics are not those that it starts with."""
    keras.mixed_precision.set_dtype_policy(policy)
    try:
        keras.utils.set_random_seed(1)
        arguments = {"num_classes": num_classes, "mapping": num_classes}
        model = gan_keras.GAN(
            dcgan.generator((8, 8, 3), 4, widths=(6, 4), **arguments),
            dcgan.discriminator((8, 8, 3), widths=(4,), num_classes=num_classes),
            moving_average=100,
            num_classes=num_classes,
        )
    finally:
        keras.mixed_precision.set_dtype_policy("float32")
    random = np.random.default_rng(0)
    weights = [random.uniform(0.2, 0.9, w.shape) for w in model.generator.get_weights()]
    model.moving_average_generator.set_weights(weights)
    return model


def formats():
    """Those whose packages are installed."""
    missing = [name for name in ONNX if not installed(name)]
    return [name for name in FORMATS if name != "onnx" or not missing]


def installed(package):
    try:
        __import__(package)
    except ImportError:
        return False
    return True


@pytest.mark.parametrize("uint8", [False, True])
@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_the_pixels_of_the_averaged_generator(tmp_path, name, uint8):
    if name == "onnx":
        for package in ONNX:
            pytest.importorskip(package)
    model, path = gan(), tmp_path / FORMATS[name]
    assert exporting.export(model, path, format=name, uint8=uint8) <= (1 if uint8 else 1e-5)
    latents = model.latents(3, seed=1)
    expected = model.decode(latents)
    samples = exporting.FORMATS[name].run(path, {"latents": latents})
    if uint8:
        assert samples.dtype == np.uint8
        assert np.abs(samples.astype(int) - gan_keras.images.to_uint8(expected)).max() <= 1
    else:
        assert np.abs(samples - expected).max() < 1e-5
    assert np.abs(expected - model.decode(latents, use_moving_average=False)).max() > 0.1


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_the_rows_of_a_table(tmp_path, name):
    if name == "onnx":
        for package in ONNX:
            pytest.importorskip(package)
    generator = table_mlp.generator((6,), 3, blocks=(4, 2), width=4, condition_size=8)
    discriminator = table_mlp.discriminator((6,), width=4, condition_size=8)
    columns = [{"name": "a", "type": "category", "values": list("wxyz")}]
    columns += [{"name": "b", "type": "boolean", "values": ["no", "yes"]}]
    kind = kinds.Table(columns=columns)
    model = gan_keras.GAN(generator, discriminator, kind=kind)
    path = tmp_path / FORMATS[name]
    assert exporting.export(model, path, format=name) == 0
    latents = model.latents(50, seed=1)
    told = np.broadcast_to(kind.where({"b": "yes"}).condition(), (50, 8))
    rows = exporting.FORMATS[name].run(path, {"latents": latents, "condition": told})
    expected = model.decode(latents, condition=told[0])
    np.testing.assert_array_equal(kind.from_network(rows), expected)
    assert (expected[:, 1] == 1).all()


@pytest.mark.parametrize("network", [r3gan, stylegan2])
def test_networks_that_blur_as_they_double_are_exported_to_onnx(tmp_path, network):
    """StyleGAN2's transposed depthwise convolutions and R3GAN's grouped ones among them."""
    for package in ONNX:
        pytest.importorskip(package)
    more = {"group_size": 4} if network is r3gan else {}
    keras.utils.set_random_seed(1)
    generator = network.generator((8, 8, 3), 3, widths=(8, 8), num_classes=3, **more)
    random = np.random.default_rng(0)
    generator.set_weights([random.normal(0, 0.3, w.shape) for w in generator.get_weights()])
    discriminator = dcgan.discriminator((8, 8, 3), widths=(4,), num_classes=3)
    model = gan_keras.GAN(generator, discriminator, num_classes=3)
    path = tmp_path / "g.onnx"
    assert exporting.export(model, path, format="onnx") < 1e-4
    latents = model.latents(5, seed=1)
    labels = np.array([0, 1, 2, 0, 1], "int32")
    samples = exporting.FORMATS["onnx"].run(path, {"latents": latents, "labels": labels})
    expected = generator.predict([latents, labels], verbose=0)
    assert expected.std() > 1e-3
    assert np.abs(samples - expected).max() < 1e-3 * expected.std()


@pytest.mark.parametrize(
    ("size", "taps", "stride", "padding"),
    [
        ((8, 10), (4, 4), 2, "SAME"),
        ((7, 9), (3, 2), 2, "SAME"),
        ((8, 10), (1, 1), 2, "SAME"),
        ((10, 12), (4, 4), 2, "VALID"),
    ],
)
def test_transposed_depthwise_convolutions_in_onnx(tmp_path, size, taps, stride, padding):
    """Windows that reach over the border, that do not, and that leave pixels bare."""
    for package in ONNX:
        pytest.importorskip(package)
    kernel = np.random.default_rng(1).normal(size=(*taps, 3, 1)).astype("float32")

    class Transposed(keras.layers.Layer):
        def call(self, maps):
            sizes, strides = (tf.shape(maps)[0], *size, 3), (1, stride, stride, 1)
            return tf.nn.depthwise_conv2d_backprop_input(sizes, kernel, maps, strides, padding)

    maps = keras.Input((4, 5, 3))
    model = keras.Model(maps, Transposed()(maps))
    onnx_file, path = exporting.FORMATS["onnx"], tmp_path / "g.onnx"
    onnx_file.write(model, path)
    given = np.random.default_rng(0).normal(size=(2, 4, 5, 3)).astype("float32")
    if padding == "VALID":
        with pytest.raises(Exception, match="No Op registered for DepthwiseConv2dNative"):
            onnx_file.run(path, {"maps": given})
        return
    expected = model.predict(given, verbose=0)
    np.testing.assert_allclose(onnx_file.run(path, {"maps": given}), expected, atol=1e-5)


@pytest.mark.slow
def test_conditional_files_serve_where_gan_keras_cannot_be_imported(tmp_path):
    model = gan(num_classes=3)
    for name in formats():
        exporting.export(model, tmp_path / FORMATS[name], format=name)
    inputs = {"latents": model.latents(3, seed=1), "labels": np.array([2, 0, 1], "int32")}
    np.savez(tmp_path / "inputs.npz", **inputs)
    files = [f"{name}={FORMATS[name]}" for name in formats()]
    subprocess.run([sys.executable, "-c", SERVE, *files], cwd=tmp_path, check=True)
    expected = model.decode(inputs["latents"], labels=inputs["labels"])
    with np.load(tmp_path / "outputs.npz") as outputs:
        assert sorted(outputs.files) == sorted(formats())
        for name in outputs.files:
            assert np.abs(outputs[name] - expected).max() < 1e-5, name


def test_mixed_precision_is_exported_as_float32(tmp_path):
    exporting.export(gan(policy="mixed_bfloat16"), tmp_path / "g.keras", format="keras")
    loaded = keras.models.load_model(tmp_path / "g.keras")
    inner = [layer for model in loaded.layers for layer in getattr(model, "layers", [])]
    assert inner
    assert {layer.dtype_policy.name for layer in inner} == {"float32"}


def test_layers_that_only_gan_keras_has_are_refused_for_a_keras_file(tmp_path):
    latents = keras.Input((4,))
    x = layers.PixelNorm()(latents)
    generator = keras.Model(latents, keras.layers.Dense(2)(x))
    points = keras.Input((2,))
    model = gan_keras.GAN(generator, keras.Model(points, keras.layers.Dense(1)(points)))
    with pytest.raises(ValueError, match=r"PixelNorm.*saved_model, onnx or tflite"):
        exporting.export(model, tmp_path / "g.keras", format="keras")
    assert exporting.export(model, tmp_path / "g", format="saved_model") < 1e-6
    with pytest.raises(ValueError, match="--uint8 is for images"):
        exporting.export(model, tmp_path / "bytes", format="saved_model", uint8=True)


def test_a_file_that_would_give_other_pixels_is_not_written(tmp_path, monkeypatch):
    keras_file = exporting.FORMATS["keras"]
    right = keras_file.run
    monkeypatch.setattr(keras_file, "run", lambda *arguments: right(*arguments) + 0.01)
    with pytest.raises(RuntimeError, match=r"differ from the generator's by 0\.01"):
        exporting.export(gan(), tmp_path / "g.keras", format="keras")
    assert list(tmp_path.iterdir()) == []


def test_a_converter_that_fails_is_reported_in_one_line(tmp_path, monkeypatch):
    def fail(model, path):
        raise RuntimeError("no such\noperation")

    monkeypatch.setattr(exporting.FORMATS["tflite"], "write", fail)
    with pytest.raises(ValueError, match=r"\(no such operation\). Take --format saved_model"):
        exporting.export(gan(), tmp_path / "g.tflite", format="tflite")


def test_a_missing_package_is_named_with_its_pip_line(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    monkeypatch.setattr("gan_keras.exporting.onnx_file.PACKAGES", ("tf2onnx",))
    with pytest.raises(ImportError, match=r'needs tf2onnx.*pip install "gan-keras\[onnx\]"'):
        exporting.export(gan(), tmp_path / "g.onnx", format="onnx")


def test_command_writes_checks_and_refuses(tmp_path, monkeypatch):
    monkeypatch.setattr("gan_keras.running.sampling.load", lambda run: gan())
    (tmp_path / "config.json").write_text("{}")

    def call(*arguments):
        runner = click.testing.CliRunner()
        return runner.invoke(cli.main, ["export", str(tmp_path), *arguments])

    result = call("--uint8")
    assert result.exit_code == 0, result.output
    assert "export-1.keras and ran it: largest difference 0" in result.output
    assert (tmp_path / "export-1.keras").is_file()
    assert (tmp_path / "export-2.keras").exists() is False
    taken = call("--out", str(tmp_path / "export-1.keras"))
    assert taken.exit_code == 2
    assert "exists already" in taken.output
    wrong = call("--format", "onnx", "--out", str(tmp_path / "g.keras"))
    assert wrong.exit_code == 2
    assert "ends in .onnx" in wrong.output


@pytest.mark.parametrize("cause", ["No space left on device", "Disk quota exceeded"])
def test_full_disk_is_no_missing_operation(cause, tmp_path, monkeypatch):
    """TensorFlow and HDF5 raise classes of their own for it."""
    from gan_keras.exporting import saved_model as written

    def write(*arguments):
        raise RuntimeError(f"{tmp_path}/x; {cause}")

    monkeypatch.setattr(written, "write", write)
    with pytest.raises(OSError, match=r"Could not write '.*/full' \(.*\)\. Nothing was left there"):
        exporting.export(gan(), tmp_path / "full", format="saved_model")
    assert not list(tmp_path.iterdir())
