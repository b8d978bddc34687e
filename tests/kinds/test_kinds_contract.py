"""Every kind: its config, what it takes and refuses, what networks get, pictures and files."""

import dataclasses
import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from gan_keras import images, kinds

IMAGES = kinds.Images(shape=(4, 6, 3))
GREY = kinds.Images(shape=(4, 6, 1))
MAPS = kinds.LabelMaps(shape=(4, 6, 1), num_classes=5)
POINTS = kinds.Vectors(shape=(2,))
LABELS = kinds.Labels(num_classes=3)
GENES = kinds.Tokens(vocabulary="ACGT", length=3)
WORDS = kinds.Tokens(vocabulary=["a", "dog", "-"], length=3, pad="-")
SOUNDS = kinds.Spectrograms(shape=(4, 6, 1), rate=8_000, hop=4, mean=(0,) * 4, std=(1,) * 4)
RAIN = {"name": "rain", "values": [0.0, 1.0, 5.0], "places": [-0.5, 0.5, 2.0], "exact": True}
WARMTH = {"name": "temp", "values": [0.0, 100.0], "places": [-2.5, 2.5]}
DAYS = kinds.Signals(shape=(3, 2), channels=[RAIN, WARMTH], rate=2.0)
CLIPS = kinds.Videos(shape=(2, 4, 6, 3), rate=5.0)
WAVES = kinds.Waves(shape=(96, 1), rate=8_000)
MELS = kinds.Mels(shape=(None, 5), rate=8_000, size=32, hop=16, num_bins=5)
ALL = [IMAGES, GREY, kinds.Images(shape=(None, None, 2)), MAPS, POINTS, LABELS]
ALL += [kinds.Labels(), GENES, WORDS, DAYS, SOUNDS, WAVES, CLIPS, MELS]


def random(shape, low=-1.0, high=1.0):
    return np.random.default_rng(0).uniform(low, high, shape).astype("float32")


@pytest.mark.parametrize("kind", ALL, ids=repr)
def test_a_kind_gives_itself_back(kind):
    serialized = keras.saving.serialize_keras_object(kind)
    assert keras.saving.deserialize_keras_object(serialized) == kind
    assert set(kind.get_config()) == {field.name for field in dataclasses.fields(kind)}
    assert kinds.NAMES[kind.name] is type(kind)


# ------------------------------------------------------------- whole arrays


def test_images_are_stored_as_bytes():
    """-1, 0 and 1 are 0, 128 (127.5 rounded to even) and 255."""
    values = np.array([-1.0, 0.0, 1.0], "float32").reshape(1, 1, 3, 1)
    stored = GREY.check(values, "x")
    assert stored.dtype == np.uint8
    assert stored.ravel().tolist() == [0, 128, 255]
    np.testing.assert_allclose(GREY.to_network(stored).ravel(), [-1, 1 / 255, 1], atol=1e-6)
    bytes_ = np.arange(24, dtype="uint8").reshape(1, 4, 6)
    assert GREY.check(bytes_, "x").shape == (1, 4, 6, 1)
    np.testing.assert_array_equal(GREY.check(bytes_, "x")[..., 0], bytes_)


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_images_of_other_floats(dtype):
    found = IMAGES.check(random((2, 4, 6, 3)).astype(dtype), "x")
    assert np.abs(found.astype(int) - IMAGES.check(random((2, 4, 6, 3)), "x")).max() <= 1


def test_vectors_and_labels_and_maps_are_stored_as_they_are():
    found = POINTS.check(np.array([[1.5, -70.0]]), "x")
    assert (found.dtype, found.tolist()) == (np.float32, [[1.5, -70.0]])
    found = LABELS.check(np.array([[0], [2]], "uint8"), "x")
    assert (found.dtype, found.tolist()) == (np.int32, [0, 2])
    found = MAPS.check(np.full((1, 4, 6), 4.0), "x")
    assert (found.dtype, found.shape, found.max()) == (np.int32, (1, 4, 6, 1), 4)


