"""The pages as a reader has them: in Chromium, offline, by keyboard; skipped without one."""

import base64
import io
import json

import browser
import made_run
import numpy as np
import pytest
import tiny_image_run
from PIL import Image

from gan_keras import pages
from gan_keras.files import marks
from gan_keras.pages.judging import answers as answer_files
from gan_keras.pages.judging import key, scores, study, trials


@pytest.fixture(scope="module")
def opened():
    with browser.opened() as open_page:
        yield open_page


def test_report(opened, tmp_path):
    run = made_run.made(tmp_path / "<i>run", steps=(50, 100, 1000))
    pages.report(run.folder, run.folder / "page.html")
    page = opened(run.folder / "page.html")
    assert page.title() == "gan_keras: <i>run"
    visible = page.locator(".frames img:visible")
    assert visible.get_attribute("data-step") == "1000"
    assert visible.evaluate("image => image.naturalWidth") == 20  # it was decoded
    page.locator("#step").focus()
    page.keyboard.press("ArrowLeft")
    assert visible.get_attribute("data-step") == "100"
    assert page.locator("#step").get_attribute("aria-valuetext") == "step 100"
    page.keyboard.press("Home")
    assert visible.get_attribute("data-step") == "50"
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "0.30000000000000004" in page.locator("details").inner_text()
    assert not browser.outside(page)
    assert page.trouble == []


@pytest.fixture(scope="module")
def studies(tmp_path_factory, opened):
    """A function that makes a study of a tiny run: (run, paths of pages, its key)."""
    run = tiny_image_run.made(tmp_path_factory.mktemp("runs"))

    def made(**arguments):
        out = run.free_path("judging", "")
        paths = study.make(run, out, **{"num": 2, "judges": 1, **arguments})
        return run, paths, json.loads((out / key.NAME).read_text())

    return made


def judge(page, says, asked):
    """Clicks through a page by keyboard; `says` is a function (part, truth) to the answer."""
    page.keyboard.press("Tab")
    if page.locator("#name").count():
        page.keyboard.type("Zoë")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for place, (part, truth) in enumerate(asked, start=1):
        page.locator("#progress", has_text=f"{place} of {len(asked)}").wait_for()
        page.locator("#first:enabled").wait_for()
        page.keyboard.press("f" if says(part, truth) else "ArrowRight")
        if page.locator("#next:visible").count():
            page.keyboard.press("Enter")
    page.locator("#end").wait_for()


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"mode": "pairs"},
        pytest.param({"exposure": 30}, marks=pytest.mark.slow),
        pytest.param({"exposure": "adaptive", "num": 3}, marks=pytest.mark.slow),
    ],
)
def test_a_simulated_judge_goes_through_a_page(opened, studies, tmp_path, monkeypatch, arguments):
    monkeypatch.setattr(trials, "PRACTICE", 1)  # each timed trial takes a second
    monkeypatch.setattr(trials, "VIGILANCE", 2)
    monkeypatch.setattr(answer_files, "SLACK", 100)  # frames: a busy machine is late
    run, (path,), of = studies(**arguments)
    page = opened(path)
    wrong = {"judged"} if not arguments else set()  # right where nobody is told, or wrong
    judge(page, lambda part, truth: truth != (part in wrong), of["pages"][0]["trials"])
    with page.expect_download() as download:
        page.locator("#save").press("Enter")
    answers = tmp_path / download.value.suggested_filename
    download.value.save_as(answers)
    assert answers.name == f"answers-{of['pages'][0]['page']}.json"
    about = json.loads(answers.read_text(encoding="utf-8"))["about"]
    assert about["name"] == "Zoë"
    found = scores.scored(run, [answers], write=False)
    if of["exposure"] == "adaptive":  # 500 ms, 490, ...: 470, 460 and 450 count
        assert found.scores[0].value == pytest.approx(460)
    else:
        assert found.scores[0].value == (1 if wrong else 0)
    given = json.loads(answers.read_text(encoding="utf-8"))["answers"]
    if of["exposure"] == 30:  # two frames at 60 Hz, give or take what a busy machine drops
        parts = [part for part, _ in of["pages"][0]["trials"]]
        flashed = [one for one, part in zip(given, parts, strict=True) if "frames" in one]
        assert {one["frames"] for one in flashed} <= {1, 2, 3, 4}
        assert len(flashed) == len(given) - parts.count("vigilance")
    assert not browser.outside(page)
    assert page.trouble == []


def test_the_page_is_blind(studies):
    _, (path,), of = studies()
    text = path.read_text(encoding="utf-8")
    data = json.loads(text.split('id="data">')[1].split("</script>")[0])
    told = [trial["part"] for trial in data["trials"] if "truth" in trial or "network" in trial]
    assert told == ["practice"] * 10
    assert marks.CHUNK not in text
    assert len(set(data["pictures"])) == len(data["pictures"])
    assert [trial["part"] for trial in data["trials"]] == [
        part for part, _ in of["pages"][0]["trials"]
    ]


def test_you_against_the_discriminator(opened, studies):
    _, (path,), of = studies(play=True)
    page = opened(path)
    judge(page, lambda part, truth: truth, of["pages"][0]["trials"])
    text = page.locator("#result").inner_text()
    # two right of two, twice: d' = 2 z(2.5 / 3) = 1.93
    assert text.startswith("You: 100 of 100 right, d' 1.93.")
    assert "The network: " in text
    assert page.locator("#save").count() == 0
    assert page.trouble == []


def test_pictures_are_what_they_are_said_to_be(studies):
    _, (path,), of = studies()
    text = path.read_text(encoding="utf-8")
    data = json.loads(text.split('id="data">')[1].split("</script>")[0])
    real = {image.tobytes() for image in tiny_image_run.images()}
    for trial, (part, truth) in zip(data["trials"], of["pages"][0]["trials"], strict=True):
        content = base64.b64decode(data["pictures"][trial["pictures"][0]].partition(",")[2])
        pixels = np.asarray(Image.open(io.BytesIO(content)))
        assert (pixels.tobytes() in real) == truth, part
