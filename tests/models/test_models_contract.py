"""What must hold for every listed algorithm."""

import functools
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import models

NAMES = sorted(examples.EXAMPLES)
# The mechanics are one for all, so the fast tests run them whole on one algorithm alone.
SLOW_BUT_ONE = [
    pytest.param(name, marks=() if name == "gan" else pytest.mark.slow) for name in NAMES
]


def test_every_listed_algorithm_has_an_example():
    assert {examples.OF_ANOTHER_NAME.get(name, name) for name in NAMES} == set(models.NAMES)
    for name, make in examples.EXAMPLES.items():
        assert type(make()) is models.NAMES[examples.OF_ANOTHER_NAME.get(name, name)]


def trained(name, strategy=None, **compile_arguments):
    strategy = strategy or tf.distribute.get_strategy()
    with strategy.scope():
        model = examples.EXAMPLES[name]()
        model.compile(**examples.optimizers(), **compile_arguments)
    model.history_of_run = model.fit(examples.data_for(model), verbose=0).history
    return model


@functools.cache
def reference(name):
    """The plain run that others are compared with: the model, its history, its weights then."""
    model = trained(name)
    return model, model.history_of_run, examples.weights(model)


def distance_from_reference(name, model):
    return examples.largest_difference(reference(name)[2], examples.weights(model))


@pytest.mark.parametrize("name", SLOW_BUT_ONE)
def test_two_replicas_take_the_step_of_one_device(name):
    strategy = tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    two = trained(name, strategy)
    assert distance_from_reference(name, two) < 2e-6
    for key, value in reference(name)[1].items():
        assert two.history_of_run[key] == pytest.approx(value, rel=1e-4, abs=1e-5), key


@pytest.mark.parametrize("name", SLOW_BUT_ONE)
@pytest.mark.parametrize(
    "compile_arguments",
    [
        {"run_eagerly": True},
        {"steps_per_execution": 3},
        pytest.param({"jit_compile": True}, marks=pytest.mark.slow),
    ],
)
def test_every_way_of_running_takes_the_same_steps(name, compile_arguments):
    assert distance_from_reference(name, trained(name, **compile_arguments)) < 2e-6


@pytest.mark.parametrize("name", SLOW_BUT_ONE)
def test_the_same_seed_gives_the_same_bits(name):
    assert distance_from_reference(name, trained(name)) == 0.0


@pytest.mark.parametrize("name", SLOW_BUT_ONE)
@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_mixed_precision_trains_both_players(name, policy):
    keras.mixed_precision.set_dtype_policy(policy)
    try:
        model = trained(name)
    finally:
        keras.mixed_precision.set_dtype_policy("float32")
    scaled = isinstance(model.discriminator_optimizer, keras.optimizers.LossScaleOptimizer)
    assert scaled == (policy == "mixed_float16")
    assert all(np.isfinite(value).all() for value in model.history_of_run.values())
    fresh = examples.EXAMPLES[name]()
    for player in model.players.values():
        assert all(variable.dtype == "float32" for variable in player.variables)
    # In float16 the first loss scale (32768) may overflow once and skip: three steps are enough.
    assert examples.largest_difference(examples.weights(model), examples.weights(fresh)) > 1e-4


def drawn(model):
    """One batch with all that the model draws for it."""
    batch = model.prepare(next(iter(examples.data_for(model))))
    return {**batch, **model.draw(batch, model.random)}


@pytest.mark.parametrize("name", SLOW_BUT_ONE)
def test_an_update_moves_only_its_own_player(name):
    """To the bit, with all that networks keep beside: moving statistics, spectral norms."""
    model = examples.EXAMPLES[name]()
    model.compile(**examples.optimizers())
    batch = drawn(model)
    sides = [model.discriminator_networks(), model.generator_networks()]
    for update, (moved, held) in (
        (model.update_discriminator, sides),
        (model.update_generator, sides[::-1]),
    ):
        before = [[network.get_weights() for network in side] for side in (moved, held)]
        update(batch)
        for network, weights in zip(held, before[1], strict=True):
            for one, other in zip(network.get_weights(), weights, strict=True):
                np.testing.assert_array_equal(one, other)
        for network, weights in zip(moved, before[0], strict=True):
            pairs = zip(network.get_weights(), weights, strict=True)
            assert max(np.abs(one - other).max() for one, other in pairs) > 1e-6


TRANSLATORS = ("cut", "cyclegan", "inpainting", "pix2pix")


@pytest.mark.slow
@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_batch_in_parts_moves_a_translator_as_the_whole_batch_does(name):
    """None of these looks across images, but for the relativistic loss, the pool and averages."""
    changed = {"inpainting": {"loss": "hinge"}, "cyclegan": {"pool_size": 0, "penalties": ()}}
    found = []
    for parts in (1, 2):
        model = examples.EXAMPLES[name](**changed.get(name, {}))
        model.compile(**examples.optimizers(), gradient_accumulation_steps=parts)
        model.fit(examples.data_for(model, num_batches=2), verbose=0)
        found.append(examples.weights(model))
    assert examples.largest_difference(*found) < 5e-6
    assert (
        examples.largest_difference(
            found[0], examples.weights(examples.EXAMPLES[name](**changed.get(name, {})))
        )
        > 1e-4
    )


@pytest.mark.parametrize("name", SLOW_BUT_ONE)
def test_evaluation_draws_the_same_and_leaves_everything_alone(name):
    model = reference(name)[0]
    before = examples.weights(model)
    state = np.array(model.random.generator.state)
    data = examples.data_for(model, num_batches=1)
    one, again = (model.evaluate(data, return_dict=True, verbose=0) for _ in range(2))
    assert one == again
    assert all(np.isfinite(value) for value in one.values())
    np.testing.assert_array_equal(state, np.array(model.random.generator.state))
    for old, new in zip(before, examples.weights(model), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("name", NAMES)
def test_logs_are_means_over_the_epoch_under_the_names_promised(name):
    model, history, _ = reference(name)
    assert set(history) == {metric.name for metric in model.metrics}
    assert {"d_loss", "g_loss", "d_adversarial", "g_adversarial"} <= set(history)
    assert all(np.isfinite(value).all() for value in history.values())


@pytest.mark.parametrize("name", NAMES)
def test_saving_keeps_everything(name, tmp_path):
    model, *_ = reference(name)
    model.save(tmp_path / "model.keras")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        loaded = keras.models.load_model(tmp_path / "model.keras")
    for one in (model, loaded):
        one.fit(examples.data_for(one), verbose=0)
    assert examples.largest_difference(examples.weights(model), examples.weights(loaded)) == 0.0


def test_xla_under_a_strategy_is_turned_off_with_a_word():
    strategy = tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    with strategy.scope():
        model = examples.gan()
        with pytest.warns(UserWarning, match="jit_compile=False"):
            model.compile(**examples.optimizers(), jit_compile=True)
    assert model.jit_compile is False
