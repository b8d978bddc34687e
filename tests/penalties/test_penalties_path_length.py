"""Path length against a linear map, whose Jacobian is its matrix."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.networks import dcgan, stylegan2
from gan_keras.penalties import Critic, PathLength
from gan_keras.penalties.path_length import path_lengths


class Ones:
    """Noise of ones in place of a random stream."""

    def normal(self, shape):
        return tf.ones(shape)


def synthesize(styles):
    """(b, 2) -> (b, 2, 2, 1): the first number in every pixel, the second twice in one."""
    flat = styles @ tf.constant([[1.0, 1.0, 1.0, 1.0], [2.0, 0.0, 0.0, 0.0]])
    return tf.reshape(flat, (-1, 2, 2, 1))


def test_lengths_by_hand():
    # J^T 1 = (4, 2), over the root of 4 pixels: (2, 1), of length sqrt(5)
    lengths = path_lengths(synthesize, tf.ones((3, 2)), Ones())
    assert np.allclose(lengths, np.full(3, 5**0.5), atol=1e-6)


def test_channels_are_not_pixels():
    # all 12 numbers of a 2x2 image in colour are s: J^T 1 = 12, over the root of 4 pixels: 6
    def in_colour(styles):
        return tf.ones((1, 2, 2, 3)) * styles[:, :, None, None]

    assert np.allclose(path_lengths(in_colour, tf.ones((3, 1)), Ones()), 6.0, atol=1e-5)


def test_mean_over_layers():
    # the second of two layers does nothing: sqrt((5 + 0) / 2)
    lengths = path_lengths(lambda w: synthesize(w[:, 0]), tf.ones((3, 2, 2)), Ones())
    assert np.allclose(lengths, np.full(3, 2.5**0.5), atol=1e-6)


def built(synthesize, **arguments):
    """A penalty on a synthesis of its own, whose styles are what the generator takes."""
    generator = stylegan2.generator((8, 8, 1), 2, widths=(4, 4), num_mapping_layers=1)
    penalty = PathLength(**arguments)
    layer = penalty.build([generator])
    penalty.halves = (lambda w, training: w), (lambda w, training: synthesize(w))
    return penalty, layer


def critic(styles):
    return Critic(None, Ones(), inputs=styles)


def test_term_and_average():
    penalty, layer = built(synthesize, weight=3.0, decay=0.75)
    # the average moves from 0 to sqrt(5) / 4 first: 3 * (0.75 sqrt(5))^2 = 8.4375
    term = penalty.compute(critic(tf.ones((3, 2))), None, None)
    assert abs(float(term) - 8.4375) < 1e-5
    assert abs(float(layer.mean.numpy()) - 5**0.5 / 4) < 1e-6


def test_lazily_it_is_times_its_interval_or_nothing():
    penalty, layer = built(synthesize, weight=3.0, decay=0.75, interval=4)
    styles = tf.ones((3, 2))
    assert float(penalty.lazily(tf.constant(False), critic(styles), None, None)) == 0.0
    assert float(layer.mean.numpy()) == 0.0
    term = penalty.lazily(tf.constant(True), critic(styles), None, None)
    assert abs(float(term) - 4 * 8.4375) < 1e-4
    assert abs(float(layer.mean.numpy()) - 5**0.5 / 4) < 1e-6
    assert float(penalty.lazily(tf.constant(False), critic(styles), None, None)) == 0.0
    assert abs(float(layer.mean.numpy()) - 5**0.5 / 4) < 1e-6  # not a step towards 0


@pytest.mark.parametrize(("shrink", "num"), [(2, 2), (3, 1)])
def test_batch_shrink_takes_every_so_many_th_image(shrink, num):
    # images = s^2 in one pixel: J = 2 s; of s = 1, 2, 3 every second is 1 and 3: E |2 s| = 4, the
    # average then a quarter of it, 1: ((2 - 1)^2 + (6 - 1)^2) / 2 = 13. Of every third: (2 - 0.5)^2
    penalty, layer = built(
        lambda w: tf.reshape(w**2, (-1, 1, 1, 1)), weight=1.0, decay=0.75, batch_shrink=shrink
    )
    styles = tf.constant([[1.0], [2.0], [3.0]])
    expected, average = {2: (13.0, 1.0), 3: (2.25, 0.5)}[shrink]
    assert abs(float(penalty.compute(critic(styles), None, None)) - expected) < 1e-4
    assert abs(float(layer.mean.numpy()) - average) < 1e-5
    penalty.interval = 4
    assert float(penalty.lazily(tf.constant(False), critic(styles), None, None)) == 0.0
    assert len(tf.nest.flatten(penalty._shrunk(styles))[0]) == num


def test_its_gradient_reaches_the_weights():
    # images = k * style in one pixel: length |k|; 2 (k - a) with a = 0.01 k and weight 1
    kernel = tf.Variable(3.0)
    penalty, _ = built(lambda w: tf.reshape(kernel * w, (-1, 1, 1, 1)), weight=1.0)
    with tf.GradientTape() as tape:
        term = penalty.compute(critic(tf.ones((2, 1))), None, None)
    assert abs(float(tape.gradient(term, kernel)) - 2 * 2.97) < 1e-4


def test_errors():
    with pytest.raises(ValueError, match="decay"):
        PathLength(decay=1.0)
    with pytest.raises(ValueError, match="`batch_shrink` of PathLength must be a whole number"):
        PathLength(batch_shrink=0)
    with pytest.raises(ValueError, match=r"networks\.stylegan2"):
        PathLength().build([dcgan.generator((8, 8, 1), 4, widths=(4,))])
