"""Files that would hang, fill the memory, or vanish without a word."""

import os
import zipfile

import numpy as np
import pytest
from PIL import Image

from gan_keras import data
from gan_keras.data import arrays, folder
from gan_keras.machines import memory


@pytest.fixture
def pictures(tmp_path):
    """Two classes of one picture each."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        Image.new("L", (4, 4), 7).save(tmp_path / name / "1.png")
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_pipe_with_the_name_of_a_picture_is_refused(pictures):
    os.mkfifo(pictures / "a" / "2.png")
    with pytest.raises(ValueError, match=r"a/2\.png' is no file but a pipe or a device"):
        data.source(pictures)


def test_link_to_nowhere_is_reported_as_what_can_not_be_read(pictures):
    (pictures / "a" / "2.png").symlink_to(pictures / "nowhere")
    with pytest.raises(ValueError, match=r"2\.png"):
        data.source(pictures)


def test_class_folder_that_can_not_be_listed_is_said(pictures, monkeypatch):
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(folder.os, "scandir", refusing)
    with pytest.raises(ValueError, match=r"b' can't be read \(Permission denied\)\. Give yourself"):
        data.source(pictures)


@pytest.mark.parametrize(
    ("pixels", "message"),
    [
        (np.full((4, 4), 0.5, "float32"), "its pixels are floats"),
        (np.full((4, 4), 70_000, "int32"), "its pixels have 32 bits"),
    ],
)
def test_picture_whose_range_nobody_says_is_refused(pictures, pixels, message):
    Image.fromarray(pixels).save(pictures / "a" / "2.png", format="TIFF")
    with pytest.raises(ValueError, match=message):
        data.source(pictures)


def test_sixteen_bits_come_out_as_eight(pictures):
    Image.fromarray(np.full((4, 4), 257 * 9, "uint16")).save(pictures / "a" / "2.png")
    samples = data.source(pictures).samples
    assert sorted(set(samples.ravel().tolist())) == [7, 9]


def test_archive_that_unpacks_to_more_than_half_of_the_memory(tmp_path, monkeypatch):
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, x=np.zeros((1000, 100), "float32"))  # 400,128 bytes with its header
    monkeypatch.setattr(arrays.memory, "total", lambda: 800_000)
    with pytest.raises(
        ValueError, match=r"can't be read \(it unpacks to 0\.0 GB, and this machine"
    ):
        data.source(path)
    monkeypatch.setattr(arrays.memory, "total", lambda: 801_000)
    assert data.source(path).num_samples == 1000


def test_memory_of_this_machine():
    assert memory.total() > 1e8


def test_encrypted_archive_is_one_line(tmp_path):
    path = tmp_path / "secret.npz"
    np.savez(path, x=np.zeros((4, 2), "float32"))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    content[6] |= 1  # the flag of encryption: in the entry's header, and in the directory
    content[start + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"can't be read \(.*encrypted.*\)\. Give a whole \.npy"):
        data.source(path)
