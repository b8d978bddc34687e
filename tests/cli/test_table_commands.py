"""`gan-keras evaluate` and `gan-keras certificate` on tables in files, and what they refuse."""

import gzip
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from gan_keras.cli import main
from gan_keras.data import table_columns
from gan_keras.metrics.score import read
from gan_keras.running import runs

CHEAP = "column_shapes,pair_similarity,exact_copies"


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def done(*arguments):
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments):
    """The one line on standard error of a command that must end with exit code 2."""
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    return line


def written(path, num, seed, first=()):
    """A file of people, the first of which are given."""
    random = np.random.default_rng(seed)
    lines = list(first)
    for age in random.uniform(20, 60, num - len(lines)):
        lines.append(f"{age:.6f}, {'yes' if age > 40 else 'no'}")
    path.write_text("\n".join(["age,old", *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path):
    real = written(tmp_path / "people.csv", 60, 0)
    copied = real.read_text(encoding="utf-8").splitlines()[1:16]
    fake = written(tmp_path / "fake.csv", 60, 2, first=copied)
    return fake, real, written(tmp_path / "rest.csv", 40, 1)


def test_scores_of_files(files, tmp_path):
    fake, real, rest = files
    out = tmp_path / "scores.jsonl"
    told = done(
        *("evaluate", fake, "--against", real, "--held-out", rest),
        *("--metrics", CHEAP, "--out", out, "--target", "old"),
    )
    found = {score.metric: score for score in read(out)}
    assert found["exact_copies"].value == 15 / 60
    assert found["exact_copies@held_out"].value == 0.0
    assert found["exact_copies"].num_fake == 60
    assert found["column_shapes"].data.startswith(f"{real}@")
    lines = [line.split() for line in told.splitlines() if "_" in line.partition(" ")[0]]
    assert [line[0] for line in lines] == CHEAP.split(",")
    assert [len(line) for line in lines] == [6, 6, 7]  # "as held-out" are two words; nothing is cut
    assert "held-out" in told
    assert f"Wrote {out}" in told


def test_what_was_not_given_is_said(files):
    pytest.importorskip("sklearn")
    fake, real, _ = files
    told = done("evaluate", fake, "--against", real)
    assert "Left out: tstr, closest_record, membership. Takes real rows that were" in told
    assert "--target NAME" in told
    assert "Kept nothing: --out" in told


def test_a_certificate_lies_there_twice(files, tmp_path):
    pytest.importorskip("sklearn")
    fake, real, rest = files
    out = tmp_path / "page.md"
    told = done("certificate", fake, "--against", real, "--held-out", rest, "--out", out)
    assert "15 of 60 rows are training rows" in told
    assert "15 of 60 rows are training rows" in out.read_text(encoding="utf-8")
    assert "<h2>Limits</h2>" in out.with_suffix(".html").read_text(encoding="utf-8")
    assert {path.suffix for path in tmp_path.glob("page*")} == {".md", ".html"}


def test_held_out_rows_that_were_trained_on_are_said_in_one_line(files, tmp_path):
    pytest.importorskip("sklearn")
    fake, real, _ = files
    copied = real.read_text(encoding="utf-8").splitlines()[1:31]
    rest = written(tmp_path / "leaked.csv", 60, 1, first=copied)
    asked = (fake, "--against", real, "--held-out", rest)
    result = call("evaluate", *asked, "--metrics", "exact_copies")
    assert result.exit_code == 0, result.output
    (line,) = (line for line in result.stderr.splitlines() if "held-out rows" in line)
    assert "30 of the 60 held-out rows are training rows; 0 would be natural" in line
    assert "Hold out rows that were never trained on." in line
    out = tmp_path / "page.md"
    done("certificate", *asked, "--out", out)
    text = out.read_text(encoding="utf-8")
    assert "without 30 of its 60 rows, which are training rows" in text
    assert "15 of 60 rows are training rows, value for value; of real rows 0.00 %" in text
    leaked = written(tmp_path / "all.csv", 60, 1, first=[*copied, *copied[:29]])
    for command in ("evaluate", "certificate"):
        assert "Of one side 1 would be left, fewer than 20" in refused(command, *asked[:-1], leaked)


def test_one_line_each(files, tmp_path):
    fake, real, _ = files
    against = ("--against", real)
    for command in ("evaluate", "certificate"):
        assert "The held-out data are the real data that samples are scored against" in refused(
            command, fake, *against, "--held-out", real
        )
    assert "Did you mean 'old'? Known: age, old." in refused(
        "evaluate", fake, *against, "--target", "odl"
    )
    assert "Unknown metric of tables 'fid'" in refused("evaluate", fake, *against, "--metrics=fid")
    assert "--extractor is for images" in refused("evaluate", fake, *against, "--extractor=pixels")
    assert "Say --against" in refused("evaluate", fake)
    assert "Say --against" in refused("certificate", fake)
    assert "No table" in refused("evaluate", tmp_path / "no.csv", *against)
    assert "--out ends in .md" in refused("certificate", fake, *against, "--out", "page.pdf")
    few = tmp_path / "few.csv"
    few.write_text("age,old\n3,no\n", encoding="utf-8")
    assert "score them without trees: gan-keras evaluate" in refused(
        "certificate", few, "--against", few
    )
    assert "'closest_record' takes real rows that were never trained on" in refused(
        "evaluate", fake, *against, "--metrics", "closest_record"
    )
    other = tmp_path / "other.csv"
    other.write_text("age,older\n3,no\n", encoding="utf-8")
    assert "'older' that the real one lacks. Did you mean 'old'" in refused(
        "evaluate", other, *against
    )
    other.write_text("age,old\nmany,no\n", encoding="utf-8")
    assert "has numbers there. Received: 'many' in row 1" in refused("evaluate", other, *against)
    points = tmp_path / "points.npz"
    np.savez(points, samples=np.zeros((4, 2), "float32"))
    assert "--target is a column of a table" in refused(
        "evaluate", points, "--against", points, "--target", "old"
    )


ROWS = "".join(f"{20 + i % 30},{'yn'[i % 2]},\n" for i in range(300))
BAD_TRAININGS = [
    ("", (), "is empty"),
    ("age,old,x\n1,2\n", (), "line 2: 2 values, but the header has 3 names"),
    ("1,2,3\n" * 30, (), "has no header"),
    ("age,age,x\n" + ROWS, (), "two columns called 'age'"),
    ("age,old,x\n" + ROWS + "inf,y,\n", (), "line 302: column 'age' holds an infinite number"),
    ("age,old,x\n" + "20,y,\n" * 60, (), "fewer than the 250 of one step. Lower --batch-size"),
    ("age,old,x\n" + ROWS, ("--column", "old=date"), "is no date"),
    ("age,old,x\n" + ROWS, ("--column", "odl=date"), "Did you mean 'old'?"),
    ("age,old,x\n" + ROWS, ("--drop", "odl"), "Did you mean 'old'?"),
    ("age,old,x\n" + ROWS, ("--set", "data_arguments.encoding=mode"), "Unknown encoding 'mode'"),
    ("age,old,x\n" + ROWS, ("--set", "data_arguments.max_modes=3"), "is not for the encoding"),
]


@pytest.mark.parametrize(("text", "options", "message"), BAD_TRAININGS)
def test_a_bad_table_is_refused_before_there_is_a_run(tmp_path, text, options, message):
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "run"
    assert message in refused("train", "table", "--data", path, "--out", out, *options)
    assert not out.exists()


def test_a_small_table_is_shown_400_000_rows(tmp_path):
    """300 rows are one batch of 250, or 9 of 32; 1,000 steps are enough."""
    path = tmp_path / "people.csv"
    path.write_text("age,old,x\n" + ROWS, encoding="utf-8")
    tiny = ("--set", "generator.width=4", "--set", "discriminator.width=4")
    dry = ("train", "--data", path, "--dry-run", *tiny)
    assert "training       1600 epochs of 1 steps of 250 samples" in done(*dry)
    assert "training       1389 epochs of 9 steps of 32 samples" in done(*dry, "--batch-size", 32)
    told = done(*dry, "--rows", "1k")
    assert "training       4 epochs of 1 steps of 250 samples" in told
    assert "This run has 4 steps. That is too few to tell how good its rows can become." in told
    assert "--rows 250k, which is --epochs 1000." in told


def test_a_run_of_another_table_is_refused_and_odd_columns_are_said(tmp_path):
    path, run = tmp_path / "people.csv", tmp_path / "run"
    path.write_text("age,old,x\n" + ROWS, encoding="utf-8")
    tiny = ("--set", "generator.width=4", "--set", "discriminator.width=4", "--epochs", "1")
    told = done("train", "table", "--data", path, "--out", run, *tiny)
    assert "Column 'x': 0 values, always missing (kept)." in told
    for where, message in (
        ("odl=y", "Did you mean 'old'?"),
        ("old=maybe", "has no value 'maybe'. Known: n, y."),
        ("old", "--where takes NAME=VALUE"),
        ("age=90..99", "Take a wider range"),
        ("age=40..30", "ends before it begins. Write LOW..HIGH"),
    ):
        out = tmp_path / "fake.csv"
        assert message in refused("sample", run, "--where", where, "--out", out)
        assert not out.exists()
    twice = ("--where", "old=y", "--where", "old=n")
    assert "--where names 'old' twice" in refused("sample", run, *twice, "--out", out)
    for option in ("--scale", "--truncation"):
        assert f"{option} " in refused("sample", run, option, "2", "--out", out)
    assert "Did you mean 'old'?" in refused("evaluate", run, "--target", "odl")
    path.write_text("age,older,x\n" + ROWS, encoding="utf-8")
    assert "'old' that the real one lacks. Did you mean" in refused("evaluate", run)
    assert "The data differ" in refused("train", "--resume", run, "--epochs", "2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "is empty"),
        (b"age,old\n", "a header, but no rows"),
        (b"age,old\n3,no\n4\n", "line 3: 1 values, but the header has 2 names"),
        (b"age,age\n3,4\n", "two columns called 'age'"),
        (b"age,old\n3,\xe9\n", "iconv -f latin1"),
        ("age,old\n3,no\n".encode("utf-16"), "iconv -f utf-16"),
        (b"age,old\ninf,no\n", "line 2: column 'age' holds an infinite number"),
    ],
)
def test_files_that_are_no_tables(files, tmp_path, text, message):
    _, real, _ = files
    path = tmp_path / "bad.csv"
    path.write_bytes(text)
    assert message in refused("evaluate", path, "--against", real, "--metrics", CHEAP)


def test_columns_of_files(tmp_path):
    path = tmp_path / "a.tsv.gz"
    text = "n\tday\tname\n1\t1970-01-02\tx\nNA\t\t?\n\n2.5\t1970-01-03\ty\n"
    path.write_bytes(gzip.compress(text.encode()))
    found = table_columns.read(path)
    assert np.array_equal(found["n"], [1.0, np.nan, 2.5], equal_nan=True)
    assert np.array_equal(found["day"], [1.0, np.nan, 2.0], equal_nan=True)
    assert list(found["name"]) == ["x", "", "y"]
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(ValueError, match=r"can't be read .* Give a whole file"):
        table_columns.read(path)


def test_parquet_is_read(tmp_path):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame({"n": [1, 2], "name": ["x", None]})
    frame.to_parquet(tmp_path / "a.parquet")
    found = table_columns.read(tmp_path / "a.parquet")
    assert (list(found["n"]), list(found["name"])) == ([1.0, 2.0], ["x", ""])


def test_a_run_of_images_is_no_table(tmp_path):
    run = runs.Run(tmp_path / "run")
    run.folder.mkdir()
    run.write_config({"settings": {"data": "fashion_mnist_10k"}, "data": {"kind": "images"}})
    assert "trained on 'fashion_mnist_10k', which is no table" in refused(
        "certificate", run.folder, "--against", "people.csv"
    )


def test_a_certificate_of_images(tmp_path):
    """Copies of training images are warned of, fresh images are not."""
    random = np.random.default_rng(0)
    paths = {name: tmp_path / f"{name}.npz" for name in ("train", "rest", "fresh", "copies")}
    images = random.integers(0, 256, (4, 60, 8, 8, 1), "uint8")
    for path, own in zip(paths.values(), images, strict=True):
        np.savez(path, x=images[0] if path == paths["copies"] else own)
    against = ("--against", paths["train"], "--held-out", paths["rest"])
    out = tmp_path / "page.md"
    told = done("certificate", paths["copies"], *against, "--out", out)
    assert "Warning: 100% of samples are nearer to training images" in told
    text = out.read_text(encoding="utf-8")
    assert "Warning: 100%" in text
    assert "No bound" in text or "no bound holds" in text
    assert "<h2>Limits</h2>" in out.with_suffix(".html").read_text(encoding="utf-8")
    told = done("certificate", paths["fresh"], *against, "--out", out)
    assert "not nearer to training images than to held-out ones" in told
    told = done("certificate", paths["fresh"], *against[:2], "--out", out)
    assert "Not known whether images were copied" in told
    assert "--target is for tables" in refused(
        "certificate", paths["fresh"], *against, "--target", "x"
    )


def test_tables_take_no_tensorflow(files):
    fake, real, _ = files
    code = (
        "import sys; from gan_keras.cli import main; "
        f"main(['evaluate', {str(fake)!r}, '--against', {str(real)!r}, '--metrics', {CHEAP!r}], "
        "standalone_mode=False); print(sorted({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"