BAD_ARRAYS = [
    (IMAGES, random((4, 3)), "must be (n, h, w, c)"),
    (IMAGES, random((2, 3, 8, 8)), "np.moveaxis(images, 1, -1)"),
    (IMAGES, random((2, 4, 6, 3), 0, 1), "Pass 2 * images - 1"),
    (IMAGES, random((2, 4, 6, 3), 0, 255), "Pass images / 127.5 - 1"),
    (IMAGES, np.zeros((2, 4, 6, 3), "int64"), "astype('uint8')"),
    (IMAGES, np.full((2, 4, 6, 3), np.nan, "float32"), "sample 0 holds NaN"),
    (MAPS, np.zeros((2, 4, 6, 3), "uint8"), "Map each colour to its number"),
    (MAPS, np.full((2, 4, 6, 1), 5), "in [0, 5). Received: 5 to 5"),
    (MAPS, np.full((2, 4, 6, 1), -1), "Received: -1 to -1"),
    (MAPS, np.full((2, 4, 6, 1), 1.5), "nearest neighbour alone"),
    (POINTS, random((2, 3, 4)), "must be (n, d)"),
    (POINTS, np.zeros((2, 2), "int32"), "astype('float32')"),
    (POINTS, np.array([[0.0, 1.0], [np.inf, 1.0]]), "sample 1 holds NaN or infinity"),
    (LABELS, np.eye(3), "labels.argmax(axis=1)"),
    (LABELS, np.zeros((2, 1, 1), "int32"), "must be (n,)"),
    (LABELS, np.array([0.0, 1.0]), "must be integers"),
    (LABELS, np.array([0, 3]), "must lie in [0, 2]"),
    (LABELS, np.array([-1, 0]), "lie in [-1, 0]"),
    (GENES, np.zeros((2, 4), "int32"), "shape (4,), but they have 3 symbols each"),
    (GENES, np.zeros((2, 3)), "sequences are float64, but are places in the vocabulary"),
    (GENES, np.array([[0, 1, 2], [0, 4, -1]]), "sequence 2 has 4 at place 2"),
    (DAYS, random((2, 4, 2)), "shape (4, 2), but these have (3, 2)"),
    (DAYS, np.zeros((2, 3, 2), "int32"), "series are int32, but are floats"),
    (DAYS, random((2, 3, 2), 60, 80), "Encode readings: kind.encode(readings)"),
    (DAYS, np.full((2, 3, 2), np.nan), "holds NaN or infinity"),
    (CLIPS, random((2, 4, 6, 3)), "shape (4, 6, 3, 1), but these have (2, 4, 6, 3)"),
    (CLIPS, random((2, 2, 4, 6, 3), 0, 1), "Pass 2 * images - 1"),
    (CLIPS, np.full((2, 2, 4, 6, 3), np.nan, "float32"), "sample 0 holds NaN"),
    (WAVES, random((2, 95, 1)), "shape (95, 1), but these have (96, 1)"),
    (WAVES, np.zeros((2, 96, 1), "int16"), "waves are int16, but are floats in [-1, 1]"),
    (WAVES, random((2, 96, 1), 0, 40), "but lie in [-1, 1]"),
    (WAVES, np.full((2, 96, 1), np.nan), "holds NaN or infinity"),
    (MELS, random((2, 6, 4)), "the networks take (None, 5)"),
    (MELS, random((2, 6, 5), 0, 90), "np.log(np.maximum(bands, 1e-5))"),
    (MELS, np.zeros((2, 6, 5), "int32"), "finite floats. Received: int32"),
]


@pytest.mark.parametrize(("kind", "array", "message"), BAD_ARRAYS)
def test_an_array_of_another_kind_is_refused_with_the_cure(kind, array, message):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        kind.check(array, "x")
    assert str(caught.value).startswith("'x'")
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------- batches


