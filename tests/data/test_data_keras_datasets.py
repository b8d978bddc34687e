"""Tests of Keras's own sets, on tiny files of their formats in a cache of the test."""

import gzip
import io
import os
import pickle
import tarfile

import numpy as np
import pytest
from keras.src.utils import file_utils

from gan_keras import data
from gan_keras.data import held_out, keras_datasets


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Keras's cache folder, empty; there is no network, and a file's hash is not looked at."""

    def no_network(*arguments):
        raise file_utils.urllib.error.URLError("Name or service not known")

    monkeypatch.setattr(file_utils.config, "keras_home", lambda: str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(file_utils, "urlretrieve", no_network)
    monkeypatch.setattr(file_utils, "validate_file", lambda *arguments, **others: True)
    monkeypatch.setattr(keras_datasets, "DEBIAN_FASHION_MNIST", tmp_path / "none")
    (tmp_path / "datasets").mkdir()
    return tmp_path / "datasets"


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "cifar10", "cifar100"])
def test_without_network_and_cache_the_error_says_what_needs_none(cache, name):
    with pytest.raises(ValueError, match=f"'{name}' is not on this machine") as caught:
        data.source(name)
    assert "'fashion_mnist_10k'" in str(caught.value)
    assert "Name or service not known" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert f"into '{cache}' or the working directory" in str(caught.value)
    assert caught.value.__suppress_context__  # one traceback, not three


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist", "cifar10", "cifar100"])
def test_other_splits_are_refused(cache, name):
    with pytest.raises(ValueError, match="no split 'validation'"):
        data.source(name, split="validation")


def test_mnist(cache):
    digits = np.arange(3 * 784).reshape(3, 28, 28).astype("uint8")
    np.savez(
        cache / "mnist.npz",
        x_train=digits,
        y_train=np.array([5, 0, 4], "uint8"),
        x_test=digits[:1],
        y_test=np.array([7], "uint8"),
    )
    source = data.source("mnist")
    np.testing.assert_array_equal(source.samples[..., 0], digits)
    np.testing.assert_array_equal(source.labels, [5, 0, 4])
    assert source.num_classes == 10
    assert data.source("mnist", split="test").labels.tolist() == [7]


def write_fashion_mnist(folder):
    folder.mkdir(parents=True)
    for prefix, num_images in (("train", 3), ("t10k", 2)):
        pixels = np.full((num_images, 28, 28), num_images, "uint8")
        shapes = np.array(pixels.shape, ">u4").tobytes()
        content = bytes([0, 0, 8, 3]) + shapes + pixels.tobytes()
        (folder / f"{prefix}-images-idx3-ubyte.gz").write_bytes(gzip.compress(content))
        content = bytes([0, 0, 8, 1]) + shapes[:4] + bytes(range(num_images))
        (folder / f"{prefix}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(content))


@pytest.mark.parametrize("debian", [True, False])
def test_fashion_mnist_from_both_places(cache, debian):
    write_fashion_mnist(keras_datasets.DEBIAN_FASHION_MNIST if debian else cache / "fashion-mnist")
    source = data.source("fashion_mnist")
    assert source.samples.shape == (3, 28, 28, 1)
    assert source.labels.tolist() == [0, 1, 2]
    assert source.num_classes == 10
    assert data.source("fashion_mnist", split="test").samples.max() == 2


def write_archive(path, files):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            content = pickle.dumps(content)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def row(red, green, blue):
    """One image as CIFAR stores it: all of red, then green, then blue."""
    return np.repeat(np.array([red, green, blue], "uint8"), 1024)[np.newaxis]


def test_cifar100(cache):
    files = {
        f"cifar-100-python/{split}": {b"data": row(*colour), b"fine_labels": [label]}
        for split, colour, label in (("train", (10, 20, 30), 99), ("test", (40, 50, 60), 7))
    }
    write_archive(cache / "cifar-100-python-target_archive", files)
    source = data.source("cifar100")
    assert source.samples.shape == (1, 32, 32, 3)
    np.testing.assert_array_equal(source.samples[0, 5, 7], [10, 20, 30])
    assert source.labels.tolist() == [99]
    assert source.num_classes == 100
    np.testing.assert_array_equal(
        data.source("cifar100", split="test").samples[0, 0, 0], [40, 50, 60]
    )


@pytest.mark.parametrize(
    "archive",
    [
        "cifar-10-python.tar.gz",
        "../cifar-10-python.tar.gz",
        "cifar-10-batches-py-target_archive",
        "cifar.tar",
    ],
)
def test_cifar10(cache, archive):
    files = {
        f"cifar-10-batches-py/data_batch_{part}": {b"data": row(part, 0, 0), b"labels": [part]}
        for part in range(1, 6)
    }
    files["cifar-10-batches-py/test_batch"] = {b"data": row(9, 8, 7), b"labels": [6]}
    write_archive(cache / archive, files)
    if archive == "cifar.tar":  # somebody unpacked it
        with tarfile.open(cache / archive) as packed:
            packed.extractall(cache, filter="data")
    before = sorted(cache.rglob("*"))
    source = data.source("cifar10")
    assert source.samples.shape == (5, 32, 32, 3)
    assert source.labels.tolist() == [1, 2, 3, 4, 5]
    np.testing.assert_array_equal(source.samples[1, 31, 31], [2, 0, 0])
    test = data.source("cifar10", split="test")
    np.testing.assert_array_equal(test.samples[0, 3, 4], [9, 8, 7])
    assert test.class_names[6] == "frog"
    assert sorted(cache.rglob("*")) == before


def write_binary(folder, num_labels):
    """Batches of the binary form: image n of a file has n in red, and its number as label."""
    folder.mkdir(parents=True)
    names = {1: [*(f"data_batch_{part}" for part in range(1, 6)), "test_batch"]}
    for name in names.get(num_labels, ["train", "test"]):
        records = [bytes([77] * (num_labels - 1) + [n]) + row(n, 1, 2).tobytes() for n in (3, 4)]
        (folder / f"{name}.bin").write_bytes(b"".join(records))


@pytest.mark.parametrize(
    ("name", "folder", "num_labels", "num"),
    [("cifar10", "cifar-10-batches-bin", 1, 10), ("cifar100", "cifar-100-binary", 2, 2)],
)
def test_cifars_binary_batches(cache, name, folder, num_labels, num):
    write_binary(cache / folder, num_labels)
    sources = [data.source(name), data.source(cache / folder)]
    with tarfile.open(
        cache / f"{folder.replace('-batches-bin', '-binary')}.tar.gz", "w:gz"
    ) as packed:
        packed.add(cache / folder, folder)
    for path in (cache / folder).iterdir():
        path.unlink()
    (cache / folder).rmdir()
    for source in [*sources, data.source(name)]:
        assert source.samples.shape == (num, 32, 32, 3)
        np.testing.assert_array_equal(source.samples[1, 5, 7], [4, 1, 2])
        assert source.labels.tolist() == [3, 4] * (num // 2)
        assert source.class_names == sources[0].class_names
    assert data.source(name, split="test").num_samples == 2


def test_a_cut_binary_batch_is_refused(cache):
    write_binary(cache / "cifar-100-binary", 2)
    with open(cache / "cifar-100-binary" / "train.bin", "ab") as file:
        file.write(b"x")
    with pytest.raises(ValueError, match=r"train.bin has 6,149 bytes, no whole number .* of 3,074"):
        data.source("cifar100")


def test_a_folder_of_idx_files_by_its_path(cache):
    write_fashion_mnist(cache / "digits")
    source = data.source(cache / "digits")
    assert (source.samples.shape, source.labels.tolist()) == ((3, 28, 28, 1), [0, 1, 2])
    assert source.class_names is None
    assert held_out.default(str(cache / "digits")).num_samples == 2
    assert data.source(cache / "digits", image_size=32).sample_shape == (32, 32, 1)


def test_cifar_that_calls_functions_is_refused_and_nothing_runs(cache):
    class Calls:
        def __reduce__(self):
            return os.mkdir, (str(cache / "victim"),)

    files = {
        f"cifar-100-python/{split}": {b"data": Calls(), b"fine_labels": [1]}
        for split in ("train", "test")
    }
    write_archive(cache / "cifar-100-python.tar.gz", files)
    with pytest.raises(ValueError, match="mkdir, which no array needs"):
        data.source("cifar100")
    assert not (cache / "victim").exists()


@pytest.mark.parametrize("folder", ["mnist", "MNIST/raw"])
@pytest.mark.parametrize("packed", [True, False])
def test_mnist_as_published(cache, folder, packed):
    path = cache / folder / "files"
    write_fashion_mnist(path)
    for file in path.iterdir():
        place = cache / folder / (file.name if packed else file.stem)
        place.write_bytes(file.read_bytes() if packed else gzip.decompress(file.read_bytes()))
    assert data.source("mnist").labels.tolist() == [0, 1, 2]
    assert data.source("mnist", split="test").num_samples == 2


@pytest.mark.parametrize("name", ["mnist.npz", "cifar-10-python.tar.gz"])
def test_a_damaged_file_is_told_and_left_alone(cache, name):
    (cache / name).write_bytes(b"half a file")
    with pytest.raises(ValueError, match=f"{name}' can't be read .*It is left as it is") as caught:
        data.source("mnist" if "mnist" in name else "cifar10")
    assert "\n" not in str(caught.value)
    assert (cache / name).read_bytes() == b"half a file"
