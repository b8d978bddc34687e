"""The benchmark of videos: its table, generated and by hand."""

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import video


def test_rows_by_hand():
    common = {"data": "d@1", "num_fake": 5, "cpu_seconds": 300.0, "machine": {"processor": "p"}}
    scores = dict.fromkeys(video.NAMES.values(), 0.5)
    # 0.6 and 0.8: mean 0.7, deviation 0.1 times the root of 2.
    lines = [
        {**common, "row": "moving_garments", "seed": n, "scores": {**scores, "law_residual": law}}
        for n, law in enumerate((0.6, 0.8))
    ]
    lines.append({**common, "row": "images", "seed": 0, "scores": {"frame_distance": 0.25}})
    made = video.table(lines)
    assert made[2].startswith("| held-out real clips: the floor | not run |")
    assert "| 0.250" in made[5]
    assert made[5].count("|  |") >= 1
    assert made[9].startswith("| **gan_keras, recipe moving_garments** | 0.500 ± 0.000 |")
    assert "| 0.700 ± 0.141 | 0.500 ± 0.000 |" in made[9]
    assert made[9].endswith("| 300.0 ± 0.0 | 2 |")


def test_page_shows_the_clips():
    page = results_page.PAGE.read_text(encoding="utf-8")
    made = video.table(resumable.read(video.LINES))
    assert report.with_table(page, "video", made) == page


def test_rows_differ_in_what_they_say():
    from gan_keras import recipes

    for _, how, changes in video.ROWS.values():
        if how == "recipe":
            recipes.get("moving_garments").with_settings(changes)