GOOD_BATCHES = [
    (IMAGES, random((2, 4, 6, 3))),
    (kinds.Images(shape=(None, None, 2)), random((2, 9, 1, 2))),
    (MAPS, np.full((2, 4, 6, 1), 4.0, "float32")),
    (POINTS, random((3, 2), -90, 90)),
    (LABELS, np.array([0, 2, 1])),
    (GENES, np.array([[0, 3, 1]])),
    (DAYS, random((2, 3, 2))),
    (CLIPS, random((2, 2, 4, 6, 3))),
    (WAVES, random((2, 96, 1))),
    (MELS, random((2, 7, 5), -11, 5)),
]
BAD_BATCHES = [
    (IMAGES, random((2, 4, 6, 1)), "networks take (4, 6, 3)"),
    (IMAGES, random((2, 4, 6)), "gives samples of shape (4, 6)"),
    (kinds.Images(shape=(None, None, 2)), random((2, 9, 1, 3)), "networks take (None, None, 2)"),
    (IMAGES, random((2, 4, 6, 3), 0, 1), "For [0, 1] use `2 * x - 1`"),
    (IMAGES, random((2, 4, 6, 3), 0, 255), "For [0, 255] use `x / 127.5 - 1`"),
    (IMAGES, np.zeros((2, 4, 6, 3), "uint8"), "gan_keras.images.to_float"),
    (IMAGES, np.full((2, 4, 6, 3), np.inf, "float32"), "holds NaN or infinity"),
    (MAPS, np.full((2, 4, 6, 1), 0.5, "float32"), "nearest neighbour alone"),
    (MAPS, np.full((2, 4, 6, 1), 255.0, "float32"), "map 255 (don't care) to a class"),
    (MAPS, np.full((2, 4, 6, 1), np.nan, "float32"), "whole numbers"),
    (MAPS, np.zeros((2, 4, 6, 3), "float32"), "networks take (4, 6, 1)"),
    (POINTS, random((3, 3)), "networks take (2,)"),
    (POINTS, np.zeros((3, 2), "int32"), "astype('float32')"),
    (POINTS, np.full((3, 2), np.nan), "holds NaN"),
    (LABELS, np.array([0.0]), "Labels are integers"),
    (LABELS, np.zeros((3, 3), "int32"), "use argmax"),
    (LABELS, np.array([3]), "in [0, 3)"),
    (GENES, np.array([[0, 3, -1]], "int32"), "has -1 at place 3"),
    (GENES, np.zeros((2, 3, 4), "int32"), "Cut or pad them, and encode"),
    (DAYS, random((2, 2, 2)), "The data gives series of shape (2, 2)"),
    (DAYS, np.full((2, 3, 2), np.inf), "holds NaN or infinity"),
    (CLIPS, random((2, 3, 4, 6, 3)), "networks take (2, 4, 6, 3)"),
    (CLIPS, np.zeros((2, 2, 4, 6, 3), "uint8"), "gan_keras.images.to_float"),
    (WAVES, random((2, 90, 1)), "The data gives waves of shape (90, 1)"),
    (MELS, np.full((2, 6, 5), np.inf), "with NaN or infinity"),
]


@pytest.mark.parametrize(("kind", "batch"), GOOD_BATCHES)
def test_a_batch_of_its_kind_passes(kind, batch):
    assert kind.check_batch(batch, "The data") is None
    assert kind.check_batch(tf.constant(batch), "The data") is None


@pytest.mark.parametrize(("kind", "batch", "message"), BAD_BATCHES)
def test_a_batch_of_another_kind_is_refused_with_the_cure(kind, batch, message):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        kind.check_batch(batch, "The data")
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------- to and from networks


