"""The layers of image-to-image translation: numbers of PyTorch 2.13 (float64), and refusals."""

import keras
import numpy as np
import pytest

from gan_keras import layers


def wave(shape, frequency=0.37):
    """sin(frequency * k) for the k-th number of an array: easily made in any language."""
    return np.sin(frequency * np.arange(np.prod(shape))).reshape(shape).astype("float32")


# What PyTorch makes of wave((2, 4, 6, 3)): the first six numbers (NHWC), and the sum of squares.
# instance_norm(eps=1e-5); pad(reflect); avg_pool2d(3, 2, 1, count_include_pad=False); CUT's
# Downsample (reflect, [1, 2, 1]) and Upsample (replicate, [1, 3, 3, 1]).
TORCH = {
    "InstanceNorm": (
        lambda: layers.InstanceNorm(),
        (2, 4, 6, 3),
        (-0.0154352, 0.4752566, 0.8873335, 1.2794311, 1.3818961, 1.2911377),
        143.997115,
    ),
    "ReflectionPadding": (
        lambda: layers.ReflectionPadding(2),
        (2, 8, 10, 3),
        (0.1671746, -0.2006651, -0.5413457, 0.9574299, 0.7882521, 0.512388),
        239.409216,
    ),
    "AverageHalving": (
        lambda: layers.AverageHalving(),
        (2, 2, 3, 3),
        (0.5650337, 0.7490439, 0.8316746, 0.4140117, 0.2197704, -0.0042157),
        8.484126,
    ),
    "AntialiasDownsample": (
        lambda: layers.AntialiasDownsample(),
        (2, 2, 3, 3),
        (0.5650337, 0.7490439, 0.8316746, 0.474858, 0.2520695, -0.0048353),
        9.973547,
    ),
    "AntialiasUpsample": (
        lambda: layers.AntialiasUpsample(),
        (2, 8, 12, 3),
        (0.0, 0.3616154, 0.6742879, 0.2239247, 0.5201818, 0.7460347),
        233.714784,
    ),
}


@pytest.mark.parametrize("name", TORCH)
def test_numbers_of_pytorch(name):
    make, shape, first, squares = TORCH[name]
    outputs = np.array(make()(wave((2, 4, 6, 3))))
    assert outputs.shape == shape
    np.testing.assert_allclose(outputs.ravel()[:6], first, atol=2e-6)
    assert np.square(outputs.astype("float64")).sum() == pytest.approx(squares, rel=1e-5)


def test_average_halving_of_odd_sizes():
    outputs = np.array(layers.AverageHalving()(wave((1, 5, 7, 2))))
    assert outputs.shape == (1, 3, 4, 2)
    first = (-0.1434033, 0.1487222, 0.5630249, 0.6772689, 0.4706061, 0.2498125)  # PyTorch
    np.testing.assert_allclose(outputs.ravel()[:6], first, atol=1e-6)


def test_instance_norm_by_hand():
    """Two pixels, -1 and 3: mean 1, variance 4; the other channel and image don't matter."""
    images = np.array([[[-1.0, 7.0], [3.0, 7.0]], [[100.0, 0.0], [0.0, 2.0]]], "float32")
    expected = 2 / np.sqrt(4 + 1e-5)
    outputs = np.array(layers.InstanceNorm()(images))
    np.testing.assert_allclose(outputs[0, :, 0], [-expected, expected], rtol=1e-6)
    np.testing.assert_array_equal(outputs[0, :, 1], [0, 0])
    np.testing.assert_allclose(outputs[1, :, 1], [-0.999995, 0.999995], rtol=1e-6)
    norm = layers.InstanceNorm(affine=True)
    norm.build((None, 2, 2))
    norm.gamma.assign([3.0, 1.0])
    norm.beta.assign([0.5, -1.0])
    outputs = np.array(norm(images))
    np.testing.assert_allclose(outputs[0, :, 0], [0.5 - 3 * expected, 0.5 + 3 * expected], 1e-6)
    np.testing.assert_allclose(outputs[0, :, 1], [-1, -1])
    assert not layers.InstanceNorm().variables


