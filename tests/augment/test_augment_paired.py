"""Tests of the crop and flip that pairs share."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.augment.paired import PairedCrop
from gan_keras.latents import RandomStream


def numbered(num, height, width):
    """Pictures whose pixel (i, j) of sample n is 1000 n + 10 i + j: every place is told apart."""
    n, i, j = np.meshgrid(np.arange(num), np.arange(height), np.arange(width), indexing="ij")
    return (1000 * n + 10 * i + j).astype("float32")[..., None]


def test_input_and_sample_get_the_same_window():
    real = numbered(64, 6, 8)
    batch = {"input": tf.constant(-real), "real": tf.constant(real), "labels": tf.range(64)}
    cut = PairedCrop(size=(4, 5))(batch, RandomStream(1))
    np.testing.assert_array_equal(-cut["input"], cut["real"])
    np.testing.assert_array_equal(cut["labels"], np.arange(64))
    windows = cut["real"].numpy()[..., 0]
    assert windows.shape == (64, 4, 5)
    assert (windows // 1000 == np.arange(64)[:, None, None]).all()
    # Steps down are 10, and to the right 1, or -1 where mirrored.
    assert (np.diff(windows, axis=1) == 10).all()
    steps = np.diff(windows, axis=2)
    assert set(steps.flat) == {-1, 1}
    assert (steps == steps[:, :1, :1]).all()
    # 3 places down, 4 across, 2 ways round: 64 draws find most of the 24.
    places = {(w.min() % 1000, w[0, 1] - w[0, 0]) for w in windows}
    assert 18 < len(places) <= 24
    assert {place // 10 for place, _ in places} == {0, 1, 2}
    assert {place % 10 for place, _ in places} == {0, 1, 2, 3}


def test_each_step_draws_anew_and_seeds_repeat():
    batch = {"real": tf.constant(numbered(16, 8, 8))}
    stream = RandomStream(3)
    first, second = (PairedCrop(size=4)(batch, stream)["real"] for _ in range(2))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(PairedCrop(size=4)(batch, RandomStream(3))["real"], first)


def test_a_smaller_input_gets_the_window_in_its_own_pixels():
    small = numbered(32, 5, 5)
    real = small.repeat(3, axis=1).repeat(3, axis=2)
    batch = {"input": tf.constant(small), "real": tf.constant(real)}
    cut = PairedCrop(size=6)(batch, RandomStream(2))
    assert cut["input"].shape == (32, 2, 2, 1)
    enlarged = cut["input"].numpy().repeat(3, axis=1).repeat(3, axis=2)
    np.testing.assert_array_equal(enlarged, cut["real"])


def test_class_numbers_and_masks_stay_what_they_are():
    ids = np.random.default_rng(0).choice([0, 3, 9], (8, 6, 6, 1)).astype("int32")
    cut = PairedCrop(size=5)({"input": ids_of(ids), "real": ids_of(ids)}, RandomStream(0))
    assert cut["input"].dtype == tf.int32
    assert set(cut["input"].numpy().flat) == {0, 3, 9}


def ids_of(array):
    return tf.constant(array)


def test_of_waves_it_cuts_a_segment():
    """A spectrogram of three moments a frame moves as its wave does."""
    waves = (1000 * np.arange(32)[:, None] + np.arange(30)).astype("float32")[..., None]
    frames = waves[:, ::3] * [1.0, -1.0]
    batch = {"input": tf.constant(frames), "real": tf.constant(waves)}
    cut = PairedCrop(size=12, flip=False)(batch, RandomStream(4))
    assert cut["input"].shape == (32, 4, 2)
    np.testing.assert_array_equal(cut["input"][..., 0], cut["real"][:, ::3, 0])
    found = cut["real"].numpy()[..., 0]
    assert (np.diff(found) == 1).all()
    assert (found // 1000 == np.arange(32)[:, None]).all()
    assert len(set(found[:, 0] % 1000)) > 3
    with pytest.raises(ValueError, match="of waves is a number of samples"):
        PairedCrop(size=(4, 4))(batch, RandomStream(0))


def test_without_flip_nothing_is_mirrored():
    cut = PairedCrop(size=4, flip=False)({"real": tf.constant(numbered(32, 6, 6))}, RandomStream(1))
    assert (np.diff(cut["real"].numpy(), axis=2) == 1).all()


def test_compiled_it_is_the_same():
    batch = {"input": tf.constant(numbered(8, 4, 4)), "real": tf.constant(numbered(8, 8, 8))}
    eager = PairedCrop(size=4)(batch, RandomStream(7))
    stream = RandomStream(7)
    compiled = tf.function(lambda b: PairedCrop(size=4)(b, stream), jit_compile=True)(batch)
    for role in batch:
        np.testing.assert_array_equal(eager[role], compiled[role])


def test_it_is_saved_by_its_arguments():
    config = keras.saving.serialize_keras_object(PairedCrop(size=(4, 6), flip=False))
    again = keras.saving.deserialize_keras_object(config)
    assert (tuple(again.size), again.flip) == ((4, 6), False)


@pytest.mark.parametrize(
    ("size", "shapes", "message"),
    [
        (9, {"real": (8, 8)}, "larger than the pictures, 8x8"),
        (4, {"real": (8, 8), "input": (5, 5)}, "'real' is 8x8 pixels, no whole multiple of 5x5"),
        (5, {"real": (8, 8), "input": (4, 4)}, "multiple of 2"),
        (4, {}, "no pictures to cut: roles labels"),
    ],
)
def test_refused(size, shapes, message):
    batch = {role: tf.zeros((2, *shape, 1)) for role, shape in shapes.items()}
    with pytest.raises(ValueError, match=message):
        PairedCrop(size=size)({**batch, "labels": tf.zeros(2)}, RandomStream(0))


def test_what_are_no_pictures_is_refused_by_name():
    batch = {"real": tf.zeros((2, 8, 8, 1)), "input": tf.zeros((2, 8))}
    with pytest.raises(ValueError, match=r"'input' is no batch of pictures .* but \(2, 8\)"):
        PairedCrop(size=4)(batch, RandomStream(0))


def test_no_window_is_refused():
    with pytest.raises(ValueError, match="positive integer"):
        PairedCrop(size=0)