STORED = [
    (IMAGES, np.arange(72, dtype="uint8").reshape(1, 4, 6, 3)),
    (MAPS, np.full((1, 4, 6, 1), 3, "int32")),
    (POINTS, random((1, 2))),
    (GENES, np.array([[3, 0, 2], [1, 1, 1]], "int32")),
    (DAYS, np.array([[[-0.5, 0.25], [2.0, -2.5], [0.5, 1.0]]], "float32")),
    (CLIPS, np.arange(144, dtype="uint8").reshape(1, 2, 4, 6, 3)),
    (WAVES, random((2, 96, 1))),
    (MELS, random((2, 7, 5), -11, 5)),
]


@pytest.mark.parametrize(("kind", "stored"), STORED)
def test_networks_take_floats_from_arrays_and_tensors_alike(kind, stored):
    of_array = kind.to_network(stored)
    of_tensor = kind.to_network(tf.constant(stored))
    assert of_array.dtype == np.float32
    np.testing.assert_array_equal(of_array, of_tensor)
    if kind is not GENES:  # whose batches are integers
        kind.check_batch(of_array, "The data")
    samples = kind.from_network(of_array)
    back = kind.check(samples, "x")
    np.testing.assert_array_equal(back, stored)


def test_images_are_cut_to_their_range_and_points_are_not():
    wide = np.array([-3.0, 0.5, 2.0], "float32")
    assert IMAGES.from_network(wide.reshape(1, 1, 1, 3)).ravel().tolist() == [-1.0, 0.5, 1.0]
    assert POINTS.from_network(wide).tolist() == wide.tolist()


def test_labels_stay_whole_numbers():
    np.testing.assert_array_equal(LABELS.to_network(np.array([2, 0])), [2, 0])


# ------------------------------------------------------------- pictures and files


def test_class_names_stand_beside_rows_that_are_high_enough():
    kind = kinds.Images(shape=(14, 14, 1))
    samples = random((6, 14, 14, 1))
    plain = kind.picture(samples, columns=3)
    named = kind.picture(samples, columns=3, class_names=["cat", "elephant"])
    assert named.shape[0] == plain.shape[0]
    np.testing.assert_array_equal(named[:, -plain.shape[1] :], plain)
    margin = named[:, : -plain.shape[1], 0]
    dark = (margin < 128).sum(axis=1)
    assert 0 < dark[:14].sum() < dark[16:].sum()  # the second name is longer
    low = random((6, 4, 6, 3))
    without = IMAGES.picture(low, columns=3)
    np.testing.assert_array_equal(IMAGES.picture(low, columns=3, class_names=["a", "b"]), without)


def test_pictures():
    picture = IMAGES.picture(random((6, 4, 6, 3)), columns=3)
    assert (picture.dtype, picture.ndim, picture.shape[-1]) == (np.uint8, 3, 3)
    assert picture.shape[0] < picture.shape[1]  # two rows of three
    assert POINTS.picture(random((5, 2)), real=random((5, 2))).shape == (480, 480, 3)
    with pytest.raises(ValueError, match="shape \\(n, 2\\)"):
        kinds.Vectors(shape=(3,)).picture(random((5, 3)))
    with pytest.raises(ValueError, match="can't be shown side by side"):
        POINTS.shown(random((5, 2)))


@pytest.mark.parametrize(("channels", "shown"), [(1, 1), (2, 1), (3, 3), (4, 3)])
def test_a_mask_beside_an_image_is_not_shown(channels, shown):
    samples = random((2, 4, 6, channels))
    found = kinds.Images(shape=(4, 6, channels)).shown(samples)
    assert (found.dtype, found.shape) == (np.uint8, (2, 4, 6, shown))
    np.testing.assert_allclose(found / 127.5 - 1, samples[..., :shown], atol=0.5 / 127.5 + 1e-6)


def test_each_class_of_a_map_has_a_colour():
    maps = np.arange(5, dtype="float32").reshape(1, 1, 5, 1)
    shown = MAPS.shown(maps)[0, 0]
    assert shown.dtype == np.uint8
    assert len({tuple(colour) for colour in shown.tolist()}) == 5
    np.testing.assert_array_equal(MAPS.shown(maps[:, :, ::-1])[0, 0], shown[::-1])
    assert MAPS.picture(np.zeros((4, 4, 6, 1))).shape[-1] == 3


