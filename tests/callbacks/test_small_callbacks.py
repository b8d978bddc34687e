import csv
import io

import keras
import numpy as np
import pytest
import tensorflow as tf
import tiny
from PIL import Image
from rich.console import Console

import gan_keras
from gan_keras.callbacks import (
    Checkpoint,
    GeneratorExport,
    HistoryFile,
    NonFiniteError,
    ProgressBar,
    SampleGrid,
    Scalars,
    TerminateOnNonFinite,
    checkpoint_folder,
)
from gan_keras.networks import mlp


def fit(model, callbacks, epochs=1):
    return model.fit(
        tiny.source().batches(tiny.BATCH, seed=5), epochs=epochs, callbacks=callbacks, verbose=0
    )


class Poison(keras.callbacks.Callback):
    """Makes a weight infinite before a step, counted from 0."""

    def __init__(self, step):
        super().__init__()
        self.step = step

    def on_train_batch_begin(self, batch, logs=None):
        if self.model.steps_done == self.step:
            weight = self.model.generator.weights[0]
            weight.assign(np.full(weight.shape, np.inf))


def test_non_finite_names_term_and_step_and_saves_nothing(tmp_path):
    model = tiny.gan()
    callbacks = [
        Poison(6),
        TerminateOnNonFinite(),
        Checkpoint(tmp_path, every_num_steps=1, keep=99),
    ]
    with pytest.raises(NonFiniteError, match="`g_loss` is nan at step 7"):
        fit(model, callbacks, epochs=3)
    assert checkpoint_folder.steps(tmp_path) == [1, 2, 3, 4, 5, 6]


def test_finite_training_goes_through():
    model = tiny.gan()
    history = fit(model, [TerminateOnNonFinite()], epochs=2).history
    assert model.steps_done == 2 * tiny.STEPS
    assert len(history["d_loss"]) == 2


@pytest.mark.parametrize("statistic", ["moving_mean", "moving_variance"])
def test_statistics_of_batch_norm_are_looked_at_before_anything_is_saved(tmp_path, statistic):
    """Training takes those of its own batch, so that no loss shows a NaN in the moving ones."""
    latents = keras.Input((3,))
    x = keras.layers.BatchNormalization()(keras.layers.Dense(4)(latents))
    generator = keras.Model(latents, keras.layers.Dense(2)(x))
    model = gan_keras.GAN(generator, mlp.discriminator((2,), widths=(4,)))
    model.compile(run_eagerly=True)
    export, checkpoint = (
        GeneratorExport(tmp_path / "generator.keras"),
        Checkpoint(tmp_path / "kept"),
    )
    fit(model, [TerminateOnNonFinite(), export, checkpoint])
    good = (tmp_path / "generator.keras").read_bytes()

    spoilt = getattr(generator.layers[2], statistic)
    spoilt.assign(np.full(spoilt.shape, np.nan))
    for callbacks in ([TerminateOnNonFinite(), export], [checkpoint]):
        with pytest.raises(NonFiniteError, match=f"'.*{statistic}' is not finite after step"):
            fit(model, callbacks)
    assert (tmp_path / "generator.keras").read_bytes() == good
    assert checkpoint_folder.steps(tmp_path / "kept") == [4]


def test_non_finite_score_at_the_epochs_end():
    callback = TerminateOnNonFinite()
    callback.set_model(tiny.gan())
    callback.on_epoch_end(0, {"fid": 3.0, "note": "text"})
    with pytest.raises(NonFiniteError, match="`fid` is inf"):
        callback.on_epoch_end(0, {"fid": float("inf")})


def test_history_file_has_keras_own_numbers(tmp_path):
    path = tmp_path / "history.csv"
    history = fit(tiny.gan(), [HistoryFile(path)], epochs=3).history
    rows = list(csv.DictReader(path.open()))
    assert [row["epoch"] for row in rows] == ["0", "1", "2"]
    assert set(rows[0]) == {"epoch", *history}
    for name, values in history.items():
        assert [float(row[name]) for row in rows] == [float(value) for value in values]


def test_history_file_takes_a_column_that_comes_late(tmp_path):
    callback = HistoryFile(tmp_path / "history.csv")
    callback.on_epoch_end(0, {"d_loss": 1.5})
    callback.on_epoch_end(1, {"d_loss": np.float32(0.5), "fid": 9.0})
    assert (tmp_path / "history.csv").read_text() == "epoch,d_loss,fid\n0,1.5,\n1,0.5,9.0\n"


