import keras
import numpy as np
import pytest

from gan_keras import callbacks, data
from gan_keras.callbacks.keep_best import KeepBest


class Model:
    """What the callback needs of a model."""

    def __init__(self):
        self.steps_done, self.stop_training, self.number = 0, False, 0.0

    def served(self):
        network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
        network.layers[0].kernel.assign([[self.number]])
        return {"generator": network}


@pytest.fixture
def quality():
    points = np.random.default_rng(0).normal(size=(40, 2)).astype("float32")
    return callbacks.Quality(data.source(points), metrics=["fid"], extractor="pixels", num=40)


def kept(path):
    return float(keras.models.load_model(path).layers[0].kernel.numpy().item())


def test_keeps_the_best_and_stops_after_scores_that_are_no_better(quality, tmp_path):
    best, model = KeepBest(quality, "fid", tmp_path / "best.keras", patience=2), Model()
    best.set_model(model)
    name = quality.extractor.score_name("fid")
    stopped = []
    for epoch, score in enumerate((5.0, 3.0, None, 4.0, 2.0, 2.0, 2.5)):
        model.number = float(epoch)
        best.on_epoch_end(epoch, {} if score is None else {name: score})
        stopped.append(model.stop_training)
    assert stopped == [False] * 6 + [True]
    assert best.best == 2.0
    assert kept(tmp_path / "best.keras") == 4.0


def test_goes_on_from_its_state(quality, tmp_path):
    old = KeepBest(quality, "fid", tmp_path / "best.keras", patience=2)
    old.best, old.num_worse = 2.0, 1
    new, model = KeepBest(quality, "fid", tmp_path / "best.keras", patience=2), Model()
    new.set_model(model)
    new.set_state(old.get_state())
    new.on_epoch_end(9, {quality.extractor.score_name("fid"): 2.1})
    assert model.stop_training
    assert not (tmp_path / "best.keras").exists()


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        ("fiid", "by the score 'fiid'. Did you mean 'fid'"),
        ("prdc", "No run can be kept by the score 'prdc'"),
        ("kid", "'kid' is not among those of `quality`: fid. Add it there."),
    ],
)
def test_metrics(quality, metric, message):
    with pytest.raises(ValueError, match=message):
        KeepBest(quality, metric, "best.keras")