WRITTEN = [
    (IMAGES, ".png", (4, 4, 6, 3)),
    (IMAGES, ".gif", (4, 4, 6, 3)),
    (IMAGES, "", (4, 4, 6, 3)),
    (IMAGES, ".npz", (4, 4, 6, 3)),
    (MAPS, ".npz", (4, 4, 6, 1)),
    (POINTS, ".png", (4, 2)),
    (POINTS, ".npz", (4, 2)),
]


def test_every_format_is_tried():
    tried = {(type(kind), suffix) for kind, suffix, _ in WRITTEN}
    # test_kinds_table.py and so on, tests/data/test_data_sounds.py, test_data_videos.py
    elsewhere = (kinds.Tabular, kinds.Tokens, kinds.Signals, kinds.Spectrograms, kinds.Waves)
    elsewhere += (kinds.Videos, kinds.Mels)
    others = {kind for kind in kinds.NAMES.values() if not issubclass(kind, elsewhere)}
    assert tried >= {(kind, s) for kind in others for s in kind.formats}


@pytest.mark.parametrize(("kind", "suffix", "shape"), WRITTEN)
def test_files(kind, suffix, shape, tmp_path):
    samples, path = random(shape), tmp_path / "new" / f"samples{suffix}"
    kind.write(path, samples, np.array([0, 2, 1, 1], "int32"), columns=2)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]  # nothing beside it
    if suffix == ".npz":
        with np.load(path) as arrays:
            np.testing.assert_array_equal(arrays["samples"], samples)
            assert arrays["labels"].tolist() == [0, 2, 1, 1]
    elif suffix == "":
        names = sorted(entry.name for entry in path.iterdir())
        assert names == [f"{i:05d}-class{c}.png" for i, c in enumerate((0, 2, 1, 1))]
        written = np.asarray(Image.open(path / names[1]))
        np.testing.assert_array_equal(written, kind.check(samples, "x")[1])
    elif suffix == ".gif":
        assert Image.open(path).n_frames == 4
    else:
        picture = kind.picture(samples, columns=2)
        np.testing.assert_array_equal(np.asarray(Image.open(path)), picture)


@pytest.mark.parametrize(("kind", "suffix", "shape"), WRITTEN)
def test_what_can_not_be_written_leaves_nothing(kind, suffix, shape, tmp_path):
    class Broken:
        """Fails as soon as anybody looks at it."""

        def __array__(self, *arguments, **keywords):
            raise RuntimeError("broken")

        def __getattr__(self, name):
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        kind.write(tmp_path / f"samples{suffix}", Broken())
    assert list(tmp_path.rglob("*.*")) == []


def test_a_folder_that_breaks_off_is_not_there(tmp_path, monkeypatch):
    saved, save = [], images.save_png

    def save_two(path, picture, **arguments):
        if len(saved) == 2:
            raise OSError("full")
        saved.append(path)
        save(path, picture)

    monkeypatch.setattr(images, "save_png", save_two)
    with pytest.raises(OSError, match="full"):
        IMAGES.write(tmp_path / "samples", random((4, 4, 6, 3)))
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    IMAGES.write(tmp_path / "samples", random((4, 4, 6, 3)))
    assert len(list((tmp_path / "samples").iterdir())) == 4


