"""The benchmark of sounds: its table, generated and by hand."""

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import sounds, vocoder


def test_rows_by_hand():
    common = {"row": "recipe", "data": "d@1", "num_fake": 5, "cpu_seconds": 300.0}
    common |= {"machine": {"processor": "p"}}
    scores = dict.fromkeys(sounds.NAMES.values(), 0.5)
    # 0.6 and 0.8: mean 0.7, deviation 0.1 times the root of 2.
    lines = [
        {**common, "seed": seed, "scores": {**scores, "class_accuracy": 0.6 + seed / 5}}
        for seed in range(2)
    ]
    made = sounds.table(lines)
    assert made[2].startswith("| held-out real clips, heard from their spectrograms | not run |")
    assert made[4].startswith("| **gan_keras, recipe spoken_digits** | 0.700 ± 0.141 | 0.500 ± 0")
    assert made[4].endswith("| 300.0 ± 0.0 | 2 |")


def test_page_shows_the_sounds():
    page = results_page.PAGE.read_text(encoding="utf-8")
    for benchmark, name in ((sounds, "sounds"), (vocoder, "vocoder")):
        made = benchmark.table(resumable.read(benchmark.LINES))
        assert report.with_table(page, name, made) == page
