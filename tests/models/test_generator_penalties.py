"""Penalties of the generator inside a GAN: replicas, saving, whose term they are."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
import gan_keras
from gan_keras.networks import dcgan, stylegan2
from gan_keras.penalties import R1, FeatureMatching, HistoricalAveraging, PathLength


def matching():
    """Feature matching and historical averaging of a generator with batch norm."""
    return gan_keras.GAN(
        dcgan.generator(examples.SHAPE, 4, widths=(4,)),
        dcgan.discriminator(examples.SHAPE, widths=(4,)),
        generator_penalties=[FeatureMatching(weight=0.5), HistoricalAveraging(weight=0.1)],
        seed=7,
    )


def styled():
    """A StyleGAN2 with its lazy penalties."""
    return gan_keras.GAN(
        stylegan2.generator(examples.SHAPE, 4, widths=(4, 4), num_mapping_layers=1),
        stylegan2.discriminator(examples.SHAPE, widths=(4, 4), group_size=None),
        penalties=[R1(interval=2)],
        generator_penalties=[PathLength(interval=2)],
        moving_average=30,
        seed=7,
    )


def trained(build, **compile_arguments):
    keras.utils.set_random_seed(3)
    model = build()
    model.compile(keras.optimizers.SGD(0.02), keras.optimizers.SGD(0.02), **compile_arguments)
    model.history_of_run = model.fit(examples.dataset(labels=False), verbose=0).history
    return model


@functools.cache
def reference(build):
    """The plain run, traced once for all tests: its logs and its weights at the end."""
    model = trained(build)
    return model.history_of_run, examples.weights(model)


def distance_from_reference(build, model):
    return examples.largest_difference(reference(build)[1], examples.weights(model))


@pytest.mark.parametrize("build", [matching, pytest.param(styled, marks=pytest.mark.slow)])
def test_two_replicas_take_the_step_of_one_device(build):
    strategy = tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    with strategy.scope():
        two = trained(build)
    assert distance_from_reference(build, two) < 5e-6
    history, _ = reference(build)
    for name, values in history.items():
        assert two.history_of_run[name] == pytest.approx(values, rel=1e-4, abs=1e-5), name
    for penalty in two.generator_penalties:
        assert history[f"g_{penalty.name}"][0] > 0


@pytest.mark.parametrize("build", [matching, styled])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_saved_with_the_model(build, tmp_path):
    model = trained(build, run_eagerly=True)  # nine steps take less than two traces
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for gan in (model, loaded):
        gan.fit(examples.dataset(labels=False), verbose=0)
    assert examples.largest_difference(examples.weights(model), examples.weights(loaded)) == 0.0


@pytest.mark.slow
@pytest.mark.parametrize("build", [matching, styled])
def test_xla_takes_the_same_steps(build):
    assert distance_from_reference(build, trained(build, jit_compile=True)) < 1e-5


def test_features_are_the_layer_of_that_name_or_what_the_last_dense_layer_reads():
    real = tf.ones((2, *examples.SHAPE))
    named = dcgan.discriminator(examples.SHAPE, widths=(4,))
    plain = keras.Sequential(
        [keras.Input(examples.SHAPE), keras.layers.Flatten(), keras.layers.Dense(1)]
    )
    bare = keras.Sequential([keras.Input(examples.SHAPE), keras.layers.Conv2D(1, 8)])
    read = gan_keras.models.features.feature_network
    assert np.array_equal(read(plain)(real), np.ones((2, 64)))
    assert read(named).output_shape == named.get_layer("features").output.shape
    with pytest.raises(ValueError, match="no layer named 'features'"):
        read(bare)


def test_styles_are_truncated_in_w():
    model = trained(styled, run_eagerly=True)
    average = model.sample(2, seed=1, truncation=1e-6)
    assert np.allclose(average[0], average[1], atol=1e-4)
    whole = model.sample(2, seed=1)
    assert np.allclose(whole, model.sample(2, seed=1, truncation=1.0), atol=1e-6)
    assert abs(whole - average).max() > 1e-3


def test_each_player_has_its_own_penalties():
    networks = dcgan.generator(examples.SHAPE, 4), dcgan.discriminator(examples.SHAPE)
    with pytest.raises(ValueError, match=r"term of the generator.*`generator_penalties`"):
        gan_keras.GAN(*networks, penalties=["feature_matching"])
    with pytest.raises(ValueError, match=r"term of the discriminator.*`penalties`"):
        gan_keras.GAN(*networks, generator_penalties=["r1"])
    with pytest.raises(ValueError, match="no styles"):
        gan_keras.GAN(*networks, generator_penalties=["path_length"])
