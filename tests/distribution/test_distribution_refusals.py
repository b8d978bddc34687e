"""What Keras can't do under a strategy is refused, or turned off, with one line."""

import functools

import keras
import pytest
import tensorflow as tf
import two_devices


def test_several_steps_per_execution_are_turned_off_with_collectives():
    with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
        gan = two_devices.make()
        with pytest.warns(UserWarning, match="`steps_per_execution` can't be 4"):
            gan.compile("sgd", "sgd", steps_per_execution=4)
    assert gan.steps_per_execution == 1


def test_several_steps_per_execution_stay_without_collectives():
    with two_devices.mirrored().scope():
        gan = two_devices.make()
        gan.compile("sgd", "sgd", steps_per_execution=4)
    assert gan.steps_per_execution == 4


def test_xla_is_turned_off_under_a_strategy():
    with pytest.warns(UserWarning, match="going on with `jit_compile=False`"):
        gan = compiled_on_two(jit_compile=True)
    assert gan.jit_compile is False


def compiled_on_two(**compile_arguments):
    with two_devices.mirrored().scope():
        gan = two_devices.make()
        gan.compile("sgd", "sgd", **compile_arguments)
    return gan


@pytest.mark.parametrize(
    ("arguments", "batch_size", "message"),
    [
        ({}, 7, "global batch of 7 .* between 2 replicas. Take a multiple of 2, e.g. 8"),
        ({"discriminator_steps": 3}, 8, "each cut theirs into 3. Take a multiple of 6, e.g. 12"),
        ({"gradient_accumulation_steps": 2}, 6, "multiple of 4, e.g. 8"),
    ],
)
def test_a_batch_that_replicas_do_not_divide(arguments, batch_size, message):
    gan = compiled_on_two(**arguments)
    with pytest.raises(ValueError, match=message):
        gan.fit(two_devices.dataset_of(two_devices.points(3), batch_size), verbose=0)


def test_batches_of_no_fixed_size():
    gan = compiled_on_two()
    samples = two_devices.points(3)
    with pytest.raises(ValueError, match="drop_remainder=True"):
        gan.fit(two_devices.dataset_of(samples, 8, drop_remainder=False), verbose=0)
    with pytest.raises(ValueError, match=r"takes a tf.data.Dataset .* Received: ndarray"):
        gan.fit(samples, verbose=0)


def test_a_model_from_outside_the_scope():
    gan = two_devices.make()
    with (
        two_devices.mirrored().scope(),
        pytest.raises(ValueError, match="was made outside the scope of MirroredStrategy"),
    ):
        gan.compile("sgd", "sgd")


def test_networks_from_outside_the_scope():
    networks = two_devices.networks()
    with (
        two_devices.mirrored().scope(),
        pytest.raises(ValueError, match=r"'dense.*/kernel' was made outside the scope"),
    ):
        two_devices.make(of=lambda: networks).compile("sgd", "sgd")


def test_optimizers_from_outside_the_scope_are_made_again():
    optimizer = keras.optimizers.Adam(0.125)
    with two_devices.mirrored().scope():
        gan = two_devices.make()
        gan.compile(optimizer, "sgd")
    assert gan.generator_optimizer is not optimizer
    assert float(gan.generator_optimizer.learning_rate.numpy()) == 0.125


@pytest.mark.parametrize("synchronized", [False, True])
def test_plain_batch_norm_is_warned_of(synchronized, recwarn):
    norm = functools.partial(keras.layers.BatchNormalization, synchronized=synchronized)
    with two_devices.mirrored().scope():
        gan = two_devices.make(of=functools.partial(two_devices.networks, batch_norm=norm))
        gan.compile("sgd", "sgd")
    warned = [str(w.message) for w in recwarn if "synchronized=True" in str(w.message)]
    assert len(warned) == (0 if synchronized else 1)
