"""Networks of series: what they give, and that readings keep to their levels."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import layers
from gan_keras.networks import series

LEVELS = [[-1.0, 0.5, 2.0], []]


def test_numbers_go_to_the_nearest_level_and_gradients_pass():
    layer = layers.SnapLevels(LEVELS)
    inputs = tf.constant([[[-9.0, -9.0], [-0.26, 0.3], [-0.24, 0.3], [1.26, 7.0]]])
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = layer(inputs)
        total = tf.reduce_sum(3.0 * outputs)
    np.testing.assert_allclose(outputs[0, :, 0], [-1.0, -1.0, 0.5, 2.0], atol=1e-6)
    np.testing.assert_array_equal(outputs[0, :, 1], inputs[0, :, 1])
    np.testing.assert_array_equal(tape.gradient(total, inputs), np.full((1, 4, 2), 3.0))
    again = layers.SnapLevels.from_config(layer.get_config())
    np.testing.assert_array_equal(again(inputs), outputs)
    with pytest.raises(ValueError, match="must rise"):
        layers.SnapLevels([[1.0, 1.0]])


@pytest.mark.parametrize("num_classes", [None, 3])
def test_shapes_and_levels_survive_saving(num_classes, tmp_path):
    narrow = {"width": 5, "num_blocks": 1, "num_classes": num_classes}
    model = series.generator((6, 2), 3, levels=LEVELS, **narrow)
    latents = np.random.default_rng(0).normal(size=(7, 3 + 6 * 8)).astype("float32")
    inputs = latents if num_classes is None else [latents, np.arange(7, dtype="int32") % 3]
    made = np.array(model(inputs))
    assert made.shape == (7, 6, 2)
    assert set(np.round(np.unique(made[..., 0]), 5)) <= {-1.0, 0.5, 2.0}
    assert len(np.unique(made[..., 1])) > 30
    model.save(tmp_path / "model.keras")
    np.testing.assert_array_equal(keras.models.load_model(tmp_path / "model.keras")(inputs), made)
    judge = series.discriminator((6, 2), changes=[0.1, 0.2], **narrow)
    judged = judge(made if num_classes is None else [made, inputs[1]])
    assert (judged.shape, judged.dtype) == ((7, 1), "float32")


def test_changes_by_hand():
    layer = layers.WithChanges([0.5, 2.0])
    inputs = tf.constant([[[1.0, 4.0], [2.0, 4.0], [1.5, 0.0]]])
    expected = [[[1, 4, 0, 0], [2, 4, 2, 0], [1.5, 0, -1, -2]]]
    np.testing.assert_allclose(layer(inputs), expected)
    twice = np.array(layer(tf.concat([inputs, inputs], axis=-1)))  # two judged together
    np.testing.assert_allclose(twice[0, 2], [1.5, 0, 1.5, 0, -1, -2, -1, -2])
    with pytest.raises(ValueError, match="positive numbers"):
        layers.WithChanges([0.5, 0.0])


def test_readings_stay_in_range():
    """A channel of levels would not feel that it went beyond the last one."""
    model = series.generator((6, 2), 3, levels=LEVELS, width=5)
    model.get_layer("readings").bias.assign([100.0, -100.0])
    made = np.array(model(np.zeros((1, 3 + 6 * 8), "float32")))
    np.testing.assert_allclose(made[..., 0], 2.0)
    np.testing.assert_allclose(made[..., 1], -series.REACH)
    model = series.generator((6, 2), 3, reach=[2.0, 9.0], width=5)
    model.get_layer("readings").bias.assign([100.0, -100.0])
    made = np.array(model(np.zeros((1, 3 + 6 * 8), "float32")))
    np.testing.assert_allclose(made[0, 0], [2.0, -9.0])
    for reach in ([2.0], [2.0, 0.0], [2.0, np.inf]):
        with pytest.raises(ValueError, match="positive number for each of 2 channels"):
            series.generator((6, 2), reach=reach)


def test_noise_of_a_step_stays_near_it():
    """Three convolutions of kernel 5 see two steps further each."""
    model = series.generator((24, 1), 3, width=5, step_noise=2)
    latents = np.zeros((2, 3 + 24 * 2), "float32")
    latents[1, 3 : 3 + 2] = 1.0  # the first step's
    made = np.array(model(latents))[..., 0]
    differs = np.flatnonzero(made[0] != made[1])
    assert len(differs) > 0
    assert differs.max() <= 6
    assert series.generator((24, 1), 3, step_noise=0).input_shape == (None, 3)


@pytest.mark.parametrize(("group_size", "heard"), [(2, [0, 1]), (4, [0, 1, 2, 3]), (0, [0])])
def test_a_series_is_judged_with_its_group(group_size, heard):
    """A change of the first series moves the logits of its group and no others."""
    judge = series.discriminator((6, 3), width=5, changes=[1.0] * 3, group_size=group_size)
    some = np.random.default_rng(0).normal(size=(4, 6, 3)).astype("float32")
    before = np.array(judge(some))
    some[0] += 1.0
    assert list(np.flatnonzero(np.array(judge(some)) != before)) == heard


@pytest.mark.parametrize(("steps", "doublings"), [(1, 2), (7, 2), (8, 0), (9, 3)])
def test_any_number_of_steps_comes_of_doublings(steps, doublings):
    model = series.generator((steps, 1), 3, width=4, num_doublings=doublings)
    assert model.output_shape == (None, steps, 1)
    assert model.get_layer("places").output.shape[1] == -(-steps // 2**doublings)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"of series is \(steps, channels\). Received: \(6,\)"):
        series.generator((6,))
    with pytest.raises(ValueError, match="`levels` are of 2 channels, but series have 3"):
        series.generator((6, 3), levels=LEVELS)
    with pytest.raises(ValueError, match="`changes` are of 2 channels, but series have 3"):
        series.discriminator((6, 3), changes=[1.0, 1.0])
    with pytest.raises(ValueError, match="`step_noise` is an integer, at least 0"):
        series.generator((6, 3), step_noise=-1)
    with pytest.raises(ValueError, match="`num_doublings` is an integer from 0 to 8"):
        series.generator((6, 3), num_doublings=-1)
    with pytest.raises(ValueError, match="`num_blocks` must be a positive integer"):
        series.discriminator((6, 4), num_blocks=0)
