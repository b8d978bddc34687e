"""A folder whose images stay on disk is, but for that, the folder in memory."""

import numpy as np
import pytest

from gan_keras import data, images
from gan_keras.data.lazy_folder import LazyFolder


def write(folder, names, *, size=5):
    for seed, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype="uint8")
        images.save_png(path, pixels)
    return str(folder)


@pytest.mark.parametrize("arguments", [{}, {"image_size": 4, "channels": 1, "fit": "pad"}])
def test_it_is_the_folder_in_memory(tmp_path, arguments):
    names = ["cats/2.png", "cats/1.png", "dogs/1.png", "dogs/deep/0.png"]
    folder = write(tmp_path / "pets", names)
    lazy, whole = LazyFolder(folder, **arguments), data.source(folder, **arguments)
    assert lazy.sample_shape == whole.sample_shape
    assert lazy.fingerprint == whole.fingerprint
    assert (lazy.num_samples, lazy.num_classes, lazy.is_images) == (4, 2, True)
    assert lazy.class_names == whole.class_names
    assert np.array_equal(lazy.labels, whole.labels)
    for rows in (slice(None), slice(1, 3), np.array([3, 0]), slice(4, 9)):
        assert np.array_equal(lazy.samples[rows], whole.samples[rows])
    assert np.array_equal(lazy.samples, whole.samples)
    assert lazy.samples[:2].dtype == np.uint8


def test_without_labels(tmp_path):
    folder = write(tmp_path / "photos", ["b.png", "a.png"])
    lazy = LazyFolder(folder)
    assert lazy.labels is None
    assert lazy.fingerprint == data.source(folder).fingerprint


def test_bad_images_are_named_when_they_are_decoded(tmp_path):
    folder = write(tmp_path / "photos", ["a.png", "b.png"])
    write(tmp_path / "photos", ["c.png"], size=6)
    with pytest.raises(ValueError, match=r"'a\.png' is 5x5 and 'c\.png' 6x6 pixels"):
        LazyFolder(folder).samples[:]
    (tmp_path / "photos" / "c.png").write_bytes(b"no image")
    lazy = LazyFolder(folder)
    assert len(lazy.samples[:2]) == 2
    with pytest.raises(ValueError, match=r"c\.png' is no readable image .* Remove it"):
        lazy.samples[2:]
