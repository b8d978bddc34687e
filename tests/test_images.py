"""Tests of gan_keras.images."""

import os

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from gan_keras import images


def test_every_uint8_value_survives_the_way_there_and_back():
    levels = np.arange(256, dtype="uint8")
    there = images.to_float(levels)
    assert there.dtype == np.float32
    np.testing.assert_array_equal(images.to_uint8(there), levels)
    # 0 -> -1, 51 -> 51 / 127.5 - 1 = -0.6, 255 -> 1
    assert there[0] == -1.0
    assert there[255] == 1.0
    assert abs(there[51] + 0.6) < 1e-6


def test_tensors_and_arrays_convert_alike():
    levels = np.arange(256, dtype="uint8")
    tensor = images.to_float(tf.constant(levels))
    assert tensor.dtype == tf.float32
    np.testing.assert_array_equal(tensor.numpy(), images.to_float(levels))


def test_to_uint8_rounds_and_clips():
    # (x + 1) * 127.5: 0.1 -> 140.25, -0.1 -> 114.75
    floats = np.array([-2.0, -1.0, 0.1, -0.1, 1.0, 1.5], "float32")
    np.testing.assert_array_equal(images.to_uint8(floats), [0, 0, 140, 115, 255, 255])
    np.testing.assert_array_equal(images.to_uint8(tf.constant(floats)), [0, 0, 140, 115, 255, 255])


def test_grid_lays_images_row_by_row():
    # Three images of 2x2 in two columns with one pixel between: (2 + 1 + 2) x (2 + 1 + 2).
    cells = np.stack([np.full((2, 2, 1), value, "uint8") for value in (10, 20, 30)])
    picture = images.grid(cells, columns=2, padding=1)
    w = 255
    expected = [
        [10, 10, w, 20, 20],
        [10, 10, w, 20, 20],
        [w, w, w, w, w],
        [30, 30, w, w, w],
        [30, 30, w, w, w],
    ]
    np.testing.assert_array_equal(picture[..., 0], expected)


def test_grid_is_square_by_default_and_takes_floats():
    picture = images.grid(np.full((9, 4, 6, 3), -1.0, "float32"), padding=0)
    assert picture.shape == (12, 18, 3)
    assert picture.dtype == np.uint8
    assert picture.max() == 0


@pytest.mark.parametrize("shape", [(0, 4, 4, 1), (4, 4, 1)])
def test_grid_refuses_other_shapes(shape):
    with pytest.raises(ValueError, match="a grid takes"):
        images.grid(np.zeros(shape, "uint8"))


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 1), (5, 7, 3), (5, 7, 4)])
def test_png_gives_back_the_same_pixels(tmp_path, shape):
    image = np.random.default_rng(0).integers(0, 256, shape).astype("uint8")
    images.save_png(tmp_path / "a.png", image)
    with Image.open(tmp_path / "a.png") as read:
        np.testing.assert_array_equal(np.asarray(read).reshape(shape), image)
    assert os.listdir(tmp_path) == ["a.png"]


def test_gif_holds_all_frames_and_their_time(tmp_path):
    frames = [np.full((8, 8, 3), value, "uint8") for value in (0, 100, 200)]
    images.save_gif(tmp_path / "a.gif", iter(frames), frames_per_second=4)
    with Image.open(tmp_path / "a.gif") as read:
        assert read.n_frames == 3
        assert read.info["duration"] == 250  # milliseconds
        assert read.info["loop"] == 0
        for place, value in enumerate((0, 100, 200)):
            read.seek(place)
            assert np.asarray(read.convert("L")).max() == value


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    images.save_png(path, np.zeros((4, 4, 1), "uint8"))
    before = path.read_bytes()

    def full(self, file, **arguments):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(OSError, match="No space left"):
        images.save_png(path, np.ones((4, 4, 1), "uint8"))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.png"]


def test_floats_are_not_written():
    with pytest.raises(ValueError, match="to_uint8"):
        images.save_png("never.png", np.zeros((4, 4, 1), "float32"))
