import json
import types

import keras
import numpy as np
import pytest
import tiny

import gan_keras
from gan_keras import data, metrics
from gan_keras.callbacks import Checkpoint, HistoryFile, Quality, checkpoint_folder
from gan_keras.metrics import features, frechet_distance
from gan_keras.networks import dcgan


def quality(**arguments):
    settings = {"metrics": ["fid", "prdc"], "num": 24, "cache_dir": False, **arguments}
    return Quality(tiny.source(), **settings)


def fit(model, callbacks, epochs=1, steps=tiny.STEPS, **arguments):
    return model.fit(
        tiny.source().batches(tiny.BATCH, seed=5).take(steps),
        epochs=epochs,
        callbacks=callbacks,
        verbose=0,
        **arguments,
    ).history


def test_scores_are_those_of_the_averaged_generator_at_that_moment():
    model, callback = tiny.gan(), quality(metrics=["fid"])
    history = fit(model, [callback])
    real = tiny.source().samples
    rows = np.sort(np.random.default_rng(0).choice(len(real), 24, replace=False))
    expected = frechet_distance(real[rows], model.sample(24, seed=0))
    assert abs(history["frechet_pixels"][0] - expected) < 1e-6 * expected
    live = frechet_distance(real[rows], model.sample(24, seed=0, use_moving_average=False))
    assert abs(history["frechet_pixels"][0] - live) > 1e-5 * live
    (score,) = callback.scores
    assert (score.num_fake, score.num_real, score.seed) == (24, 24, 0)


@pytest.mark.parametrize("use_moving_average", [True, False])
def test_samples_are_those_of_the_generator_that_was_asked_for(use_moving_average):
    model = tiny.gan()
    fit(model, [])
    batches = list(model.fakes(300, use_moving_average=use_moving_average))
    assert [len(batch) for batch in batches] == [256, 44]
    expected = model.sample(300, seed=0, use_moving_average=use_moving_average)
    other = model.sample(300, seed=0, use_moving_average=not use_moving_average)
    np.testing.assert_allclose(np.concatenate(batches), expected, atol=1e-6)
    assert np.abs(expected - other).max() > 1e-4


def test_seed_is_that_of_the_latents():
    model, callback = tiny.gan(), quality(metrics=["fid"], seed=3)
    callback.values(model)
    real = tiny.source().samples
    rows = np.sort(np.random.default_rng(3).choice(len(real), 24, replace=False))
    expected = frechet_distance(real[rows], model.sample(24, seed=3))
    assert callback.scores[0].value == pytest.approx(expected, rel=1e-6)


def test_training_is_not_disturbed():
    scored, undisturbed = tiny.gan(), tiny.gan()
    fit(scored, [quality()], epochs=2)
    fit(undisturbed, [], epochs=2)
    assert tiny.same(scored, undisturbed)


def test_first_every_and_last_epoch(tmp_path):
    history_file = HistoryFile(tmp_path / "history.csv")
    fit(tiny.gan(), [quality(every_num_epochs=3), history_file], epochs=7, steps=1)
    scored = [row["epoch"] for row in history_file.rows if "frechet_pixels" in row]
    assert scored == [0, 2, 5, 6]
    assert {"precision", "recall", "density", "coverage"} < set(history_file.rows[0])


def test_keras_callbacks_see_the_scores(tmp_path):
    path = tmp_path / "best.keras"
    best = keras.callbacks.ModelCheckpoint(
        path, monitor="frechet_pixels", mode="min", save_best_only=True
    )
    # An improvement by 1e9 never comes: the second and the third score use up the patience.
    stop = keras.callbacks.EarlyStopping(
        monitor="frechet_pixels", mode="min", patience=2, min_delta=1e9
    )
    history = fit(tiny.gan(), [quality(), best, stop], epochs=9, steps=1)
    assert len(history["frechet_pixels"]) == 3
    assert path.exists()
    assert best.best == min(history["frechet_pixels"])


def test_early_stopping_counts_measurements_not_epochs():
    stop = keras.callbacks.EarlyStopping(
        monitor="frechet_pixels", mode="min", patience=2, min_delta=1e9
    )
    history = fit(tiny.gan(), [quality(every_num_epochs=2), stop], epochs=9, steps=1)
    assert len(history["d_loss"]) == 4  # measured after epochs 1, 2 and 4


