"""Odd values of options, and odd places to write to: one line each that says what to do instead.

The run has settings alone, no checkpoint, so all of these are refused before anything is loaded.
"""

import errno
import json
import os

import numpy as np
import pytest
from click.testing import CliRunner

from gan_keras import files
from gan_keras.cli import main
from gan_keras.files import errors as file_errors
from gan_keras.running import runs

DATA = {"name": "x", "num_classes": 3, "class_names": ["red", "green", "blue"], "kind": "images"}
CONFIG = {"recipe": "ring", "settings": {"data": "im.npz"}, "arguments": {}, "data": DATA}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory but for a run, a file of arrays and one of text."""
    monkeypatch.chdir(tmp_path)
    runs.create(tmp_path / "run", CONFIG)
    np.savez("im.npz", x=np.zeros((8, 8, 8, 1), "uint8"))
    return tmp_path


def refused(line):
    """What standard error says last of a command that must end with exit code 2."""
    result = CliRunner().invoke(main, line if isinstance(line, list) else line.split())
    assert result.exit_code == 2, (result.output, result.exception)
    assert not result.stdout
    return result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sample run --num 0", "Take a whole number, 1 to 1,000,000,000,000. Received: '0'."),
        ("sample run --num x", "Take a whole number, 1 to 1,000,000,000,000. Received: 'x'."),
        ("sample run --num 99999999999999999999", "Received: '99999999999999999999'."),
        ("sample run --seed -1", "Take a whole number, 0 to 4,294,967,295. Received: '-1'."),
        ("evaluate run --seed -1", "Take a whole number, 0 to 4,294,967,295. Received: '-1'."),
        ("train ring --seed 4294967296", "0 to 4,294,967,295. Received: '4294967296'."),
        ("train ring --epochs 1.5", "Received: '1.5'."),
        ("sample run --scale 65", "Take a whole number, 1 to 64. Received: '65'."),
        ("sample run --truncation nan", "Take a number, such as 2 or 0.5. Received: 'nan'."),
        ("directions run --distance inf", "Take a number, such as 2 or 0.5. Received: 'inf'."),
        ("codes run --span x", "Take a number, such as 2 or 0.5. Received: 'x'."),
        ("invert run --index -1", "Received: '-1'."),
        ("sample run --label 3", "'run' has no class 3. Known: blue, green, red."),
        ("sample run --label -1", "'run' has no class -1. Known: blue, green, red."),
        ("film run --label grene", "has no class 'grene'. Did you mean 'green'? Known: blue,"),
        ("evaluate run --metrics ,", "--metrics is empty. Give names, or leave it out"),
        (
            ["train", "ring", "--images", ""],
            "A number of images or rows is written 400k, 1.5M or 400000",
        ),
        (["train", "ring", "--out", " "], "--out is empty. Give the folder of the new run."),
        (["sample", "run", "--out", ""], "--out is empty. Give a path."),
        (["export", "run", "--out", ""], "--out is empty. Give a path."),
        ("train ring --from nope", "'nope' is no run folder: it has no config.json."),
        ("train ring --from a.keras", "There is no file 'a.keras' to start from (--from)."),
        ("train ring --set loss.x=1", "Unknown setting 'loss.x'. It has none."),
        ("train ring --set penalties.r1=5", "Try --set penalties.r1.weight=5."),
        ("train ring --set penalties.r1.weight=1e999", "must be a number, at least 0. Received"),
        ("train ring --set generator.widths=(9999999,)", "`widths` are at most 1,048,576"),
        ("train ring --set generator_optimizer.learning_rate=x", "or a dict with the name of a s"),
        ("train ring --set weight_clip=-1", "`weight_clip` is a number above 0, or None."),
        ("train ring --set weight_clip=x", "`weight_clip` is a number, or None. Received: 'x'"),
        ("train ring --set generator.latent_dim=2000000", "`latent_dim` is at most 1,048,576"),
        (
            f"train ring --set penalties.r1.interval={10**20}",
            f"`penalties.r1.interval` is at most 1,000,000,000,000. Received: {10**20}.",
        ),
        (f"train ring --set generator.widths=({10**20},)", "`generator.widths` is at most 1,000,"),
        ("train ring --set moving_average.half_life=x", "positive number of images. Received: 'x'"),
        ("train ring --size 32", "holds samples of shape (2,), not images of 1 or 3 channels"),
        (
            "train fashion_mnist_dcgan --data ring",
            "is for images, but 'ring' holds points of shape",
        ),
        (
            "train table --data im.npz",
            "Recipe 'table' is for table or mode_table, but 'im.npz' holds images",
        ),
        ("train --data im.npz --size 40000", "must be a number of pixels, 1 to 32,768"),
        ("train --data im.npz --set data_arguments.split=x", "no split 'x'. Take train or test."),
    ],
)
def test_odd_value(here, line, message):
    assert message in refused(line)
    assert sorted(os.listdir()) == ["im.npz", "run"]


@pytest.mark.parametrize(
    "line",
    [
        "sample run --out im.npz/x.png",
        "export run --out im.npz/x.keras",
        "train ring --out im.npz/x",
    ],
)
def test_place_within_a_file(here, line):
    assert "'im.npz' is a file, so nothing can lie in it. Give another --out." in refused(line)


def test_folder_without_the_right_to_write(here, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "You may not write into '.'. Give another --out." in refused("sample run --out x.png")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"PK\3\4"), "holds something else than scores"),
        (lambda path: path.mkdir(), "is a folder. Name a file, such as x.jsonl/scores.jsonl"),
        (lambda path: path.symlink_to("im.npz"), "is a link, which scores are not written through"),
        (lambda path: os.mkfifo(path), "is no file but a pipe or a device"),
    ],
)
def test_scores_go_to_files_of_scores(here, make, message):
    make(here / "x.jsonl")
    before = (here / "im.npz").read_bytes()
    assert message in refused("evaluate run --out x.jsonl")
    assert (here / "im.npz").read_bytes() == before


def test_scores_may_be_added(here):
    (here / "x.jsonl").write_text('\n{"metric": "fid"}\n')
    files.check_adds_lines("x.jsonl")
    files.check_adds_lines("new.jsonl")


@pytest.mark.parametrize("name", ["scores.jsonl", ".lock", "checkpoints", "history.csv"])
def test_link_out_of_a_run_is_not_followed(here, name):
    (here / "mine").write_text("precious")
    (here / "run" / name).symlink_to(here / "mine")
    assert f"'run/{name}' is a link to '{here}/mine', outside of the run" in refused("sample run")
    assert (here / "mine").read_text() == "precious"


def test_link_within_a_run_is_followed(here):
    (here / "run" / "best").symlink_to("checkpoints")
    assert runs.Run("run").read_config()["recipe"] == "ring"


def test_lock_follows_no_link(here):
    from gan_keras.running import lock

    (here / "mine").write_text("precious")
    (here / "run" / ".lock").symlink_to(here / "mine")
    with lock.held("run"):
        assert (here / "mine").read_text() == "precious"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "'a/b': the disk is full. Make room, or write to another disk."),
        (errno.EROFS, "'a/b': that disk can only be read. Take another place to write to."),
        (errno.EEXIST, "'a/b': there is something of that name. Take another name."),
        (errno.EXDEV, f"'a/b': {os.strerror(errno.EXDEV)}. Look at that file and its folder."),
    ],
)
def test_words_for_errors_of_files(number, words):
    error = OSError(number, os.strerror(number), "a/.writing-17-b")
    assert file_errors.in_words(error) == words


def test_words_of_ours_stay():
    assert file_errors.in_words(OSError("Say it.")) == "Say it."


def test_full_disk_is_found_behind_other_errors():
    error = ValueError("something")
    error.__cause__ = RuntimeError("x.h5; No space left on device")
    assert file_errors.of_no_room(error).errno == errno.ENOSPC
    assert file_errors.of_no_room(ValueError("an operation is missing")) is None


def test_record_that_is_no_text(here):
    from gan_keras.running import diagnosing

    (here / "run" / "diagnosis.jsonl").write_bytes(b"\xff\xfe\n")
    with pytest.raises(ValueError, match=r"diagnosis\.jsonl' is damaged in line 1: .* no record"):
        diagnosing.recorded(runs.Run(here / "run"))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["sample"], "Missing argument 'RUN'. Help: gan-keras sample --help"),
        (["sample", "a", "--nmu", "3"], "No such option '--nmu'"),
        (["smaple"], "Did you mean 'sample'? Help: gan-keras --help"),
        (["--foo"], "No such option '--foo'. Help: gan-keras --help"),
        (["train", "--size"], "Option '--size' requires an argument."),
    ],
)
def test_a_slip_of_words_is_one_line(words, wanted):
    result = CliRunner().invoke(main, words, prog_name="gan-keras")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert wanted in line


def test_a_long_message_keeps_its_beginning_and_its_cure(here):
    (here / "run" / "config.json").write_text(json.dumps({"recipe": [[1] * 10_000]}))
    line = refused("sample run")
    assert line.startswith("Error: 'run/config.json' is damaged: 'recipe' is [[1, 1,")
    assert line.endswith("Take a copy of it from elsewhere, or start the run again.")
    assert len(line) < 3_100


def test_no_words_show_what_there_is():
    result = CliRunner().invoke(main, [])
    assert "Commands:" in result.output
    assert len(result.output.splitlines()) > 10
