"""Translators go out as latents' generators do: inputs by name, one network or several."""

import keras
import numpy as np
import pytest

from gan_keras import callbacks, exporting, kinds, models
from gan_keras.layers import FourierUnit
from gan_keras.networks import lama, patchgan, resnet_translator, spade, srresnet, unet

SUFFIXES = {"keras": ".keras", "saved_model": "", "onnx": ".onnx", "tflite": ".tflite"}
HAVE_OWN = {"spade": "Spade", "lama": "FourierUnit", "srresnet": "BilinearUpsample"}


def translator(name):
    build = {
        "unet": lambda: unet.generator((8, 8, 1), (8, 8, 3), width=4, num_levels=2),
        "resnet": lambda: resnet_translator.generator((8, 8, 3), (8, 8, 3), width=4, num_blocks=1),
        "srresnet": lambda: srresnet.generator((8, 8, 3), (16, 16, 3), width=4, num_blocks=1),
        "spade": lambda: spade.generator((8, 8, 1), (8, 8, 3), num_labels=3, width=2, hidden=2),
        "lama": lambda: lama.generator((8, 8, 4), (8, 8, 3), width=4, num_blocks=1, num_halvings=1),
    }
    generator = build[name]()
    kind = kinds.LabelMaps(shape=(8, 8, 1), num_classes=3) if name == "spade" else None
    judge = patchgan.discriminator(tuple(generator.outputs[0].shape[1:]), width=4, num_layers=1)
    return models.Pix2Pix(generator, judge, input_kind=kind)


@pytest.mark.slow
@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("name", ["unet", "resnet", "srresnet", "spade", "lama"])
def test_each_format_has_the_pixels_of_each_translator(tmp_path, name, form):
    if form == "onnx":
        for package in ("onnx", "tf2onnx", "onnxruntime"):
            pytest.importorskip(package)
    model, path = translator(name), tmp_path / f"g{SUFFIXES[form]}"
    if form == "keras" and name in HAVE_OWN:
        with pytest.raises(ValueError, match=HAVE_OWN[name]):
            exporting.export(model, path, format=form)
        assert not path.exists()
        return
    assert exporting.export(model, path, format=form) < 1e-4
    units = [layer for layer in model.generator.layers if isinstance(layer, FourierUnit)]
    assert all(unit.method == "fft" for unit in units)
    shape = (2, *model.generator.inputs[0].shape[1:])
    dtype = model.generator.inputs[0].dtype
    given = np.random.default_rng(1).integers(0, 2, shape).astype(dtype)
    made = exporting.FORMATS[form].run(path, {"input": given})
    assert np.abs(made - np.asarray(model.generator(given))).max() < 1e-4


def cyclegan():
    generators = [
        resnet_translator.generator((8, 8, 3), (8, 8, 3), width=4, num_blocks=1) for _ in range(2)
    ]
    judges = [patchgan.discriminator((8, 8, 3), width=4, num_layers=1) for _ in range(2)]
    return models.CycleGAN(*generators, *judges)


def test_either_network_of_several(tmp_path):
    model = cyclegan()
    given = np.random.default_rng(0).uniform(-1, 1, (2, 8, 8, 3)).astype("float32")
    for name, network in model.served().items():
        path = tmp_path / f"{name}.keras"
        exporting.export(model, path, format="keras", network=name)
        made = exporting.FORMATS["keras"].run(path, {"input": given})
        assert np.abs(made - np.asarray(network(given))).max() < 1e-5
    with pytest.raises(ValueError, match="Unknown network 'backward'"):
        exporting.export(model, tmp_path / "b.keras", format="keras", network="backward")


def test_the_callback_writes_a_file_for_each_network(tmp_path):
    model = cyclegan()
    model.compile()
    export = callbacks.GeneratorExport(tmp_path / "generator.keras")
    export.set_model(model)
    export.save()
    given = np.random.default_rng(0).uniform(-1, 1, (2, 8, 8, 3)).astype("float32")
    for name, network in model.served().items():
        loaded = keras.models.load_model(tmp_path / f"{name}.keras")
        assert np.abs(np.asarray(loaded(given)) - np.asarray(network(given))).max() < 1e-5
    assert len(list(tmp_path.iterdir())) == 2
