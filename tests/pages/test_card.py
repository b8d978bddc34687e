"""Tests of the model card: what it says is what the files say, and it can be published as it is."""

import dataclasses
import json
from pathlib import Path

import made_run
import pytest
from click.testing import CliRunner

from gan_keras import data, pages
from gan_keras.cli import main
from gan_keras.data.licences import LICENCES
from gan_keras.pages import facts
from gan_keras.pages.card import front_matter
from gan_keras.pages.next_steps import next_steps
from gan_keras.recipes import translators
from gan_keras.running import runs


def card(run, out=None):
    out = out or run.folder / "README.md"
    pages.card(run.folder, out)
    return out.read_text(encoding="utf-8")


def test_a_card_says_what_the_files_say(tmp_path):
    run = made_run.made(tmp_path / "run", loss="hinge", batch_size=64)
    made_run.scored(run, std=0.25, interval=(8.5, 9.5))
    text = card(run)
    assert text.startswith('---\nlibrary_name: "keras"\n')
    assert 'pipeline_tag: "unconditional-image-generation"' in text
    assert "![Samples after step 100](samples/step-00000100.png)" in text
    assert "It has made 100 steps in 2 of 2 epochs." in text
    assert "10,000 samples of 4x4x1" in text
    assert "Classes: 2: boot, bag." in text
    assert "MIT licence, Copyright (c) 2017 Zalando SE" in text
    assert "| batch\\_size | 64 |" in text
    score = "| fid | 9 ± 0.25 (95%: 8.5 to 9.5) | lower | 90 | 100 | 3 | pixels@0, none |"
    assert f"{score} fashion\\_mnist\\_10k/train@f00d |" in text
    assert "gan-keras sample run --out samples.png" in text
    assert str(tmp_path) not in text  # where it lies is nobody's business
    beside = card(run, tmp_path / "card.md")
    assert "(run/samples/step-00000100.png)" in beside


def test_data_of_ones_own_have_no_licence_that_we_know(tmp_path):
    text = card(made_run.made(tmp_path / "run", data="mine.npz"))
    assert "gan\\_keras does not know it" in text
    assert "MIT" not in text


def test_every_bundled_data_set_has_its_licence():
    offline = {name for name, line in data.NAMES.items() if "no network" in line}
    assert set(LICENCES) >= offline
    assert set(LICENCES) <= set(data.NAMES)


def test_names_are_text_whatever_is_in_them(tmp_path):
    evil = '<script>x</script> [a](b) | `c` # "d"\n# e'
    run = made_run.made(tmp_path / 'a](b) "<i>', names=(evil, "bag"), loss=evil)
    made_run.scored(run, extractor=evil)
    text = card(run, tmp_path / "card.md")
    assert "<script>" not in text
    assert '\\<script\\>x\\</script\\> \\[a\\](b) \\| \\`c\\` \\# "d" \\# e' in text
    assert "a%5D%28b%29%20%22%3Ci%3E/samples/" in text
    front = text.split("---\n")[1].splitlines()
    assert all(json.loads(line.partition(": ")[2]) for line in front)


def test_the_certificate_of_a_table_is_part_of_it(tmp_path):
    run = made_run.made(tmp_path / "run")
    certificate = "# Certificate of run\n\n## Findings\n\n```\n# no heading\n```\n"
    (run.folder / "certificate.md").write_text(certificate, encoding="utf-8")
    text = card(run)
    assert "\n## Certificate of run\n\n### Findings\n\n```\n# no heading\n```\n" in text


@pytest.mark.parametrize("algorithm", translators.ALGORITHMS)
def test_a_translator_is_called_one(tmp_path, algorithm):
    text = card(made_run.made(tmp_path / "run", algorithm=algorithm))
    assert 'pipeline_tag: "image-to-image"' in text
    assert "gan-keras translate run IMAGES" in text


@pytest.mark.parametrize(
    ("described", "tag"),
    [
        ({"kind": "images", "sample_shape": [4, 4, 1]}, "unconditional-image-generation"),
        ({"sample_shape": [4, 4, 1]}, "unconditional-image-generation"),  # of 0.1.0
        ({"kind": "points", "sample_shape": [2]}, None),
        ({"kind": "table", "sample_shape": [7]}, None),
    ],
)
def test_the_kind_of_its_samples_is_the_tag(described, tag):
    run = Path("run")
    found = facts.Facts(
        run=runs.Run(run),
        label="run",
        config={"recipe": "x", "settings": {}, "data": described},
        columns=(),
        rows=[],
        grids=[],
        scores=[],
        records=[],
        step=1,
    )
    assert (f"pipeline_tag: {json.dumps(tag)}" in front_matter(found)) == (tag is not None)
    assert ("pipeline_tag" in front_matter(found)) == (tag is not None)
    commands = [command.split()[1] for _, command in next_steps(found)]
    assert ("film" in commands) == (tag is not None)
    assert ("page" in commands) == (described.get("kind") != "points")
    assert ("certificate" in commands) == (described.get("kind") == "table")


@pytest.mark.parametrize(
    ("described", "has_page"),
    [
        ({"kind": "images", "takes_pictures": True}, True),
        ({"kind": "images", "takes_pictures": False}, False),  # latents as well
        ({"kind": "images"}, False),  # of a version that did not say it
        ({"kind": "waves", "takes_pictures": False}, True),  # a vocoder
        ({"kind": "spectrograms", "takes_pictures": False}, False),
    ],
)
def test_a_page_is_next_for_translators_that_have_one(tmp_path, described, has_page):
    run = made_run.made(tmp_path / "run", algorithm="pix2pix")
    config = run.read_config()
    config["data"] = {"name": "x", "sample_shape": [4, 4, 1], **described}
    found = dataclasses.replace(facts.of(run.folder), config=config, step=1)
    commands = [command.split()[1] for _, command in next_steps(found)]
    assert "translate" in commands
    assert ("page" in commands) == has_page


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made_run.made(tmp_path / "run")
    result = CliRunner().invoke(main, ["card", "run"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Wrote run/README.md.")
    for arguments, line in (
        (["run"], "'run/README.md' exists already"),
        (["run", "--out", "a.txt"], "--out ends in .md. Received: 'a.txt'"),
        (["nowhere"], "'nowhere' is no run folder"),
    ):
        result = CliRunner().invoke(main, ["card", *arguments])
        assert result.exit_code == 2
        assert line in result.stderr
