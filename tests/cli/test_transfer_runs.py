"""A run that starts from another one, and goes on exactly."""

import numpy as np
import pytest
import tiny_run

from gan_keras.running.runs import Run
from gan_keras.running.training import Training


def test_a_run_starts_from_another_and_resumes_to_the_same_bits(tmp_path):
    data = tiny_run.write_data(tmp_path / "points.npz")
    first = tiny_run.training(data, epochs=1)
    origin = first.start(tmp_path / "first")
    first.run(origin)
    arguments = {"seed": 1, "start_from": str(origin.folder), "freeze_discriminator": 1}

    def second(epochs):
        return Training(tiny_run.recipe(data, epochs=epochs), **arguments)

    whole = second(2)
    run = whole.start(tmp_path / "whole")
    assert whole.not_fitting == []
    kept = first.model.discriminator.get_weights()[0]
    assert np.array_equal(whole.model.discriminator.get_weights()[0], kept)
    whole.run(run)
    assert np.array_equal(whole.model.discriminator.get_weights()[0], kept)
    half = second(1)
    run = half.start(tmp_path / "parts")
    half.run(run)
    resumed = second(2)
    resumed.run(Run(run.folder), go_on=True)
    assert tiny_run.everything(resumed.model) == tiny_run.everything(whole.model)


def test_freezing_needs_something_to_freeze(tmp_path):
    recipe = tiny_run.recipe(tiny_run.write_data(tmp_path / "points.npz"))
    with pytest.raises(ValueError, match="--from RUN"):
        Training(recipe, freeze_discriminator=1)
