"""Top-k keeps the best fakes for the generator and leaves the discriminator alone."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import losses
from gan_keras.losses import Hinge, RelativisticPaired, TopK

FAKE = np.array([[1.0], [-5.0], [3.0], [0.0]], "float32")


def test_numbers():
    loss = TopK(loss=Hinge(), share=0.5)
    # the best two are 1 and 3: -2
    assert float(loss.generator(None, FAKE)) == -2.0
    real = np.zeros((4, 1), "float32")
    assert float(loss.discriminator(real, FAKE)) == float(Hinge().discriminator(real, FAKE))
    assert float(TopK(loss=Hinge(), share=1.0).generator(None, FAKE)) == 0.25
    assert float(TopK(loss=Hinge(), share=0.01).generator(None, FAKE)) == -3.0


def test_the_share_is_rounded_to_the_nearest_number_of_logits():
    # 0.7 of four is three: -(3 + 1 + 0) / 3; 0.6 is two: -(3 + 1) / 2
    for share, expected in ((0.7, -4 / 3), (0.6, -2.0)):
        assert abs(float(TopK(loss=Hinge(), share=share).generator(None, FAKE)) - expected) < 1e-6


def test_the_rest_gets_no_gradient_also_under_xla():
    @tf.function(jit_compile=True)
    def gradient(fake):
        with tf.GradientTape() as tape:
            tape.watch(fake)
            value = TopK(loss=Hinge(), share=0.5).generator(None, fake)
        return tape.gradient(value, fake)

    assert np.array_equal(gradient(tf.constant(FAKE)).numpy()[:, 0], [-0.5, 0.0, -0.5, 0.0])


def test_the_wrapped_loss_may_be_a_name():
    assert losses.get("top_k") == TopK()
    assert TopK(loss="hinge") == TopK(loss=Hinge())
    with pytest.raises(ValueError, match="Did you mean 'hinge'"):
        TopK(loss="hing")


def test_config_and_errors():
    loss = TopK(loss=Hinge(), share=0.5)
    config = keras.saving.serialize_keras_object(loss)
    assert keras.saving.deserialize_keras_object(config) == loss
    with pytest.raises(ValueError, match="share"):
        TopK(share=0.0)
    with pytest.raises(ValueError, match="not relativistic"):
        TopK(loss=RelativisticPaired())