def test_history_file_goes_back_with_its_state(tmp_path):
    callback = HistoryFile(tmp_path / "history.csv")
    callback.on_epoch_end(0, {"d_loss": 1.5})
    state = callback.get_state()
    callback.on_epoch_end(1, {"d_loss": 2.5})
    callback.set_state(state)
    assert (tmp_path / "history.csv").read_text() == "epoch,d_loss\n0,1.5\n"


def test_generator_export_is_the_average(tmp_path):
    model = tiny.gan()
    fit(model, [GeneratorExport(tmp_path / "generator.keras")])
    loaded = keras.models.load_model(tmp_path / "generator.keras")
    latents = model.latents(5, seed=1)
    assert np.array_equal(loaded(latents), model.decode(latents))
    assert not np.array_equal(loaded(latents), model.decode(latents, use_moving_average=False))
    assert [path.name for path in tmp_path.iterdir()] == ["generator.keras"]


def test_generator_export_without_an_average(tmp_path):
    model = gan_keras.GAN(mlp.generator((2,), 3, widths=(4,)), mlp.discriminator((2,)))
    model.compile(run_eagerly=True)
    fit(model, [GeneratorExport(tmp_path / "generator.keras")])
    loaded = keras.models.load_model(tmp_path / "generator.keras")
    assert np.array_equal(loaded.get_weights()[0], model.generator.get_weights()[0])


def test_generator_export_wants_a_keras_file():
    with pytest.raises(ValueError, match=r"must end in .keras. Received: 'generator.h5'"):
        GeneratorExport("generator.h5")


def image_gan(num_classes=None):
    model = gan_keras.GAN(
        mlp.generator((5, 6, 1), 2, widths=(3,), num_classes=num_classes),
        mlp.discriminator((5, 6, 1), widths=(3,), num_classes=num_classes),
        num_classes=num_classes,
    )
    model.compile(run_eagerly=True)
    return model


def image_data():
    images = np.random.default_rng(0).uniform(-1, 1, (16, 5, 6, 1)).astype("float32")
    return gan_keras.data.source((images, np.arange(16) % 3)).batches(8)


def test_sample_grid_counts_the_models_own_steps(tmp_path):
    model = image_gan()
    for _ in range(2):  # two fits: Keras counts each one's batches from 0
        grid = SampleGrid(tmp_path, num=4, every_num_steps=3)
        model.fit(image_data(), epochs=3, callbacks=[grid], verbose=0)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["progress.gif", *(f"step-{step:08d}.png" for step in (3, 6, 9, 12))]
    assert Image.open(tmp_path / "progress.gif").n_frames == 4
    # 2 rows of 2 images of 5x6, and 2 pixels between
    assert Image.open(tmp_path / names[1]).size == (14, 12)
    assert grid.last_path == tmp_path / names[-1]


def test_sample_grid_draws_the_same_latents_and_leaves_training_alone(tmp_path):
    model, undisturbed = tiny.gan(), tiny.gan()
    grid = SampleGrid(tmp_path, num=50)
    fit(model, [grid])
    fit(undisturbed, [])
    assert tiny.same(model, undisturbed)
    before = grid.last_path.read_bytes()
    grid.draw()
    assert grid.last_path.read_bytes() == before


def test_sample_grid_has_a_row_for_each_class(tmp_path):
    model = image_gan(num_classes=3)
    SampleGrid(tmp_path, num=14).set_model(model)
    grid = SampleGrid(tmp_path, num=14)
    grid.set_model(model)
    grid.draw()
    # 14 images of 3 classes: 3 rows of 4, each 5 high and 6 wide, 2 pixels between
    assert Image.open(grid.last_path).size == (4 * 6 + 3 * 2, 3 * 5 + 2 * 2)
    pixels = np.asarray(Image.open(grid.last_path))
    labels = np.repeat(np.arange(3), 4)
    expected = gan_keras.images.to_uint8(model.sample(12, labels=labels, seed=0))
    assert np.array_equal(pixels[7:12, 0:6], expected[4, :, :, 0])  # first of the second row


