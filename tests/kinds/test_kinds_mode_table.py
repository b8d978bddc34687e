"""Tables of modes: what a mixture finds, what comes back, and what is never kept."""

import dataclasses
import json
import re

import keras
import numpy as np
import pytest

from gan_keras import data, kinds
from gan_keras.kinds import mixture, modes
from gan_keras.kinds.raw_column import RawColumn


def people(num=400):
    """Numbers of two modes, with a few of which one stands alone; a town that one row has."""
    random = np.random.default_rng(0)
    age = np.concatenate([random.normal(25, 2, num // 2), random.normal(70, 3, num // 2)]).round()
    gain = np.where(random.random(num) < 0.8, 0.0, random.normal(5000, 300, num).round(1))
    gain[7] = np.nan
    gain[8] = 123456.5
    day = np.datetime64("2020-01-01") + random.integers(0, 300, num)
    return {
        "town": ["Zzyzx", *random.choice(["Ulm", "Bonn"], num - 1)],
        "age": age,
        "gain": gain,
        "day": day,
        "same": np.full(num, 3),
    }


def source(**arguments):
    return data.source(people(), encoding="modes", **arguments)


def test_the_modes_of_a_mixture_are_found():
    """Several may share what one could do (so do scikit-learn's), but none mixes the two."""
    random = np.random.default_rng(0)
    drawn = [random.normal(0, 1, 5000), random.normal(10, 0.5, 3000)]
    weights, means, stds = mixture.fit(np.concatenate(drawn))
    for own_modes, share, mean, std in ((means < 5, 0.625, 0, 1), (means > 5, 0.375, 10, 0.5)):
        own = weights[own_modes] / weights[own_modes].sum()
        assert abs(weights[own_modes].sum() - share) < 0.002
        assert abs((own * means[own_modes]).sum() - mean) < 0.05
        square = (own * (stds[own_modes] ** 2 + means[own_modes] ** 2)).sum() - mean**2
        assert abs(np.sqrt(square) - std) < 0.1
    mostly = np.concatenate([np.zeros(950), random.normal(1900, 100, 50)])
    weights, means, _ = mixture.fit(mostly)
    np.testing.assert_allclose(weights, [0.95, 0.05], atol=0.01)
    assert abs(means[0]) < 1
    weights, means, stds = mixture.fit(np.full(5, 7.0))
    assert (weights.tolist(), means.tolist()) == ([1.0], [7.0])
    assert stds[0] < 1e-6


def test_digamma():
    """-0.5772... (Euler) at 1, and 2.2517525890 at 10 (Abramowitz and Stegun, table 6.1)."""
    np.testing.assert_allclose(
        mixture._digamma(np.array([1.0, 10.0])), [-0.5772156649, 2.2517525890], atol=1e-9
    )


def test_what_is_decoded_is_what_was_read():
    found = source()
    values, given = found.kind.decode(found.samples), people()
    assert values["town"].tolist() == ["(other)", *given["town"][1:]]
    assert values["age"].dtype == np.int64
    low, high = found.kind.columns[1].low, found.kind.columns[1].high
    assert 19 < low < 22
    assert 74 < high < 79
    cut = np.clip(given["age"], low, high).round()
    np.testing.assert_array_equal(values["age"], cut)
    days = (values["day"] - given["day"]).astype("timedelta64[D]").astype(int)
    assert np.abs(days).max() <= 3  # of the ends; all others to the second
    assert (days == 0).mean() > 0.95
    assert set(values["same"]) == {3}
    assert np.isnan(values["gain"][7])
    assert np.nanmax(values["gain"]) < 20_000  # the mean of the ten largest, not the largest
    again = data.source(people(), schema=found.kind)
    np.testing.assert_array_equal(again.samples, found.samples)


def test_a_place_counts_in_four_deviations():
    """(14 - 10) / (4 * 2) = .5, (18 - 10) / 8 = 1, cut to .99; and back: 10 + 8 * .25 = 12."""
    column = modes.Modes(name="x", type="number", weights=[1.0], means=[10.0], stds=[2.0])
    raw = RawColumn(name="x", numbers=np.array([14.0, 18.0, 9.0]))
    np.testing.assert_allclose(column.places(raw, column.encode(raw)), [0.5, 0.99, -0.125])
    found = column.decode((np.zeros(1, int), np.array([0.25])), None)
    np.testing.assert_allclose(found, [12.0])


def test_a_number_between_two_modes_is_of_either():
    """Half way between equal modes each is drawn as often; near one it is that."""
    two = {"weights": [0.5, 0.5], "means": [0.0, 10.0], "stds": [2.0, 2.0]}
    column = modes.Modes(name="x", type="number", **two)
    raw = RawColumn(name="x", numbers=np.repeat([5.0, 0.0, 10.0], 1000))
    codes = column.encode(raw)
    assert abs(codes[:1000].mean() - 0.5) < 0.06
    assert codes[1000:2000].mean() < 0.01
    assert codes[2000:].mean() > 0.99


def test_networks_take_places_and_one_hot_vectors():
    found = source()
    rows = found.kind.to_network(found.samples)
    assert rows.shape == (400, *found.kind.shape)
    assert np.abs(rows[:, :4]).max() <= 0.99 + 1e-6
    np.testing.assert_array_equal(rows[:, 4:].sum(axis=1), 5.0)
    np.testing.assert_array_equal(found.kind.from_network(rows), found.samples)


def test_a_saved_schema_holds_no_rare_value():
    kind = source().kind
    config = keras.saving.serialize_keras_object(kind)
    assert keras.saving.deserialize_keras_object(json.loads(json.dumps(config))) == kind
    text = json.dumps(config)
    assert "Zzyzx" not in text
    assert "123456" not in text
    assert kind.frequencies == [[kind.frequencies[0][0], 399 - kind.frequencies[0][0], 1]]


def test_only_ctgan_is_told_columns_of_modes():
    kind = source().kind
    with pytest.raises(ValueError, match=r"--set generator\.condition_size=None"):
        kind.draw_condition(kind.to_network(source().samples), None)


def test_batches_say_by_which_column_their_rows_came():
    batch = next(iter(source().batches(20)))
    assert set(batch) == {"real", "column"}
    assert batch["real"].shape == (20, 9)
    assert set(batch["column"].numpy()) == {0}


@pytest.mark.parametrize("suffix", kinds.ModeTable.formats)
def test_every_format_is_written(suffix, tmp_path):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    found = source()
    path = tmp_path / ("a.csv" + suffix if suffix in (".gz", ".xz") else f"a{suffix}")
    found.kind.write(path, found.samples)
    if suffix != ".png":
        assert data.source(str(path), schema=found.kind).num_samples == 400


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: source(encoding2=1), "Unknown argument `encoding2`"),
        (lambda: source(max_bins=3), "`max_bins` is not for the encoding 'modes'"),
        (lambda: data.source(people(), encoding="mode"), "Did you mean 'modes'?"),
        (lambda: source().kind.check(np.zeros((2, 4), "float32"), "x"), "5 blocks and 4 places"),
        (lambda: source().kind.check(np.full((2, 9), 1.5, "float32"), "x"), "lie in [-1, 1]"),
        (lambda: source().kind.where({"age": "30"}), "holds numbers, which a table of modes"),
        (lambda: source().kind.where({"town": "Ulmm"}), "Did you mean 'Ulm'?"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises((ValueError, TypeError), match=re.escape(message)) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_rows_that_are_drawn_by_category_have_no_order_of_their_own():
    drawn = dataclasses.replace(source(), sampled_by=source().kind.discrete)
    assert set(next(iter(drawn.batches(10)))) == {"real", "column"}
    with pytest.raises(ValueError, match="by category at random, so `shuffle` can't be False"):
        drawn.batches(10, shuffle=False)
