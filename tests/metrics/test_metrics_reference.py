"""The scores against torch-fidelity 0.4, prdc 0.2 and scipy, on the same features."""

import json
import os

import numpy as np
import pytest
import reference_inputs

from gan_keras import metrics

TOLERANCE = 1e-6  # relative


@pytest.fixture(scope="module")
def reference():
    with open(os.path.join(os.path.dirname(__file__), "reference.json")) as file:
        return json.load(file)


def agree(ours, theirs, tolerance=TOLERANCE):
    return abs(ours - theirs) < tolerance * abs(theirs)


def test_frechet_distance(reference):
    ours = metrics.frechet_distance(*reference_inputs.features())
    assert agree(ours, reference["frechet_torch_fidelity"]["frechet_inception_distance"])
    assert agree(ours, reference["frechet_scipy"])


def test_kernel_distance_on_the_same_subsets(reference):
    real, fake = reference_inputs.features()
    mean, std = metrics.kernel_distance(real, fake, num_subsets=20, subset_size=100, seed=2020)
    assert agree(mean, reference["kernel"]["kernel_inception_distance_mean"])
    assert agree(std, reference["kernel"]["kernel_inception_distance_std"])


@pytest.mark.parametrize(
    ("key", "num_splits", "seed"),
    [("inception_score", 10, 2020), ("inception_score_unshuffled", 3, None)],
)
def test_inception_score_on_the_same_splits(reference, key, num_splits, seed):
    logits = reference_inputs.logits()
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    mean, std = metrics.inception_score(probabilities, num_splits, seed)
    assert agree(mean, reference[key]["inception_score_mean"])
    assert agree(std, reference[key]["inception_score_std"])


@pytest.mark.parametrize("k", [3, 5])
def test_precision_recall_density_coverage(reference, k):
    real, fake = reference_inputs.features()
    ours = {**metrics.precision_recall(real, fake, k), **metrics.density_coverage(real, fake, k)}
    for name, theirs in reference["prdc"][str(k)].items():
        assert agree(ours[name], theirs), name
    if k == 3:
        for name in ("precision", "recall"):  # torch-fidelity's are float32
            assert agree(ours[name], reference["precision_recall"][name], 1e-6)


def test_the_joint_pass_gives_what_the_single_ones_give():
    real, fake = reference_inputs.features()
    joint = metrics.manifold_scores(real, fake, 3, 5)
    single = {**metrics.precision_recall(real, fake), **metrics.density_coverage(real, fake)}
    assert joint == single