def test_sample_grid_in_tensorboard(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    model = image_gan()
    grid = SampleGrid(tmp_path / "samples", num=4, log_folder=tmp_path / "logs")
    model.fit(image_data(), epochs=2, callbacks=[grid], verbose=0)
    events = EventAccumulator(str(tmp_path / "logs")).Reload()
    assert [event.step for event in events.Tensors("samples")] == [2, 4]


def test_scatter_refuses_other_dimensions():
    from gan_keras.kinds.scatter import scatter

    with pytest.raises(ValueError, match=r"shape \(n, 2\). Received: \(4, 3\)"):
        scatter(np.zeros((4, 3)))


def test_scatter_shows_the_points():
    from gan_keras.kinds.scatter import scatter

    nothing = scatter(np.full((1, 2), 50.0), real=np.ones((1, 2)))  # outside of the frame
    something = scatter(np.zeros((1, 2)), real=np.ones((1, 2)))
    assert nothing.shape == something.shape == (480, 480, 3)
    assert 1 <= (nothing != something).any(axis=-1).sum() <= 40  # one dot of a few pixels


def test_progress_bar_prints_a_line_for_each_epoch():
    text = io.StringIO()
    fit(tiny.gan(), [ProgressBar(batch_size=8, console=Console(file=text, width=200))], epochs=2)
    lines = text.getvalue().splitlines()
    assert [line.split("  ")[0] for line in lines] == ["epoch 1/2", "epoch 2/2"]
    assert "d_loss " in lines[0]
    assert lines[0].endswith(" points/s")


def test_progress_bar_on_a_terminal_says_the_time_left():
    text = io.StringIO()
    console = Console(file=text, width=200, force_terminal=True)
    fit(tiny.gan(), [ProgressBar(console=console)], epochs=2)
    assert "/8" in text.getvalue()  # 2 epochs of 4 steps
    assert "left" in text.getvalue()


def test_scalars_of_steps_and_epochs_name_learning_rates_for_players(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    history = fit(tiny.gan(), [Scalars(tmp_path, every_num_steps=3)], epochs=2).history
    events = EventAccumulator(str(tmp_path / "train")).Reload()

    def read(tag):
        return [
            (event.step, float(tf.make_ndarray(event.tensor_proto)))
            for event in events.Tensors(tag)
        ]

    assert read("epoch_learning_rate_generator") == [
        (0, pytest.approx(1e-2)),
        (1, pytest.approx(1e-2)),
    ]
    assert read("epoch_learning_rate_discriminator")[0] == (0, pytest.approx(2e-2))
    assert read("epoch_d_loss") == list(enumerate(map(pytest.approx, history["d_loss"])))
    assert [step for step, _ in read("step_g_loss")] == [3, 6]
    with pytest.raises(ValueError, match=r"`every_num_steps` must be at least 1\. Received: 0"):
        Scalars(tmp_path, every_num_steps=0)


@pytest.mark.parametrize(
    ("early", "done", "expected"),
    [(True, 0, [50, 100, 200]), (True, 60, [100, 200]), (False, 0, [])],
)
def test_early_pictures_come_at_doubling_steps_of_the_first_epoch(
    tmp_path, monkeypatch, early, done, expected
):
    grid, drawn = SampleGrid(tmp_path, early=early, every_num_epochs=9), []
    grid.set_model(tiny.gan())
    monkeypatch.setattr(grid, "draw", lambda: drawn.append(grid.model.steps_done))
    for epoch, first in ((0, done), (1, 210)):
        grid.model.steps.assign(first)
        grid.on_epoch_begin(epoch)
        for step in range(first + 1, first + 210 - done * (epoch == 0) + 1):
            grid.model.steps.assign(step)
            grid.on_train_batch_end(step)
    assert drawn == expected


def test_early_picture_after_an_execution_of_many_steps(tmp_path, monkeypatch):
    grid, drawn = SampleGrid(tmp_path, early=True), []
    grid.set_model(tiny.gan())
    monkeypatch.setattr(grid, "draw", lambda: drawn.append(grid.model.steps_done))
    grid.on_epoch_begin(0)
    for step in (120, 240, 360, 480):  # past 50 and 100, past 200, none, past 400
        grid.model.steps.assign(step)
        grid.on_train_batch_end(step)
    assert drawn == [120, 240, 480]
