"""Tables: what a column becomes, what comes back, and what is never kept."""

import json
import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import data, kinds
from gan_keras.kinds import columns, dates, fit_columns
from gan_keras.kinds.raw_column import RawColumn
from gan_keras.latents import RandomStream


def texts(name, values, missing=""):
    known = sorted({value for value in values if value is not None})
    ids = np.array([-1 if value is None else known.index(value) for value in values], "int32")
    return RawColumn(name=name, ids=ids, texts=known, missing=missing)


def numbers(name, values):
    return RawColumn(name=name, numbers=np.array(values, float))


def table(num=200):
    """Columns of every type, whose rare values stand in one row each."""
    random = np.random.default_rng(0)
    return {
        "sex": random.choice(["Female", "Male"], num).tolist(),
        "town": ["Ulm"] * (num - 31) + ["Bonn"] * 30 + ["Zzyzx"],
        "age": random.integers(20, 60, num).tolist(),
        "height": (np.round(random.normal(170, 8, num), 1)).tolist(),
        "gain": [0.0] * (num - 40) + random.integers(1000, 90000, 39).tolist() + [123457.0],
        "member": random.choice(["yes", "no"], num).tolist(),
        "since": [f"20{10 + place % 12}-03-{1 + place % 28:02d}" for place in range(num)],
        "note": [None] * num,
        "kind": ["x"] * num,
    }


def test_types_are_inferred():
    schema = data.source(table()).kind
    found = {column.name: column.type for column in schema.columns}
    assert found == {
        **{"sex": "category", "town": "category", "age": "number", "height": "number"},
        **{"gain": "number", "member": "boolean", "since": "date", "note": "category"},
        "kind": "category",
    }
    lines = "\n".join(schema.summary())
    assert "always missing (kept)" in lines
    assert "constant (kept)" in lines
    assert "1 rare one pooled as '(other)'" in lines


def test_ranks_follow_the_numbers():
    """Frequent values stand among the bins, in the order of their numbers."""
    column = columns.Numbers(
        name="gain", type="number", values=[0.0, 50.0], edges=[10.0, 20.0, 90.0, 95.0], missing="?"
    )
    # 0, 50, and bins about 15, 55, 92.5: equally far apart, of mean 0 and variance 1
    assert column.ranks() == [-1.414214, 0.0, -0.707107, 0.707107, 1.414214, 0.0]
    assert columns.Numbers(name="still", type="number", values=[3.0]).ranks() == [0.0]
    assert columns.Texts(name="sex", type="category", values=["a", "b"]).ranks() == [0.0, 0.0]
    schema = data.source(table()).kind
    told = schema.network_arguments()["ranks"]
    assert [any(own) for own in told] == [
        column.type in ("number", "date") for column in schema.columns
    ]
    assert data.source({"a": ["x", "y"] * 20}).kind.network_arguments()["ranks"] is None


def test_what_is_decoded_has_the_type_the_digits_and_the_range():
    source = data.source(table())
    found = source.kind.decode(source.samples)
    given = table()
    assert found["sex"].tolist() == given["sex"]
    assert found["town"][-1] == "(other)"
    assert found["town"][:-1].tolist() == given["town"][:-1]
    assert found["age"].dtype == np.int64
    assert found["age"].min() >= 20
    assert found["age"].max() < 60
    np.testing.assert_allclose(found["height"] * 10, np.round(found["height"] * 10), atol=1e-6)
    assert np.abs(found["height"] - given["height"]).mean() < 1.5  # 20 bins over 40 cm
    assert found["member"].dtype == bool
    assert found["member"].tolist() == [value == "yes" for value in given["member"]]
    assert found["since"].dtype == np.dtype("datetime64[s]")
    assert set(found["note"]) == {None}
    assert (found["gain"][:160] == 0).all()
    again = source.kind.decode(source.samples)
    for name, values in found.items():
        np.testing.assert_array_equal(values, again[name])


def test_one_hot_rows_and_back():
    """Sizes 2 and 3: blocks (1, 2) are 01 001."""
    columns = [texts("a", ["p", "q"] * 20), texts("b", (["u", "v", "w"] * 20)[:40])]
    schema = kinds.Table.fit(columns)
    assert schema.blocks == (2, 3)
    codes = np.array([[1, 2], [0, 0]], "int32")
    rows = schema.to_network(codes)
    assert rows.tolist() == [[0, 1, 0, 0, 1], [1, 0, 1, 0, 0]]
    np.testing.assert_array_equal(np.array(schema.to_network(keras.ops.array(codes))), rows)
    np.testing.assert_array_equal(schema.from_network(rows), codes)


def test_bins_are_quantiles_and_edges_are_no_values():
    """1 to 100, ten rows a bin at least: edges half-way between integers, ends from means of 10."""
    schema = fit_columns.fit(numbers("x", range(1, 101)), max_values=1, max_bins=4)
    assert schema.values == []
    assert schema.edges == [4.5, 25.5, 50.5, 75.5, 96.5]
    assert schema.step == 1.0