@pytest.mark.parametrize("rank", [3, 4, 5])
def test_instance_norm_of_any_rank(rank):
    maps = 5 + 3 * wave((2, *(4,) * (rank - 2), 3))
    outputs = np.array(layers.InstanceNorm()(maps))
    spatial = tuple(range(1, rank - 1))
    np.testing.assert_allclose(outputs.mean(spatial), 0, atol=1e-5)
    np.testing.assert_allclose(outputs.std(spatial), 1, atol=1e-4)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_instance_norm_is_computed_in_float32(dtype):
    """300^2 overflows float16, and bfloat16 has 3 digits: the difference would be lost."""
    maps = np.array([[[256.0], [258.0]] * 500], "float32")  # (1, 1000, 1); sum of squares 6e7
    outputs = layers.InstanceNorm(dtype=f"mixed_{dtype}")(maps)
    assert outputs.dtype == dtype
    np.testing.assert_allclose(np.array(outputs, "float32")[0, :2, 0], [-1, 1], atol=1e-2)


def test_instance_norm_refuses_a_map_of_one_pixel():
    with pytest.raises(ValueError, match=r"makes 0 of any map of one pixel.*\(None, 1, 1, 3\)"):
        layers.InstanceNorm()(keras.Input((1, 1, 3)))
    with pytest.raises(ValueError, match=r"with a spatial axis. Received: shape \(None, 3\)"):
        layers.InstanceNorm()(keras.Input((3,)))
    norm = layers.InstanceNorm()
    norm(keras.Input((None, None, 3)))  # the size is not known yet
    with pytest.raises(ValueError, match=r"makes 0 of any map of one pixel"):
        norm(np.ones((2, 1, 1, 3), "float32"))


def test_reflection_by_hand():
    line = np.array([[[1.0], [2.0], [3.0], [4.0]]], "float32")
    padded = np.array(layers.ReflectionPadding(2)(line))[0, :, 0]
    np.testing.assert_array_equal(padded, [3, 2, 1, 2, 3, 4, 3, 2])
    padded = np.array(layers.ReflectionPadding(((0, 3),))(line))[0, :, 0]
    np.testing.assert_array_equal(padded, [1, 2, 3, 4, 3, 2, 1])
    maps = wave((1, 3, 4, 2, 1))
    outputs = np.array(layers.ReflectionPadding((0, (1, 2), 1))(maps))
    np.testing.assert_array_equal(
        outputs, np.pad(maps, [(0, 0), (0, 0), (1, 2), (1, 1), (0, 0)], mode="reflect")
    )


def test_reflection_padding_reads_what_it_mirrors():
    """Of `a b c d e`, padded by 2: pixel 0 is c, pixel 2 is a, pixel 8 is c."""
    pad = layers.ReflectionPadding(2)
    assert pad.reads(0, 1, 5, 0) == (-2, 3)
    assert pad.reads(2, 3, 5, 0) == (0, 1)
    assert pad.reads(8, 9, 5, 0) == (2, 7)
    assert pad.reads(0, 1, None, 0) == (-2, -1)


@pytest.mark.parametrize("padding", [-1, 1.5, (), ((1, 2, 3), 1), True])
def test_reflection_refuses_what_is_no_padding(padding):
    with pytest.raises(ValueError, match="`padding` must be an integer of at least 0"):
        layers.ReflectionPadding(padding)


def test_reflection_refuses_small_maps_and_other_ranks():
    with pytest.raises(ValueError, match=r"pads by 3 and needs a map larger.*\(None, 3, 4, 1\)"):
        layers.ReflectionPadding(3)(keras.Input((3, 4, 1)))
    assert layers.ReflectionPadding(3)(keras.Input((4, 4, 1))).shape == (None, 10, 10, 1)
    with pytest.raises(ValueError, match=r"got 1\. Received: \(1, 2\)"):
        layers.ReflectionPadding((1, 2))(keras.Input((8, 1)))
