import dataclasses
import json
import operator

import pytest

from gan_keras.metrics import Score, score

SCORE = Score(
    metric="fid",
    value=12.5,
    std=0.25,
    extractor="pixels@0000000000000000",
    resize="none",
    num_real=100,
    num_fake=200,
    data="ring/train@12ab",
    seed=3,
)


def test_a_score_prints_its_whole_protocol():
    text = str(SCORE)
    for part in ("fid 12.5", "± 0.25", "pixels@0000000000000000", "resize none", "100 real",
                 "200 fake", "ring/train@12ab", "seed 3", "gan_keras"):  # fmt: skip
        assert part in text


def test_a_score_is_one_line_of_json_with_the_agreed_fields():
    line = SCORE.to_json()
    assert "\n" not in line
    assert list(json.loads(line)) == [
        "metric", "value", "std", "extractor", "resize",
        "num_real", "num_fake", "data", "seed", "version",
    ]  # fmt: skip
    assert Score.from_json(line) == SCORE


def test_files_are_appended_to_and_read_back(tmp_path):
    path = tmp_path / "scores.jsonl"
    endless = dataclasses.replace(SCORE, value=float("inf"), std=None)
    score.write(path, [SCORE])
    score.write(path, [endless])
    assert score.read(path) == [SCORE, endless]
    for line in path.read_text().splitlines():
        json.loads(line, parse_constant=pytest.fail)  # strict JSON knows no Infinity


def test_scores_of_one_protocol_compare():
    better = dataclasses.replace(SCORE, value=10.0, std=None, version="0.0.1")
    assert better < SCORE
    assert operator.gt(SCORE, better)
    assert better <= SCORE
    assert operator.ge(SCORE, better)
    assert abs((SCORE - better) - 2.5) < 1e-12


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("metric", "kid"), ("extractor", "pixels@1"), ("resize", "clean"), ("num_real", 99),
        ("num_fake", 99), ("data", "ring/test@12ab"), ("seed", 4),
    ],
)  # fmt: skip
def test_scores_of_two_protocols_do_not_compare(field, other):
    changed = dataclasses.replace(SCORE, **{field: other})
    for compare in (operator.lt, operator.gt, operator.le, operator.ge, operator.sub):
        with pytest.raises(ValueError, match=f"do not compare: `{field}`"):
            compare(SCORE, changed)
    assert changed != SCORE


def test_a_score_does_not_compare_with_a_number():
    with pytest.raises(TypeError, match=r"Use `\.value`"):
        assert SCORE < 3.0


@pytest.mark.parametrize("line", ["{", '{"metric": "fid"}', "[1]", '{"surprise": 1}'])
def test_a_line_that_is_no_score(line):
    with pytest.raises(ValueError, match="No score in"):
        Score.from_json(line)
