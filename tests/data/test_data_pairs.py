"""Tests of the readers of pairs: folders, side by side, arrays, layouts, label maps."""

import numpy as np
import pytest
from PIL import Image

from gan_keras import data
from gan_keras.data import pair_arrays
from gan_keras.data.label_ids import LabelIds
from gan_keras.data.pair_files import from_folders
from gan_keras.data.pair_folder import pair_folder
from gan_keras.data.pairs import Pairs
from gan_keras.data.side_by_side import side_by_side


def save(path, array, mode=None):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(np.asarray(array, "uint8"))
    (picture.convert(mode) if mode else picture).save(path)


def colour(value, height=4, width=4):
    return np.full((height, width, 3), value, "uint8")


def pair_of_folders(root, names=("one", "two", "three")):
    for place, name in enumerate(names):
        save(root / "input" / f"{name}.png", colour(10 + place)[..., 0])
        save(root / "target" / f"{name}.bmp", colour(100 + place))
    return root / "input", root / "target"


def test_pairs_by_file_name(tmp_path):
    pairs = from_folders(*pair_of_folders(tmp_path))
    assert pairs.names == ["one", "three", "two"]
    assert pairs.input.shape == (3, 4, 4, 1)
    assert pairs.samples.shape == (3, 4, 4, 3)
    assert pairs.input[:, 0, 0, 0].tolist() == [10, 12, 11]
    assert pairs.samples[:, 0, 0, 0].tolist() == [100, 102, 101]
    assert pairs.paired


def test_pairs_below_folders_of_their_own(tmp_path):
    for side, value in (("input", 1), ("target", 2)):
        save(tmp_path / side / "a" / "x.png", colour(value))
        save(tmp_path / side / "b" / "x.png", colour(value + 10))
    pairs = from_folders(tmp_path / "input", tmp_path / "target", channels=3)
    assert pairs.names == ["a/x", "b/x"]
    assert pairs.samples[:, 0, 0, 0].tolist() == [2, 12]


def test_a_picture_without_a_partner_is_named_and_counted(tmp_path):
    folders = pair_of_folders(tmp_path)
    (folders[1] / "two.bmp").unlink()
    with pytest.raises(ValueError, match=r"1 of 3 names have no partner, '.*input.two.png' first"):
        from_folders(*folders)
    pairs = from_folders(*folders, paired=False)
    assert (len(pairs.input), len(pairs.samples), pairs.paired) == (3, 2, False)


def test_two_pictures_of_one_name_are_refused(tmp_path):
    folders = pair_of_folders(tmp_path)
    save(folders[1] / "two.png", colour(0))
    with pytest.raises(ValueError, match="have one name"):
        from_folders(*folders)


def test_sizes_within_a_pair(tmp_path):
    folders = pair_of_folders(tmp_path, ("one",))
    save(folders[1] / "one.bmp", colour(9, 8, 6))
    with pytest.raises(ValueError, match=r"one.png' has an input of 4x4 .* target of 6x8"):
        from_folders(*folders)
    # Cropped to squares they would no longer lie on each other.
    message = r"one.png' has an input of 4x4 .* target of 6x8, .* Crop one of them"
    with pytest.raises(ValueError, match=message):
        from_folders(*folders, image_size=2)
    for height, width in ((12, 12), (8, 9)):  # as large as that, but for rounding
        save(folders[1] / "one.bmp", colour(9, height, width))
        pairs = from_folders(*folders, image_size=2)
        assert pairs.input.shape[1:3] == pairs.samples.shape[1:3] == (2, 2)
    assert from_folders(*folders, image_size=2, paired=False).num_ids is None


def test_sizes_from_pair_to_pair(tmp_path):
    folders = pair_of_folders(tmp_path, ("one",))
    save(folders[0] / "two.png", colour(9, 8, 6)[..., 0])
    save(folders[1] / "two.bmp", colour(9, 8, 6))
    with pytest.raises(ValueError, match=r"4x4 and '.*two.*' 6x8 pixels. Give `image_size`"):
        from_folders(*folders)


def test_transparency_is_laid_on_white_and_marks_are_obeyed(tmp_path):
    folders = pair_of_folders(tmp_path, ("one",))
    clear = np.zeros((4, 4, 4), "uint8")
    clear[:2, :, 3] = 255
    save(folders[0] / "one.png", clear)
    exif = Image.Exif()
    exif[0x0112] = 3  # turned by 180 degrees
    turned = Image.fromarray(np.arange(48, dtype="uint8").reshape(4, 4, 3))
    (folders[1] / "one.bmp").unlink()
    turned.save(folders[1] / "one.png", exif=exif)
    pairs = from_folders(*folders)
    assert pairs.input[0, :, 0, 0].tolist() == [0, 0, 255, 255]
    assert pairs.samples[0, 0, 0].tolist() == [45, 46, 47]


