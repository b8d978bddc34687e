"""Series of readings: scales there and back, exact values, attributes, files, pictures."""

import csv
import lzma
import re

import numpy as np
import pytest
from PIL import Image

from gan_keras import kinds
from gan_keras.kinds import autocorrelation, channels

RAIN = [0.0] * 80 + [0.1] * 10 + [0.5] * 10


def kind(num=60, steps=5):
    """Rain, mostly 0, and a temperature, of two airports."""
    random = np.random.default_rng(0)
    rain = random.choice([0.0, 0.25, 1.0], (num, steps), p=[0.8, 0.1, 0.1])
    warmth = np.round(random.normal(50, 20, (num, steps)), 1)
    readings = np.stack([rain, warmth], axis=-1)
    rows = [["EWR", "1"], ["EWR", "2"], ["JFK", "1"]]
    found = kinds.Signals.fit(
        readings, ["rain", "temp"], attributes=["airport", "month"], combinations=rows
    )
    return found, readings


def test_a_frequent_value_has_a_place_of_its_own_half_way_between_score_and_reading():
    """Shares .1 (of .8), .1 and .1: normal scores of a sixth, a half and five sixths.

    Of both scales each is made of mean 0 and variance 1, over readings that are .8, .1 and .1, and
    so is their sum.
    """
    rain = channels.fit("rain", RAIN)
    assert rain.exact
    assert rain.values == [0.0, 0.1, 0.5]

    def standard(numbers):
        mean = 0.8 * numbers[0] + 0.1 * numbers[1] + 0.1 * numbers[2]
        away = np.array(numbers) - mean
        return away / np.sqrt(0.8 * away[0] ** 2 + 0.1 * away[1] ** 2 + 0.1 * away[2] ** 2)

    places = standard(standard([-0.967422, 0.0, 0.967422]) + standard([0.0, 0.1, 0.5]))
    np.testing.assert_allclose(rain.places, places, atol=2e-6)
    np.testing.assert_allclose(places, [-0.4391, 0.6871, 2.8258], atol=1e-4)
    assert rain.levels == rain.places
    assert rain.reach == pytest.approx(1.25 * 2.8258, abs=1e-4)
    assert rain.decode(np.array([-9.0, 0.12, 0.13, 1.75, 3.0])).tolist() == [0, 0, 0.1, 0.1, 0.5]
    assert rain.encode([0.0, 99.0]).tolist() == np.float32(rain.places)[[0, 2]].tolist()


def test_places_end_where_a_network_still_sees_the_others():
    """One hour in 1,000 has rain: of unit variance, it would stand at 31.6."""
    readings = np.zeros((1000, 20))
    readings[:, 7] = np.arange(1000) % 50 == 0
    places = channels.fit("rain", readings).places
    assert max(places) == channels.FARTHEST
    assert min(places) < 0


def test_readings_of_many_values_are_decoded_between_quantiles_and_rounded():
    readings = np.round(np.random.default_rng(0).uniform(0, 10, 3000), 2)
    channel = channels.fit("humid", readings)
    assert not channel.exact
    assert channel.levels == []
    assert channel.step == 0.01
    found = channel.decode(channel.encode(readings))
    assert np.abs(found - readings).max() <= 0.15  # its ten extremes on either side are cut
    np.testing.assert_array_equal(np.round(found, 2), found)
    places = channel.encode(readings)
    assert abs(places.mean()) < 1e-5
    assert places.std() == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(channel.places) > 0).all()
    assert (np.diff(channel.values) > 0).all()


def test_one_absurd_reading_does_not_stretch_the_scale_and_is_not_kept():
    readings = np.concatenate([np.random.default_rng(0).normal(10, 3, 5000), [1048.0]])
    assert channels.fit("wind", readings).values[-1] < 25
    assert channels.fit("still", np.full(50, 3.0)).decode(np.array([0.7])).tolist() == [3.0]


def test_how_much_a_channel_changes_in_a_step():
    readings = np.tile([0.0, 0.5], (20, 3))[:, :5]
    channel = channels.fit("rain", readings)
    assert channel.change == pytest.approx(
        np.diff(channel.encode(readings), axis=1).std(), abs=1e-6
    )
    assert channels.fit("still", np.full((20, 5), 3.0)).change == 1.0
    assert channels.fit("loose", readings.ravel()).change is None
    signals, _ = kind()
    told = signals.network_arguments()
    assert told["changes"] == [one.change for one in signals.channels]
    reach = [1.25 * max(map(abs, one.places)) for one in signals.channels]
    np.testing.assert_allclose(told["reach"], reach, atol=1e-6)
    assert min(told["changes"]) > 0


