"""Reading tables: text files, dicts, and one line for whatever is wrong."""

import gzip
import lzma
import re

import numpy as np
import pytest

from gan_keras import data

ROWS = "age,town,when\n" + "".join(
    f"{20 + i % 7},{'UB'[i % 2]}lm,2020-01-{1 + i % 20:02d}\n" for i in range(40)
)


def write(path, text):
    opened = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    with opened(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.csv.xz", "a.tsv"])
def test_the_same_rows_from_every_sort_of_file(name, tmp_path):
    text = ROWS.replace(",", "\t") if name == "a.tsv" else ROWS
    found = data.source(str(write(tmp_path / name, text)))
    assert [column.type for column in found.kind.columns] == ["number", "category", "date"]
    values = found.kind.decode(found.samples)
    assert values["town"].tolist() == ["Ulm", "Blm"] * 20
    back = tmp_path / f"b{name[1:]}"
    found.kind.write(back, found.samples)
    again = data.source(str(back))
    assert again.num_samples == 40
    assert again.kind.decode(again.samples)["town"].tolist() == values["town"].tolist()


def test_types_and_columns_can_be_said(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    found = data.source(path, columns={"age": "category"}, drop=["when"], min_rows=2)
    assert [column.type for column in found.kind.columns] == ["category", "category"]
    assert found.kind.columns[0].values[0] == "20"


def test_missing_values_come_back_as_they_were_written(tmp_path):
    path = write(tmp_path / "a.csv", "x,y\n" + "?,1\nb,NA\n" * 20)
    found = data.source(path)
    assert found.kind.texts(found.samples)[0][:2] == ["?", "b"]
    assert found.kind.texts(found.samples)[1][:2] == ["1", "NA"]
    values = found.kind.decode(found.samples[:2])
    assert values["x"].tolist() == [None, "b"]
    assert np.isnan(values["y"][1])


def test_a_column_that_turns_out_to_hold_texts_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr("gan_keras.data.table_file.LINES", 15)
    path = write(tmp_path / "a.csv", "x,y\n" + "07,1\n" * 20 + "B7,2\n" * 20)
    found = data.source(path)
    assert sorted(found.kind.columns[0].values) == ["07", "B7"]


BAD = [
    ("", "is empty"),
    ("a,b\n", "has a header, but no rows"),
    ("a,b\n1,2\n1,2,3\n", "line 3: 3 values, but the header has 2 names"),
    ("1,2\n3,4\n", "has no header: its first line is 1, 2"),
    ("7,x,2020-01-31\n" + "8,y,2020-02-01\n8,x,2020-02-02\n" * 9, "no header: its first line is 7"),
    ("a,a\n1,2\n", "two columns called 'a'"),
    ("a,\n1,2\n", "column 2 has no name"),
    ('a,b\n"1\n1",2\n1,2,3\n', "line 4: 3 values"),  # a value may have two lines
    ("a;b\n" + "x;2\n" * 20, "its values are separated by ';'. Save it with commas"),
    ("a\tb\n" + "x\t2\n" * 20, "its values are separated by '\\t'. Call it .tsv"),
    ("a,b\n1,2\n1,inf\n", "line 3: column 'b' holds an infinite number"),
    ("a\n" + "x\n" * 3, "has 3 rows, fewer than the 10"),
]


@pytest.mark.parametrize(
    "text",
    [
        "x,2019,2020\n" + "a,1,2\n" * 20,  # years
        "2019,2020-01-31\n" + "1,a\n" * 20,
        "x,y\n" + "x,y\n" * 20,  # texts alone don't tell
    ],
)
def test_names_that_look_like_values_are_names(text, tmp_path):
    assert data.source(write(tmp_path / "a.csv", text)).num_samples == 20


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_file_is_refused_in_one_line(text, message, tmp_path):
    path = write(tmp_path / "a.csv", text)
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        data.source(path)
    assert "\n" not in str(caught.value)
    assert "a.csv" in str(caught.value)


def test_other_bad_input(tmp_path):
    path = write(tmp_path / "a.csv", ROWS)
    (tmp_path / "latin.csv").write_bytes("a\nGr\xfc\xdfe\n".encode("latin1"))
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(ROWS.encode())[:60])
    dates = "d\n" + "2020-01-01\n2020-01-02\n" * 60 + "2020-13-45\n"
    for arguments, message in (
        ((path, {"drop": ["towm"]}), "No column 'towm' to drop. Did you mean 'town'?"),
        ((path, {"columns": {"towm": "number"}}), "no column 'towm'. Did you mean 'town'?"),
        ((path, {"columns": {"town": "text"}}), "Unknown type 'text' of 'town'"),
        ((path, {"columns": {"town": "number"}}), "'Ulm' is no number"),
        ((path, {"columns": {"town": "date"}}), "is no date"),
        ((path, {"image_size": 8}), "`image_size` is not for a table"),
        ((tmp_path / "latin.csv", {}), "is not UTF-8"),
        ((tmp_path / "cut.csv.gz", {}), "can't be read"),
        ((tmp_path / "none.csv", {}), "No table"),
        (({"a": [1, 2], "b": [1]}, {}), "Column 'b' has 1 values, but 'a' has 2"),
        ((write(tmp_path / "d.csv", dates), {"columns": {"d": "date"}}), "row 121: '2020-13-45'"),
    ):
        given, more = arguments
        with pytest.raises(ValueError, match=re.escape(message)) as caught:
            data.source(given, **more)
        assert "\n" not in str(caught.value)


def test_another_file_with_the_schema_of_the_first(tmp_path):
    first = data.source(write(tmp_path / "a.csv", ROWS))
    other = write(tmp_path / "b.csv", "town,age,when\nUlm,21,2020-01-03\n")
    found = data.source(other, schema=first.kind)
    assert found.kind == first.kind
    assert first.kind.decode(found.samples)["town"].tolist() == ["Ulm"]
    with pytest.raises(ValueError, match="lacks the column 'when'"):
        data.source(write(tmp_path / "c.csv", "town,age\nUlm,21\n"), schema=first.kind)
    with pytest.raises(ValueError, match="'Rom', which the schema does not know"):
        data.source(
            write(tmp_path / "d.csv", "town,age,when\nRom,1,2020-01-03\n"), schema=first.kind
        )


def test_the_bundled_table():
    train, test = data.source("adult"), data.source("adult", split="test")
    assert train.samples.shape == (16_000, 15)
    assert test.samples.shape == (4_000, 15)
    assert train.kind == test.kind
    share = (train.kind.decode(train.samples)["income"] == ">50K").mean()
    assert share == pytest.approx(0.241, abs=0.01)  # 7,841 of the 32,561 of the original
