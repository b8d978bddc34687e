"""The lines and the tables of docs/results.md: resumed after a kill, generated, never typed."""

import pytest

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import (
    ablations,
    attribution,
    baselines,
    equal_cost,
    few_images,
    long_run,
    search,
    training_run,
    versus,
)
from gan_keras import data, recipes

PAGE = results_page.PAGE.read_text(encoding="utf-8")


def line(row, seed, frechet, budget=300.0):
    scores = dict.fromkeys(training_run.METRICS, 0.5) | {"frechet": frechet, "kernel": 0.002}
    return {
        **equal_cost.key_of(row, seed, budget),
        **{"last": scores, "best": {**scores, "frechet": frechet / 2}, "collapsed": seed == 1},
        **{"images_seen": 64_000, "cpu_seconds": 300.4, "data": "d@1", "num_fake": 5},
        "machine": {"processor": "p"},
    }


def test_all_rows_with_one_seed_come_before_the_next_seed():
    keys = equal_cost.keys(["minimax", "wgan"], 2, 300.0)
    expected = [("minimax", 0), ("wgan", 0), ("minimax", 1), ("wgan", 1)]
    assert [(key["row"], key["seed"]) for key in keys] == expected


def test_a_row_has_mean_and_spread_over_seeds():
    # 10 and 14: mean 12, deviation sqrt(2 * 2^2 / 1) = 2.83
    lines = [line("minimax", 0, 10.0), line("minimax", 1, 14.0)]
    table = equal_cost.table_of(lines, {"minimax": ("minimax",), "wgan": ("w",)}, budget=300.0)
    assert table[2].startswith("| minimax | 12.0 ± 2.8 | 6.00 ± 1.41 | 2.00 ± 0.00 | 0.500 ± 0.000")
    assert table[2].endswith("| 1 of 2 | 64k | 300 | 2 |")
    assert table[3].startswith("| w | not run |")


def test_collapse():
    good = {"frechet": 4.0, "coverage": 0.5}
    assert not training_run.collapsed(good, {"frechet": 2.1})
    assert training_run.collapsed(good, {"frechet": 1.9})
    assert training_run.collapsed({"frechet": 4.0, "coverage": 0.04}, {"frechet": 4.0})


def test_page_shows_the_lines():
    lines = resumable.read(report.RESULTS / "baselines.jsonl")
    table = equal_cost.table_of(lines, baselines.ROWS, budget=300.0)
    assert report.with_table(PAGE, "baselines", table) == PAGE


def test_page_shows_the_peers():
    table = versus.table(resumable.read(report.RESULTS / "versus.jsonl"), budget=600.0)
    assert report.with_table(PAGE, "versus", table) == PAGE


def test_peers_are_multiples_of_ours():
    distances = {"default": 2.0, "keras_io_dcgan": 100.0, "keras_io_wgan_gp": 90.0}
    lines = [line(name, 0, distance, budget=600.0) for name, distance in distances.items()]
    *_, last = versus.table(lines, budget=600.0)
    assert last.endswith("recipe's: keras.io, DCGAN 50, keras.io, WGAN-GP 45.")
    assert not versus.table(lines[:2], budget=600.0)[-1].startswith("Last")


def test_few_images_by_hand():
    scores = {"frechet": 4.0, "precision": 0.5, "recall": 0.25, "coverage": 0.125}
    curve = [{**scores, "frechet": distance} for distance in (9.0, 5.0, 6.0)]
    common = {"seed": 0, "data": "d@1", "num_fake": 5, "machine": {"processor": "p"}}
    one = {**common, "row": "few_ada", "curve": curve, "cpu_seconds": 100.2}
    table = few_images.table([one])
    assert "| 500 images, ADA | 9.00 | 5.00 | 6.00 | 0.500 | 0.250 | 0.125 | 100.2 |" in table
    assert "| 10,000 images | not run |  |  |  |  |  |  |" in table


def test_page_shows_the_few_images():
    table = few_images.table(resumable.read(few_images.LINES))
    assert report.with_table(PAGE, "few_images", table) == PAGE