def test_there_and_back():
    signals, readings = kind()
    stored = signals.encode(readings)
    assert (stored.dtype, stored.shape) == (np.float32, (60, 5, 2))
    np.testing.assert_array_equal(signals.decode(stored)[..., 0], readings[..., 0])
    wild = np.random.default_rng(1).normal(0, 3, (4, 5, 2)).astype("float32")
    kept = signals.from_network(wild)
    np.testing.assert_array_equal(signals.from_network(kept), kept)
    assert set(np.unique(signals.decode(kept)[..., 0])) <= {0.0, 0.25, 1.0}
    assert signals.for_features(kept).shape == (4, 10)  # extractors of features take vectors
    again = kinds.Signals.from_config(signals.get_config())
    assert again == signals
    assert again.fingerprint() == signals.fingerprint()


@pytest.mark.parametrize(
    ("wishes", "labels"),
    [({"airport": "EWR"}, [0, 1]), ({"month": 1}, [0, 2]), ({"airport": "JFK", "month": "1"}, [2])],
)
def test_classes_as_wished(wishes, labels):
    assert kind()[0].classes_where(wishes) == labels


def test_wished_classes_are_equally_many_and_in_order():
    assert kind()[0].labels_where({"month": "1"}, 5).tolist() == [0, 0, 0, 2, 2]


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"aiport": "EWR"}, "no attribute 'aiport'. Did you mean 'airport'?"),
        ({"airport": "LGA"}, "No series has airport 'LGA'."),
        ({"airport": "JFK", "month": "2"}, "No series of the data has airport=JFK, month=2."),
    ],
)
def test_classes_that_are_not_there(wishes, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        kind()[0].classes_where(wishes)


def test_files(tmp_path):
    signals, readings = kind()
    samples, labels = signals.encode(readings[:3]), np.array([0, 2, 1], "int32")
    for name, opener in (("a.csv", open), ("b.csv.xz", lzma.open)):
        signals.write(tmp_path / name, samples, labels)
        with opener(tmp_path / name, "rt", encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert header == ["series", "airport", "month", "rain", "temp"]
        assert [row[0] for row in rows] == list("000001111122222")
        assert rows[5][1:3] == ["JFK", "1"]
        found = np.array([row[3:] for row in rows], float).reshape(3, 5, 2)
        np.testing.assert_allclose(found, signals.decode(samples), rtol=1e-7)
    signals.write(tmp_path / "c.npz", samples, labels)
    with np.load(tmp_path / "c.npz") as arrays:
        np.testing.assert_array_equal(arrays["features"], signals.decode(samples))
        assert arrays["attributes"].tolist() == [["EWR", "1"], ["JFK", "1"], ["EWR", "2"]]
        assert arrays["attribute_names"].tolist() == ["airport", "month"]
    signals.write(tmp_path / "d.png", samples)
    assert Image.open(tmp_path / "d.png").mode == "RGB"


def test_a_picture_has_a_row_a_channel_and_a_column_more_beside_real_ones():
    signals, readings = kind()
    samples = signals.encode(readings)
    alone, beside = signals.picture(samples), signals.picture(samples, real=samples)
    assert (alone.dtype, alone.shape[-1]) == (np.uint8, 3)
    assert beside.shape[0] == alone.shape[0]
    assert beside.shape[1] == alone.shape[1] * 4 // 3


def test_autocorrelation_counts_from_each_series_own_mean():
    """+1, -1, +1, -1 about any mean: -1 at lag 1, and 1 at lag 2."""
    readings = np.array([[1.0, -1.0, 1.0, -1.0], [101.0, 99.0, 101.0, 99.0]])
    np.testing.assert_allclose(autocorrelation.autocorrelation(readings), [-1.0, 1.0])
    assert autocorrelation.autocorrelation(np.ones((3, 4)), 1).tolist() == [0.0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"shape": (4, 2)}, "channels have the shape (steps, 0). Received: (4, 2)"),
        ({"shape": (4, 1), "rate": 0.0}, "`rate` is a positive number"),
        ({"shape": (4, 1), "attributes": ["a"], "combinations": [[]]}, "Each class has 1"),
    ],
)
def test_a_kind_that_can_not_be_is_refused(arguments, message):
    channel = channels.fit("x", RAIN)
    if arguments["shape"][1] == 1:
        arguments = {**arguments, "channels": [channel]}
    with pytest.raises(ValueError, match=re.escape(message)):
        kinds.Signals(**arguments)
