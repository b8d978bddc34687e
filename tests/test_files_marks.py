"""Tests of gan_keras.files.marks: what a file says of its own making."""

import json
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from gan_keras import images, kinds
from gan_keras.files import marks

MARK = marks.Mark(run="ring-1", step=500, seed=3)
PICTURE = np.arange(48, dtype="uint8").reshape(4, 4, 3)
HOSTILE = "a\"<&>'\n\t\x00\x07\udcff\ufffeé漢"


def test_a_png_carries_its_mark_and_the_same_pixels(tmp_path):
    images.save_png(tmp_path / "marked.png", PICTURE, mark=MARK)
    images.save_png(tmp_path / "plain.png", PICTURE)
    assert marks.read(tmp_path / "marked.png") == MARK
    assert marks.read(tmp_path / "plain.png") is None
    for name in ("marked.png", "plain.png"):
        np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / name)), PICTURE)
    extra = [(tmp_path / name).stat().st_size for name in ("marked.png", "plain.png")]
    assert 300 < extra[0] - extra[1] < 900


def test_a_gif_says_it_in_a_comment(tmp_path):
    images.save_gif(tmp_path / "walk.gif", [PICTURE, PICTURE[::-1]], mark=MARK)
    with Image.open(tmp_path / "walk.gif") as walk:
        comment = walk.info["comment"].decode()
    assert comment.startswith(marks.CODES + "trainedAlgorithmicMedia: gan_keras ")
    assert comment.endswith(", run ring-1, step 500, seed 3")


@pytest.mark.parametrize("seed", [None, 0, -5])
@pytest.mark.parametrize("is_composite", [False, True])
def test_a_mark_comes_back_from_its_packet(seed, is_composite):
    mark = marks.Mark(run="r", step=0, seed=seed, is_composite=is_composite, version="9.9")
    assert marks.Mark.from_xmp(mark.xmp()) == mark
    assert ("composite" in mark.xmp()) == is_composite


def test_any_name_of_a_folder_makes_a_packet_that_can_be_read():
    found = marks.Mark.from_xmp(marks.Mark(run=HOSTILE, step=1, seed=None).xmp())
    assert found.run == "a\"<&>'\n\t????é漢"


@pytest.mark.parametrize("text", ["", "<a>", "<a/>", "no", MARK.xmp().replace('"500"', '"many"')])
def test_what_is_no_mark_of_ours_is_none(text):
    assert marks.Mark.from_xmp(text) is None


@pytest.mark.parametrize("suffix", [".png", ".gif", "", ".npz"])
def test_samples_of_every_format_are_marked(tmp_path, suffix):
    kind = kinds.Images(shape=(4, 4, 3))
    samples = np.linspace(-1, 1, 96, dtype="float32").reshape(2, 4, 4, 3)
    kind.write(tmp_path / f"x{suffix}", samples, mark=MARK)
    names = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    if suffix == "":
        assert names == ["x/00000.png", "x/00001.png"]
        assert all(marks.read(tmp_path / name) == MARK for name in names)
    elif suffix == ".gif":
        assert names == ["x.gif"]
    else:
        assert names == (["x.png"] if suffix == ".png" else ["x.npz", "x.npz.xmp"])
        assert marks.read(tmp_path / f"x{suffix}") == MARK
    kind.write(tmp_path / "plain.npz", samples)
    assert marks.read(tmp_path / "plain.npz") is None


def test_exiftool_reads_it(tmp_path):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not here: apt-get install libimage-exiftool-perl")
    images.save_png(tmp_path / "x.png", PICTURE, mark=MARK)
    marks.write_beside(tmp_path / "x.csv", MARK)
    for name in ("x.png", "x.csv.xmp"):
        command = ["exiftool", "-j", "-G", str(tmp_path / name)]
        (found,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        assert found["XMP:DigitalSourceType"] == marks.CODES + "trainedAlgorithmicMedia"
        assert (found["XMP:Run"], found["XMP:Step"], found["XMP:Seed"]) == ("ring-1", 500, 3)
