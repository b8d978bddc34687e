"""Tests of the bundled emoji: what is in the file, its parts, and what training is given."""

import time
import zipfile

import numpy as np
import pytest

from gan_keras.data import fluent_emoji as module
from gan_keras.data.fluent_emoji import fluent_emoji


def archive(entry):
    with np.load(module.PATH) as content:
        return content[entry]


def names():
    return archive("names").tobytes().decode().split("\n")


def test_the_file_is_small_whole_and_carries_its_licence():
    assert module.PATH.stat().st_size < 8e6
    licence = module.PATH.with_name("fluent_emoji.LICENSE.txt").read_text()
    assert "MIT License" in licence
    assert "Copyright (c) Microsoft Corporation." in licence
    with zipfile.ZipFile(module.PATH) as content:
        assert content.testzip() is None


def test_training_pairs():
    started = time.process_time()
    pairs = fluent_emoji()
    assert time.process_time() - started < 1.5  # 0.4 on an idle machine
    assert pairs.samples.shape == (1413, 64, 64, 3)
    assert pairs.input.shape == (1413, 64, 64, 1)
    assert pairs.samples.dtype == pairs.input.dtype == np.uint8
    assert pairs.paired
    assert len(set(pairs.names)) == 1413
    assert pairs.names[:2] == ["keycap-hashtag", "keycap-asterisk"]
    # A circle on white, as the flat set draws it: #F8312F in the middle.
    flat = fluent_emoji(input="flat")
    place = flat.names.index("red-circle")
    assert flat.input[place, 32, 32].tolist() == [0xF8, 0x31, 0x2F]
    assert flat.input[place, 0, 0].tolist() == [255, 255, 255]


def test_pictures_of_a_symbol_lie_on_each_other():
    pairs = fluent_emoji(input="flat")
    inks = [(images.min(axis=-1) < 250) for images in (pairs.input, pairs.samples)]
    both = (inks[0] & inks[1]).sum((1, 2)) / (inks[0] | inks[1]).sum((1, 2))
    assert both.mean() > 0.9
    shifted = (inks[0] & inks[1][::-1]).sum((1, 2)) / (inks[0] | inks[1][::-1]).sum((1, 2))
    assert shifted.mean() < 0.7  # of other symbols


def test_the_splits_have_no_symbol_in_common():
    train, test = fluent_emoji(), fluent_emoji(split="test")
    assert len(test.samples) == 157
    assert not set(train.names) & set(test.names)
    assert sorted(train.names + test.names) == sorted(names())


def test_families_are_never_divided():
    parts, families = archive("parts"), archive("families")
    assert np.bincount(parts).tolist() == [707, 706, 157]
    for family in range(families.max() + 1):
        assert len(set(parts[families == family])) == 1
    of = dict(zip(names(), families, strict=True))
    assert of["one-oclock"] == of["twelve-thirty"]
    assert of["white-flag"] == of["crossed-flags"] == of["pirate-flag"]
    assert of["waving-hand"] == of["thumbs-up"] == of["raised-fist"]
    assert of["man-judge"] == of["woman-judge"] == of["judge"]
    assert of["full-moon"] == of["first-quarter-moon-face"]
    assert of["taco"] != of["burrito"]


@pytest.mark.parametrize("kind", ["line", "flat", "render"])
def test_no_test_picture_looks_like_one_of_training(kind):
    parts = archive("parts")
    small = module.unpacked(archive(kind), 1570).reshape(1570, 16, 4, 16, 4, 3).mean((2, 4))
    small = small.reshape(1570, -1)
    train, test = small[parts != 2], small[parts == 2]
    squares = (test**2).sum(1)[:, None] + (train**2).sum(1) - 2 * test @ train.T
    assert np.sqrt(squares.min() / small.shape[1]) > 12
    # The measure tells: one o'clock and two o'clock, both of training, are nearer than that.
    one, two = (small[names().index(name)] for name in ("one-oclock", "two-oclock"))
    assert np.sqrt(((one - two) ** 2).mean()) < 25
    squares = (train**2).sum(1)[:, None] + (train**2).sum(1) - 2 * train @ train.T
    np.fill_diagonal(squares, np.inf)
    assert np.sqrt(max(squares.min(), 0) / small.shape[1]) < 3


def test_unpaired_the_halves_are_of_other_symbols():
    pairs = fluent_emoji(input="flat", pairing="unpaired")
    whole = fluent_emoji(input="flat")
    assert not pairs.paired
    assert (len(pairs.input), len(pairs.samples)) == (707, 706)
    symbols = [names()[place] for place in np.flatnonzero(archive("parts") == 0)]
    assert not set(symbols) & set(pairs.names)
    places = [whole.names.index(name) for name in pairs.names]
    np.testing.assert_array_equal(pairs.samples, whole.samples[places])
    places = [whole.names.index(name) for name in symbols]
    np.testing.assert_array_equal(pairs.input, whole.input[places])


def test_the_truth_of_unpaired_training_is_paired():
    truth = fluent_emoji(split="test", input="flat", pairing="unpaired")
    assert truth.paired
    np.testing.assert_array_equal(truth.input, fluent_emoji(split="test", input="flat").input)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"split": "val"}, "`split` .*'train', 'test'"),
        ({"input": "lime"}, "Did you mean 'line'"),
        ({"target": "line"}, "`target` .*'render', 'flat'"),
        ({"pairing": "both"}, "'paired', 'unpaired'"),
        ({"input": "flat", "target": "flat"}, "both 'flat'"),
    ],
)
def test_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        fluent_emoji(**arguments)