def test_our_checkpoint_keeps_the_best_though_epochs_have_no_score(tmp_path, monkeypatch):
    checkpoint = Checkpoint(tmp_path, keep=1, monitor="frechet_pixels")
    callback, scores = quality(every_num_epochs=3), iter([2.0, 1.0, 3.0])
    monkeypatch.setattr(callback, "values", lambda model: {"frechet_pixels": next(scores)})
    fit(tiny.gan(), [callback, checkpoint], epochs=5, steps=1)  # scored after steps 1, 3 and 5
    assert checkpoint.best_step() == 3
    assert checkpoint_folder.steps(tmp_path) == [3, 5]


def test_file_has_the_whole_protocol_and_goes_back_with_its_state(tmp_path):
    path = tmp_path / "quality.jsonl"
    model, callback = tiny.gan(), quality(metrics=["fid"], path=path)
    fit(model, [callback])
    state = json.loads(json.dumps(callback.get_state()))
    first = path.read_text()
    fit(model, [callback], epochs=2, initial_epoch=1)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(line["step"], line["epoch"]) for line in lines] == [(4, 0), (8, 1)]
    assert lines[0]["extractor"] == "pixels@0000000000000000"
    assert lines[0]["num_fake"] == 24
    callback.set_state(state)
    assert path.read_text() == first


def test_evaluate_gives_scores_beside_losses():
    model, callback = tiny.gan(), quality()
    callback_of_fit = quality()
    history = fit(model, [callback_of_fit])
    batches = tiny.source().batches(8)
    found = model.evaluate(batches, quality=callback, return_dict=True, verbose=0)
    assert found["frechet_pixels"] == history["frechet_pixels"][0]
    assert {"d_loss", "coverage"} < set(found)
    again = model.evaluate(batches, quality=callback, verbose=0)
    assert again == pytest.approx(list(found.values()), rel=1e-5)  # batches come in another order
    assert "frechet_pixels" not in model.evaluate(batches, return_dict=True, verbose=0)


def test_spread_is_logged_beside_its_score(monkeypatch):
    protocol = {"extractor": "pixels@0", "resize": "none", "num_real": 9, "num_fake": 9}
    protocol |= {"metric": "fid_infinity", "data": "ring@1", "seed": 0}
    found = metrics.Score(value=2.0, std=0.5, **protocol)
    monkeypatch.setattr(metrics, "evaluate", lambda *arguments, **keywords: [found])
    values = quality(metrics="fid").values(tiny.gan())
    assert values == {"fid_infinity": 2.0, "fid_infinity_std": 0.5}


def test_conditional_models_draw_the_classes_of_the_data():
    networks = [
        builder((8, 8, 1), widths=(4,), num_classes=3)
        for builder in (dcgan.generator, dcgan.discriminator)
    ]
    model = gan_keras.GAN(*networks, num_classes=3)
    model.decode = lambda latents, *, labels, **_: labels[:, None].astype("float32")
    shares = np.array([0] * 90 + [1] * 10)  # no sample of class 2

    def drawn(num, seed=0, labels=shares):
        real = types.SimpleNamespace(labels=labels)
        samples, classes = zip(*model.fakes(num, seed=seed, real=real), strict=True)
        assert np.array_equal(np.concatenate(samples).ravel(), np.concatenate(classes))
        return np.concatenate(classes)

    found = drawn(1000)
    assert len(found) == 1000
    assert set(found) == {0, 1}
    # binomial(1000, 0.1): 100, standard deviation 9.5
    assert 60 < (found == 1).sum() < 140
    other = drawn(1000, seed=1)
    assert not np.array_equal(other, found)
    assert np.array_equal(drawn(1000, seed=1), other)
    assert drawn(7, labels=None).tolist() == [0, 1, 2, 0, 1, 2, 0]


def test_default_extractor():
    images = np.zeros((4, 8, 8, 1), "uint8")
    assert features.default(data.source((images, np.arange(4)))) == "classifier"
    assert features.default(data.source(images)) == "pixels"
    assert features.default(tiny.source()) == "pixels"


def test_bad_input():
    with pytest.raises(ValueError, match=r"`every_num_epochs` must be at least 1\. Received: 0"):
        quality(every_num_epochs=0)
    with pytest.raises(ValueError, match="Unknown metric 'fidd'"):
        quality(metrics=["fidd"])
    with pytest.raises(ValueError, match="'memorization' takes data that were never trained on"):
        quality(metrics=["memorization"])
    with pytest.raises(ValueError, match="'kid' takes at least 1,000 samples a side"):
        quality(metrics=["kid"])
    with pytest.raises(ValueError, match="Extractor 'pixels' gives no class probabilities"):
        quality(metrics=["inception_score"])
