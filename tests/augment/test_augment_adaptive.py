"""ADA: nothing at p = 0, each transform at p = 1, and how p moves."""

import math

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras.augment import Adaptive
from gan_keras.augment.adaptive import CHROMA, GEOMETRY, LUMA
from gan_keras.augment.color import change_color
from gan_keras.augment.geometry import bilinear, centered_grid
from gan_keras.latents import RandomStream
from gan_keras.networks import dcgan

RNG = np.random.default_rng(0)
IMAGES = tf.constant(RNG.uniform(-1, 1, (40, 6, 6, 3)), "float32")


def changed(transform, images=IMAGES):
    layer = Adaptive(transforms=(transform,), probability=1.0)
    return layer(tf.constant(images), RandomStream(4)).numpy()


def test_nothing_at_zero():
    layer = Adaptive(transforms=GEOMETRY + LUMA + CHROMA)
    assert np.max(np.abs(layer(IMAGES, RandomStream(0)) - IMAGES)) < 1e-6
    only_moves = Adaptive(transforms=GEOMETRY)
    assert np.array_equal(only_moves(IMAGES, RandomStream(0)), IMAGES)


def test_each_image_has_its_own_chance():
    layer = Adaptive(transforms=("brightness",), probability=0.5)
    moved = layer(tf.zeros((1000, 1, 1, 1)), RandomStream(0)).numpy() != 0
    assert 0.44 < moved.mean() < 0.56


def test_each_transform_has_its_own_chance():
    layer = Adaptive(transforms=("brightness", "luma_flip"), probability=0.5)
    result = layer(tf.fill((2000, 1, 1, 1), 2.0), RandomStream(0)).numpy().ravel()
    unmoved = np.abs(np.abs(result) - 2.0) < 1e-6  # no brightness: half of the images
    assert 0.45 < unmoved.mean() < 0.55
    assert 0.2 < (result[unmoved] < 0).mean() < 0.3  # of which a quarter is flipped


def test_flip_and_quarter_turns_are_exact():
    x = IMAGES.numpy()
    for result, kinds in (
        (changed("flip"), [x, x[:, :, ::-1]]),
        (changed("quarter_turns"), [np.rot90(x, k, axes=(1, 2)) for k in range(4)]),
    ):
        matches = np.stack([np.max(np.abs(result - kind), axis=(1, 2, 3)) < 1e-6 for kind in kinds])
        assert np.all(matches.sum(axis=0) == 1)
        assert np.all(matches.sum(axis=1) > 0)


def test_translation_is_by_whole_pixels_and_mirrors():
    # 0.125 * 8 = 1 pixel; the mirror of a ramp 0..7 shifted by one begins with 1
    ramp = np.tile(np.arange(8, dtype="float32")[None, None, :, None], (60, 8, 1, 1))
    result = changed("translation", ramp)[:, 0, :, 0]
    kinds = {tuple(row) for row in result}
    assert kinds == {
        (0, 1, 2, 3, 4, 5, 6, 7),
        (1, 2, 3, 4, 5, 6, 7, 6),
        (1, 0, 1, 2, 3, 4, 5, 6),
    }


def test_translation_of_an_oblong_image_is_by_an_eighth_of_each_side():
    # 16 rows and 32 columns: by up to 2 rows and 4 columns, each drawn for itself
    y, x = np.meshgrid(np.arange(16.0), np.arange(32.0), indexing="ij")
    places = np.tile(np.stack([y, x], axis=-1)[None].astype("float32"), (800, 1, 1, 1))
    moved = (changed("translation", places) - places)[:, 8, 16]
    assert np.array_equal(np.unique(moved[:, 0]), np.arange(-2, 3))
    assert np.array_equal(np.unique(moved[:, 1]), np.arange(-4, 5))
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.15


def test_rotation_keeps_the_distance_to_the_centre():
    y, x = centered_grid(33, 33)
    cone = tf.tile(tf.sqrt(y * y + x * x)[..., None], (20, 1, 1, 1))
    result = changed("rotation", cone)
    inside = cone.numpy() < 15
    assert np.max(np.abs(result - cone)[inside]) < 0.3
    plane = tf.tile(tf.cast(x, "float32")[..., None], (20, 1, 1, 1))
    assert np.max(np.abs(changed("rotation", plane) - plane)) > 5


