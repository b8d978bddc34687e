"""The tables in docs/performance.md are those of results/*.json, and nobody typed them."""

import json

import pytest

from benchmarks.pages import report
from benchmarks.speed import metrics
from gan_keras.machines import processor

PAGE = report.PAGE.read_text()


@pytest.mark.parametrize(
    "name", ["step", "throughput", "profile", "settings", "cost", "input", "precision", "bfloat16"]
)
def test_page_shows_the_measured_table(name):
    table = json.loads((report.RESULTS / f"{name}.json").read_text())["table"]
    assert report.with_table(PAGE, name, table) == PAGE


def test_page_of_metrics_shows_the_measured_rows():
    rows = json.loads(metrics.RESULT.read_text(encoding="utf-8"))
    page = metrics.PAGE.read_text(encoding="utf-8")
    assert report.with_table(page, "metrics", metrics.table(rows)) == page


def test_groups_measured_at_two_times_say_which_was_which():
    row = {"values": {"a": 1.5}, "difference": None, "seconds": 1, "cpu_seconds": 2, "bytes": 3e6}
    rows = [{**row, "by": "us", "score": name, "setting": name.upper()} for name in "xy"]
    assert metrics.table(rows)[2:] == [
        "| x: us | 1.5 |  | 1.00 | 2.00 | 3 |",
        "| y: us | 1.5 |  | 1.00 | 2.00 | 3 |",
        *("", "x: X", "", "y: Y"),
    ]


def test_table_replaces_what_stood_between_the_markers():
    page = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n"
    lines = report.table(["n", "m"], [["1", "2"]])
    assert report.with_table(page, "x", lines) == (
        "a\n<!-- x -->\n| n | m |\n| --- | ---: |\n| 1 | 2 |\n<!-- end of x -->\nb\n"
    )
    with pytest.raises(ValueError, match="no place for 'y'"):
        report.with_table(page, "y", lines)


CPUINFO = """processor\t: 0
cpu family\t: 23
model\t\t: 1
model name\t: AMD EPYC
flags\t\t: fpu avx2{more}

processor\t: 1
model name\t: AMD EPYC
"""


@pytest.mark.parametrize(
    ("more", "vectors"),
    [
        ("", "no AVX-512, no bfloat16"),
        (" avx512f", "AVX-512, no bfloat16"),
        (" avx512f avx512_bf16", "AVX-512, bfloat16"),
    ],
)
def test_a_processor_is_named_by_its_numbers_too(tmp_path, monkeypatch, more, vectors):
    monkeypatch.setattr(processor, "CPUINFO", tmp_path / "cpuinfo")
    processor.CPUINFO.write_text(CPUINFO.format(more=more))
    expected = f"AMD EPYC (family 23, model 1, {vectors})"
    assert report.machine()["processor"] == expected


def test_a_machine_without_such_a_file_is_named_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(processor, "CPUINFO", tmp_path / "none")
    assert report.machine()["processor"]