@pytest.mark.parametrize(
    ("kind", "known"),
    [(IMAGES, ".png, .gif, a folder (no suffix), .npz"), (MAPS, ".npz"), (POINTS, ".png, .npz")],
)
def test_another_suffix_is_refused(kind, known, tmp_path):
    with pytest.raises(ValueError, match=r"go to .*\.npz\. Received: ") as caught:
        kind.write(tmp_path / "samples.bmp", random((4, 4, 6, 3)))
    assert known in str(caught.value)
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------- what kind an array is of


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (random((2, 4, 6, 3)), IMAGES),
        (np.zeros((2, 4, 6, 3), "uint8"), IMAGES),
        (np.zeros((2, 4, 6), "uint8"), GREY),
        (random((5, 2)), POINTS),
        ([[0.5, 1.0]], POINTS),
    ],
)
def test_the_kind_of_an_array(array, kind):
    assert kinds.of(array) == kind


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (random((2, 4, 6)), "images[..., None]"),
        (random((2,)), "say its `kind`"),
        (random((2, 1, 4, 6, 3)), "say its `kind`"),
        (random((0, 4, 6, 3)), "none of them empty"),
    ],
)
def test_an_array_of_no_certain_kind_is_refused(array, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        kinds.of(array)


def test_the_kind_of_a_shape():
    assert kinds.of_shape((4, 6, 3)) == IMAGES
    assert kinds.of_shape((2,)) == POINTS
    assert kinds.of_shape((None, None, 3)) == kinds.Images(shape=(None, None, 3))
    with pytest.raises(ValueError, match="label_maps"):
        kinds.of_shape((4, 6))


@pytest.mark.parametrize(
    ("described", "kind", "unit"),
    [
        ({"kind": "table", "sample_shape": [7]}, kinds.Table, "rows"),
        ({"kind": "mode_table"}, kinds.ModeTable, "rows"),
        ({"kind": "images", "sample_shape": [4, 4, 1]}, kinds.Images, "images"),
        ({"kind": "of a later version", "sample_shape": [2]}, kinds.Vectors, "points"),
        ({"sample_shape": [4, 4, 1]}, kinds.Images, "images"),  # a run of 0.1.0
        ({"sample_shape": [4, 4]}, kinds.Kind, "samples"),
        ({}, kinds.Kind, "samples"),
    ],
)
def test_the_kind_that_a_run_says(described, kind, unit):
    assert kinds.described(described) is kind
    assert kinds.described(described).unit == unit


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: kinds.Images(shape=(4, 6)), "(height, width, channels)"),
        (lambda: kinds.LabelMaps(shape=(4, 6, 3)), "(h, w, 1)"),
        (lambda: kinds.LabelMaps(shape=(4, 6)), "(h, w, 1)"),
        (lambda: kinds.LabelMaps(shape=(4, 6, 1), num_classes=0), "num_classes"),
        (lambda: kinds.Vectors(shape=(4, 6)), "(d,)"),
        (lambda: kinds.Labels(num_classes=0), "num_classes"),
    ],
)
def test_a_kind_that_can_not_be_is_refused(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_samples_as_scores_take_them():
    """Images as bytes, whether they came as such or not; vectors as they are; labels not at all."""
    floats = np.array([-1.0, 0.0, 1.0, 1.005], "float32").reshape(1, 2, 2, 1)
    image = kinds.Images(shape=(2, 2, 1))
    assert image.scored(floats).ravel().tolist() == [0, 128, 255, 255]
    assert image.scored(np.uint8([[[[7]]]])).ravel().tolist() == [7]
    assert kinds.Vectors(shape=(2,)).scored(np.array([[3, -9]])).dtype == np.float32
    with pytest.raises(ValueError, match=r"must lie in \[-1, 1\]. Received: -1 to 1.02"):
        image.scored(np.array([-1.0, 0.0, 1.0, 1.02]).reshape(1, 2, 2, 1))
    lost = np.float32([1, np.nan, 1, -1])
    for kind, shape in ((image, (2, 1, 2, 1)), (kinds.Vectors(shape=(2,)), (2, 2))):
        with pytest.raises(ValueError, match=r"^1 of 2 samples hold NaN or infinite numbers"):
            kind.scored(lost.reshape(shape))
    with pytest.raises(ValueError, match=r"^Labels can't be scored as samples"):
        kinds.Labels(num_classes=2).scored(np.int32([0, 1]))
    assert kinds.are_images((2, 2, 1))
    assert not kinds.are_images((2,))
