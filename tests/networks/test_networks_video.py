"""Networks of videos: shapes, what depends on what, and refusals."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import networks
from gan_keras.layers import FoldFrames, PlacePatches, UnfoldFrames
from gan_keras.networks import layered, mocogan, video

SHAPE = (4, 8, 8, 1)
SMALL = {"widths": (4,)}
MOTION = {"content_dim": 3, "noise_dim": 2, "units": 3, "motion_dim": 2, **SMALL}


def latents(network, num=5):
    random = np.random.default_rng(0)
    drawn = random.normal(size=(num, network.inputs[0].shape[-1]))
    return tf.constant(drawn.astype("float32"))


@pytest.mark.parametrize("shape", [SHAPE, (3, 8, 12, 3), (6, 16, 16, 3)])
@pytest.mark.parametrize("module", [video, mocogan, layered])
def test_clips_and_logits(module, shape):
    doublings = 2 if shape[1] == 16 or module is layered else 1
    narrow = {"widths": (4,) * doublings, "mapping": 5}
    generator = module.generator(shape, **narrow, num_classes=3)
    labels = tf.constant([0, 1, 2, 0, 1])
    clips = generator([latents(generator), labels])
    assert clips.shape == (5, *shape)
    assert clips.dtype == "float32"
    assert np.abs(clips).max() <= 1
    judge = module.discriminator(shape, widths=(3, 4), hidden=5, num_classes=3)
    assert judge([clips, labels]).shape == (5, 1)
    frames = video.frame_discriminator(judge, num_classes=3)
    assert frames([clips[:, 0], labels]).shape == (5, 1)
    assert [one.filters for one in frames.layers if "downsample" in one.name] == [3, 4]
    copy = keras.models.clone_model(generator)
    copy.set_weights(generator.get_weights())
    np.testing.assert_array_equal(copy([latents(generator), labels]), clips)


@pytest.mark.parametrize("module", [mocogan, layered])
def test_content_is_of_all_frames_and_noise_of_those_from_its_own_on(module):
    widths = {"widths": (4, 4)} if module is layered else {}
    generator = module.generator(SHAPE, **{**MOTION, **widths})
    drawn = latents(generator, 1)
    assert drawn.shape == (1, 3 + 3 + 4 * 2)
    clip = generator(drawn)

    def changed(places):
        other = np.array(drawn)
        other[:, places] += 1.0
        return (np.abs(generator(other) - clip).max(axis=(0, 2, 3, 4)) > 1e-6).tolist()

    assert changed(slice(0, 3)) == [True] * 4
    assert changed(slice(3, 6)) == [True] * 4  # the first state
    assert changed(slice(10, 12)) == [False, False, True, True]  # the third frame's


def test_patches_are_shifted_by_bilinear_interpolation_and_added_up():
    patches = np.random.default_rng(0).normal(size=(1, 2, 4, 4, 3)).astype("float32")
    first, second = patches[0]
    # From the middle to the border are 4 rows and 5 columns: this is one row, then 1.5 columns.
    places = np.array([[[[0, 0], [9, 9]], [[0.25, 0], [9, 9]], [[0, 0.3], [0, 0]]]], "float32")
    frames = np.array(PlacePatches((8, 10))([patches, places]))[0]
    expected = np.zeros((3, 8, 10, 3), "float32")
    expected[0, 2:6, 3:7] = first
    expected[1, 3:7, 3:7] = first
    expected[2, 2:6, 4:8] = first / 2
    expected[2, 2:6, 5:9] += first / 2
    expected[2, 2:6, 3:7] += second
    np.testing.assert_allclose(frames, expected, atol=1e-6)


def test_a_patch_is_cut_at_the_border_and_moved_by_its_gradient():
    patch = np.ones((1, 1, 4, 4, 1), "float32")
    place = tf.constant([[[[0.0, 0.9]]]])  # its middle 0.4 pixels from the border
    layer = PlacePatches((8, 8))
    with tf.GradientTape() as tape:
        tape.watch(place)
        seen = tf.reduce_sum(layer([patch, place]))
    np.testing.assert_allclose(seen, 4 * 2.4, rtol=1e-6)
    # One row of four leaves for each pixel to the right, a pixel is a quarter of the unit.
    np.testing.assert_allclose(tape.gradient(seen, place)[0, 0, 0], [0.0, -4 * 4.0], atol=1e-5)


def test_layers_keep_their_shape_and_their_ground_in_all_frames():
    generator = layered.generator((4, 16, 16, 1), **{**MOTION, "widths": (4, 4)}, num_layers=1)
    numbers = generator.get_layer("place_numbers")
    numbers.kernel.assign(0 * numbers.kernel)
    clips = np.array(generator(latents(generator)))
    np.testing.assert_array_equal(clips, np.repeat(clips[:, :1], 4, axis=1))
    assert np.ptp(clips[:, 0, 4:12, 4:12], axis=0).max() > 0.01  # patches are of the content
    outside = np.ones((16, 16), bool)
    outside[4:12, 4:12] = False
    np.testing.assert_allclose(clips[:, 0, outside], np.tanh(-3.0), rtol=1e-6)
    numbers.bias.assign([0.5, 0.0])  # four rows of eight further down
    moved = np.array(generator(latents(generator)))
    np.testing.assert_allclose(moved[:, :, 8:], clips[:, :, 4:12], atol=1e-6)


def test_a_ground_can_be_a_map_of_the_content():
    generator = layered.generator((4, 8, 8, 1), **{**MOTION, "widths": (4, 4)}, ground="map")
    ground = keras.Model(generator.inputs, generator.get_layer("ground").output)
    assert ground(latents(generator)).shape == (5, 1, 8, 8, 1)
    assert np.ptp(ground(latents(generator)), axis=0).max() > 0.1


def test_frames_are_folded_and_unfolded():
    clips = np.arange(24.0).reshape(2, 3, 4)
    folded = FoldFrames()(clips)
    np.testing.assert_array_equal(folded, clips.reshape(6, 4))
    np.testing.assert_array_equal(UnfoldFrames(3)(folded), clips)


def test_what_no_clip_has_is_refused():
    for builder in (video.generator, video.discriminator, mocogan.generator, layered.generator):
        with pytest.raises(ValueError, match=r"of clips is \(frames, height, width, channels\)"):
            builder((8, 8, 1))
        with pytest.raises(ValueError, match="`widths` must hold"):
            builder(SHAPE, widths=())
    with pytest.raises(ValueError, match="`units` must be a positive integer"):
        mocogan.generator(SHAPE, units=0)
    with pytest.raises(ValueError, match=r"`side` of patches must be a multiple of 4\. Rec.* 6"):
        layered.generator(SHAPE, side=6)
    with pytest.raises(ValueError, match="`ground` must be"):
        layered.generator(SHAPE, ground="none")
    assert networks.NAMES["video"] is video
