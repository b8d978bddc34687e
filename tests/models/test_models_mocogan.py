"""MoCoGAN: what each of its judges sees, and what does not fit."""

import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import kinds, networks
from gan_keras.latents import RandomStream
from gan_keras.models import mocogan


def test_frames_are_those_that_were_drawn():
    clips = tf.reshape(tf.range(2 * 3 * 1 * 1 * 1), (2, 3, 1, 1, 1))
    found = mocogan.picked(clips, tf.constant([[2, 0], [1, 1]]))
    assert found.shape == (4, 1, 1, 1)
    assert np.ravel(found).tolist() == [2, 0, 4, 4]


def test_all_frames_are_drawn_alike_often():
    model = examples.mocogan()
    batch = {"real": tf.zeros((400, 4, 8, 8, 1)), "labels": tf.zeros(400, tf.int32)}
    drawn = model.draw(batch, RandomStream(0))
    assert drawn["frames"].shape == (400, 2)
    counts = np.bincount(np.ravel(drawn["frames"]), minlength=4)
    assert len(counts) == 4
    assert (abs(counts - 200) < 60).all()


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_one_judge_sees_clips_the_other_the_drawn_frames(weight):
    """With critics that are sums, Wasserstein's terms are sums of clips and of frames."""
    model = examples.mocogan(frame_weight=weight, penalties=(), loss="wasserstein")
    model.is_training = False
    for judge, share in ((model.discriminator, 1.0), (model.frame_discriminator, 1.0)):
        for layer in judge.layers:
            if layer.weights:
                layer.set_weights([np.zeros(w.shape) for w in layer.weights])
        convolution, last = judge.get_layer("downsample_0"), judge.get_layer("logits")
        kernel = np.zeros(convolution.kernel.shape)
        kernel[..., 1:3, 1:3, :, 0] = share  # two by two pixels, which the next stride leaves alone
        if kernel.ndim == 5:
            kernel[0] = kernel[3] = 0.0
        convolution.set_weights([kernel, np.full(convolution.bias.shape, 500.0)])
        size = last.kernel.shape[0]
        ones = np.zeros((size, 1))
        ones[:: convolution.filters] = 1.0
        last.set_weights([ones, np.float32([-500.0 * size / convolution.filters])])
    real = tf.constant(np.random.default_rng(0).normal(size=(2, 4, 8, 8, 1)).astype("float32"))
    places = tf.constant([[1, 3], [0, 0]])
    batch = {"real": real, "labels": tf.constant([0, 2]), "frames": places}
    found = model.discriminator_losses(batch, {"fake": 3.0 * real})
    assert set(found) == {"adversarial", "frame_adversarial"}
    total = float(tf.reduce_sum(real)) / 2
    frames = float(tf.reduce_sum(mocogan.picked(real, places))) / 4
    assert float(found["adversarial"]) == pytest.approx(2 * total, abs=0.05)
    assert float(found["frame_adversarial"]) == pytest.approx(2 * weight * frames, abs=0.05)
    found = model.generator_losses(batch, {"fake": 3.0 * real})
    assert float(found["adversarial"]) == pytest.approx(-3 * total, abs=0.05)
    assert float(found["frame_adversarial"]) == pytest.approx(-3 * weight * frames, abs=0.05)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="makes videos, but the data are points"):
        examples.mocogan(kind=kinds.Vectors(shape=(2,)))
    with pytest.raises(ValueError, match="`frame_weight` must be at least 0"):
        examples.mocogan(frame_weight=-1.0)
    with pytest.raises(ValueError, match="`num_frames` is a positive integer"):
        examples.mocogan(num_frames=0)
    with pytest.raises(ValueError, match="takes no labels"):
        examples.mocogan(discriminator=networks.video.discriminator((4, 8, 8, 1), widths=(3,)))
    wide = networks.video.discriminator((4, 8, 12, 1), widths=(3,), num_classes=3)
    frames = networks.video.frame_discriminator(wide, num_classes=3)
    with pytest.raises(ValueError, match=r"takes images of shape \(8, 12, 1\), but frames have"):
        examples.mocogan(frame_discriminator=frames)
