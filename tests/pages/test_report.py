"""Tests of the report: what it shows is what the files say, and nothing in them is markup."""

import base64
import csv
import shutil
import subprocess

import made_run
import pytest
from click.testing import CliRunner

from gan_keras import pages
from gan_keras.cli import main
from gan_keras.pages import curves, samples
from gan_keras.pages.document import asset
from gan_keras.pages.markup import Markup, tag

EVIL = "</script><img src=x onerror=alert(1)>\"'&<b>"
HOSTILE = EVIL.replace("/", "|")  # as a folder may be called


def page(folder, *others, out):
    pages.report([folder, *others], out)
    return made_run.Page(out.read_text(encoding="utf-8"))


def test_numbers_are_those_of_history_csv(tmp_path):
    run = made_run.made(tmp_path / "run")
    found = page(run.folder, out=tmp_path / "page.html")
    rows = list(csv.reader(run.history_file.open()))
    assert rows in found.tables
    assert "rate" in found.text.split("Of one value throughout, and not drawn: ")[1]
    hovers = [
        text for text in ("epoch 0: 1.5", "epoch 1: 0.30000000000000004") if text in found.text
    ]
    assert len(hovers) == 2
    labels = [svg["aria-label"] for svg in found.of("svg")]
    assert labels[0] == (
        "d_loss over epochs. from 1.5 in epoch 0 to -0.5 in epoch 1, lowest -0.5 in epoch 1, "
        "highest 1.5 in epoch 0."
    )
    assert len(labels) == 2  # one value of fid is no curve


def chart(values):
    return curves.chart("loss", [("run", [0, 1, 2], values, ["", "", ""])])


