"""Tests of the named sets, of `source`, `load` and what they say about unknown data."""

import dataclasses
import subprocess
import sys
import time
import zipfile

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import data
from gan_keras.data import bundled, class_names, idx, keras_datasets, sizing, stacked, toy
from gan_keras.metrics import features


def test_bundled_set():
    started = time.process_time()
    source = data.source("fashion_mnist_10k")
    assert time.process_time() - started < 0.3
    assert source.samples.shape == (10000, 28, 28, 1)
    np.testing.assert_array_equal(np.bincount(source.labels), np.full(10, 1000))
    # The original begins with an ankle boot, two t-shirts and a dress: labels 9, 0, 0, 3.
    np.testing.assert_array_equal(source.labels[:4], [9, 0, 0, 3])
    assert source.class_names[9] == "ankle boot"
    assert source.fingerprint == "337ea8380b5e0de4"


def test_bundle_is_small_and_carries_its_licence():
    assert bundled.PATH.stat().st_size < 5e6
    licence = bundled.PATH.with_name("fashion_mnist_10k.LICENSE.txt").read_text()
    assert "MIT License" in licence
    assert "Zalando SE" in licence
    with zipfile.ZipFile(bundled.PATH) as archive:
        assert archive.testzip() is None


@pytest.mark.skipif(
    not keras_datasets.DEBIAN_FASHION_MNIST.is_dir(), reason="needs dataset-fashion-mnist"
)
def test_bundle_is_the_first_thousand_of_each_class():
    whole, part = data.source("fashion_mnist"), data.source("fashion_mnist_10k")
    assert whole.num_samples == 60000
    assert data.source("fashion_mnist", split="test").num_samples == 10000
    taken = np.zeros(10, int)
    place = 0
    for sample, label in zip(whole.samples, whole.labels, strict=True):
        if taken[label] < 1000:
            assert label == part.labels[place]
            np.testing.assert_array_equal(sample, part.samples[place])
            taken[label] += 1
            place += 1
    assert place == 10000


def test_few_are_the_first_fifty_of_each_class():
    many, few = data.source("fashion_mnist_10k"), data.source("fashion_mnist_500")
    assert few.class_names == many.class_names
    assert np.array_equal(np.bincount(few.labels), [50] * 10)
    for label in range(10):
        expected = many.samples[many.labels == label][:50]
        np.testing.assert_array_equal(few.samples[few.labels == label], expected)


@pytest.mark.parametrize("name", ["fashion_mnist_10k", "fashion_mnist_500"])
def test_bundled_set_has_no_test_split(name):
    with pytest.raises(ValueError, match=rf"'{name}' has no 'test' split.*dataset-fashion-mnist"):
        data.source(name, split="test")


def write_idx(path, array, cut=0):
    import gzip

    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    content = header + array.tobytes()
    path.write_bytes(gzip.compress(content[: len(content) - cut]))


def test_idx(tmp_path):
    array = np.arange(24, dtype="uint8").reshape(2, 3, 4)
    write_idx(tmp_path / "a.gz", array)
    np.testing.assert_array_equal(idx.read(tmp_path / "a.gz"), array)
    write_idx(tmp_path / "a.gz", array, cut=1)
    with pytest.raises(ValueError, match="not a whole IDX file"):
        idx.read(tmp_path / "a.gz")
    (tmp_path / "a.gz").write_bytes(b"no gzip")
    with pytest.raises(ValueError, match="can't be read"):
        idx.read(tmp_path / "a.gz")
    with pytest.raises(ValueError, match="can't be read"):
        idx.read(tmp_path / "missing.gz")


def test_every_name_is_told_and_known():
    assert set(data.NAMES) == set(data._SOURCES)
    assert all("\n" not in line and "network" in line for line in data.NAMES.values())
    assert len(set(class_names.CIFAR100)) == 100


def test_names_come_without_tensorflow():
    code = "import sys; from gan_keras import data; print('tensorflow' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_unknown_names():
    with pytest.raises(ValueError, match=r"'fashion_minst'\. Did you mean 'fashion_mnist'\?"):
        data.source("fashion_minst")
    with pytest.raises(
        ValueError, match=r"No data set, folder, table, sequences, .npy or .npz './nowhere'"
    ):
        data.source("./nowhere")
    with pytest.raises(ValueError, match=r"gone\.npz"):
        data.load("gone.npz")
    with pytest.raises(TypeError, match="`data` is a list"):
        data.source([1, 2])
    with pytest.raises(TypeError, match="tuple of 3"):
        data.source((1, 2, 3))


