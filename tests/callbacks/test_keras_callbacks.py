"""Keras's own callbacks, on a model with two optimizers."""

import keras
import numpy as np
import pytest
import tiny


def fit(model, callbacks, epochs=1, **arguments):
    data = tiny.source().batches(tiny.BATCH, seed=5)
    return model.fit(data, epochs=epochs, callbacks=callbacks, verbose=0, **arguments)


def rates(model):
    optimizers = (model.generator_optimizer, model.discriminator_optimizer)
    return [float(optimizer.learning_rate) for optimizer in optimizers]


def test_tensorboard_logs_losses_and_both_learning_rates(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    fit(tiny.gan(), [keras.callbacks.TensorBoard(tmp_path, histogram_freq=1)], epochs=2)
    tags = EventAccumulator(str(tmp_path / "train")).Reload().Tags()["tensors"]
    assert {"epoch_d_loss", "epoch_g_loss"} <= set(tags)
    assert sum(tag.startswith("epoch_learning_rate_adam") for tag in tags) == 2
    assert "logits/kernel/histogram" in tags


def test_model_checkpoint_keeps_the_best_whole_model(tmp_path):
    path = str(tmp_path / "best.keras")
    best = keras.callbacks.ModelCheckpoint(path, monitor="g_loss", mode="min", save_best_only=True)
    history = fit(tiny.gan(), [best], epochs=4).history
    assert abs(best.best - min(history["g_loss"])) < 1e-9
    loaded = keras.models.load_model(path)
    assert loaded.steps_done == tiny.STEPS * (1 + int(np.argmin(history["g_loss"])))
    fit(loaded, [])


def test_csv_logger(tmp_path):
    fit(tiny.gan(), [keras.callbacks.CSVLogger(tmp_path / "log.csv")], epochs=2)
    assert len((tmp_path / "log.csv").read_text().splitlines()) == 3


def test_backup_and_restore_goes_on_bitwise(tmp_path):
    class Break(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 2:
                raise RuntimeError("killed")

    def data():
        return tiny.source().batches(tiny.BATCH, seed=5, shuffle=False)

    whole, broken, resumed = tiny.gan(), tiny.gan(), tiny.gan()
    whole.fit(data(), epochs=3, verbose=0)
    backup = keras.callbacks.BackupAndRestore(tmp_path)
    with pytest.raises(RuntimeError, match="killed"):
        broken.fit(data(), epochs=3, verbose=0, callbacks=[Break(), backup])
    backup = keras.callbacks.BackupAndRestore(tmp_path)
    resumed.fit(data(), epochs=3, verbose=0, callbacks=[backup])
    assert resumed.steps_done == 3 * tiny.STEPS
    assert tiny.same(whole, resumed)


def test_learning_rate_scheduler_sets_both():
    model = tiny.gan()
    fit(model, [keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2)], epochs=2)
    # 0.01 / 4 and 0.02 / 4, if each rate is halved twice
    assert abs(rates(model)[0] - 0.0025) < 1e-8
    assert abs(rates(model)[1] - 0.005) < 1e-8


def test_reduce_on_plateau_reduces_both():
    model = tiny.gan()
    reduce = keras.callbacks.ReduceLROnPlateau(
        "g_loss", factor=0.5, patience=1, min_delta=1e9, mode="min", cooldown=9
    )
    fit(model, [reduce], epochs=3)
    assert abs(rates(model)[0] - 0.005) < 1e-8
    assert abs(rates(model)[1] - 0.01) < 1e-8


def test_early_stopping_stops():
    stop = keras.callbacks.EarlyStopping("g_loss", mode="min", min_delta=1e9, patience=2)
    assert len(fit(tiny.gan(), [stop], epochs=9).epoch) == 3


def test_terminate_on_nan_does_not_see_a_gans_losses():
    """Why `TerminateOnNonFinite` exists; if this fails, Keras has learnt it."""

    class Poison(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            weight = self.model.generator.weights[0]
            weight.assign(np.full(weight.shape, np.nan))

    history = fit(tiny.gan(), [Poison(), keras.callbacks.TerminateOnNaN()], epochs=2)
    assert len(history.epoch) == 2
