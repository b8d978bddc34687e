"""Series of readings in files, and those that come with the package."""

import re

import numpy as np
import pytest

from gan_keras import data

HEADER = "day,place,month,when,rain,temp"


def lines(num=8, steps=3):
    """Days at two places, in two months, with a column of texts that change within a day."""
    return [
        f"d{day},{'ab'[day % 2]},{1 + day // 4},{hour}h,{hour * day % 3},{day + hour / 4}"
        for day in range(num)
        for hour in range(steps)
    ]


def written(path, rows):
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def test_a_text_with_a_line_a_reading(tmp_path):
    found = data.source(written(tmp_path / "a.csv", lines()), series="day", drop="when")
    assert found.samples.shape == (8, 3, 2)
    assert found.kind.channel_names == ["rain", "temp"]
    assert found.kind.attributes == ["place", "month"]
    assert found.kind.combinations == [["a", "1"], ["a", "2"], ["b", "1"], ["b", "2"]]
    assert found.class_names[1] == "place=a month=2"
    assert found.labels.tolist() == [0, 2, 0, 2, 1, 3, 1, 3]
    readings = found.kind.decode(found.samples)
    np.testing.assert_allclose(readings[5, :, 1], [5, 5.25, 5.5], atol=0.5)
    batch, labels = next(iter(found.batches(4)))
    assert (batch.shape, labels.shape) == ((4, 3, 2), (4,))


def test_arrays(tmp_path):
    features = np.random.default_rng(0).normal(size=(12, 5, 2)).astype("float32")
    path = tmp_path / "a.npz"
    np.savez(path, features=features)
    found = data.source(path, series="series", rate=8.0)
    assert found.labels is None
    assert found.kind.channel_names == ["channel_0", "channel_1"]
    assert found.kind.rate == 8.0
    np.savez(path, features=features, attributes=np.arange(12).reshape(12, 1) % 3)
    found = data.source(path, series="series")
    assert found.labels.tolist() == [0, 1, 2] * 4
    assert found.class_names == ["attribute_0=0", "attribute_0=1", "attribute_0=2"]


def uneven(num=40):
    """Days of two to five hours: the first has two, then three, ..."""
    rows = [
        f"d{day},{'ab'[day % 2]},1,x,{(hour + day) % 3},{20 + hour + day % 4}"
        for day in range(num)
        for hour in range(2 + day % 4)
    ]
    return rows, [2 + day % 4 for day in range(num)]


def test_series_of_several_lengths_say_where_they_end(tmp_path):
    rows, lengths = uneven()
    path = written(tmp_path / "a.csv", rows)
    told = {"series": "day", "drop": ["when", "month"]}
    with pytest.raises(ValueError, match=r"2 has 3, most have 2.*data_arguments\.lengths=several"):
        data.source(path, **told)
    found = data.source(path, lengths="several", **told)
    assert found.kind.channel_names == ["rain", "temp", "(lasts)"]
    readings = found.kind.decode(found.samples)
    np.testing.assert_array_equal(readings[0, :, 2], [1, 1, 0, 0, 0])
    np.testing.assert_array_equal(readings[0, :, 1], [20, 21, 21, 21, 21])  # the last one is held
    assert found.kind.lengths(readings).tolist() == lengths
    again = type(found.kind).from_config(found.kind.get_config())
    for name in ("b.csv", "b.npz"):
        again.write(tmp_path / name, found.samples, found.labels)
        names = {"series": "day" if name == "b.csv" else "series"}
        back = data.source(tmp_path / name, lengths="several", **names)
        np.testing.assert_array_equal(back.kind.decode(back.samples), readings)
        assert back.labels.tolist() == found.labels.tolist()
    assert "(lasts)" not in (tmp_path / "b.csv").read_text("utf-8")
    assert len((tmp_path / "b.csv").read_text("utf-8").splitlines()) == 1 + sum(lengths)


def test_what_comes_after_the_end_of_a_series_does_not_count(tmp_path):
    """A generator's channels go on; the first 0 of the last one ends them. One reading stays."""
    rows, _ = uneven()
    found = data.source(
        written(tmp_path / "a.csv", rows), series="day", lengths="several", drop="when"
    )
    made = np.array(found.samples[:2])
    made[0, :, -1] = [5, 5, -5, 5, 5]
    made[1, :, -1] = -5
    readings = found.kind.decode(made)
    assert found.kind.lengths(readings).tolist() == [2, 1]
    np.testing.assert_array_equal(readings[1, :, :2], np.tile(readings[1, :1, :2], (5, 1)))
    np.testing.assert_array_equal(found.kind.decode(found.kind.encode(readings)), readings)