def test_attribution_by_hand():
    """None of 20 comes as near as 0.5: p is 1/21. It is before both real ones, 4 before one."""
    common = {"data": "d@1", "num_fake": 2, "machine": {"processor": "p"}}
    errors = {"calibration": [1.0, 3.0] * 10, "real": [0.6, 5.0], "own": [0.5, 4.0]}
    errors["other"] = [0.45, 4.5]
    lines = [{**common, "group": group, "errors": found} for group, found in errors.items()]
    table = attribution.table(lines)
    assert "| its own samples | 2 | 2.2500 | 50% | 0.750 |  |" in table
    assert "| other held-out real images | 2 | 2.8000 | 50% |  | 0.750 |" in table
    assert "| samples of another run on the same data | 2 | 2.4750 | 50% | 0.750 | 0.500 |" in table
    assert "| real images that it was trained on | not run |  |  |  |  |" in table


def test_page_shows_the_attribution():
    table = attribution.table(resumable.read(attribution.LINES))
    assert report.with_table(PAGE, "attribution", table) == PAGE


def test_a_long_run_is_judged_by_its_last_over_its_best():
    curve = [[i, distance] for i, distance in enumerate([9.0, 4.0, 3.0, 2.0, 2.5, 2.4])]
    common = {"seed": 0, "data": "d@1", "num_fake": 5, "machine": {"processor": "p"}}
    _, _, row, *_ = long_run.table([{**common, "curve": curve}])
    assert row == "| 0 | 4.00 | 2.00 | 2.40 | 2.00 | 1.20 |"


def test_page_shows_the_long_run():
    table = long_run.table(resumable.read(report.RESULTS / "long_run.jsonl"))
    assert report.with_table(PAGE, "long_run", table) == PAGE


def test_page_shows_the_search():
    table = equal_cost.table_of(
        resumable.read(report.RESULTS / "search.jsonl"), search.ROWS, budget=260.0
    )
    assert report.with_table(PAGE, "search", table) == PAGE


def test_page_shows_the_ablations():
    table = equal_cost.table_of(
        resumable.read(report.RESULTS / "ablations.jsonl"), ablations.ROWS, budget=200.0
    )
    assert report.with_table(PAGE, "ablations", table) == PAGE


def test_an_ablation_differs_from_the_default_in_what_it_names():
    default = recipes.get().settings()
    changed = {}
    for row, (_, recipe, changes) in ablations.ROWS.items():
        settings = recipes.get(recipe).with_settings(changes).settings()
        changed[row] = {key for key in default if default[key] != settings[key]}
    optimizers = {"generator_optimizer", "discriminator_optimizer"}
    assert changed == {
        "default": set(),
        "no_mapping": {"generator"},
        "no_hidden": {"discriminator"},
        "non_saturating": {"loss"},
        "no_penalty": {"penalties"},
        "low_rate": optimizers,
        "constant_rate": optimizers,
        "no_average": {"moving_average"},
    }


def test_a_rate_falls_over_a_budget_only_where_it_falls_over_the_training():
    falling = training_run.falling_over(
        recipes.get().with_settings({"discriminator_steps": 2}), steps=7
    )
    assert falling.generator_optimizer["learning_rate"]["decay_steps"] == 7
    assert falling.discriminator_optimizer["learning_rate"]["decay_steps"] == 14
    for name in ("fashion_mnist_minimax", "cifar10_sngan"):  # constant; as long as the paper's
        assert training_run.falling_over(recipes.get(name), steps=7) == recipes.get(name)


@pytest.mark.parametrize("row", baselines.ROWS)
def test_a_row_builds_a_model_with_the_changes_that_it_names(row):
    _, name, changes = baselines.ROWS[row]
    recipe = recipes.get(name).with_settings(changes)
    own, made = recipes.get(name).settings(), recipe.settings()
    assert {key for key in own if own[key] != made[key]} == set(changes)
    assert {key: made[key] for key in changes} == changes
    model = recipe.build(data.source("fashion_mnist_10k"), seed=0)
    assert model.fresh_noise == made["fresh_noise"]
    assert model.discriminator_steps == made["discriminator_steps"]
