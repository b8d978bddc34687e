"""CTGAN: conditions at the right places, its losses by hand, and samples as often as the data."""

import re

import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import kinds, models, networks

# Columns: job (cook, clerk, smith), gain (2 modes), old (no, yes). A row: 1 place, 3 + 2 + 2 units.
STORED = np.array([[1, 0, 1, 0.5], [2, 1, 0, -0.25]], "float32")  # three blocks and the place
ROWS = np.array([[0.5, 0, 1, 0, 1, 0, 0, 1], [-0.25, 0, 0, 1, 0, 1, 1, 0]], "float32")


def test_rows_as_networks_take_them():
    kind = examples.ctgan().kind
    np.testing.assert_array_equal(kind.to_network(STORED), ROWS)
    np.testing.assert_array_equal(kind.to_network(ROWS), ROWS)
    np.testing.assert_array_equal(kind.from_network(ROWS), STORED)


def test_a_condition_is_at_the_place_of_its_own_column():
    """Of the second column (old) the bits come behind those of the first (job)."""
    kind = examples.ctgan().kind
    condition = kind.condition_of(tf.constant(ROWS), tf.constant([0, 1])).numpy()
    np.testing.assert_array_equal(condition, [[0, 1, 0, 0, 0], [0, 0, 0, 1, 0]])
    np.testing.assert_array_equal(kind.where({"old": "yes"}).condition(), [0, 0, 0, 0, 1])
    both = kind.where({"old": "yes", "job": "smith"})
    np.testing.assert_array_equal(both.condition(), [0, 0, 1, 0, 0])
    assert both.kept(np.array([[2, 0, 1, 0.1], [2, 0, 0, 0.1]])).tolist() == [True, False]
    with pytest.raises(ValueError, match="'gain' holds numbers, which a table of modes can't fix"):
        kind.where({"gain": "3"})


def test_the_cross_entropy_is_of_the_told_column_alone():
    model = examples.ctgan()
    model.is_training = False
    condition = np.float32([[0, 1, 0, 0, 0], [0, 0, 0, 1, 0]])
    logits = np.zeros((2, 7), "float32")
    logits[0, 3:] = 50.0  # other columns say what they like
    logits[1, 5] = np.log(3.0)  # no: 3 of 4
    found = model._cross_entropy({"condition": condition}, tf.constant(logits))
    assert float(found) == pytest.approx((np.log(3.0) + np.log(4.0 / 3.0)) / 2, rel=1e-5)


def test_packs_hold_rows_and_conditions_the_real_ones_in_another_order():
    model = examples.ctgan()
    condition = tf.constant(np.float32([[0, 1, 0, 0, 0], [0, 0, 0, 1, 0]]))
    batch = {"real": tf.constant(ROWS), "condition": condition}
    real, fake = model._packs(batch, tf.constant(-ROWS))
    own = [np.concatenate([row, told]) for row, told in zip(ROWS, condition.numpy(), strict=True)]
    np.testing.assert_array_equal(real[0], np.concatenate(own[::-1]))
    others = [np.concatenate([-r, told]) for r, told in zip(ROWS, condition.numpy(), strict=True)]
    np.testing.assert_array_equal(fake[0], np.concatenate(others))


@pytest.mark.parametrize("truncation", [None, 0.3])
def test_conditions_of_samples_are_as_frequent_as_the_data_s(truncation):
    """Each column half of the time; 3, 2 and 1 of 6 jobs, 1 and 1 of 2 who are old or not."""
    model = examples.ctgan()
    latents = model.latents(20_000, seed=1, truncation=truncation)
    if truncation:
        assert np.abs(latents[:, :-2]).max() <= truncation
    told = model._told(None, latents)
    np.testing.assert_array_equal(told.sum(axis=1), 1.0)
    np.testing.assert_allclose(told.mean(0), [3 / 12, 2 / 12, 1 / 12, 1 / 4, 1 / 4], atol=0.015)
    np.testing.assert_array_equal(told, model._told(None, latents))


def test_a_wish_is_kept():
    model = examples.ctgan()
    rows = model.sample(50, seed=1, where={"job": "smith", "old": "no"})
    assert set(model.kind.decode(rows)["job"]) == {"smith"}
    assert not model.kind.decode(rows)["old"].any()


def test_a_table_of_numbers_alone_has_no_conditions():
    kind = kinds.ModeTable(columns=[{"name": "gain", "type": "number", **examples.MODES}])
    model = models.CTGAN(
        networks.ctgan.generator((3,), 2, widths=(4,), **kind.network_arguments()),
        networks.ctgan.discriminator((6,), widths=(4,), packing=2),
        kind=kind,
        packing=2,
    )
    model.compile()
    rows = np.float32([[0, 0.1], [1, -0.2], [1, 0.3], [0, 0.0]])
    history = model.fit(tf.data.Dataset.from_tensors(rows), verbose=0).history
    assert history["g_condition"] == [0.0]
    assert model.sample(5).shape == (5, 2)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": kinds.Table(columns=list(examples.COLUMNS))}, "rows of modes, but the data are"),
        ({"packing": 3}, "takes 26 numbers, but 3 rows and conditions have 39"),
        ({"condition_weight": -1.0}, "`condition_weight` must be at least 0"),
    ],
)
def test_what_does_not_fit_is_refused(change, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        examples.ctgan(**change)