def test_a_damaged_file_is_named(tmp_path):
    folders = pair_of_folders(tmp_path)
    (folders[0] / "two.png").write_bytes(b"no picture")
    with pytest.raises(ValueError, match=r"1 of 3 files can't be read, '.*two.png' first"):
        from_folders(*folders)


@pytest.mark.parametrize(("direction", "given", "wanted"), [("AtoB", 1, 2), ("BtoA", 2, 1)])
def test_side_by_side(tmp_path, direction, given, wanted):
    save(tmp_path / "x.png", np.concatenate([colour(1), colour(2)], axis=1))
    save(tmp_path / "y.png", np.concatenate([colour(11), colour(12)], axis=1))
    pairs = side_by_side(tmp_path, direction=direction)
    assert pairs.names == ["x", "y"]
    assert pairs.input.shape == pairs.samples.shape == (2, 4, 4, 3)
    assert (pairs.input[:, 0] == np.array([given, given + 10])[:, None, None]).all()
    assert (pairs.samples[:, 0] == np.array([wanted, wanted + 10])[:, None, None]).all()


def test_side_by_side_halves_are_brought_to_a_size_each(tmp_path):
    left_and_right = np.concatenate([colour(0, 8, 8), colour(200, 8, 8)], axis=1)
    save(tmp_path / "x.png", left_and_right)
    pairs = side_by_side(tmp_path, image_size=4, input_channels=1)
    assert pairs.input.shape == (1, 4, 4, 1)
    assert (pairs.input == 0).all()  # nothing of the other half comes in
    assert (pairs.samples == 200).all()


def test_side_by_side_refusals(tmp_path):
    save(tmp_path / "x.png", colour(1, 4, 7))
    with pytest.raises(ValueError, match=r"x.png' is 7 pixels wide, which is odd"):
        side_by_side(tmp_path)
    with pytest.raises(ValueError, match="'AtoB' or 'BtoA'"):
        side_by_side(tmp_path, direction="ab")
    save(tmp_path / "x.png", colour(1, 6, 8))  # a photograph
    with pytest.raises(ValueError, match="is 8x6 pixels: too narrow for two pictures side by side"):
        side_by_side(tmp_path)
    save(tmp_path / "x.png", colour(1, 4, 8))
    save(tmp_path / "y.png", colour(1, 6, 10))
    with pytest.raises(ValueError, match=r"mixed sizes: 'y.png' is another than 'x.png'"):
        side_by_side(tmp_path)


def test_arrays_and_their_file(tmp_path):
    images = np.arange(96, dtype="uint8").reshape(2, 4, 4, 3)
    pairs = pair_arrays.from_arrays(images[..., 0], images)
    assert pairs.input.shape == (2, 4, 4, 1)
    np.savez(tmp_path / "p.npz", input=images[..., 0], target=images, test_input=images)
    found = pair_arrays.pair_file(tmp_path / "p.npz")
    np.testing.assert_array_equal(found.samples, images)
    with pytest.raises(ValueError, match="'test_input' and 'test_target'"):
        pair_arrays.pair_file(tmp_path / "p.npz", split="test")


@pytest.mark.parametrize(
    ("given", "wanted", "message"),
    [
        (np.zeros((2, 4, 4), "uint8"), np.zeros((3, 4, 4), "uint8"), "2 inputs .* 3 samples"),
        (np.zeros((2, 4, 4, 4), "uint8"), np.zeros((2, 4, 4), "uint8"), "with 1 or 3 channels"),
        (np.ones((2, 4, 4, 1)), np.zeros((2, 4, 4), "uint8"), "no value below 0"),
    ],
)
def test_arrays_refused(given, wanted, message):
    with pytest.raises(ValueError, match=message):
        pair_arrays.from_arrays(given, wanted)


