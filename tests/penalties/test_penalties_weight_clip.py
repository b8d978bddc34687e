"""Weight clipping holds in any Keras optimizer and is saved with the network."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.layers import SpectralNorm
from gan_keras.penalties import WeightClip, clip_weights


def network(**arguments):
    inner = keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 3), keras.layers.BatchNormalization()]
    )
    images = keras.Input((8, 8, 1))
    flat = keras.layers.Flatten()(inner(images))
    return keras.Model(images, keras.layers.Dense(1, **arguments)(flat))


def largest(model):
    return max(float(np.max(np.abs(v.numpy()))) for v in model.trainable_variables)


def test_constraint():
    clip = WeightClip(0.1)
    assert np.allclose(clip(np.array([-3.0, 0.05, 0.2])), [-0.1, 0.05, 0.1])
    config = keras.saving.serialize_keras_object(clip)
    assert keras.saving.deserialize_keras_object(config).limit == 0.1
    with pytest.raises(ValueError, match="limit"):
        WeightClip(0.0)


def test_every_weight_is_clipped_now_and_after_an_update(tmp_path):
    model = clip_weights(network(), 0.05)
    assert abs(largest(model) - 0.05) < 1e-7
    model.save(tmp_path / "critic.keras")
    for critic in (model, keras.models.load_model(tmp_path / "critic.keras")):
        optimizer = keras.optimizers.SGD(10.0)
        optimizer.build(critic.trainable_variables)
        optimizer.apply([tf.ones(v.shape) for v in critic.trainable_variables])
        assert abs(largest(critic) - 0.05) < 1e-7
        for variable in critic.trainable_variables:
            assert np.allclose(variable.numpy(), -0.05)


def test_it_holds_inside_a_loss_scale_optimizer():
    model = clip_weights(network(), 0.05)
    optimizer = keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD(10.0), initial_scale=2.0)
    optimizer.build(model.trainable_variables)
    optimizer.apply([tf.ones(v.shape) for v in model.trainable_variables])
    assert abs(largest(model) - 0.05) < 1e-7


@pytest.mark.parametrize("wrapper", [keras.layers.SpectralNormalization, SpectralNorm])
def test_spectral_norm_is_refused_before_anything_is_clipped(wrapper):
    wrapped = keras.Sequential([keras.Input((2,)), wrapper(keras.layers.Dense(1))])
    before = largest(wrapped)
    with pytest.raises(ValueError, match="spectral norm"):
        clip_weights(wrapped)
    assert largest(wrapped) == before


def test_a_layer_that_takes_no_constraint_is_named():
    with pytest.raises(ValueError, match="takes no constraint"):
        clip_weights(keras.Sequential([keras.Input((3, 2)), keras.layers.GRU(1)]))


def test_an_unbuilt_network_is_refused():
    with pytest.raises(ValueError, match="Build it first"):
        clip_weights(keras.Sequential([keras.layers.Dense(1)]))
