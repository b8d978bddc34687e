"""Networks of a table's rows, and the layers that they end in."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import kinds
from gan_keras.latents import RandomStream
from gan_keras.layers import FixBlocks, LogitsAlongRanks, RanksOfBlocks, SoftmaxBlocks
from gan_keras.networks import table_mlp

SIZES = (2, 3, 1)
RANKS = [[0.0, 0.0], [1.5, -0.5, -1.0], [0.0]]  # of the column of three


def normals(num, units=6):
    return np.random.default_rng(0).normal(size=(num, units)).astype("float32")


def test_units_are_drawn_as_the_softmax_says():
    """Logits log(1), log(3): a quarter and three quarters."""
    logits = np.log([[1, 3, 2, 1, 1, 1]]).astype("float32")
    rows = np.array(SoftmaxBlocks(SIZES)([np.repeat(logits, 20_000, 0), normals(20_000)]))
    np.testing.assert_allclose(rows.mean(0), [0.25, 0.75, 0.5, 0.25, 0.25, 1], atol=0.012)
    assert set(np.unique(rows)) == {0.0, 1.0}
    for part in np.split(rows, [2, 5], axis=1):
        assert (part.sum(1) == 1).all()


@pytest.mark.parametrize("temperature", [1.0, 0.25])
def test_the_gradient_is_that_of_the_softmax_at_the_temperature(temperature):
    logits, noise = tf.constant([[0.3, -0.4, 0.0, 0.0, 0.0, 0.0]]), np.zeros((1, 6), "float32")
    with tf.GradientTape() as tape:
        tape.watch(logits)
        first = SoftmaxBlocks(SIZES, temperature=temperature)([logits, noise])[0, 0]
    share = 1 / (1 + np.exp(-0.7 / temperature))  # equal noise drops out
    slope = share * (1 - share) / temperature
    expected = [slope, -slope, 0, 0, 0, 0]
    np.testing.assert_allclose(tape.gradient(first, logits)[0], expected, atol=1e-6)


def test_what_is_fixed_is_put_in_and_has_no_gradient():
    rows = tf.constant([[0.2, 0.8, 0.5, 0.25, 0.25, 1.0]])
    condition = tf.constant([[1.0, 0, 0, 0, 0, 0, 1, 0, 0]])
    with tf.GradientTape() as tape:
        tape.watch(rows)
        found = FixBlocks(SIZES)([rows, condition])
    assert found.numpy().tolist() == [[1, 0, 0.5, 0.25, 0.25, 1]]
    assert tape.gradient(found, rows).numpy().tolist() == [[0, 0, 1, 1, 1, 1]]


@pytest.mark.parametrize("condition_size", [None, 9])
def test_rows_are_a_function_of_latents_and_survive_saving(condition_size, tmp_path):
    model = table_mlp.generator(
        (6,), 4, blocks=SIZES, width=5, num_blocks=1, condition_size=condition_size
    )
    inputs = normals(7, 10)
    if condition_size:
        inputs = [inputs, np.zeros((7, 9), "float32")]
    rows = np.array(model(inputs))
    assert rows.shape == (7, 6)
    np.testing.assert_array_equal(rows, model(inputs, training=True))
    model.save(tmp_path / "model.keras")
    np.testing.assert_array_equal(keras.models.load_model(tmp_path / "model.keras")(inputs), rows)
    judge = table_mlp.discriminator((6,), width=5, num_blocks=1, condition_size=condition_size)
    judged = judge([rows, inputs[1]] if condition_size else rows)
    assert judged.shape == (7, 1)


def test_ranks_of_rows_by_hand():
    rows = np.array([[1, 0, 1, 0, 0, 1], [0, 1, 0, 0, 1, 1]], "float32")
    layer = RanksOfBlocks(RANKS)
    assert np.array(layer(rows)).tolist() == [[1.5], [-1.0]]
    assert layer.compute_output_shape((7, 6)) == (7, 1)
    again = RanksOfBlocks.from_config(layer.get_config())
    np.testing.assert_array_equal(again(rows), layer(rows))
    with pytest.raises(ValueError, match="of one column at least aren't all 0"):
        RanksOfBlocks([[0.0, 0.0]])


def test_logits_along_ranks_are_a_normal_density():
    """Of mean m and deviation s: slope m / s^2 and bend -1 / (2 s^2), up to a constant."""
    mean, deviation = 0.4, 0.8
    told = np.array([[mean / deviation**2, -0.5 / deviation**2]], "float32")
    logits = np.array(LogitsAlongRanks(RANKS)(told))[0]
    np.testing.assert_array_equal(logits[[0, 1, 5]], 0.0)
    density = np.exp(-((np.array(RANKS[1]) - mean) ** 2) / (2 * deviation**2))
    share = np.exp(logits[2:5])
    np.testing.assert_allclose(share / share.sum(), density / density.sum(), rtol=1e-6)


def test_networks_know_the_ranks():
    ranked = {"width": 5, "num_blocks": 1, "ranks": RANKS}
    model = table_mlp.generator((6,), 4, blocks=SIZES, **ranked)
    model.get_layer("slopes").bias.assign([9.0, 0.0])  # to the largest rank
    rows = np.array(model(normals(200, 10)))
    assert rows[:, 2].mean() > 0.95
    judge = table_mlp.discriminator((6,), **ranked)
    assert judge.get_layer("in").kernel.shape == (7, 5)
    assert table_mlp.discriminator((12,), **ranked).get_layer("in").kernel.shape == (14, 5)
    for build in (table_mlp.generator, table_mlp.discriminator):
        with pytest.raises(ValueError, match="are of 6 units, but a row has 7"):
            build((7,), ranks=RANKS)


def test_places_come_before_the_choices():
    model = table_mlp.generator((8,), 4, blocks=SIZES, num_places=2, width=5, num_blocks=1)
    assert model.input_shape == (None, 10)  # no noise for places
    rows = np.array(model(normals(50, 10)))
    assert (np.abs(rows[:, :2]) < 1).all()
    assert rows[:, :2].std(axis=0).min() > 0
    assert set(np.unique(rows[:, 2:])) == {0.0, 1.0}


def test_blocks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="have 5 units in all, but a row has 6"):
        table_mlp.generator((6,), blocks=(2, 3))
    with pytest.raises(ValueError, match="have 5 units in all beside 2 places, but a row has 6"):
        table_mlp.generator((6,), blocks=(2, 3), num_places=2)
    with pytest.raises(ValueError, match="of a table is"):
        table_mlp.generator((4, 4, 1))
    with pytest.raises(ValueError, match="`temperature` is positive"):
        SoftmaxBlocks(SIZES, temperature=0)


def test_xla_takes_columns_of_very_different_sizes():
    """`repeat` by sizes that differ is what XLA gets wrong."""
    kind = kinds.Table(
        columns=[
            {"name": "a", "type": "category", "values": [str(i) for i in range(70)]},
            {"name": "b", "type": "category", "values": ["x"]},
            {"name": "c", "type": "boolean", "values": ["no", "yes"]},
        ]
    )
    model = table_mlp.generator((73,), 5, width=4, num_blocks=1, **kind.network_arguments())
    latents = np.random.default_rng(0).normal(size=(64, 78)).astype("float32")
    codes = np.random.default_rng(1).integers(0, kind.blocks, (64, 3), "int32")

    def rows(latents, codes, random):
        condition = kind.draw_condition(kind.to_network(codes), random)
        return model([latents, condition], training=False), condition

    found = [
        tf.function(rows, jit_compile=compiled)(
            tf.constant(latents), tf.constant(codes), RandomStream(3)
        )
        for compiled in (False, True)
    ]
    for plain, compiled in zip(*found, strict=True):
        np.testing.assert_array_equal(plain, compiled)
    assert 0 < np.asarray(found[0][1])[:, -3:].mean() < 1