def test_what_is_written_is_read_back(tmp_path):
    weather = data.source("weather", split="test")
    labels = weather.labels[:80]
    for name in ("a.csv.gz", "a.npz"):
        path = tmp_path / name
        weather.kind.write(path, weather.samples[:80], labels)
        found = data.series.of(data.series.read(path), weather.kind, "again")
        np.testing.assert_allclose(found.samples, weather.samples[:80], atol=1e-5)
        np.testing.assert_array_equal(found.labels, labels)


def test_the_bundled_days():
    train, test = (data.source("weather", split=split) for split in ("train", "test"))
    assert (train.num_samples, test.num_samples) == (876, 210)
    assert train.kind == test.kind
    assert train.kind.shape == (24, 6)
    assert train.num_classes == 36
    readings = {c.name: c for c in train.kind.channels}
    assert readings["wind_speed"].values[-1] < 50
    dry = train.kind.decode(train.samples)[..., 4] == 0
    assert abs(dry.mean() - 0.93) < 0.01
    # JFK, on the shore, is the windiest.
    wind = [
        train.kind.decode(train.samples)[np.isin(train.labels, own), :, 3].mean()
        for own in (train.kind.classes_where({"airport": a}) for a in ("EWR", "JFK", "LGA"))
    ]
    assert wind[1] == max(wind)


SHORT = lines()[:-1]
MIXED = lines() + ["d0,a,1,0h,1,2"]


@pytest.mark.parametrize(
    ("rows", "arguments", "message"),
    [
        (lines(), {"series": "dya"}, "no column 'dya' that says which series a reading belongs to"),
        (lines(), {}, "column 'when' holds texts that change within a series"),
        (SHORT, {"drop": "when"}, "series have 2 to 3 readings; series 8 has 2, most have 3"),
        (MIXED, {"drop": "when"}, "a series of 'day' goes on after another one began"),
        (lines()[:3], {"drop": "when"}, "holds 1 series. Give 2 at least"),
        (lines(4), {"drop": ["when", "rain", "temp"]}, "no column changes within a series"),
        ([*lines()[:-1], "d7,b,2,2h,,1"], {"drop": "when"}, "no finite number of 'rain' at step 3"),
        (lines(3), {"drop": "when"}, "too few series for each. Leave one out"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, rows, arguments, message):
    path = written(tmp_path / "a.csv", rows)
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        data.source(path, **{"series": "day", **arguments})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": np.zeros(3)}, "has no `features`"),
        ({"features": np.zeros((3, 4))}, "must be numbers (n, steps, channels)"),
        (
            {"features": np.zeros((3, 4, 1)), "attributes": np.zeros((3, 1))},
            "must be integers or texts (3, number of attributes)",
        ),
        ({"features": np.zeros((3, 4, 1)), "channels": ["a", "b"]}, "`channels` names 2"),
        ({"features": np.full((3, 4, 1), np.nan)}, "series 1 has no finite number"),
        (
            {"features": np.zeros((3, 4, 1)), "lengths": np.array([1, 4, 5])},
            "must be integers (3,) from 1 to 4, one for each series",
        ),
    ],
)
def test_arrays_that_are_none_are_refused(tmp_path, arrays, message):
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(ValueError, match=re.escape(message)):
        data.source(tmp_path / "a.npz", series="series")


def test_other_arguments_and_splits_are_refused(tmp_path):
    path = written(tmp_path / "a.csv", lines())
    with pytest.raises(ValueError, match="`min_rows` is not for series"):
        data.source(path, series="day", min_rows=3)
    with pytest.raises(ValueError, match="has no 'test' split"):
        data.source(path, series="day", split="test")
    with pytest.raises(ValueError, match=r"`lengths` is one of one, several, any\. Received"):
        data.source(path, series="day", lengths="two")
    with pytest.raises(ValueError, match="`rate` is not for 'weather'"):
        data.source("weather", rate=3.0)
    with pytest.raises(ValueError, match="`series` is for a file of series"):
        data.source("adult", series="series")
    with pytest.raises(ValueError, match=r"No file 'gone\.csv'"):
        data.source("gone.csv", series="series")
    kind = data.source("weather", split="test").kind
    found = data.series.read(path, series="day", drop="when")
    with pytest.raises(ValueError, match="are expected, in this order"):
        data.series.of(found, kind, "mine")
