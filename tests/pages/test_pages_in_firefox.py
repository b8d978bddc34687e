"""By keyboard alone through the explorer and a judge's page, in Firefox; skipped without one."""

import json
import time

import firefox
import numpy as np
import pytest
import tiny_image_run
from PIL import Image

from gan_keras import pages
from gan_keras.files import marks
from gan_keras.pages.judging import key, scores, study

pytestmark = pytest.mark.slow  # to start it takes seconds
VIEW = "document.getElementById('view').toDataURL()"
DRAWN = "/[0-9] ms, by WebAssembly/.test(document.getElementById('status').textContent)"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with firefox.opened(tmp_path_factory.mktemp("firefox")) as opened:
        yield opened


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return tiny_image_run.made(tmp_path_factory.mktemp("runs"))


def saved(page, suffix):
    """The file that a page has saved."""
    for _ in range(200):  # of 0.1 seconds
        found = [path for path in page.saved.glob(f"*{suffix}") if path.stat().st_size]
        if found and not list(page.saved.glob("*.part")):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"No {suffix} was saved.")


def other_view(page, before):
    """The picture that takes the place of another one; it is waited for."""
    page.wait(f"{VIEW} !== {json.dumps(before)}")
    return page.read(VIEW)


def pressed(page):
    """The numbers of the samples that are chosen, from 1."""
    buttons = "[...document.querySelectorAll('#grid button')]"
    return page.read(
        f"{buttons}.flatMap((one, i) => one.getAttribute('aria-pressed') === 'true' ? [i + 1] : [])"
    )


def test_the_explorer(page, run, tmp_path):
    pages.page(run.folder, tmp_path / "page.html")
    page.open(tmp_path / "page.html")
    page.wait(DRAWN)
    page.press("Tab", "Tab", "Tab")
    assert "Sample 3" in page.read("document.activeElement.getAttribute('aria-label')")
    assert page.read("document.activeElement.matches(':focus-visible')")
    before = page.read(VIEW)
    page.press("Enter")
    assert pressed(page) == [1, 3]
    page.tab_to("mix")
    page.press("End")
    between = other_view(page, before)
    page.tab_to("move-0", shift=True)
    page.press("ArrowRight", "ArrowRight", "End")
    assert page.read("document.getElementById('move-0').value") == "100"
    other_view(page, between)
    page.tab_to("class")
    page.press("ArrowDown")
    assert "class=0" in page.read("location.hash")
    page.tab_to("fresh", shift=True)
    page.press(" ")
    assert "seed=1" in page.read("location.hash")
    page.tab_to("walk")
    page.press("Enter")
    page.wait("document.getElementById('walk').textContent === 'Stop'")
    page.press("Enter")
    page.wait(DRAWN)
    page.tab_to("save")
    page.press("Enter")
    file = saved(page, ".png")
    assert marks.read(file) == marks.Mark(run=run.name, step=3, seed=None)
    with Image.open(file) as picture:
        assert picture.size == (8, 8)
        assert np.ptp(np.asarray(picture)) > 10


def test_a_judge(page, run):
    out = run.free_path("judging", "")
    (path,) = study.make(run, out, num=2, judges=1)
    trials = json.loads((out / key.NAME).read_text())["pages"][0]["trials"]
    page.open(path)
    page.press("Tab", *"Ada", "Tab", "Enter")
    for place, (_, truth, _) in enumerate(trials, start=1):
        text = "document.getElementById('progress').textContent"
        page.wait(f"{text}.includes('{place} of {len(trials)}')")
        page.wait("!document.getElementById('first').disabled")
        page.press("f" if truth else "ArrowRight")
        if page.read("document.getElementById('next').checkVisibility()"):
            page.press("Enter")
    page.wait("document.getElementById('end').checkVisibility()")
    page.tab_to("save")
    page.press("Enter")
    file = saved(page, ".json")
    assert json.loads(file.read_text(encoding="utf-8"))["about"]["name"] == "Ada"
    assert scores.scored(run, [file], write=False).scores[0].value == 0
