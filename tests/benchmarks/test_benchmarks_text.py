"""The benchmark of text: its tables, generated and by hand, and its language model."""

import numpy as np
import pytest

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import language_model, text
from gan_keras import data, kinds

KIND = kinds.Tokens(vocabulary="ab-", length=4, pad="-")


def test_rows_by_hand():
    common = {"data": "names", "source": "names@1", "num_fake": 5, "cpu_seconds": 9.0}
    common |= {"machine": {"processor": "p"}, "row": "trigram"}
    scores = {name: 0.5 for name, _ in text.NAMES.values()}
    # 0.001 and 0.003 bits: mean 2 millibits, deviation sqrt(2) of them.
    lines = [
        {
            **common,
            "seed": seed,
            "scores": {"1.0": {**scores, "ngram_js_3": 0.001 + seed / 500}, "0.7": scores},
        }
        for seed in range(2)
    ]
    made = text.table([*lines, {**lines[0], "data": "captions"}], "names")
    assert made[2].startswith("| held-out real lines: the floor | not run |")
    half = "0.500 ± 0.000"
    assert made[4] == (
        f"| a trigram model with back-off | 1.0 | {' | '.join([half] * 4)} | 2.00 ± 1.41 | "
        f"{half} | {half} | 9.00 ± 0.00 | 2 |"
    )
    assert made[5].startswith("| a trigram model with back-off | 0.7 |")
    assert made[-1] == "Data names@1; 5 generated lines; p."


@pytest.mark.parametrize("name", text.DATA)
def test_page_shows_the_lines(name):
    page = results_page.PAGE.read_text(encoding="utf-8")
    made = text.table(resumable.read(text.LINES), name)
    assert report.with_table(page, name, made) == page


def test_a_language_model_is_as_large_as_asked():
    model = language_model.build(4, 3, 10)
    assert model.count_params() == language_model.count(10, 3)
    assert language_model.units_for(language_model.count(77, 3) + 50, 3) == 77


def test_what_a_language_model_is_told_and_asked():
    """A mark of the beginning and what came; the end of a line, and nothing behind it."""
    rows = KIND.encode(["ab", "abab"])
    assert language_model.before(rows, 3).tolist() == [[3, 0, 1, 2], [3, 0, 1, 0]]
    assert language_model.known(KIND, rows).tolist() == [[1, 1, 1, 0], [1, 1, 1, 1]]


class Next:
    """In place of a model: after a mark comes a, after a comes b, and after b the end."""

    def predict(self, before, **_):
        return 30.0 * np.eye(3)[np.array([1, 2, 0, 0])[before]]


def test_lines_are_drawn_a_symbol_after_the_other():
    cold = language_model.sample(Next(), KIND, 3, seed=0, temperature=1.0)
    assert KIND.decode(cold) == ["ab"] * 3
    hot = language_model.sample(Next(), KIND, 400, seed=0, temperature=100.0)
    assert len(set(KIND.decode(hot))) > 10


def test_a_run_that_trains_nothing():
    line = text.one_run(data="names", row="held_out", seed=0, quick=True)
    assert set(line["scores"][""]) == {name for name, _ in text.NAMES.values()}
    assert line["scores"][""]["look_alikes"] > 0.98
    assert line["scores"][""]["exact_copies"] == 0


def test_a_colder_trigram_model_repeats_itself():
    source = data.source("names")
    found = text.trigram(source, None, seed=0, num=400)
    assert list(found) == [f"temperature {t}" for t in (1.3, 1.0, 0.8, 0.6)]
    different = [len(set(source.kind.decode(samples))) for samples in found.values()]
    assert different[-1] < different[0] <= 400
