"""The examples in the docstrings give what they say."""

import doctest
import importlib

import pytest

MODULES = (
    "evaluate", "frechet", "inception_score", "kernel", "manifolds", "modes", "moments", "score",
    "sliced_wasserstein", "tables.area", "tables.category_coverage", "tables.column_shapes",
    "tables.constraint_violations", "tables.correlation_difference", "tables.evaluate",
    "tables.exact_copies", "tables.pair_similarity",
)  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    found = doctest.testmod(importlib.import_module(f"gan_keras.metrics.{name}"))
    assert found.attempted > 0
    assert found.failed == 0
