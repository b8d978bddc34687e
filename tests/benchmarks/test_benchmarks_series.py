"""The benchmark of series: its table, generated and by hand, and its Gaussian."""

import numpy as np

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import series
from gan_keras import data


def test_rows_by_hand():
    common = {"row": "series", "data": "d@1", "num_fake": 5, "cpu_seconds": 300.0}
    common |= {"machine": {"processor": "p"}}
    scores = dict.fromkeys(series.NAMES.values(), 0.5)
    # 0.6 and 0.8: mean 0.7, deviation 0.1 times the root of 2.
    lines = [
        {**common, "seed": seed, "scores": {**scores, "c2st": 0.6 + seed / 5}} for seed in range(2)
    ]
    made = series.table(lines)
    assert made[2].startswith("| held-out real days: the floor | not run |")
    assert made[6].startswith("| **gan_keras, recipe series** | 0.700 ± 0.141 | 0.500 ± 0.000 |")
    assert made[6].endswith("| 300.0 ± 0.0 | 2 |")


def test_page_shows_the_days():
    page = results_page.PAGE.read_text(encoding="utf-8")
    made = series.table(resumable.read(series.LINES))
    assert report.with_table(page, "series", made) == page


def test_a_gaussian_has_the_mean_of_each_class_and_the_covariance():
    source = data.source("weather", split="test")
    made = series.gaussian(source, None, seed=0, num=4_000)
    for label in (0, 20):
        real = source.samples[source.labels == label][..., 0].mean()
        fake = made.samples[made.labels == label][..., 0].mean()
        assert abs(real - fake) < 0.15
    spread = [
        np.corrcoef(side.samples[:, 3, 0], side.samples[:, 9, 0])[0, 1] for side in (source, made)
    ]
    assert abs(spread[0] - spread[1]) < 0.1
