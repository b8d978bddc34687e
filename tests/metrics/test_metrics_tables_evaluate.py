"""`evaluate_table`: scores beside their baselines; and the certificate that is made of them."""

import numpy as np
import pytest

from gan_keras.metrics import Score, tables
from gan_keras.metrics.table import better
from gan_keras.metrics.tables.names import TABLE_METRICS
from gan_keras.pages import certificate

CHEAP = ["column_shapes", "pair_similarity", "closest_record", "exact_copies"]


def people(num, seed):
    random = np.random.default_rng(seed)
    age = random.uniform(20, 60, num).round(9)
    return {"age": age, "old": np.where(age > 40, "yes", "no").astype(object)}


REAL, HELD_OUT, FAKE = people(200, 0), people(100, 1), people(150, 2)


def values(scores):
    return {score.metric: score.value for score in scores}


def test_each_score_stands_beside_its_baselines():
    scores = tables.evaluate_table(FAKE, REAL, held_out=HELD_OUT, metrics=CHEAP)
    names = [score.metric for score in scores]
    asked = [*CHEAP, "closest_record_odds"]
    expected = {f"{name}{what}" for name in asked for what in ("", "@shuffled", "@held_out")}
    expected.add("exact_copies@real")
    assert len(names) == len(expected)
    assert set(names) == expected
    found = values(scores)
    assert found["column_shapes@shuffled"] > 0.9
    assert found["pair_similarity@shuffled"] < 0.7 < 0.85 < found["pair_similarity"]
    assert found["exact_copies"] == found["exact_copies@held_out"] == 0.0
    first, own = scores[0], scores[names.index("closest_record")]
    assert (first.num_fake, first.num_real, first.resize) == (100, 200, "none")
    assert own.num_fake == 150  # what looks for copies takes all
    assert scores[names.index("closest_record@held_out")].num_fake == 50  # a half each
    assert first.std > 0
    assert first.data.startswith("table@")
    assert Score.from_json(first.to_json()) == first


def test_copies_are_caught():
    found = values(tables.evaluate_table(REAL, REAL, held_out=HELD_OUT, metrics=CHEAP[2:]))
    assert found["closest_record_odds"] == found["exact_copies"] == 1.0
    # Half of the training rows are looked at: their copies, and half of the other half.
    assert 0.65 < found["closest_record"] < 0.95
    assert found["closest_record@held_out"] < 0.65
    assert 0.3 < found["closest_record_odds@held_out"] < 0.7
    assert found["exact_copies@held_out"] == 0.0


def test_held_out_rows_that_were_trained_on_are_left_out_once_and_the_score_says_so():
    leaked = {name: np.concatenate([REAL[name][:60], HELD_OUT[name][60:]]) for name in REAL}
    asked = [*CHEAP[2:], "membership"]
    with pytest.warns(UserWarning, match="60 of the 100 held-out rows are training") as told:
        scores = tables.evaluate_table(REAL, REAL, held_out=leaked, metrics=asked)
    assert len(told) == 1
    assert told[0].filename == __file__
    found = values(scores)
    assert found["closest_record_odds"] == found["membership_auc"] == found["exact_copies"] == 1.0
    assert found["exact_copies@held_out"] == 0.0
    assert "without 60 of its 100 rows, which are training rows" in scores[0].data


def test_what_cannot_be_asked_is_left_out_or_refused():
    few = tables.evaluate_table({"n": [1.0, 2.0]}, {"n": [1.0, 2.0]}, metrics="column_shapes")
    assert values(few) == {"column_shapes": 1.0, "column_shapes@shuffled": 1.0}
    with pytest.raises(ValueError, match=r"'closest_record' takes real rows .* --held-out FILE"):
        tables.evaluate_table(FAKE, REAL, metrics=["closest_record"])
    with pytest.raises(ValueError, match="'trts' takes a column to predict"):
        tables.evaluate_table(FAKE, REAL, metrics=["trts"])
    with pytest.raises(ValueError, match="no columns that 'correlation_difference' could"):
        tables.evaluate_table(FAKE, REAL, metrics=["correlation_difference"])
    with pytest.raises(ValueError, match=r"metric of tables 'c2sd'. Did you mean 'c2st'"):
        tables.evaluate_table(FAKE, REAL, metrics=["c2sd"])
    with pytest.raises(ValueError, match="No metrics"):
        tables.evaluate_table(FAKE, REAL, metrics=[])
    with pytest.raises(ValueError, match="no column 'odl'"):
        tables.evaluate_table(FAKE, REAL, target="odl", metrics="column_shapes")


def test_all_that_is_possible_is_asked():
    pytest.importorskip("sklearn")
    canaries = tables.canaries(REAL, 10)
    seen = []
    scores = tables.evaluate_table(
        FAKE,
        REAL,
        held_out=HELD_OUT,
        target="old",
        canaries=canaries,
        progress=lambda *told: seen.append(told),
    )
    asked = {score.metric.partition("@")[0] for score in scores}
    of_many = {"tstr", "trts", "membership", "canaries"}
    assert asked == {
        *(set(TABLE_METRICS) - of_many - {"correlation_difference"}),
        *("tstr_auc", "tstr_f1", "trts_auc", "trts_f1", "closest_record_odds"),
        *("membership_auc", "membership_auc_calibrated", "canary_auc", "canaries_found"),
    }
    found = values(scores)
    assert found["tstr_auc"] > 0.95 < found["tstr_auc@real"]
    assert found["tstr_auc@shuffled"] < 0.7
    assert found["canaries_found"] == found["canaries_found@controls"] == 0
    assert seen[-1][1] == seen[-1][2] == len(seen)
    judge = next(score.extractor for score in scores if score.metric == "c2st")
    assert judge.startswith("gradient_boosting@scikit-learn-")
    page = certificate(scores, name="fake.csv", worst=tables.column_shapes(FAKE, REAL))
    text = page.markdown()
    assert "# Certificate of fake.csv" in text
    assert f"| {found['c2st']:.3f} |" in text
    assert f"| {found['c2st@shuffled']:.3f} |" in text
    assert "differential privacy" in text
    assert "<td>age</td>" in page.html()


def test_which_values_are_good():
    names = ["c2st", "tstr_auc", "trts_r2", "column_shapes", "category_coverage", "exact_copies"]
    said = ["0.5", "higher", "as held-out", "higher", "higher", "as held-out"]
    assert [better(name) for name in names] == said
    assert better("constraint_violations") == better("correlation_difference") == "lower"
