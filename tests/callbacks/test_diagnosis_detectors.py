"""The detectors on numbers written by hand, and the arithmetic below them."""

import numpy as np
import pytest

from gan_keras.diagnosis import (
    discriminator_won,
    diversity,
    growth,
    memorization,
    mode_collapse,
    oscillation,
    plateau,
    vanishing_gradient,
)
from gan_keras.diagnosis.probe import of_logits


def looks(name, values, *, first=1000, **others):
    """Records of one number, 50 steps apart."""
    return [{"step": first + 50 * i, name: value, **others} for i, value in enumerate(values)]


def fresh(name, values, *, step, **others):
    """Records of one number that were taken afresh, all at one checkpoint."""
    return [{"step": step, name: value, "fresh": True, **others} for value in values]


def scored(name, values):
    return [{"epoch": i, "scores": {name: value}} for i, value in enumerate(values)]


def test_effective_number_counts_separate_points():
    points = np.array([[0.0, 0.0], [0.0, 0.0], [50.0, 0.0], [50.0, 0.0], [0.0, 50.0], [0.0, 50.0]])
    # Three pairs of copies far apart: eigenvalues 1/3, 1/3, 1/3, so exp(ln 3).
    assert abs(diversity.effective_number(points, 1.0) - 3.0) < 1e-9
    assert abs(diversity.effective_number(points[:2], 1.0) - 1.0) < 1e-9


def test_effective_number_of_two_points_by_hand():
    # Distance 1 at width 1: similarity exp(-1/2) = 0.60653; eigenvalues (1 +- 0.60653) / 2.
    p, q = 0.803265, 0.196735
    expected = np.exp(-p * np.log(p) - q * np.log(q))
    assert abs(diversity.effective_number([[0.0], [1.0]], 1.0) - expected) < 1e-5


def test_energy_distance_by_hand():
    # Between: (1 + 2 + 0 + 1) / 4 = 1, twice 2; within each set: 1. So (2 - 1 - 1) / 2 = 0.
    assert abs(diversity.energy_distance([[0.0], [1.0]], [[1.0], [2.0]])) < 1e-9
    # Between 5, twice 10; within 0: all of it.
    assert abs(diversity.energy_distance([[0.0], [0.0]], [[5.0], [5.0]]) - 1.0) < 1e-9


def test_bandwidth_is_a_quarter_of_the_median_distance():
    assert abs(diversity.bandwidth([[0.0], [4.0], [12.0]]) - 2.0) < 1e-9  # of 4, 8 and 12


def test_numbers_of_logits_by_hand():
    found = of_logits(np.array([3.0, 1.0]), np.array([1.0, -1.0]), np.array([2.0, 1.0]))
    # Pairs 3 > 1, 3 > -1, 1 = 1 (half), 1 > -1: 3.5 of 4
    assert found["auc"] == 0.875
    # 3 > 2, 3 > 1, 1 < 2, 1 = 1 (half): 2.5 of 4
    assert found["held_out_auc"] == 0.625
    # Means 2, 0 and 1.5: (2 - 1.5) / (2 - 0)
    assert abs(found["overfitting"] - 0.25) < 1e-12
    assert found["logit_scale"] == 3.0
    assert of_logits(None, None, None) == {}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([0.9, 0.3, 0.3, 0.3], True),
        ([0.3, 0.3, 0.6], False),  # one look says otherwise
        ([0.1, 0.2, 0.3], False),  # it recovers
        ([0.3, 0.3], False),  # too few looks
    ],
)
def test_mode_collapse(values, found):
    assert (mode_collapse.detect(looks("diversity", values)) is not None) == found
    assert mode_collapse.detect(looks("diversity", values, first=100)) is None  # warm-up


@pytest.mark.parametrize(
    ("values", "worth", "found"),
    [
        ([0.019], 9.0, True),
        ([0.021], 9.0, False),
        ([0.05], 1.4, True),  # of few real ones that differ, one is a large share
        ([0.05], 1.6, False),
        ([0.01, 0.6], 9.0, False),  # it was so
    ],
)
def test_samples_that_are_all_alike_at_any_step(values, worth, found):
    finding = mode_collapse.detect(looks("diversity", values, first=10, worth=worth))
    assert (finding is not None) == found


def test_discriminator_won_unless_samples_come_closer():
    stuck = looks("distance", [0.5] * 6, auc=1.0)
    assert discriminator_won.detect(stuck).evidence == {"auc": 1.0, "distance": 0.5}
    nearing = looks("distance", [0.6, 0.5, 0.4, 0.35, 0.3, 0.25], auc=1.0)
    assert discriminator_won.detect(nearing) is None
    assert discriminator_won.detect(looks("distance", [0.5] * 6, auc=0.95)) is None
    assert discriminator_won.detect(looks("distance", [0.01] * 6, auc=1.0)) is None


def test_discriminator_won_wants_looks_from_before():
    now = fresh("distance", [0.5] * 3, step=2000, auc=1.0)
    assert discriminator_won.detect(now) is None
    assert discriminator_won.detect(looks("distance", [0.5] * 3, auc=1.0)) is None
    assert discriminator_won.detect(looks("distance", [0.9] * 4, auc=1.0) + now) is None
    assert discriminator_won.detect(looks("distance", [0.5] * 4, auc=1.0) + now).step == 2000


