import io
import sys
import types

import numpy as np
import pytest
import tiny
from PIL import Image

from gan_keras import callbacks


@pytest.fixture
def cell(monkeypatch):
    """What a notebook's cell is given: (what, PNG), by a stand-in for IPython."""
    shown = []

    class Handle:
        def update(self, picture):
            shown.append(("update", picture))

    def display(picture, display_id):
        assert display_id is True
        shown.append(("new", picture))
        return Handle()

    module = types.ModuleType("IPython")
    module.display = types.SimpleNamespace(display=display, Image=lambda data: data)
    module.version_info = (9, 0)  # Matplotlib looks
    monkeypatch.setitem(sys.modules, "IPython", module)
    return shown


def test_one_picture_that_grows(cell):
    gan, source = tiny.gan(), tiny.source()
    notebook = callbacks.Notebook(num=20, every_num_epochs=2, real=source)
    history = gan.fit(source.batches(tiny.BATCH), epochs=4, verbose=0, callbacks=[notebook])
    assert [what for what, _ in cell] == ["new", "update"]
    assert [Image.open(io.BytesIO(png)).size for _, png in cell] == [(960, 480)] * 2
    samples, curves = notebook.figure().axes
    lines = curves.get_lines()
    assert [line.get_label() for line in lines] == ["d_loss", "g_loss"]
    assert list(lines[0].get_xdata()) == [1, 2, 3, 4]
    np.testing.assert_allclose(lines[1].get_ydata(), history.history["g_loss"])
    assert samples.get_title() == "step 16"
    assert samples.images[0].get_array().shape[:2] == (480, 480)


def test_without_ipython(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", None)
    with pytest.raises(ImportError, match="pip install ipython"):
        callbacks.Notebook()
