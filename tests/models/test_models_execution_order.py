"""No update of a variable overtakes a read of it, however TensorFlow optimises the graph.

Which of two free operations comes first is chance, one in thousands: so the graph is looked at.
"""

import execution_order
import keras
import pytest
import tensorflow as tf

import examples
from gan_keras import GAN, penalties
from gan_keras.networks import mlp


def two_replicas():
    return tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )


def steps_of_gan(strategy=None, clipnorm=0.3, **arguments):
    """A gradient penalty reads a bias that has no gradient of its own from there."""
    with (strategy or tf.distribute.get_strategy()).scope():
        model = examples.gan()
        optimizers = examples.optimizers()
        optimizers["discriminator_optimizer"] = keras.optimizers.SGD(0.05, clipnorm=clipnorm)
        model.compile(**optimizers, **arguments)
    return execution_order.graph_of_fit(model, examples.data_for(model))


@pytest.mark.parametrize(
    "arguments",
    [
        {"steps_per_execution": 3},
        pytest.param({"strategy": two_replicas}, marks=pytest.mark.slow),
        pytest.param({"strategy": two_replicas, "clipnorm": None}, marks=pytest.mark.slow),
    ],
)
def test_every_read_keeps_its_place_among_the_updates(arguments):
    make = arguments.get("strategy", tf.distribute.get_strategy)
    pairs, num_accesses = execution_order.unordered(
        steps_of_gan(**{**arguments, "strategy": make()})
    )
    assert num_accesses > 150
    assert pairs == []


@pytest.mark.parametrize("policy", ["float32", "mixed_float16"])
def test_so_it_does_with_adam_and_several_updates_a_step(policy):
    keras.mixed_precision.set_dtype_policy(policy)
    try:
        model = GAN(
            mlp.generator((4,), 2, widths=(4,)),
            mlp.discriminator((4,), widths=(4,)),
            loss="wasserstein",
            penalties=[penalties.GradientPenalty()],
        )
        model.compile(discriminator_steps=2)
    finally:
        keras.mixed_precision.set_dtype_policy("float32")
    graph = execution_order.graph_of_fit(model, tf.data.Dataset.from_tensors(tf.zeros((8, 4))))
    pairs, num_accesses = execution_order.unordered(graph)
    assert num_accesses > 90
    assert pairs == []


def test_what_was_said_of_keras_still_holds(monkeypatch):
    """With Keras's own sum of gradients, the bias's update is free to come before its read."""
    monkeypatch.setattr("gan_keras.models.gradient_sum.keep_apart", lambda optimizer: None)
    [pair], _ = execution_order.unordered(steps_of_gan(steps_per_execution=3))
    assert "Assign" in pair[0] + pair[1]
    assert any(name.endswith("downsample_0_1/Reshape/ReadVariableOp") for name in pair)
