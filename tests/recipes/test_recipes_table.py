"""What the recipe `table` does with tables of other sizes than the bundled one."""

import types

import keras
import numpy as np
import pytest

from gan_keras import augment, data
from gan_keras.recipes import table


@pytest.mark.parametrize(
    ("rows", "epochs"),
    [
        (16_000, 48),  # the bundled part of Adult
        (32_561, 48),  # the whole of it
        (824, 534),  # 3 steps of 250 a pass: 400,000 rows
        (1_000_000, 3),
        (2_000_000_000, 1),
    ],
)
def test_48_passes_but_no_fewer_than_400_000_rows_and_no_more_than_3_000_000(rows, epochs):
    suited = table.suited(table.RECIPE, numbers(rows))
    assert suited.epochs == epochs
    assert suited.with_settings({"epochs": 48, "augment": None}) == table.RECIPE


def numbers(rows, orders=((0, 1, 2), ())):
    kind = types.SimpleNamespace(orders=lambda: orders)
    return types.SimpleNamespace(num_samples=rows, kind=kind)


def test_numbers_of_few_rows_are_augmented():
    moved = {"name": "neighbours", "reach": 2, "probability": 0.9}
    assert table.suited(table.RECIPE, numbers(824)).augment == moved
    assert table.suited(table.RECIPE, numbers(16_000)).augment is None
    assert table.suited(table.RECIPE, numbers(824, orders=((), ()))).augment is None
    own = table.RECIPE.with_settings({"augment": {**moved, "reach": 4}})
    assert table.suited(own, numbers(824)).augment["reach"] == 4


def test_a_small_table_trains_and_comes_back(tmp_path):
    rng = np.random.default_rng(0)
    columns = {"a": rng.normal(size=300), "b": rng.normal(size=300)}
    changes = {"batch_size": 50, "generator.width": 8, "discriminator.width": 8}
    source = data.source(columns)
    gan = table.suited(table.RECIPE.with_settings(changes), source).build(source)
    assert isinstance(gan.augment, augment.Neighbours)

    def loss(model):
        batches = source.batches(50, seed=1, labels=False)  # each from the first
        return model.fit(batches, verbose=0).history["d_loss"]

    assert np.isfinite(loss(gan)).all()
    gan.save(tmp_path / "gan.keras")
    again = keras.models.load_model(tmp_path / "gan.keras")
    assert again.augment.get_config() == gan.augment.get_config()
    assert loss(gan) == loss(again)  # to the last bit, moves and all
    assert table.suited(table.RECIPE, data.source(columns, encoding="modes")).augment is None
