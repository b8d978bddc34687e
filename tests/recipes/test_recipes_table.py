"""How long the recipe `table` trains on tables of other sizes than the bundled one."""

import types

import pytest

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
    suited = table.suited(table.RECIPE, types.SimpleNamespace(num_samples=rows))
    assert suited.epochs == epochs
    assert suited.with_settings({"epochs": 48}) == table.RECIPE
