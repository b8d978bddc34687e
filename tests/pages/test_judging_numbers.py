"""Tests of what judges' answers come to: numbers by hand, coverage by simulation."""

import math

import numpy as np
import pytest

from gan_keras.pages.judging import interval, signal, staircase, trials

TRUTHS = [True] * 4 + [False] * 4


def test_errors_d_prime_and_bias_by_hand():
    # three of four real ones called real, one of four fakes
    found = signal.judged(TRUTHS, [True, True, True, False, True, False, False, False])
    assert (found.error, found.error_fake, found.error_real) == (0.25, 0.25, 0.25)
    # z(3.5 / 5) = 0.524401, z(1.5 / 5) = -0.524401
    assert found.d_prime == pytest.approx(2 * 0.5244005127, abs=1e-9)
    assert found.bias == pytest.approx(0, abs=1e-12)
    # all called generated: every real one is an error, no fake is
    found = signal.judged(TRUTHS, [False] * 8)
    assert (found.error, found.error_fake, found.error_real) == (0.5, 0, 1)
    assert found.d_prime == pytest.approx(0, abs=1e-12)
    assert found.bias == pytest.approx(1.2815515655, abs=1e-9)  # -z(0.5 / 5) = -z(0.1)


def test_pairs_are_easier_by_the_root_of_two():
    answers = [True, True, True, False, True, False, False, False]
    one, two = (signal.judged(TRUTHS, answers, pairs=pairs) for pairs in (False, True))
    assert two.d_prime == pytest.approx(one.d_prime / math.sqrt(2))
    assert (two.error, two.error_fake, two.error_real) == (0.25, None, None)


def test_a_perfect_judge_has_a_finite_d_prime():
    assert signal.judged(TRUTHS, TRUTHS).d_prime == pytest.approx(2 * 1.2815515655, abs=1e-9)


@pytest.mark.parametrize(
    ("freedom", "t"),
    [  # Abramowitz and Stegun, table 26.10
        *((1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (10, 2.228)),
        *((29, 2.045), (120, 1.980)),
    ],
)
def test_quantiles_of_student(freedom, t):
    assert interval.quantile(freedom) == pytest.approx(t, abs=6e-4)


def test_an_interval_by_hand():
    # mean 0.3, deviation 0.1: 0.3 +- 4.302653 * 0.1 / sqrt(3)
    assert interval.student([0.2, 0.3, 0.4]) == pytest.approx((0.0515862, 0.5484138), abs=1e-6)


@pytest.mark.parametrize("values", [[], [0.3]])
def test_one_judge_has_no_interval(values):
    assert interval.student(values) is None
    assert interval.bootstrap(values) is None


@pytest.mark.parametrize(("judges", "at_most"), [(3, 0.82), (10, 0.93)])
def test_t_over_judges_holds_the_truth_as_often_as_it_says(judges, at_most):
    """Judges who differ (sd 0.08 about an error of a quarter), 100 pictures each."""
    random = np.random.default_rng(0)
    held = {"student": 0, "bootstrap": 0}
    rounds = 2000
    for _ in range(rounds):
        own = np.clip(random.normal(0.25, 0.08, judges), 0, 1)
        errors = random.binomial(100, own) / 100
        spans = {
            "student": interval.student(errors),
            "bootstrap": interval.bootstrap(errors, num=1000, seed=1),
        }
        for name, (low, high) in spans.items():
            held[name] += low <= 0.25 <= high
    # a true share of 0.95 lies within 0.015 of what 2,000 rounds find 99.8 times in 100
    assert held["student"] / rounds == pytest.approx(0.95, abs=0.015)
    assert held["bootstrap"] / rounds < at_most  # which is why t is reported


@pytest.mark.parametrize("true", [150, 300, 600])
def test_the_staircase_finds_where_a_judge_is_right_three_times_in_four(true):
    random = np.random.default_rng(0)
    found = []
    for _ in range(100):
        rights = []
        exposures = [staircase.FIRST]
        for _ in range(150):
            # right by chance or by sight, which comes half the time at the threshold
            p = 0.5 + 0.5 * (1 - 0.5 ** ((exposures[-1] / true) ** 2))
            rights.append(random.random() < p)
            exposures.append(staircase.following(exposures[-1], rights[-1]))
        assert staircase.course(rights) == exposures[:-1]
        found.append(staircase.threshold(exposures[:-1]))
    assert np.mean(found) == pytest.approx(true, rel=0.08)


def test_guessing_leads_a_staircase_up_and_sight_down():
    assert staircase.following(500, True) == 490
    assert staircase.following(500, False) == 530
    assert staircase.following(staircase.SHORTEST, True) == staircase.SHORTEST
    assert staircase.following(staircase.LONGEST, False) == staircase.LONGEST


@pytest.mark.parametrize("mode", trials.MODES)
def test_a_judge_gets_a_balanced_draw_of_their_own(mode):
    drawn = trials.drawn(20, mode, [0, 1])
    parts = [trial.part for trial in drawn]
    per_truth = 2 if mode == "one" else 1
    assert parts.count("judged") == 20 * per_truth
    assert parts.count("vigilance") == trials.VIGILANCE
    assert parts[: trials.PRACTICE * per_truth] == ["practice"] * trials.PRACTICE * per_truth
    assert "practice" not in parts[trials.PRACTICE * per_truth :]
    counted = [trial.truth for trial in drawn if trial.part == "judged"]
    assert sum(counted) == len(counted) / 2
    names = [name for trial in drawn for name in trial.pictures]
    assert len(set(names)) == len(names)  # no picture comes twice
    for kind, most in (("real", trials.num_real(20, mode)), ("fake", trials.num_fake(20))):
        assert sorted(place for own, place in names if own == kind) == list(range(most))
    if mode == "pairs":
        assert all((trial.pictures[0][0] == "real") == trial.truth for trial in drawn)
    else:
        assert all((trial.pictures[0][0] == "real") == trial.truth for trial in drawn)
    assert trials.drawn(20, mode, [0, 1]) == drawn
    assert {trial.of for trial in drawn if trial.part != "vigilance"} <= {"fake", None}
    others = [trial.truth for trial in trials.drawn(20, mode, [0, 2])]
    assert others != [trial.truth for trial in drawn]


@pytest.mark.parametrize("mode", trials.MODES)
def test_a_second_run_is_judged_among_the_first_ones(mode):
    drawn = trials.drawn(20, mode, [0, 1], num_runs=2)
    counted = [trial for trial in drawn if trial.part == "judged"]
    assert len(counted) == (60 if mode == "one" else 40)
    names = [name for trial in drawn for name in trial.pictures]
    assert len(set(names)) == len(names)  # no picture comes twice
    for kind, most in (
        ("real", trials.num_real(20, mode, 2)),
        *((kind, trials.num_fake(20)) for kind in trials.RUNS),
    ):
        assert sorted(place for own, place in names if own == kind) == list(range(most))
    for whose in trials.RUNS:
        own = [trial for trial in counted if trial.of == whose]
        assert len(own) == 20
        assert all(whose in dict(trial.pictures) for trial in own)
        # of pairs half are on the left; of single pictures none is real
        assert sum(trial.truth for trial in own) == (0 if mode == "one" else 10)
    assert len({trial.of for trial in counted[:20]}) > 1  # they come mixed
