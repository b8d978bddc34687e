"""Class-balanced batches: shares, order, and entering the stream anywhere."""

import functools

import numpy as np
import pytest

from gan_keras import data


def source(counts=(50, 7, 3)):
    """Vectors that hold their own index, of unevenly many classes."""
    labels = np.repeat(np.arange(len(counts)), counts)
    samples = np.arange(len(labels), dtype="float32")[:, None]
    return data.source((samples, labels.astype("int32")))


def taken(num, **arguments):
    batches = source().batches(8, balanced=True, repeat=True, **arguments).take(num)
    samples, labels = zip(*batches.as_numpy_iterator(), strict=True)
    return np.concatenate(samples)[:, 0], np.concatenate(labels)


def test_every_batch_has_as_many_of_each_class_but_for_cut_rounds():
    _, labels = taken(60)
    for size, difference in ((8, 2), (6, 0)):
        counts = [np.bincount(batch, minlength=3) for batch in labels.reshape(-1, size)]
        assert max(count.max() - count.min() for count in counts) == difference
    assert np.array_equal(np.bincount(labels), [160, 160, 160])


def test_within_a_class_every_sample_comes_once_a_pass():
    samples, labels = taken(60)
    own = samples[labels == 1]
    for start in range(0, 154, 7):  # seven samples: places 50 to 56
        assert sorted(own[start : start + 7]) == list(range(50, 57))
    assert not np.array_equal(own[:7], own[7:14])


@functools.cache
def whole():
    """The stream's samples from its start."""
    return taken(104, seed=3)[0]


@pytest.mark.parametrize("first_batch", [1, 23, 24, 25, 100])
def test_the_stream_can_be_entered_anywhere(first_batch):
    rest, _ = taken(4, seed=3, first_batch=first_batch)
    assert np.array_equal(rest, whole()[8 * first_batch :][: 8 * 4])


def test_seeds_and_order():
    assert not np.array_equal(taken(4, seed=1)[0], taken(4, seed=2)[0])
    assert list(taken(1, shuffle=False)[0]) == [0, 50, 57, 1, 51, 58, 2, 52]


def test_without_repeat_each_iteration_is_the_next_pass():
    dataset = source().batches(8, balanced=True, labels=False)
    one, two = (np.concatenate(list(dataset.as_numpy_iterator())) for _ in range(2))
    assert len(one) == len(two) == 7 * 8 == 8 * len(dataset)  # 60 samples
    assert np.array_equal(np.concatenate([one, two])[:, 0], taken(14)[0])


def test_it_needs_labels():
    with pytest.raises(ValueError, match="no classes to balance"):
        data.source(np.zeros((9, 2), "float32")).batches(4, balanced=True)