def test_rotation_is_by_any_angle():
    _, x = centered_grid(33, 33)
    cosines = changed("rotation", tf.tile(x[..., None], (300, 1, 1, 1)))[:, 16, 26, 0] / 10
    # the mean of cos over the circle is 0, of cos^2 a half
    assert cosines.min() < -0.98
    assert abs(cosines.mean()) < 0.15
    assert abs((cosines**2).mean() - 0.5) < 0.08


def test_scale_is_about_the_centre():
    _, x = centered_grid(33, 33)
    plane = tf.tile(x[..., None], (200, 1, 1, 1))
    result = changed("scale", plane)[:, 16, :, 0]
    assert np.allclose(result[:, 16], 0.0, atol=1e-5)
    octaves = np.log2(result[:, 20] / 4)
    assert abs(octaves.std() - 0.2) < 0.03
    assert abs(octaves.mean()) < 0.05


def test_fraction_moves_between_pixels():
    _, x = centered_grid(65, 65)
    result = changed("fraction", tf.tile(x[..., None], (300, 1, 1, 1)))[:, 32, 32, 0]
    assert abs(result.std() - 0.125 * 65) < 1.0
    assert np.max(np.abs(result - np.round(result))) > 0.3


def test_fraction_of_an_oblong_image_is_of_each_side():
    places = tf.tile(tf.stack(centered_grid(65, 129), axis=-1), (400, 1, 1, 1))
    moved = changed("fraction", places)[:, 32, 64]
    assert abs(moved[:, 0].std() - 0.125 * 65) < 1.0
    assert abs(moved[:, 1].std() - 0.125 * 129) < 2.0
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.2


def test_bilinear_by_hand():
    image = tf.constant([[0.0, 1.0], [2.0, 3.0]])[None, :, :, None]
    # the middle of the four; half-way down the left side; a pixel beyond the right mirrors
    y, x = tf.constant([[[0.0, 0.0, 0.5]]]), tf.constant([[[0.0, -0.5, 1.5]]])
    assert np.allclose(bilinear(image, y, x)[0, 0, :, 0], [1.5, 1.0, 2.0], atol=1e-6)


def test_color_by_hand():
    def change(**numbers):
        neutral = {"brightness": 0.0, "luma": 1.0, "chroma": 1.0, "hue": 0.0}
        pixel = tf.constant([[[[0.9, 0.3, 0.0]]]])  # luma 0.4, chroma 0.5, -0.1, -0.4
        return change_color(pixel, **{**neutral, **numbers})[0, 0, 0].numpy()

    assert np.allclose(change(), [0.9, 0.3, 0.0], atol=1e-6)
    assert np.allclose(change(brightness=0.1), [1.0, 0.4, 0.1], atol=1e-6)
    assert np.allclose(change(luma=-1.0), [0.1, -0.5, -0.8], atol=1e-6)
    # the luma 0.4 is lightened to 0.5 first, then turned to -0.5
    assert np.allclose(change(luma=-1.0, brightness=0.1), [0.0, -0.6, -0.9], atol=1e-6)
    assert np.allclose(change(chroma=0.0), [0.4, 0.4, 0.4], atol=1e-6)
    # a third of a turn hands red to green, green to blue, blue to red
    assert np.allclose(change(hue=2 * math.pi / 3), [0.0, 0.9, 0.3], atol=1e-6)


def test_contrast_of_a_grey_image_scales_about_zero():
    result = changed("contrast", np.full((300, 1, 1, 1), 0.5, "float32"))[:, 0, 0, 0]
    octaves = np.log2(result / 0.5)
    assert abs(octaves.std() - 0.5) < 0.08


def test_contrast_of_a_colour_image_scales_luma_and_chroma_alike():
    pixel = np.array([0.9, 0.3, 0.1], "float32")
    factors = changed("contrast", np.tile(pixel, (300, 1, 1, 1)))[:, 0, 0] / pixel
    assert np.max(np.ptp(factors, axis=1)) < 1e-5
    assert abs(np.log2(factors[:, 0]).std() - 0.5) < 0.08


def test_brightness_by_a_fifth():
    moves = changed("brightness", np.zeros((2000, 1, 1, 1), "float32"))
    assert abs(moves.std() - 0.2) < 0.015
    assert abs(moves.mean()) < 0.02


def chroma_of(transform, num=1000):
    """The luma and the chroma of (0.9, 0.3, 0.0), changed many times."""
    pixel = np.array([0.9, 0.3, 0.0], "float32")
    result = changed(transform, np.tile(pixel, (num, 1, 1, 1)))[:, 0, 0]
    luma = result.mean(axis=1, keepdims=True)
    assert np.allclose(luma, 0.4, atol=1e-5)
    return result - luma, pixel - 0.4


