"""The 2015 Inception against torch-fidelity's, on the same random weights."""

import hashlib
import json
import os

import numpy as np
import pytest
import reference_inputs

from gan_keras.metrics.features import inception, inception_network, resize
from gan_keras.pretrained import torch_file

FOLDER = os.path.dirname(__file__)


@pytest.fixture(scope="module")
def reference():
    with np.load(os.path.join(FOLDER, "inception_taps.npz"), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


@pytest.fixture(scope="module")
def weights(reference):
    shapes = json.loads(str(reference["shapes"]))
    return {name: reference_inputs.weight(name, shape) for name, shape in shapes.items()}


@pytest.fixture(scope="module")
def network(weights):
    model = inception_network.build()
    inception_network.set_weights(model, weights, "random")
    return model


@pytest.mark.parametrize("size", reference_inputs.IMAGE_SIZES)
def test_every_tapped_layer_agrees_with_torch_fidelity(network, reference, size):
    images = resize.tensorflow_1(reference_inputs.images(size), inception_network.SIZE)
    taps = network((images - 128.0) / 128.0, training=False)
    for tap in inception_network.TAPS:
        expected = reference[f"{size[0]}x{size[1]}/{tap}"]
        assert (
            np.abs(expected).max() > 1
        )  # activations are alive, so that agreement means something
        assert np.abs(taps[tap].numpy() - expected).max() < 1e-4, tap


def test_a_file_without_a_layer_loads_nothing(network, weights):
    model = network
    before = model.get_layer("Conv2d_1a_3x3.conv").get_weights()[0]
    incomplete = {name: 2 * array for name, array in weights.items() if name != "fc.bias"}
    with pytest.raises(ValueError, match=r"lacks 1 of 472 tensors.*fc\.bias.*Nothing was loaded"):
        inception_network.set_weights(model, incomplete, "random")
    assert (model.get_layer("Conv2d_1a_3x3.conv").get_weights()[0] == before).all()


def test_a_file_with_another_digest_is_refused(tmp_path):
    path = tmp_path / "weights.pth"
    path.write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"SHA-256 [0-9a-f]{16}.*6726825d0af5f729"):
        inception.Inception2015(weights=str(path), cache_dir=str(tmp_path))


def test_a_file_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv(inception.VARIABLE, str(tmp_path / "gone.pth"))
    with pytest.raises(ValueError, match=r"No file '.*gone\.pth'.*GAN_KERAS_INCEPTION"):
        inception.converted(cache_dir=str(tmp_path))


def test_extractor_gives_features_and_unbiased_probabilities(
    tmp_path, monkeypatch, network, weights, reference
):
    path = tmp_path / "weights.pth"
    path.write_bytes(b"stands in for the published file")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(torch_file, "read", lambda _: weights)
    monkeypatch.setattr(inception_network, "build", lambda: network)  # building takes seconds
    extractor = inception.Inception2015(weights=str(path), sha256=sha256, cache_dir=str(tmp_path))
    extractor.batch_size = 2  # as many as there are: padding to 32 takes seconds
    features, probabilities = extractor(reference_inputs.images((28, 28)))
    expected = reference["28x28/2048"]
    assert np.abs(features - expected).max() < 1e-4 * np.abs(expected).max()
    logits = reference["28x28/logits_unbiased"].astype("float64")
    softmax = np.exp(logits - logits.max(axis=1, keepdims=True))
    softmax /= softmax.sum(axis=1, keepdims=True)
    assert np.abs(probabilities - softmax).max() < 1e-4
    assert extractor.score_name("fid") == "fid"
    assert extractor.resize == "bilinear_tensorflow1_299"
    # Converted once: the published file is not needed again.
    path.unlink()
    kept = inception.converted(str(path), sha256=sha256, cache_dir=str(tmp_path))
    assert kept.endswith(".npz")
    with open(kept, "wb") as file:
        file.write(b"torn")
    with pytest.raises(ValueError, match="Delete the file, and it is made anew"):
        inception.Inception2015(weights=str(path), sha256=sha256, cache_dir=str(tmp_path))


def test_tensorflow_1_resize_by_hand():
    # Two pixels to four: places 0, 0.5, 1, 1.5 in the old image; beyond the last pixel it repeats.
    row = np.array([[[[0], [100]]]], "uint8").reshape(1, 1, 2, 1).repeat(2, axis=1)
    resized = np.asarray(resize.tensorflow_1(row, 4))[0, 0, :, 0]
    assert np.abs(resized - [0, 50, 100, 100]).max() < 1e-5


def test_clean_resize_averages_what_tensorflow_1_skips():
    # Stripes one pixel wide, shrunk fourfold: grey when antialiased, one colour when not.
    stripes = np.zeros((1, 32, 32, 3), "uint8")
    stripes[:, :, ::2] = 200
    assert np.abs(resize.clean(stripes, 8)[:, :, 2:-2] - 100).max() < 8
    assert np.abs(np.asarray(resize.tensorflow_1(stripes, 8)) - 200).max() < 1e-5
