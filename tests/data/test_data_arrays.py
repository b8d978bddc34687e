"""Tests of arrays, .npy and .npz files, and of every bad array."""

import numpy as np
import pytest

from gan_keras import data

GOOD = np.arange(6 * 4 * 4).reshape(6, 4, 4, 1).astype("uint8")
FLOATS = np.linspace(-1, 1, 6 * 4 * 4).reshape(6, 4, 4, 1)


def test_uint8_images_stay_as_they_are():
    source = data.source(GOOD)
    np.testing.assert_array_equal(source.samples, GOOD)
    assert source.labels is None


def test_images_without_a_channel_axis_get_one():
    assert data.source(GOOD[..., 0]).sample_shape == (4, 4, 1)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_float_images_are_rounded_to_uint8(dtype):
    source = data.source(FLOATS.astype(dtype))
    assert source.samples.dtype == np.uint8
    assert source.samples[0, 0, 0, 0] == 0
    assert source.samples[-1, -1, -1, 0] == 255
    # The second value is -1 + 2 / 95, so 127.5 * 2 / 95 = 2.68 is rounded to 3.
    assert source.samples[0, 0, 1, 0] == 3


def test_vectors_stay_float_and_unscaled():
    vectors = np.array([[3.5, -20.0], [0.0, 7.0]])
    source = data.source(vectors)
    np.testing.assert_array_equal(source.samples, vectors)
    assert source.samples.dtype == np.float32


@pytest.mark.parametrize("shape", [(6,), (6, 1)])
def test_a_pair_gives_labels(shape):
    source = data.source((GOOD, np.arange(6, dtype="int64").reshape(shape)))
    np.testing.assert_array_equal(source.labels, np.arange(6))
    assert source.num_classes == 6


def with_value(value):
    bad = FLOATS.copy()
    bad[2, 1, 1, 0] = value
    return bad


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (with_value(np.nan), "sample 2 holds NaN or infinity"),
        (with_value(-np.inf), "sample 2 holds NaN or infinity"),
        (np.array([[0.0], [np.nan]]), "sample 1 holds NaN or infinity"),
        (FLOATS * 127.5 + 127.5, r"\[0, 255\], but must lie in \[-1, 1\].*127.5"),
        (with_value(1.01), r"\[-1, 1.01\], but must lie in \[-1, 1\]"),
        (FLOATS / 2 + 0.5, r"\[0, 1\], with no value below 0.*2 \* images - 1"),
        (GOOD.astype("int64"), "images are int64.*astype"),
        (GOOD > 3, "images are bool"),
        (GOOD.reshape(6, 16), "vectors are uint8.*reshape"),
        (np.zeros(6), r"shape \(6,\)"),
        (np.zeros((2, 2, 2, 2, 2)), r"shape \(2, 2, 2, 2, 2\)"),
        (GOOD[:0], "none of them empty"),
        (np.zeros((2, 3, 32, 32), "uint8"), "channels first.*moveaxis"),
        (np.array(["a", "b"]).reshape(1, 2), "vectors are <U1"),
    ],
)
def test_bad_samples(samples, message):
    with pytest.raises(ValueError, match=message) as caught:
        data.source(samples)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (np.array([0, 1, 2, 3, 4, -1]), r"labels lie in \[-1, 4\]"),
        (np.arange(5), r"6 samples came with labels of shape \(5,\)"),
        (np.arange(6.0), "labels are float64, but must be integers"),
        (np.eye(6), "argmax"),
        (np.array(list("abcdef")), "must be integers"),
        (np.array([0, 1, 2, 3, 4, 2**40]), "but must lie in"),
        (np.array(3), "each sample needs one label"),
    ],
)
def test_bad_labels(labels, message):
    with pytest.raises(ValueError, match=message) as caught:
        data.source((GOOD, labels))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("images", "labels"), [("images", "labels"), ("x_train", "y_train"), ("x", "y")]
)
def test_npz_with_the_usual_names(tmp_path, images, labels):
    path = tmp_path / "a.npz"
    np.savez(path, **{images: GOOD, labels: np.arange(6)})
    source = data.source(path)
    np.testing.assert_array_equal(source.samples, GOOD)
    np.testing.assert_array_equal(source.labels, np.arange(6))
    assert source.name == str(path)


def test_npz_of_an_only_array_or_of_nameless_ones(tmp_path):
    np.savez(tmp_path / "one.npz", whatever=GOOD)
    assert data.source(tmp_path / "one.npz").labels is None
    np.savez(tmp_path / "two.npz", GOOD, np.arange(6))
    assert data.source(str(tmp_path / "two.npz")).num_classes == 6


def test_npz_with_a_test_split(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, x_train=GOOD, y_train=np.arange(6), x_test=GOOD[:2], y_test=np.arange(2))
    assert data.source(path).num_samples == 6
    assert data.source(path, split="test").num_samples == 2
    np.savez(path, images=GOOD)
    with pytest.raises(ValueError, match="split 'test'"):
        data.source(path, split="test")


def test_npy(tmp_path):
    np.save(tmp_path / "a.npy", FLOATS)
    assert data.source(tmp_path / "a.npy").samples.dtype == np.uint8
    with pytest.raises(ValueError, match="no 'test' split"):
        data.source(tmp_path / "a.npy", split="test")


def test_bad_files(tmp_path):
    cut = tmp_path / "cut.npz"
    np.savez(cut, images=GOOD)
    cut.write_bytes(cut.read_bytes()[:200])
    with pytest.raises(ValueError, match=r"cut.npz' can't be read"):
        data.source(cut)
    np.savez(tmp_path / "names.npz", a=GOOD, b=GOOD)
    with pytest.raises(ValueError, match="holds a, b, but samples"):
        data.source(tmp_path / "names.npz")
    np.save(tmp_path / "objects.npy", np.array([{}, 1], object))
    with pytest.raises(ValueError, match="can't be read"):
        data.source(tmp_path / "objects.npy")
    (tmp_path / "text.npy").write_text("no array")
    with pytest.raises(ValueError, match="can't be read"):
        data.source(tmp_path / "text.npy")