@pytest.mark.parametrize(
    ("make", "modes", "num_modes", "spacing"),
    [(toy.ring, toy.RING, 8, 2 * np.sin(np.pi / 8)), (toy.grid, toy.GRID, 25, 0.5)],
)
def test_toys(make, modes, num_modes, spacing):
    source = make()
    assert source.modes is modes
    assert modes.centres.shape == (num_modes, 2)
    distances = np.linalg.norm(modes.centres[:, None] - modes.centres[None], axis=-1)
    nearest = np.sort(distances, axis=1)[:, 1]
    np.testing.assert_allclose(nearest, spacing, atol=1e-6)
    np.testing.assert_allclose(modes.centres.mean(axis=0), 0, atol=1e-6)
    # 200,000 residuals: their deviation is sigma to within 1 / sqrt(400,000), so 1% is six of it.
    residuals = source.samples - modes.centres[source.labels]
    assert abs(residuals.std() / modes.sigma - 1) < 0.01
    assert source.num_classes == num_modes
    assert make().fingerprint == source.fingerprint
    assert make(split="test").fingerprint != source.fingerprint
    with pytest.raises(ValueError, match="no split 'dev'"):
        make(split="dev")


def test_toy_sizes_are_the_papers():
    assert (toy.RING.sigma, toy.GRID.sigma) == (0.01, 0.0125)
    np.testing.assert_allclose(np.linalg.norm(toy.RING.centres, axis=1), 1, atol=1e-6)
    assert np.abs(toy.GRID.centres).max() == 1.0


def test_stacked_images():
    source = data.source("fashion_mnist_10k")
    made = stacked.stack(source, 40, seed=3)
    assert made.samples.shape == (40, 28, 28, 3)
    assert made.num_classes == 1000
    digits = np.stack([made.labels // 100, made.labels // 10 % 10, made.labels % 10], axis=1)
    for place in range(5):
        for channel in range(3):
            # The very image of that class is in the bundle.
            same_class = source.samples[source.labels == digits[place, channel], ..., 0]
            found = (same_class == made.samples[place, ..., channel]).all(axis=(1, 2))
            assert found.any()
    assert stacked.stack(source, 40, seed=3).fingerprint == made.fingerprint
    assert stacked.stack(source, 40, seed=4).fingerprint != made.fingerprint
    with pytest.raises(ValueError, match="only grey images of ten classes"):
        stacked.stack(made, 4, seed=0)


def test_image_size_and_channels_change_any_images():
    few = data.source("fashion_mnist_10k").split(0.002)[1]
    changed = data.source(few, image_size=32, channels=3)
    assert changed.sample_shape == (32, 32, 3)
    np.testing.assert_array_equal(changed.labels, few.labels)
    np.testing.assert_array_equal(changed.samples[..., 0], changed.samples[..., 2])
    assert data.source(few, image_size=28, channels=1) is few
    back = data.source(data.source(few, channels=3), channels=1)
    np.testing.assert_array_equal(back.samples, few.samples)
    with pytest.raises(ValueError, match="not images"):
        data.source("ring", image_size=32)


def test_load_gives_batches():
    images, labels = next(iter(data.load("fashion_mnist_10k", batch_size=8, seed=1)))
    assert images.shape == (8, 28, 28, 1)
    assert images.dtype == tf.float32
    assert labels.dtype == tf.int32
    assert float(tf.reduce_min(images)) == -1.0
    assert data.load("ring", labels=False).element_spec == tf.TensorSpec((64, 2), tf.float32)


def test_extractor_goes_with_the_data_and_not_with_a_name(tmp_path):
    bundled = data.source("fashion_mnist_500")
    assert bundled.extractor == "fashion_mnist_classifier"
    assert [part.extractor for part in bundled.split(0.5)] == [bundled.extractor] * 2
    assert data.source("stacked_fashion_mnist").extractor == f"{bundled.extractor}_by_channel"
    assert sizing.resized(bundled, image_size=28).extractor == bundled.extractor
    assert sizing.resized(bundled, image_size=32).extractor is None  # another network's images
    digits = np.zeros((4, 28, 28, 1), "uint8")
    np.savez(tmp_path / "fashion_mnist_like.npz", x=digits, y=np.arange(4))
    source = dataclasses.replace(
        data.source(str(tmp_path / "fashion_mnist_like.npz")), name="fashion_mnist_like"
    )
    assert source.extractor is None
    assert features.cheap(source) == "pixels"
    assert features.cheap(bundled) == "fashion_mnist_classifier"