def test_arrays_are_brought_to_a_size_each():
    """Pictures are filtered, class numbers are not; both take `fit`."""
    stripes = np.tile(np.array([0, 2] * 4, "uint8"), (3, 8, 1))
    images = np.repeat(stripes[..., None] * 100, 3, axis=-1)
    maps = LabelIds(num_classes=3)
    sizes = {"image_size": 4, "channels": 1}
    pairs = pair_arrays.from_arrays(stripes, images, label_maps=maps, **sizes)
    assert pairs.input.shape == pairs.samples.shape == (3, 4, 4, 1)
    assert set(np.unique(pairs.input)) <= {0, 2}
    assert 80 < pairs.samples[:, 1:3, 1:3].min() < pairs.samples[:, 1:3, 1:3].max() < 120
    wide = np.zeros((2, 4, 8, 3), "uint8")
    pairs = pair_arrays.from_arrays(images, wide, paired=None, image_size=4, input_channels=1)
    assert (pairs.input.shape, pairs.samples.shape) == ((3, 4, 4, 1), (2, 4, 4, 3))
    assert not pairs.paired  # they are not equally many
    assert pair_arrays.from_arrays(images, images, paired=None).paired


def test_a_file_of_pairs_needs_no_word_about_it(tmp_path):
    images = np.zeros((2, 4, 4, 3), "uint8")
    np.savez(tmp_path / "p.npz", input=images, target=images)
    found = data.source(tmp_path / "p.npz", image_size=2)
    assert found.paired
    assert found.entries["input"].shape == found.samples.shape == (2, 2, 2, 3)
    assert not data.source(tmp_path / "p.npz", pairing="unpaired").paired
    with pytest.raises(ValueError, match=r"`pairing` .='pair'. must be 'paired', 'unpaired' or"):
        data.source(tmp_path / "p.npz", pairing="pair")
    (tmp_path / "q.npz").write_bytes(b"no archive")
    with pytest.raises(ValueError, match=r"q\.npz"):
        data.source(tmp_path / "q.npz")


def test_unpaired_may_be_of_other_numbers():
    two, three = np.zeros((2, 4, 4, 1), "uint8"), np.zeros((3, 4, 4, 1), "uint8")
    assert not Pairs(name="x", samples=two, input=three, paired=False).paired
    with pytest.raises(ValueError, match="Give paired=False"):
        Pairs(name="x", samples=two, input=three)


def fill(root, folders):
    """One picture in each folder: the value of its place, from 1 on."""
    for place, folder in enumerate(folders):
        save(root / folder / "x.png", colour(place + 1))
    return root


@pytest.mark.parametrize(
    ("folders", "split", "direction", "expected"),
    [
        (["input", "target"], "train", "AtoB", (1, 2, True)),
        (["input", "target"], "train", "BtoA", (1, 2, True)),
        (["A", "B"], "train", "AtoB", (1, 2, True)),
        (["A", "B"], "train", "BtoA", (2, 1, True)),
        (["trainA", "trainB", "testA", "testB"], "train", "AtoB", (1, 2, False)),
        (["trainA", "trainB", "testA", "testB"], "test", "BtoA", (4, 3, False)),
        (["train/A", "train/B", "test/A", "test/B"], "test", "AtoB", (3, 4, True)),
        (["train/input", "train/target"], "train", "AtoB", (1, 2, True)),
    ],
)
def test_layouts_of_two_folders(tmp_path, folders, split, direction, expected):
    pairs = pair_folder(fill(tmp_path, folders), split=split, direction=direction)
    assert (pairs.input[0, 0, 0, 0], pairs.samples[0, 0, 0, 0], pairs.paired) == expected
    assert pairs.name == str(tmp_path)


@pytest.mark.parametrize(("folders", "split"), [([""], "train"), (["train", "test"], "test")])
def test_layouts_of_pictures_side_by_side(tmp_path, folders, split):
    for folder in folders:
        save(tmp_path / folder / "x.png", np.concatenate([colour(1), colour(2)], axis=1))
    pairs = pair_folder(tmp_path, split=split)
    assert (pairs.input[0, 0, 0, 0], pairs.samples[0, 0, 0, 0], pairs.paired) == (1, 2, True)


def test_a_layouts_pairing_can_be_said_otherwise(tmp_path):
    fill(tmp_path, ["A", "B"])
    assert not pair_folder(tmp_path, pairing="unpaired").paired


