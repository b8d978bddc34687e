"""The code of docs/algorithms.md runs, block after block, on untrained networks."""

import pathlib
import re

import numpy as np
import pytest

from gan_keras import models

DOCUMENT = pathlib.Path(__file__).parent.parent / "docs" / "algorithms.md"


def test_every_class_has_its_section():
    text = DOCUMENT.read_text(encoding="utf-8")
    for algorithm in models.NAMES.values():
        assert f"models.{algorithm.__name__}(" in text or f"gan_keras.{algorithm.__name__}(" in text


@pytest.mark.slow
def test_the_code_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    zeros = np.zeros((2, 28, 28, 1), "float32")
    names = {"images": zeros, "real_images": zeros}
    for block in blocks:
        exec(block, names)
    assert (tmp_path / "film.gif").exists()
    assert names["kinds"].shape == (8, 10, 28, 28, 1)