def test_vanishing_gradient_but_not_a_contented_one():
    fell = [{**r, "g_weights": 10.0} for r in looks("g_gradient", [1.0, 9e-4, 5e-4, 2e-4], auc=1.0)]
    assert "0.0002" in vanishing_gradient.detect(fell).says
    small = [{**record, "g_gradient": 2e-3} for record in fell[1:]]
    assert vanishing_gradient.detect(fell[:1] + small) is None
    assert vanishing_gradient.detect([{**record, "auc": 0.5} for record in fell]) is None


def test_memorization_wants_both_numbers():
    known = looks("held_out_auc", [0.8] * 3, overfitting=0.5)
    assert "80% of all pairs" in memorization.detect(known).says
    assert memorization.detect(looks("held_out_auc", [0.8] * 3, overfitting=0.1)) is None
    assert memorization.detect(looks("held_out_auc", [0.55] * 3, overfitting=0.5)) is None


def test_oscillation_counts_swings():
    # 0.5 is neither side: right, wrong, right, wrong, right is four swings.
    assert oscillation.detect(looks("auc", [0.9, 0.1, 0.5, 0.9, 0.1, 0.9])).evidence["swings"] == 4
    assert oscillation.detect(looks("auc", [0.9, 0.1, 0.9, 0.5, 0.6, 0.9])) is None
    assert oscillation.detect(looks("auc", [0.6, 0.4] * 10)) is None  # noise around the rest


def test_fresh_looks_are_no_part_of_a_course():
    # More samples have a larger largest logit, at the very step of the last recorded look.
    large = looks("logit_scale", [5.0, 150.0, 149.0, 150.0])
    assert growth.detect(large + fresh("logit_scale", [151.0, 155.0, 160.0], step=1150)) is None
    swinging = looks("auc", [0.9, 0.1, 0.9])
    assert oscillation.detect(swinging + fresh("auc", [0.1, 0.9, 0.1], step=1100)) is None
    # Nor is a second look at one step.
    assert oscillation.detect(swinging + looks("auc", [0.1, 0.9, 0.1])) is None
    lost = [{"step": 1150, "non_finite": ["d_gradient"], "fresh": True}]
    assert growth.detect(large + lost).evidence == {"non_finite": 1}


def test_growth_says_when_it_overflows():
    finding = growth.detect(looks("d_weights", [1.0, 10.0, 100.0, 1000.0, 10_000.0]))
    # Tenfold in 50 steps; from 1e4 to 3.4e38 it is 34.53 times tenfold: 1,727 steps.
    assert abs(finding.evidence["steps_left"] - 1726.6) < 1.0
    assert growth.detect(looks("d_weights", [1.0, 2.0, 3.0, 4.0, 5.0])) is None
    assert growth.detect(looks("d_weights", [1.0, 10.0, 20.0, 19.0, 21.0])) is None
    # One more every 50 steps: 88.7 - ln 23 = 85.6 at ln(23 / 20) / 150 a step are 92,000 steps.
    assert growth.detect(looks("d_weights", [1.0, 20.0, 21.0, 22.0, 23.0])) is None
    assert growth.detect(looks("logit_scale", [0.1, 1.0, 5.0, 10.0, 20.0])) is None
    assert growth.detect([{"step": 1, "non_finite": ["d_gradient"]}]).evidence == {"non_finite": 1}


def test_plateau_and_its_noise():
    # A line through +-1 around 10 in the newer half: no slope to speak of.
    values = [50.0, 30.0, 20.0, 15.0, 9.0, 11.0, 9.0, 11.0, 11.0, 9.0, 11.0, 9.0]
    finding = plateau.detect(scored("fid", values))
    assert not finding.is_trouble
    assert abs(finding.evidence["score"] - 10.0) < 0.5
    assert 0.8 < finding.evidence["noise"] < 1.4
    assert finding.says.startswith("fid has stayed at ")


@pytest.mark.parametrize("num", range(6, 40))
def test_rounding_is_no_slope(num):
    assert not plateau.detect(scored("fid", [1.651] * num)).is_trouble


def test_score_that_moves():
    falling = [100.0 / (1 + i) for i in range(12)]
    assert plateau.detect(scored("fid", falling)) is None  # gets better
    rising = [5.0 + i + 0.1 * (-1) ** i for i in range(8)]
    finding = plateau.detect(scored("fid", rising))
    assert finding.is_trouble
    assert abs(finding.evidence["slope"] - 1.0) < 0.03
    # The last six are 7.1, 7.9, ...: the best is that of the third epoch.
    assert finding.says.endswith("was 7.1, after epoch 3.")
    assert plateau.detect(scored("recall", rising)) is None  # higher is better
    assert plateau.detect(scored("fid", rising[:5])) is None  # too few


def test_line_by_hand():
    # y = 1, 2, 4 at 0, 1, 2: slope 3/2, residuals 1/6, -1/3, 1/6: sum of squares 1/6, one freedom.
    slope, error, noise = plateau.line(np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 4.0]))
    assert abs(slope - 1.5) < 1e-12
    assert abs(noise - np.sqrt(1 / 6)) < 1e-12
    assert abs(error - np.sqrt(1 / 6) / np.sqrt(2)) < 1e-12