def test_saturation_is_by_an_octave():
    chroma, before = chroma_of("saturation")
    octaves = np.log2(chroma / before)
    assert np.max(np.ptp(octaves, axis=1)) < 1e-4
    assert abs(octaves.std() - 1.0) < 0.08


def test_hue_is_by_any_angle():
    chroma, before = chroma_of("hue")
    assert np.allclose((chroma**2).sum(axis=1), (before**2).sum(), atol=1e-5)
    cosines = chroma @ before / (before**2).sum()
    assert cosines.min() < -0.98
    assert abs(cosines.mean()) < 0.1


def test_luma_flip_of_a_grey_image_is_its_negative():
    result = changed("luma_flip", np.full((200, 1, 1, 1), 0.5, "float32"))
    assert set(result.flatten()) == {-0.5, 0.5}


def test_probability_follows_the_signs():
    layer = Adaptive(target=0.6, ramp_images=40)
    sure, unsure = (
        tf.constant([[1.0], [2.0], [0.5], [3.0]]),
        tf.constant([[1.0], [-2.0], [1.0], [1.0]]),
    )
    # r = 1 > 0.6: up by 4 / 40; r = 0.5: down again, and not below 0
    expected = [0.1, 0.2, 0.1, 0.0, 0.0]
    for logits, p in zip([sure, sure, unsure, unsure, unsure], expected, strict=True):
        layer.observe(logits, 4)
        assert abs(float(layer.probability.numpy()) - p) < 1e-6
    for _ in range(11):
        layer.observe(sure, 4)
    assert float(layer.probability.numpy()) == 1.0


def test_a_margin_counts_by_its_sign_however_small():
    layer = Adaptive(target=0.6, ramp_images=40)
    layer.observe(tf.fill((4, 1), 0.01), 4)
    assert abs(float(layer.probability.numpy()) - 0.1) < 1e-6


@pytest.mark.parametrize("packing", [1, 2])
def test_probability_counts_images_however_they_are_packed(packing):
    gan = gan_keras.GAN(
        dcgan.generator((8, 8, 1), 4, widths=(4,)),
        dcgan.discriminator((8, 8, packing), widths=(4,)),
        augment=Adaptive(transforms="flip", target=-0.9, ramp_images=80),
        packing=packing,
    )
    gan.discriminator.layers[-1].bias.assign([100.0])  # sure of all
    gan.compile("sgd", "sgd")
    gan.fit(np.zeros((8, 8, 8, 1), "float32"), batch_size=8, verbose=0)
    assert float(gan.augment.probability.numpy()) == pytest.approx(8 / 80)


@pytest.mark.parametrize("loss", ["relativistic_paired", "relativistic_average", "wasserstein"])
def test_a_loss_that_compares_logits_has_no_zero(loss):
    """Networks that differ by 100 in the last bias alone are equally sure: p is the same."""
    probabilities = []
    for bias in (-100.0, 100.0):
        keras.utils.set_random_seed(0)
        gan = gan_keras.GAN(
            dcgan.generator((8, 8, 1), 4, widths=(4,)),
            dcgan.discriminator((8, 8, 1), widths=(4,)),
            loss=loss,
            augment=Adaptive(transforms="flip", target=-0.9, ramp_images=80),
        )
        last = gan.discriminator.layers[-1]
        last.bias.assign([bias])
        gan.compile("sgd", "sgd")
        gan.fit(-np.ones((8, 8, 8, 1), "float32"), batch_size=8, verbose=0)
        probabilities.append(float(gan.augment.probability.numpy()))
    assert probabilities[0] == probabilities[1]


def test_probability_is_saved(tmp_path):
    class Holder(keras.Model):
        def __init__(self):
            super().__init__()
            self.augment = Adaptive(ramp_images=8)
            self.built = True

    model = Holder()
    model.augment.observe(tf.ones((2, 1)), 2)
    model.save_weights(tmp_path / "held.weights.h5")
    again = Holder()
    again.load_weights(tmp_path / "held.weights.h5")
    assert float(again.augment.probability.numpy()) == 0.25
    assert not model.trainable_variables


def test_errors():
    with pytest.raises(ValueError, match="Did you mean 'rotation'"):
        Adaptive(transforms=("rotations",))
    with pytest.raises(ValueError, match="target"):
        Adaptive(target=1.0)
    with pytest.raises(ValueError, match="ramp_images"):
        Adaptive(ramp_images=0)
    with pytest.raises(ValueError, match="probability"):
        Adaptive(probability=1.5)
