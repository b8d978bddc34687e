import collections
import os
import pickle
import zipfile

import numpy as np
import pytest

from gan_keras.pretrained import torch_file

FOLDER = os.path.dirname(__file__)


@pytest.mark.parametrize("name", ["tiny_zipped.pth", "tiny_plain.pth"])
def test_tensors_of_both_formats(name):
    state = torch_file.read(os.path.join(FOLDER, name))
    assert sorted(state) == ["bias", "half", "steps", "weight"]
    # arange(24) as (4, 6), rows 1 and 2, every other column, turned over
    assert state["weight"].tolist() == [[6, 12], [8, 14], [10, 16]]
    assert state["weight"].dtype == np.float32
    assert state["bias"].tolist() == [0.5, -1.5, 2.5]
    assert state["bias"].dtype == np.float64
    assert state["half"].tolist() == [1.5, -0.25]
    assert int(state["steps"]) == 7
    assert state["steps"].shape == ()


class _Harmful:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def test_a_file_that_calls_functions_is_refused_and_nothing_runs(tmp_path):
    victim = tmp_path / "victim"
    state = collections.OrderedDict(weight=_Harmful(str(victim)))
    plain = tmp_path / "plain.pth"
    with open(plain, "wb") as file:
        for part in (torch_file.MAGIC, 1001, {"little_endian": True}, state, []):
            pickle.dump(part, file)
    zipped = tmp_path / "zipped.pth"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(state))
    for path in (plain, zipped):
        with pytest.raises(ValueError, match="mkdir, which a tensor does not need"):
            torch_file.read(path)
    assert not victim.exists()


def test_torn_files_are_refused(tmp_path):
    for name in ("tiny_zipped.pth", "tiny_plain.pth"):
        with open(os.path.join(FOLDER, name), "rb") as file:
            whole = file.read()
        torn = tmp_path / name
        torn.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(ValueError, match="no PyTorch state dict"):
            torch_file.read(torn)
    (tmp_path / "text.pth").write_text("hello")
    with pytest.raises(ValueError, match="no PyTorch state dict"):
        torch_file.read(tmp_path / "text.pth")