def test_a_frequent_number_is_a_value_of_its_own_and_no_bin_gives_it():
    values = [50.0] * 60 + list(range(40, 60)) * 3
    schema = fit_columns.fit(numbers("x", values), max_values=1)
    assert schema.values == [50.0]
    found = schema.decode(np.full(3000, 1), np.random.default_rng(0))
    assert 50 not in found
    assert set(schema.decode(np.zeros(5, int), np.random.default_rng(0))) == {50}


def test_a_saved_schema_holds_no_rare_value():
    schema = data.source(table()).kind
    text = json.dumps(keras.saving.serialize_keras_object(schema))
    assert "Ulm" in text
    assert "Zzyzx" not in text
    held = {float(word) for word in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)}
    assert 123457.0 not in held
    rare = {value for value in table()["height"] if table()["height"].count(value) < 10}
    assert not rare & held
    assert keras.saving.deserialize_keras_object(json.loads(text)) == schema


def test_many_categories_share_a_block_and_come_back_by_frequency():
    values = [f"v{place:03d}" for place in range(300) for _ in range(10)] + ["v299"] * 90
    schema = fit_columns.fit(texts("x", values), max_categories=4)
    assert schema.size == 5
    assert schema.values[0] == "v299"
    codes = schema.encode(texts("x", values))
    assert (codes == 4).mean() == pytest.approx(2960 / 3090)
    found = set(schema.decode(np.full(20_000, 4), np.random.default_rng(0)))
    assert len(found) == 296


@pytest.mark.parametrize("form", dates.FORMATS)
def test_dates_are_written_as_they_were_read(form):
    assert dates.write(dates.parse(dates.write(86_400 * 366, form), form), form) == dates.write(
        86_400 * 366, form
    )
    assert dates.parse("yesterday", form) is None


WISHES = [
    ({"sexx": "Female"}, "no column 'sexx'. Did you mean 'sex'?"),
    ({"sex": "Femal"}, "no value 'Femal'. Did you mean 'Female'?"),
    ({"age": "old"}, "holds numbers. Received: 'old'"),
    ({"age": "70..80"}, "Take a wider range"),
    ({"since": "then"}, "no date of 'since'"),
]


@pytest.mark.parametrize(("wishes", "message"), WISHES)
def test_a_wish_that_nothing_meets_is_refused(wishes, message):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        data.source(table()).kind.where(wishes)
    assert "\n" not in str(caught.value)


def test_a_condition_marks_the_columns_that_are_fixed():
    schema = kinds.Table.fit([texts("a", ["p", "q"] * 20), texts("b", ["u", "v"] * 20)])
    wanted = schema.where({"b": "v"})
    assert wanted.condition().tolist() == [0, 0, 0, 1, 0, 1]
    assert wanted.kept(np.array([[0, 1], [1, 0]])).tolist() == [True, False]


def test_codes_of_another_table_are_refused():
    schema = kinds.Table.fit([texts("a", ["p", "q"] * 20)])
    for bad, message in (
        (np.array([[2]]), "has 2 blocks, but block 2 came"),
        (np.array([[0.5]]), "integers"),
        (np.array([[0, 1]]), "has 1 columns"),
    ):
        with pytest.raises(ValueError, match=message):
            schema.check(bad, "x")


def test_a_picture_of_rows():
    source = data.source(table())
    picture = source.kind.picture(source.samples[:50], real=source.samples)
    assert picture.dtype == np.uint8
    assert picture.shape[2] == 3
    assert len(np.unique(picture)) > 20


@pytest.mark.parametrize("suffix", kinds.Table.formats)
def test_every_format_is_written(suffix, tmp_path):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    source = data.source(table())
    path = tmp_path / f"rows.csv{suffix}" if suffix in (".gz", ".xz") else tmp_path / f"a{suffix}"
    source.kind.write(path, source.samples)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    if suffix == ".png":
        assert path.read_bytes()[:4] == b"\x89PNG"
        return
    again = data.source(path, drop=["note"])  # a column without any value says no type
    assert again.num_samples == 200
    assert again.kind.decode(again.samples)["sex"].tolist() == table()["sex"]


def test_one_hot_floats_pass():
    schema = kinds.Table.fit([texts("a", ["p", "q"] * 20)])
    rows = np.array([[0.0, 1.0]], "float32")
    assert schema.to_network(rows) is rows
    assert keras.ops.convert_to_numpy(schema.to_network(keras.ops.array(rows))).tolist() == [[0, 1]]


def test_a_quarter_of_the_rows_is_told_a_random_share_of_its_columns():
    """Of 9 columns a told row has none in one of 10 cases by chance, and half on average."""
    source = data.source(table())
    real = tf.constant(source.kind.to_network(np.repeat(source.samples, 100, axis=0)))
    drawn = source.kind.draw_condition(real, RandomStream(1)).numpy()
    width = source.kind.shape[0]
    fixed = drawn[:, width:]
    assert abs(fixed.any(axis=1).mean() - 0.25 * 0.9) < 0.015
    assert abs(fixed.mean() - 0.25 * 0.5) < 0.008
    wide = np.repeat(fixed, source.kind.blocks, axis=1)
    np.testing.assert_array_equal(drawn[:, :width], real.numpy() * wide)
