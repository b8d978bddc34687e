"""Certificates of tables: what stands out is said, chance is not accused, nothing is markup."""

import pytest

from gan_keras.metrics import Score
from gan_keras.pages import certificate
from gan_keras.pages.certificate import findings
from gan_keras.pages.plain_page import Page


def score(metric, value, std=None, num_fake=200):
    common = {"extractor": "none", "resize": "none", "num_real": 10, "data": "d", "seed": 0}
    return Score(metric=metric, value=value, std=std, num_fake=num_fake, **common)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([score("c2st", 0.4, 0.01)], "Copies do that"),
        ([score("c2st", 0.95, 0.01), score("c2st@shuffled", 0.99)], "nearly always"),
        ([score("closest_record", 0.6, 0.03)], "by heart"),
        ([score("membership_auc", 0.6, 0.03)], "who was trained on"),
        ([score("exact_copies", 0.1, 0.01)], "20 of 200 rows are training rows"),
        ([score("canaries_found", 2.0)], "2 planted rows came back"),
        ([score("canary_auc", 0.9, 0.1)], "planted rows are nearer"),
        ([score("constraint_violations", 0.1, 0.01)], "10.00 % of rows break a rule"),
        ([score("tstr_auc", 0.8), score("tstr_auc@real", 0.9)], "teach 0.800, real ones 0.900"),
    ],
)
def test_what_stands_out_is_said(scores, words):
    assert any(words in sentence for sentence in findings(scores))


@pytest.mark.parametrize(
    "quiet",
    [
        score("c2st", 0.49, 0.01),
        score("closest_record", 0.6, 0.05),
        score("membership_auc", 0.51, 0.01),
        score("exact_copies", 0.0, 0.0),
        score("canaries_found", 0.0),
        score("constraint_violations", 0.0, 0.0),
    ],
)
def test_chance_is_not_accused(quiet):
    found = findings([score("closest_record", 0.5, 0.01), quiet])
    assert found == ("Nothing stands out.",)


@pytest.mark.parametrize("beside", [("real", 0.1), ("held_out", 0.1)])
def test_rows_that_are_alike_by_chance_are_no_copies(beside):
    what, share = beside
    fair = [score("closest_record", 0.5, 0.01), score("exact_copies", 0.1, 0.01)]
    assert findings([*fair, score(f"exact_copies@{what}", share)]) == ("Nothing stands out.",)
    # Held-out rows that were cut apart from training rows equal none of them: twins still count.
    cut = [score("exact_copies@held_out", 0.0), score("exact_copies@real", 0.1)]
    assert findings([*fair, *cut]) == ("Nothing stands out.",)
    (told,) = findings([*fair, score(f"exact_copies@{what}", 0.02)])
    assert told.endswith("of real rows 2.00 % are such by chance.")


def test_without_held_out_rows_copying_is_unknown():
    assert findings([score("c2st", 0.6, 0.01)]) == (
        "Not known whether rows were copied: that takes real rows that were never trained on.",
    )
    with pytest.raises(ValueError, match="takes scores"):
        certificate([])


def test_nothing_on_a_page_is_markup():
    text = "<script>alert('x')</script> a|b *c*\n# d"
    page = Page(text, (("table", [text, "x"], [[text, "1"]]), ("list", [text])))
    made = page.html()
    assert "<script>" not in made
    assert made.count("&lt;script&gt;") == 5  # title twice, head, cell, item
    lines = page.markdown().splitlines()
    assert lines[0] == r"# \<script\>alert('x')\</script\> a\|b \*c\* \# d"
    assert all(line.startswith(("#", "|", "- ")) for line in lines if line)
