"""Networks of videos: shapes, what depends on what, and refusals."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import networks
from gan_keras.layers import FoldFrames, UnfoldFrames
from gan_keras.networks import mocogan, video

SHAPE = (4, 8, 8, 1)
SMALL = {"widths": (4,)}
MOTION = {"content_dim": 3, "noise_dim": 2, "units": 3, "motion_dim": 2, **SMALL}


def latents(network, num=5):
    random = np.random.default_rng(0)
    drawn = random.normal(size=(num, network.inputs[0].shape[-1]))
    return tf.constant(drawn.astype("float32"))


@pytest.mark.parametrize("shape", [SHAPE, (3, 8, 12, 3), (6, 16, 16, 3)])
@pytest.mark.parametrize("module", [video, mocogan])
def test_clips_and_logits(module, shape):
    doublings = 2 if shape[1] == 16 else 1
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


def test_content_is_of_all_frames_and_noise_of_those_from_its_own_on():
    generator = mocogan.generator(SHAPE, **MOTION)
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


def test_frames_are_folded_and_unfolded():
    clips = np.arange(24.0).reshape(2, 3, 4)
    folded = FoldFrames()(clips)
    np.testing.assert_array_equal(folded, clips.reshape(6, 4))
    np.testing.assert_array_equal(UnfoldFrames(3)(folded), clips)


def test_what_no_clip_has_is_refused():
    for builder in (video.generator, video.discriminator, mocogan.generator):
        with pytest.raises(ValueError, match=r"of clips is \(frames, height, width, channels\)"):
            builder((8, 8, 1))
        with pytest.raises(ValueError, match="`widths` must hold"):
            builder(SHAPE, widths=())
    with pytest.raises(ValueError, match="`units` must be a positive integer"):
        mocogan.generator(SHAPE, units=0)
    assert networks.NAMES["video"] is video