def test_lines_lie_where_the_numbers_are():
    found = made_run.Page(chart([0.0, 0.5, 1.0]))
    (line,) = found.of("polyline")
    left, right = curves.LEFT, curves.WIDTH - curves.RIGHT
    top, bottom = curves.TOP, curves.HEIGHT - curves.BOTTOM
    middle = f"{(left + right) / 2},{(top + bottom) / 2}"
    assert line["points"] == f"{left}.0,{bottom}.0 {middle} {right}.0,{top}.0"
    # 1, 10, 100 on a log scale: the middle lies in the middle
    found = made_run.Page(chart([100.0, 10.0, 1.0]))
    assert found.of("polyline")[0]["points"].split()[1] == middle
    assert "(log scale)" in found.text


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-3, 41, [-10, 0, 10, 20, 30, 40, 50]),
        (5, 5, [2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_ticks_are_round(low, high, ticks):
    assert curves.round_ticks(low, high) == pytest.approx(ticks)


@pytest.mark.parametrize("value", [0.0, 1e-300, 1e300, -7.0])
def test_any_constant_number_can_be_drawn(value):
    assert "polyline" in curves.chart("x", [("a", [0, 1], [value, value], ["", ""])])


def test_names_are_text_whatever_is_in_them(tmp_path):
    history = f'epoch,"{EVIL.replace(chr(34), chr(34) * 2)}"\n0,1\n1,2\n'
    run = made_run.made(tmp_path / HOSTILE, names=(EVIL, "bag"), history=history, loss=EVIL)
    made_run.scored(run, extractor=EVIL, data=EVIL)
    found = page(run.folder, out=tmp_path / "page.html")
    assert found.of("h1") == [{}]
    assert found.text.count(EVIL) >= 4  # column, setting, extractor, data
    assert HOSTILE in found.text
    assert not found.of("b") or len(found.of("b")) == len(found.of("figcaption")) - 1
    assert len(found.of("script")) == 1
    assert all(not name.startswith("on") for _, given in found.elements for name in given)
    assert made_run.asks_nobody(found)
    assert "default-src 'none'" in found.of("meta")[1]["content"]


def test_samples_are_the_files_in_the_order_of_steps(tmp_path):
    run = made_run.made(tmp_path / "run", steps=(1000, 50, 100))
    (run.samples / "step-00000075.png").write_bytes(b"no PNG")
    found = page(run.folder, out=tmp_path / "page.html")
    pictures = found.of("img")
    assert [picture["data-step"] for picture in pictures] == ["50", "100", "1000"]
    assert ["hidden" in picture for picture in pictures] == [True, True, False]
    assert pictures[2]["alt"] == "Samples of run after step 1,000"
    content = base64.b64decode(pictures[0]["src"].partition(",")[2])
    assert content == (run.samples / "step-00000050.png").read_bytes()
    (slider,) = found.of("input")
    assert (slider["data-steps"], slider["max"], slider["value"]) == ("[50, 100, 1000]", "2", "2")


@pytest.mark.parametrize(
    ("budget", "kept"), [(9, [0, 2, 4]), (14, [0, 1, 3, 4]), (15, [0, 1, 2, 3, 4]), (1, [4])]
)
def test_a_page_carries_as_many_grids_as_fit(tmp_path, budget, kept, monkeypatch):
    monkeypatch.setattr(samples.Grid, "content", lambda grid: b"abc")
    grids = [samples.Grid(step=step, path=tmp_path) for step in range(5)]
    found = [grid.step for grid, _ in samples.within(grids, budget)]
    assert found == kept


def test_a_score_has_its_whole_protocol(tmp_path):
    run = made_run.made(tmp_path / "run")
    made_run.scored(run, std=0.25, interval=(8.5, 9.5))
    found = page(run.folder, out=tmp_path / "page.html")
    assert [
        *("fid", "9", "0.25", "8.5 to 9.5", "lower", "pixels@0", "none", "90", "100"),
        *("fashion_mnist_10k/train@f00d", "3", "0.2.0"),
    ] in [row for table in found.tables for row in table]


def test_several_runs_stand_side_by_side(tmp_path):
    one = made_run.made(tmp_path / "a" / "run", epochs=2)
    two = made_run.made(tmp_path / "b" / "run", epochs=5, steps=(75,))
    made_run.scored(two)
    found = page(one.folder, two.folder, out=tmp_path / "page.html")
    labels = [str(one.folder), str(two.folder)]
    assert found.tables[-1][0] == ["setting", *labels, ""]
    assert found.tables[-1][1] == ["settings.epochs", "2", "5", "differs"]  # what differs is first
    assert ["recipe", "fashion_mnist_dcgan", "fashion_mnist_dcgan", ""] in found.tables[-1]
    assert len(found.of("polyline")) == 4  # two charts of two lines
    assert found.of("input")[0]["data-steps"] == "[50, 75, 100]"
    assert f"Train on: it has made 2 of 5 epochs.gan-keras train --resume {labels[1]}" in found.text


def test_diagnosis_speaks_in_plain_words(tmp_path):
    run = made_run.made(tmp_path / "run")
    looks = [{"step": 600 + 100 * n, "diversity": 0.05, "g_gradient": 1.0} for n in range(4)]
    made_run.recorded(run, looks)
    found = page(run.folder, out=tmp_path / "page.html")
    assert "Trouble: mode collapse" in found.text
    assert "Newest look, at step 900" in found.text
    assert "Nothing was recorded" not in found.text


def test_a_run_that_has_only_begun(tmp_path):
    run = made_run.made(tmp_path / "run", history=None, steps=())
    found = page(run.folder, out=tmp_path / "page.html")
    assert "No samples were drawn yet." in found.text
    assert "No epoch is done yet." in found.text
    assert "gan-keras train --resume" in found.text
    assert "gan-keras sample" not in found.text  # there is no checkpoint


def refused(*arguments):
    result = CliRunner().invoke(main, ["report", *map(str, arguments)])
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    return line


def test_bad_input_is_one_line(tmp_path):
    run = made_run.made(tmp_path / "run")
    assert "'nowhere' is no run folder" in refused("nowhere")
    assert "is named twice" in refused(run.folder, run.folder / ".." / "run")
    assert "--out ends in .html. Received: 'a.txt'" in refused(run.folder, "--out", "a.txt")
    for text in ("epoch,loss\nx,1\n", "loss\n1\n", "epoch,loss\n0,1,2\n", 'epoch,loss\n0,"1\n'):
        run.history_file.write_text(text)
        assert "history.csv' is damaged" in refused(run.folder)
    run.history_file.unlink()
    run.scores_file.write_text("{}\n")
    assert "No score in '{}" in refused(run.folder)
    assert not list(tmp_path.glob("*.html"))


def test_the_command_says_where_the_page_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        made_run.made(tmp_path / name)
    result = CliRunner().invoke(main, ["report", "a"])
    assert result.output == "Wrote a/report.html. Open it in a browser.\n"
    result = CliRunner().invoke(main, ["report", "a", "b"])
    assert result.output == "Wrote report.html. Open it in a browser.\n"
    assert (tmp_path / "a/report.html").is_file()
    assert (tmp_path / "report.html").is_file()


def test_elements_escape_what_is_no_markup():
    assert tag("p", "<b>", Markup("<i>"), title='"', hidden=True, id=None, data_x=0) == (
        '<p title="&quot;" hidden data-x="0">&lt;b&gt;<i></p>'
    )
    assert tag("img", alt="a\x00\udcff") == '<img alt="a??">'


def test_pure_functions_of_the_script(tmp_path):
    if shutil.which("node") is None:
        pytest.skip("Node is not here: apt-get install nodejs")
    (tmp_path / "report.js").write_text(asset("report.js"), encoding="utf-8")
    script = "const {newestBy} = require('./report.js');"
    script += "console.log([0, 5, 7, 10, 99].map((s) => newestBy([5, 10], s)).join())"
    command = ["node", "-e", script]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "-1,0,0,1,1"
