"""Consistency regularisation, with the one change whose result is known: a flip."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras import models
from gan_keras.latents import RandomStream
from gan_keras.networks import dcgan, heads, mlp
from gan_keras.penalties import Consistency, Critic

SHAPE = (8, 8, 1)


def left_pixel_critic():
    return Critic(lambda x: x[:, 0, :1, 0], RandomStream(0))


def images(right):
    """Two pixels: the left one 0, the right one `right`. A flip moves the logit by `right`."""
    return tf.constant(np.tile([[[[0.0], [right]]]], (200, 1, 1, 1)), "float32")


def test_numbers():
    flipped = float(np.mean(RandomStream(0).uniform((200, 1, 1, 1)).numpy() < 0.5))
    assert 0.4 < flipped < 0.6
    penalty = Consistency(weight=1.0, fake_weight=0.0, policies=("flip",))
    value = float(penalty.compute(left_pixel_critic(), images(3.0), images(100.0)))
    assert abs(value - 9.0 * flipped) < 1e-4
    both = Consistency(weight=0.0, fake_weight=2.0, policies=("flip",))
    value = float(both.compute(left_pixel_critic(), images(100.0), images(3.0)))
    assert abs(value - 18.0 * flipped) < 1e-4


def test_a_blind_critic_pays_nothing():
    critic = Critic(lambda x: tf.reduce_mean(x, axis=[1, 2]), RandomStream(0))
    value = Consistency(policies=("flip",)).compute(critic, images(3.0), images(4.0))
    assert abs(float(value)) < 1e-8


def test_what_is_no_image_is_refused_at_construction():
    decoder, like = dcgan.generator(SHAPE, 4, widths=(4,)), dcgan.discriminator(SHAPE, widths=(4,))
    encoder = heads.encoder(like, 4)
    for model, *networks in (
        (gan_keras.GAN, mlp.generator(), mlp.discriminator()),
        (models.BiGAN, decoder, encoder, heads.joint(like, 4)),
        (models.AdversarialAutoencoder, decoder, encoder, mlp.discriminator((4,))),
    ):
        with pytest.raises(ValueError, match=r"'consistency' augments .* out of `penalties`"):
            model(*networks, penalties=["consistency"])


def test_colours_of_grey_images_are_refused_at_construction():
    networks = dcgan.generator(SHAPE, 4, widths=(4,)), dcgan.discriminator(SHAPE, widths=(4,))
    with pytest.raises(ValueError, match=r"'consistency': 'color' needs colour .* Leave it out"):
        gan_keras.GAN(*networks, penalties=[Consistency(policies=["color"])])


def test_labels_are_no_second_sample():
    judge = dcgan.discriminator(SHAPE, widths=(4,), num_classes=3)
    assert Consistency().build([judge]) is None


def test_config_and_errors():
    penalty = Consistency(policies=["cutout"], fake_weight=1.0)
    config = keras.saving.serialize_keras_object(penalty)
    assert keras.saving.deserialize_keras_object(config) == penalty
    with pytest.raises(ValueError, match="Did you mean 'cutout'"):
        Consistency(policies=("cutuot",))
    with pytest.raises(ValueError, match="fake_weight"):
        Consistency(fake_weight=-1.0)