@pytest.mark.parametrize(
    ("folders", "arguments", "message"),
    [
        (["A", "B", "input", "target"], {}, "more than one layout: folders A, B, input, target"),
        (["photos", "maps"], {}, "none of the known layouts: folders maps, photos"),
        (["A", "B"], {"split": "test"}, "no 'test' split"),
        (["trainA", "trainB"], {"split": "test"}, "no folders 'testA' and 'testB'"),
        (["train"], {"split": "test"}, "no 'test' split"),
        ([""], {"pairing": "unpaired"}, "side by side, but pairing='unpaired' need two folders"),
        (["A", "B"], {"direction": "x"}, "'AtoB' or 'BtoA'"),
        (["A", "B"], {"pairing": "x"}, "'paired', 'unpaired' or None"),
        (["A", "B"], {"split": "x"}, "Take 'train' or 'test'"),
    ],
)
def test_layouts_refused(tmp_path, folders, arguments, message):
    with pytest.raises(ValueError, match=message):
        pair_folder(fill(tmp_path, folders), **arguments)


IDS = np.array([[0, 1, 2], [2, 1, 0]], "uint8")


def palette(path, ids):
    picture = Image.fromarray(ids, "P")
    picture.putpalette([255, 0, 0, 9, 9, 9, 0, 0, 255] * 4)  # whose greys would be 76, 9 and 29
    picture.save(path)


def test_of_a_palette_the_indices_count(tmp_path):
    palette(tmp_path / "p.png", IDS)
    save(tmp_path / "l.png", IDS)
    for name in ("p.png", "l.png"):
        ids = LabelIds(num_classes=3).decoded(tmp_path / name)
        np.testing.assert_array_equal(ids[..., 0], IDS)


def test_label_maps_are_resized_without_new_numbers(tmp_path):
    ids = np.zeros((8, 8), "uint8")
    ids[:, 4:] = 9
    palette(tmp_path / "p.png", ids)
    small = LabelIds(num_classes=10).decoded(tmp_path / "p.png", (3, 3))
    assert set(small.flat) == {0, 9}
    padded = LabelIds(num_classes=10, dont_care=255).decoded(tmp_path / "p.png", (8, 12), "pad")
    assert padded.shape == (8, 12, 1)
    assert padded[0, :, 0].tolist() == [10, 10, 0, 0, 0, 0, 9, 9, 9, 9, 10, 10]
    with pytest.raises(ValueError, match="pixels of no class"):
        LabelIds(num_classes=10).decoded(tmp_path / "p.png", (8, 12), "pad")


def test_dont_care_becomes_an_extra_class():
    maps = LabelIds(num_classes=3, dont_care=255)
    ids = maps.checked(np.array([[[0, 2, 255]]]), "x")
    assert ids.tolist() == [[[[0], [2], [3]]]]
    assert (maps.num_ids, LabelIds(num_classes=3).num_ids) == (4, 3)


@pytest.mark.parametrize(
    ("maps", "ids", "message"),
    [
        ({}, np.array([[[3]]]), r"holds 3, but class numbers must lie in \[0, 2\]"),
        ({}, np.array([[[255]]]), "Give dont_care=255"),
        ({}, np.array([[[-1]]]), "holds -1"),
        ({"dont_care": 255}, np.array([[[3, 255]]]), r"holds 3, .* or 255 \(no class\)"),
        ({}, np.array([[[0.5]]]), "are float64, but must be integers"),
        ({}, np.zeros((1, 2, 2, 3), int), "must be .n, h, w."),
    ],
)
def test_label_maps_refused(maps, ids, message):
    with pytest.raises(ValueError, match=message):
        LabelIds(num_classes=3, **maps).checked(ids, "x")


@pytest.mark.parametrize(
    ("name", "mode", "message"),
    [("x.jpg", "L", "is a JPEG"), ("x.png", "RGB", "mode RGB"), ("x.png", "LA", "mode LA")],
)
def test_files_that_are_no_label_maps(tmp_path, name, mode, message):
    save(tmp_path / name, IDS, mode)
    with pytest.raises(ValueError, match=message):
        LabelIds(num_classes=3).decoded(tmp_path / name)


@pytest.mark.parametrize("arguments", [{"num_classes": 0}, {"num_classes": 3, "dont_care": 2}])
def test_label_maps_out_of_range(arguments):
    with pytest.raises(ValueError, match="must be"):
        LabelIds(**arguments)


def test_a_folder_of_label_maps(tmp_path):
    (tmp_path / "A").mkdir()
    palette(tmp_path / "A" / "x.png", IDS)
    save(tmp_path / "B" / "x.png", colour(7, 2, 3))
    pairs = pair_folder(tmp_path, label_maps=LabelIds(num_classes=3))
    np.testing.assert_array_equal(pairs.input[0, ..., 0], IDS)
    with pytest.raises(ValueError, match=r"1 of 1 files can't be read.*holds 2"):
        pair_folder(tmp_path, label_maps=LabelIds(num_classes=2))
