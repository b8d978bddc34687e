"""Scores on images themselves: sliced Wasserstein, MS-SSIM, and memorisation."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.metrics import (
    memorization,
    ms_ssim,
    ms_ssim_diversity,
    nearest_picture,
    nearest_real_picture,
    pyramid_distances,
    sliced_wasserstein,
)
from gan_keras.metrics.features.pixels import Pixels
from gan_keras.metrics.sliced_wasserstein import laplacian_pyramid


def smooth(num, size, channels, seed):
    random = np.random.default_rng(seed)
    small = random.random((num, size // 4, size // 4, channels))
    return (small.repeat(4, axis=1).repeat(4, axis=2) * 255).astype("uint8")


def test_sliced_wasserstein_by_hand():
    # One feature: directions are +-1. Sorted 0, 1, 5 and 2, 4, 4: gaps 2, 3, 1, mean 2.
    distance = sliced_wasserstein([[5.0], [0.0], [1.0]], [[4.0], [2.0], [4.0]])
    assert abs(distance - 2.0) < 1e-12


def test_sliced_wasserstein_of_a_shift():
    # A shift by s moves each projection by |s . d|; over directions in the plane the mean is
    # |s| * 2 / pi.
    x = np.random.default_rng(0).normal(size=(50, 2))
    distance = sliced_wasserstein(x, x + [3.0, 4.0], num_projections=4000)
    assert abs(distance - 5 * 2 / np.pi) < 0.1
    assert sliced_wasserstein(x, x) == 0.0


def test_sliced_wasserstein_takes_sets_of_two_sizes():
    x = np.random.default_rng(0).normal(size=(400, 3))
    assert sliced_wasserstein(x, x[:300]) < 0.1
    assert sliced_wasserstein(x, x[:300] + 2.0) > 0.5


def test_pyramid_gives_the_image_back():
    images = np.random.default_rng(0).random((2, 16, 16, 3))
    fine, coarse = laplacian_pyramid(images, 2)
    assert fine.shape == (2, 16, 16, 3)
    assert coarse.shape == (2, 8, 8, 3)
    flat = np.full((1, 16, 16, 1), 0.7)
    fine, coarse = laplacian_pyramid(flat, 2)  # no detail in a flat image, edges included
    assert np.abs(fine).max() < 1e-12
    assert np.abs(coarse - 0.7).max() < 1e-12


def test_pyramid_distances_see_the_scale_that_is_wrong():
    real, again = smooth(12, 32, 1, 0), smooth(12, 32, 1, 1)
    noise = np.random.default_rng(2).integers(0, 256, again.shape, dtype="uint8")
    good, bad = pyramid_distances(real, again), pyramid_distances(real, noise)
    assert list(good) == [32, 16]
    assert bad[32] > 1.5 * good[32]
    assert pyramid_distances(real, real)[32] < good[32]
    with pytest.raises(ValueError, match="at least 7 pixels"):
        pyramid_distances(real[:, :5], again[:, :5])


def test_pyramid_distances_see_no_change_of_a_channel_s_contrast_or_brightness():
    real, again = (smooth(6, 16, 3, seed) / 255.0 for seed in (0, 1))
    changed = again * [0.5, 2.0, 1.0] + [0.3, 0.0, -0.2]
    plain = pyramid_distances(real, again, patches_per_image=16)
    for side, distance in pyramid_distances(real, changed, patches_per_image=16).items():
        assert distance == pytest.approx(plain[side], rel=1e-4)


def test_pyramid_distances_are_a_thousand_times_those_of_patches():
    # black against white, one image each: every patch is 0 after the normalisation
    flat = np.zeros((2, 16, 16, 1))
    assert pyramid_distances(flat, flat + 1.0) == {16: 0.0}
    # halves of one pixel's width: unit variance, so a distance in units of the deviation
    stripes = np.tile(np.array([-1.0, 1.0]), (2, 16, 8))[..., None]
    columns = np.swapaxes(stripes, 1, 2)
    # sums over 49 pixels along random directions: some tenths, times 1,000
    assert 100 < pyramid_distances(stripes, columns)[16] < 1000


@pytest.mark.parametrize(("size", "levels"), [(176, 5), (28, 2), (45, 3)])
def test_ms_ssim_agrees_with_tensorflow(size, levels):
    side = -(-size // 4) * 4
    first, second = smooth(2, side, 3, 3)[:, :size, :size], smooth(2, side, 3, 4)[:, :size, :size]
    second = (first * 0.6 + second * 0.4).astype("uint8")
    weights = np.array((0.0448, 0.2856, 0.3001, 0.2363, 0.1333)[:levels])
    weights /= weights.sum()
    theirs = tf.image.ssim_multiscale(first, second, 255, power_factors=weights.tolist())
    ours = ms_ssim(first, second)
    assert np.abs(ours - theirs.numpy()).max() < 1e-4  # theirs is float32
    assert 0.01 < ours.min() < ours.max() < 0.999


def test_ms_ssim_of_floats_is_that_of_their_bytes():
    first, second = smooth(2, 28, 1, 0), smooth(2, 28, 1, 1)
    floats = [images / 127.5 - 1.0 for images in (first, second)]
    assert np.abs(ms_ssim(*floats) - ms_ssim(first, second)).max() < 1e-9


def test_diversity_of_copies_is_one_and_pairs_stay_within_a_class():
    images = smooth(2, 28, 1, 5)
    copies = np.repeat(images, 5, axis=0)
    labels = np.repeat([0, 1], 5)
    mean, std = ms_ssim_diversity(copies, labels)
    assert abs(mean - 1.0) < 1e-12
    assert std < 1e-12
    assert ms_ssim_diversity(copies)[0] < 0.95  # without classes, pairs of different images too
    with pytest.raises(ValueError, match="at least 2 images"):
        ms_ssim_diversity(images[:1])


def test_images_that_cannot_be_compared_are_refused():
    images = np.zeros((3, 16, 16, 1), "float32")
    for first, second in ((images, images[:, :12]), (images[0], images[0])):
        with pytest.raises(ValueError, match=r"pairs of images .* of one shape"):
            ms_ssim(first, second)
    with pytest.raises(ValueError, match="NaN or infinite pixels"):
        ms_ssim_diversity(images * np.nan)
    with pytest.raises(ValueError, match=r"Received: \(0, 16, 16, 1\)"):
        pyramid_distances(images[:0], images)
    with pytest.raises(ValueError, match="`num_projections` must be at least 1"):
        sliced_wasserstein([[0.0], [1.0]], [[0.0], [1.0]], num_projections=0)


def test_many_pairs_are_compared_a_few_at_a_time():
    images = np.random.default_rng(0).uniform(-1, 1, (9, 12, 12, 1))
    mean, std = ms_ssim_diversity(images, num_pairs=70)
    random = np.random.default_rng(0)
    first = random.integers(0, 9, 70)
    second = (first + random.integers(1, 9, 70)) % 9
    values = ms_ssim(images[first], images[second])
    np.testing.assert_allclose([mean, std], [values.mean(), values.std()], rtol=1e-12)


@pytest.mark.parametrize(
    ("train", "held_out", "message"),
    [
        (np.zeros((1, 3)), np.zeros((4, 3)), "`train` must hold at least 2"),
        (np.full((4, 3), np.nan), np.zeros((4, 3)), "`train` holds NaN"),
        (np.zeros((4, 3)), np.zeros((4, 5)), "`fake` has 3 features but `held_out` has 5"),
    ],
)
def test_memorization_names_the_side_that_is_wrong(train, held_out, message):
    with pytest.raises(ValueError, match=message):
        memorization(np.zeros((4, 3)), train, held_out)


def test_memorization_tells_copies_from_fresh_samples():
    random = np.random.default_rng(0)
    train, held_out, fresh = random.normal(size=(3, 400, 6))
    copied = memorization(train[100:200] + 1e-6, train, held_out)
    assert copied["memorization"] == 1.0
    assert copied["nearest"].tolist() == list(range(100, 200))
    learnt = memorization(fresh, train, held_out)
    assert abs(learnt["memorization"] - 0.5) < 3.5 * learnt["std"]
    assert 0.02 < learnt["std"] < 0.035  # sqrt(1/4 / 400) and more: some share a neighbour


def test_memorization_is_fair_to_sets_of_two_sizes_and_counts_ties_half():
    random = np.random.default_rng(1)
    train, held_out = random.normal(size=(4000, 6)), random.normal(size=(400, 6))
    fresh = random.normal(size=(400, 6))
    found = memorization(fresh, train, held_out)
    assert abs(found["memorization"] - 0.5) < 3.5 * found["std"]
    assert found["nearest"].max() > 400  # the neighbours shown are those of the whole set
    assert memorization(fresh, train[:50], train[:50])["memorization"] == 0.5


def test_samples_that_share_their_nearest_image_are_one_draw():
    # Training images have 3 and 0 samples, variance 4.5; held-out ones 1 and 0, variance 0.5. With
    # a share of 3/4: sqrt(2 ((1/4)^2 4.5 + (3/4)^2 0.5)) / 4.
    fake = np.array([[0.1], [0.2], [0.3], [9.9]])
    found = memorization(fake, np.array([[0.0], [-5.0]]), np.array([[10.0], [15.0]]))
    assert found["memorization"] == 0.75
    np.testing.assert_allclose(found["std"], np.sqrt(2 * (4.5 / 16 + 4.5 / 16)) / 4, rtol=1e-12)


def test_standard_error_of_memorization_is_what_draws_of_the_images_show():
    # 400 samples, but 60 real images: were they independent, the error would be 0.025.
    shares, errors = [], []
    for seed in range(200):
        random = np.random.default_rng(seed)
        train, held_out = random.normal(size=(2, 30, 3))
        found = memorization(random.normal(size=(400, 3)), train, held_out)
        shares.append(found["memorization"])
        errors.append(found["std"])
    assert 0.035 < np.std(shares) < 0.05
    np.testing.assert_allclose(np.mean(errors), np.std(shares), rtol=0.1)


def test_nearest_picture_puts_each_sample_above_its_neighbour():
    samples = np.arange(12, dtype="uint8")[:, None, None, None].repeat(4, 1).repeat(4, 2)
    picture = nearest_picture(samples, samples + 100, num=12)
    assert picture.shape == (4 * 4 + 3 * 2, 10 * 4 + 9 * 2, 1)
    assert picture[0, 0, 0] == 0
    assert picture[6, 0, 0] == 100
    assert picture[12, 6, 0] == 11
    assert picture[18, 6, 0] == 111
    assert picture[12, 12, 0] == 255  # no more samples


def test_nearest_real_picture_finds_the_original():
    real = smooth(30, 8, 1, 0)
    samples = real[[7, 3]] ^ 1  # all but copies
    picture = nearest_real_picture(samples, real, Pixels())
    assert (picture[10:18, :8] == real[7]).all()
    assert (picture[10:18, 10:18] == real[3]).all()
