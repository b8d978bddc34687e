"""The benchmark of tables: its split, and its table, generated and by hand."""

import sys
import time

import numpy as np
import pytest

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import table_peers, tables, training_run
from gan_keras import data, recipes


def test_a_fifth_is_held_out():
    train, held_out = tables.split({"a": np.arange(10.0)})
    assert (len(train["a"]), len(held_out["a"])) == (8, 2)
    assert sorted([*train["a"], *held_out["a"]]) == list(range(10))


def test_rows_by_hand():
    common = {"row": "ctgan", "table": "adult", "data": "d@1", "num_fake": 5}
    common |= {"machine": {"processor": "p"}, "cpu_seconds": 100.0}
    # 0.5 and 0.7: mean 0.6, deviation 0.1 * sqrt(2) = 0.141.
    lines = [{**common, "seed": seed, "scores": {"c2st": 0.5 + seed / 5}} for seed in range(2)]
    made = tables.table(lines)
    assert made[5].startswith("| adult: CTGAN, equal CPU seconds | 0.600 ± 0.141 |  |")
    assert made[5].endswith("| 100.0 ± 0.0 | 2 |")
    assert made[6] == "| adult: CTGAN, its default 300 epochs | not run |" + "  |" * 9
    again = {**lines[1], "scores": {"c2st": 0.9}}  # a run made anew counts in place of the old one
    assert tables.table([*lines, again])[5].startswith("| adult: CTGAN, equal CPU seconds | 0.700")


def test_a_run_is_done_when_it_has_the_score_without_those_columns(tmp_path):
    path, key = tmp_path / "lines.jsonl", {"row": "table", "seed": 0}
    resumable.append(path, key)
    assert tables.is_done(path, key, [])
    assert not tables.is_done(path, key, ["gain"])
    resumable.append(path, {**key, "without": ["gain"]})
    assert tables.is_done(path, key, ["gain"])
    assert tables.is_done(path, key, [])
    assert not tables.is_done(path, {**key, "seed": 1}, [])


def test_peers_have_the_seconds_of_ours(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "LINES", tmp_path / "lines.jsonl")
    for seconds in (70.0, 80.0):
        line = {"row": "table", "table": "t", "seed": 1, "cpu_seconds": seconds}
        resumable.append(tables.LINES, line)
    assert tables.seconds_of_ours("t", 1) == 80.0
    with pytest.raises(ValueError, match=r"no line of t with seed 0\. Run it first"):
        tables.seconds_of_ours("t", 0)


def test_a_peer_s_epochs_are_counted_and_end_in_time(monkeypatch):
    clock = iter([10.0, 10.0, 14.0, 15.0])  # the start, and before each epoch
    monkeypatch.setattr(time, "process_time", lambda: next(clock))
    done = []
    assert list(table_peers.counted(5.0, done)(range(9), disable=True)) == [0, 1]
    assert done == [0, 1]
    done = []
    monkeypatch.setattr(time, "process_time", lambda: 10.0)
    assert list(table_peers.counted(None, done)(range(3))) == done == [0, 1, 2]


def test_a_peer_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RuntimeError, match=r"No module named.*pip install 'gan-keras\[bench\]'"):
        tables.peer(
            {"a": np.arange(4.0)},
            None,
            **{"name": "TVAE", "epochs": 1, "seconds": None, "seed": 0, "quick": True},
            python=without_packages(tmp_path),
        )


def without_packages(folder):
    """A command that is this Python without any package."""
    script = folder / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    script.chmod(0o755)
    return str(script)


def test_written_rows_come_back(tmp_path):
    table = {"a": np.array([0.1, np.nan]), "b": np.array(["x, y", ""], object)}
    tables.write(tmp_path / "t.csv", table)
    assert (tmp_path / "t.csv").read_text().splitlines() == ["a,b", '0.1,"x, y"', ","]


@pytest.mark.parametrize("row", ["table_modes", "table_wgan_gp"])
def test_ablations_differ_in_what_they_name_and_train(row):
    """One has CTGAN's encoding alone, the other its loss, penalty and optimizers."""
    own = recipes.get("table")
    recipe = own.with_settings(tables.ROWS[row][2]["changes"])
    changed = {key for key, value in own.settings().items() if recipe.settings()[key] != value}
    assert (
        changed
        == {
            "table_modes": {"data_arguments", "generator", "discriminator"},
            "table_wgan_gp": {
                "loss",
                "penalties",
                "generator_optimizer",
                "discriminator_optimizer",
            },
        }[row]
    )
    ctgan = recipes.get("ctgan")
    for name in changed & {"loss", "penalties", "generator_optimizer", "discriminator_optimizer"}:
        assert getattr(recipe, name) == getattr(ctgan, name)
    random = np.random.default_rng(0)
    rows = {"a": random.normal(size=40), "b": np.array(["x", "y"], object)[np.arange(40) % 2]}
    small = {"generator.width": 4, "discriminator.width": 4, "batch_size": 8}
    recipe = recipe.with_settings({**small, "steps_per_execution": 1})
    source = data.source(rows, **recipe.data_arguments)
    model = recipe.build(source, seed=0)
    batches = training_run.batches(recipe, model, source, seed=0)
    losses = model.fit(batches, steps_per_epoch=1, verbose=0).history
    assert np.isfinite([losses["d_loss"], losses["g_loss"]]).all()
    made = model.kind.decode(model.sample(20, seed=0))
    assert set(made["b"]) <= {"x", "y"}
    assert np.isfinite(made["a"]).all()


def test_page_shows_the_tables():
    page = results_page.PAGE.read_text(encoding="utf-8")
    made = tables.table(resumable.read(tables.LINES))
    assert report.with_table(page, "tables", made) == page
