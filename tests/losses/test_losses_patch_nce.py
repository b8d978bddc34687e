"""PatchNCE against CUT's own code and numbers worked by hand."""

import doctest
import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.losses import PatchNCE, patch_nce


def features(batch=2, patches=16, channels=8):
    k = np.arange(batch * patches * channels, dtype="float64")
    sides = np.sin(0.37 * k), np.cos(0.23 * k)
    sides = [side.reshape(batch, patches, channels) for side in sides]
    return [side / np.linalg.norm(side, axis=-1, keepdims=True) for side in sides]


@pytest.mark.parametrize(("negatives", "expected"), [("image", 14.2034292), ("batch", 14.9168644)])
@pytest.mark.parametrize("length", [1.0, 3.5])
def test_cut_s_numbers_whatever_the_length_of_the_features(negatives, expected, length):
    loss = PatchNCE(temperature=0.07, negatives=negatives)
    assert abs(float(loss(*(length * side for side in features()))) - expected) < 2e-5


def test_by_hand():
    # q . k = 1 and 0 for the first patch, 0 and 1 for the second: log(1 + e^-2) at temperature 1/2
    one = tf.constant([[[1.0, 0.0], [0.0, 1.0]]])
    assert abs(float(PatchNCE(temperature=0.5)(one, one)) - math.log1p(math.exp(-2))) < 1e-6
    # swapped keys: log(1 + e^2)
    swapped = float(PatchNCE(temperature=0.5)(one, one[:, ::-1]))
    assert abs(swapped - math.log1p(math.exp(2))) < 1e-6
    # features that tell nothing
    flat = tf.ones((3, 5, 4))
    assert abs(float(PatchNCE()(flat, flat)) - math.log(5)) < 1e-5
    assert abs(float(PatchNCE(negatives="batch")(flat, flat)) - math.log(15)) < 1e-5


def test_images_are_never_mixed_whatever_the_batch():
    """A last batch of three, too: its loss is the mean of those of each image by itself."""
    queries, keys = features(batch=3)
    each = [float(PatchNCE()(queries[i : i + 1], keys[i : i + 1])) for i in range(3)]
    assert np.ptp(each) > 0.01
    assert abs(float(PatchNCE()(queries, keys)) - np.mean(each)) < 1e-5


def test_gradients_under_xla_go_into_the_queries_alone():
    queries, keys = (tf.constant(side, tf.float32) for side in features())

    def step(queries, keys):
        with tf.GradientTape() as tape:
            tape.watch([queries, keys])
            value = PatchNCE()(queries, keys)
        return value, tape.gradient(value, [queries, keys])

    (value, (to_queries, to_keys)) = step(queries, keys)
    compiled = tf.function(lambda q, k: step(q, k)[1][0], jit_compile=True)(queries, keys)
    assert to_keys is None
    np.testing.assert_allclose(compiled, to_queries, atol=1e-5)
    assert float(PatchNCE()(queries - 0.1 * to_queries, keys)) < float(value) - 0.01


def test_half_precision_is_computed_in_float32():
    half = [tf.cast(side, tf.float16) for side in features()]
    assert float(PatchNCE()(*half)) == float(PatchNCE()(*(tf.cast(x, tf.float32) for x in half)))


def test_gives_itself_back_and_refuses():
    loss = PatchNCE(temperature=0.1, negatives="batch")
    assert keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(loss)) == loss
    with pytest.raises(ValueError, match=r"above 0\. Received: 0"):
        PatchNCE(temperature=0)
    with pytest.raises(ValueError, match="Did you mean 'image'"):
        PatchNCE(negatives="images")
    with pytest.raises(ValueError, match=r"\(2, 3, 4\) and \(2, 5, 4\)"):
        PatchNCE()(tf.ones((2, 3, 4)), tf.ones((2, 5, 4)))
    with pytest.raises(ValueError, match=r"\(3, 4\)"):
        PatchNCE()(tf.ones((3, 4)), tf.ones((3, 4)))


def test_the_example_in_the_docstring_runs():
    found = doctest.testmod(patch_nce)
    assert (found.failed, found.attempted) == (0, 2)


def test_a_vector_of_zeros_has_no_gradient():
    """Its own term is log(2), as of features that tell nothing; the other: log(1 + e^-1)."""
    queries = tf.constant([[[0.0, 0.0], [0.0, 1.0]]])
    keys = tf.constant([[[1.0, 0.0], [0.0, 1.0]]])
    with tf.GradientTape() as tape:
        tape.watch(queries)
        value = PatchNCE(temperature=1.0)(queries, keys)
    gradient = np.asarray(tape.gradient(value, queries))
    assert float(value) == pytest.approx((math.log(2) + math.log1p(math.exp(-1))) / 2, rel=1e-6)
    np.testing.assert_array_equal(gradient[0, 0], [0.0, 0.0])
    assert 0.01 < np.abs(gradient[0, 1]).max() < 1
