"""Tests of Source: checks, fingerprint, split."""

import dataclasses

import numpy as np
import pytest

from gan_keras import data


def labelled(num_samples=20):
    pixels = np.random.default_rng(0).integers(0, 256, (num_samples, 4, 4, 1)).astype("uint8")
    return data.Source(name="some", samples=pixels, labels=np.arange(num_samples) % 3)


def test_properties():
    source = labelled()
    assert (source.num_samples, source.sample_shape, source.num_classes) == (20, (4, 4, 1), 3)
    assert source.is_images
    assert source.labels.dtype == np.int32
    vectors = data.Source(name="v", samples=np.zeros((5, 2)))
    assert not vectors.is_images
    assert vectors.num_classes is None
    assert vectors.samples.dtype == np.float32


def test_class_names_say_how_many_classes_there_are():
    source = dataclasses.replace(labelled(), class_names=["a", "b", "c", "d"])
    assert source.num_classes == 4
    with pytest.raises(ValueError, match=r"labels lie in \[0, 2\], but must lie in \[0, 1\]"):
        dataclasses.replace(labelled(), class_names=["a", "b"])


def test_fingerprint_tells_data_apart():
    source = labelled()
    assert source.fingerprint == labelled().fingerprint
    assert len(source.fingerprint) == 16
    assert int(source.fingerprint, 16) >= 0
    other = source.samples.copy()
    other[3, 2, 1, 0] ^= 1  # one bit
    changed = [
        dataclasses.replace(source, samples=other),
        dataclasses.replace(source, labels=None),
        dataclasses.replace(source, labels=np.zeros(20, int)),
        dataclasses.replace(source, samples=source.samples.reshape(20, 2, 8, 1)),
    ]
    assert len({source.fingerprint, *(each.fingerprint for each in changed)}) == 5


def test_fingerprint_stays_when_batches_were_made():
    source = labelled()
    source.batches(4)
    assert source.fingerprint == labelled().fingerprint


def test_split_is_seeded_whole_and_without_overlap():
    source = data.Source(name="v", samples=np.arange(50.0)[:, np.newaxis], labels=np.arange(50))
    rest, held_out = source.split(0.2, seed=1)
    assert (rest.num_samples, held_out.num_samples) == (40, 10)
    both = np.concatenate([rest.labels, held_out.labels])
    assert sorted(both) == list(range(50))
    assert list(held_out.labels) == sorted(held_out.labels)
    np.testing.assert_array_equal(held_out.samples[:, 0], held_out.labels)
    np.testing.assert_array_equal(source.split(0.2, seed=1)[1].labels, held_out.labels)
    assert list(source.split(0.2, seed=2)[1].labels) != list(held_out.labels)
    assert held_out.name == "v (held out)"


@pytest.mark.parametrize("fraction", [0.0, 1.0, -0.5, 1.5, 0.001])
def test_split_refuses_an_empty_side(fraction):
    with pytest.raises(ValueError, match="leaves one side empty"):
        labelled().split(fraction)


def test_split_keeps_the_number_of_classes():
    pixels = np.zeros((10, 2, 2, 1), "uint8")
    source = data.Source(
        name="rare", samples=pixels, labels=np.arange(10), class_names=list("abcdefghij")
    )
    assert source.split(0.5)[1].num_classes == 10
