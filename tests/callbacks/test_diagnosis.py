"""Each detector on a run that is broken on purpose, and their silence on healthy ones."""

import json
import warnings

import ill
import keras
import numpy as np
import pytest
import tensorflow as tf
import tiny

import gan_keras
from gan_keras import diagnosis as detectors
from gan_keras.callbacks import Diagnosis, Quality, TerminateOnNonFinite
from gan_keras.networks import mlp


def said(run):
    """What a run's diagnosis found, at any time, and the texts of its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        diagnosis = run()
    texts = [str(warning.message) for warning in caught if "Step" in str(warning.message)]
    return {finding.name: finding for finding in diagnosis.findings}, texts


@pytest.mark.parametrize(
    ("run", "name", "number", "low", "high"),
    [
        (ill.collapsed, "mode_collapse", "diversity", 0.0, 0.15),
        (ill.vanished, "vanishing_gradient", "g_gradient", 0.0, 1e-3),
        (ill.circling, "oscillation", "swings", 4, 20),
        pytest.param(
            *(ill.outplayed, "discriminator_won", "auc", 0.999, 1.0), marks=pytest.mark.slow
        ),
        pytest.param(
            *(ill.memorized, "memorization", "held_out_auc", 0.9, 1.0), marks=pytest.mark.slow
        ),
        pytest.param(*(ill.exploding, "growth", "logit_scale", 1e4, 1e7), marks=pytest.mark.slow),
    ],
)
def test_broken_run_is_found_out(run, name, number, low, high):
    found, texts = said(run)
    assert name in found
    assert low <= found[name].evidence[number] <= high
    assert found[name].cure.startswith("Try ")
    assert any(f": {name}: " in text for text in texts)


@pytest.mark.parametrize(
    ("run", "says", "is_trouble"),
    [
        (ill.frozen, "frechet_pixels has stayed at ", False),
        (ill.astray, "frechet_pixels gets worse by ", True),
    ],
)
def test_run_whose_scores_get_no_better_is_found_out(run, says, is_trouble):
    found, texts = said(run)
    assert list(found) == ["plateau"]
    assert found["plateau"].says.startswith(says)
    assert found["plateau"].is_trouble == is_trouble
    assert [text.startswith(f"Step 300: plateau: {says}") for text in texts] == [True]


@pytest.mark.parametrize(
    "run", [ill.healthy, pytest.param(ill.healthy_critic, marks=pytest.mark.slow)]
)
def test_healthy_run_is_left_in_peace(run):
    found, texts = said(run)
    assert not found
    assert not texts


def fit(model, callbacks, epochs=2):
    return model.fit(
        tiny.source().batches(tiny.BATCH, seed=5), epochs=epochs, callbacks=callbacks, verbose=0
    ).history


def diagnosis(**arguments):
    settings = {"num": 16, "every_num_steps": 2, "budget": None, **arguments}
    return Diagnosis(tiny.source(), **settings)


def test_a_look_leaves_no_trace():
    watched, undisturbed = tiny.gan(), tiny.gan()
    looks = diagnosis(every_num_steps=1, held_out=tiny.source())
    assert fit(watched, [looks]) == fit(undisturbed, [])
    assert tiny.same(watched, undisturbed)
    assert [record["step"] for record in looks.records] == list(range(1, 9))


def test_a_look_is_the_game_itself():
    model, looks = tiny.gan(), diagnosis()
    looks.set_model(model)
    first = looks.look()
    assert looks.look() == first  # the same samples, the same latents
    latents = looks._probe._batch(model, looks._probe.train)["latents"]
    with tf.GradientTape() as tape:  # the non-saturating loss, written out
        logits = model.discriminator(model.generator(latents))
        loss = tf.reduce_mean(tf.math.log(1 + tf.exp(-logits)))
    gradients = tape.gradient(loss, model.generator.trainable_variables)
    expected = np.sqrt(sum((np.asarray(gradient) ** 2).sum() for gradient in gradients))
    assert abs(first["g_gradient"] - expected) < 1e-5 * expected
    weights = np.sqrt(sum((weight**2).sum() for weight in model.discriminator.get_weights()))
    assert abs(first["d_weights"] - weights) < 1e-5 * weights


@pytest.mark.parametrize(
    ("step_seconds", "look_seconds", "expected"),
    [
        # Ten steps are five seconds: two in a hundred of 250. Then (looks + 1) * 4 / 0.02 in.
        (0.5, 4.0, [250.0, 400.0, 600.0, 800.0]),
        # A toy's ten steps are nothing; but a first look is half a second: of 25.
        (0.03125, 0.5, [25.0, 50.0]),
    ],
)
def test_budget_is_kept(monkeypatch, step_seconds, look_seconds, expected):
    clock = iter(np.arange(0, 1e6, step_seconds))
    looks = diagnosis(every_num_steps=1, budget=0.02)
    monkeypatch.setattr("gan_keras.callbacks.diagnosis.time.perf_counter", lambda: next(clock))
    looks.set_model(tiny.gan())
    monkeypatch.setattr(looks, "look", lambda: spend(looks, look_seconds))
    looks.on_train_begin()
    times = []
    for step in range(1600):
        looks.model.steps.assign(step + 1)
        before = looks.seconds
        looks.on_train_batch_end(step)
        if looks.seconds > before:
            times.append(step_seconds * (step + 1))
    assert times == expected


def spend(looks, seconds):
    looks.seconds += seconds
    looks._last_seconds = seconds


def test_a_look_takes_as_many_samples_as_can_be_packed():
    keras.utils.set_random_seed(1)
    model = gan_keras.GAN(
        mlp.generator((2,), 3, widths=(4,)), mlp.discriminator((6,), widths=(4,)), packing=3
    )
    model.compile(keras.optimizers.Adam(1e-2), keras.optimizers.Adam(2e-2))
    looks = diagnosis(held_out=tiny.source())
    looks.set_model(model)
    assert looks.look()["auc"] is not None
    assert len(looks._probe.train["real"]) == 15  # of 16


def test_collapse_is_said_at_the_first_look_whatever_the_step():
    model, looks = tiny.gan(), diagnosis()
    looks.set_model(model)
    for weight in model.generator.weights:
        weight.assign(0 * weight)
    model.steps.assign(10)
    with pytest.warns(UserWarning, match="Step 10: mode_collapse: All samples look alike"):
        record = looks.look()
    assert abs(record["worth"] - 1.0) < 1e-6  # one point, however often


def test_numbers_that_are_not_finite_are_found_at_once():
    model, looks = tiny.gan(), diagnosis()
    looks.set_model(model)
    looks.look()
    weight = model.generator.weights[0]
    weight.assign(np.full(weight.shape, np.nan))
    with pytest.warns(UserWarning, match="growth: No finite number any more: .*g_gradient"):
        record = looks.look()
    assert record["g_gradient"] is None
    json.dumps(looks.records, allow_nan=False)


def test_file_state_and_tensorboard(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    path = tmp_path / "diagnosis.jsonl"
    looks = diagnosis(path=path, log_folder=tmp_path / "logs")
    fit(tiny.gan(), [TerminateOnNonFinite(), looks], epochs=1)
    state, text = json.loads(json.dumps(looks.get_state())), path.read_text()
    assert [json.loads(line)["step"] for line in text.splitlines()] == [2, 4]
    looks.look()
    looks.set_state(state)
    assert path.read_text() == text
    events = EventAccumulator(str(tmp_path / "logs")).Reload()
    assert [event.step for event in events.Tensors("diagnosis/auc")][:2] == [2, 4]


def test_scores_of_quality_reach_the_plateau():
    quality = Quality(tiny.source(), metrics="fid", num=32, cache_dir=False)
    looks = diagnosis(every_num_steps=100)
    history = fit(tiny.gan(), [quality, looks], epochs=3)
    scores = [record["scores"]["frechet_pixels"] for record in looks.records]
    assert scores == history["frechet_pixels"]
    assert [record["epoch"] for record in looks.records] == [0, 1, 2]


def test_detectors_bear_records_without_their_numbers():
    assert detectors.findings([]) == []
    assert detectors.findings([{"step": 600, "g_gradient": 1.0}] * 9) == []


def test_bad_input():
    with pytest.raises(ValueError, match=r"`num` \(=4\) must be at least 8"):
        diagnosis(num=4)
    with pytest.raises(ValueError, match=r"`budget` is a share in \(0, 1\], or None. Received: 2"):
        diagnosis(budget=2)
