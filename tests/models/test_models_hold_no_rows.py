"""A saved model of a table gives nobody its training rows back.

The sampler of the package ctgan, which is saved with its model, holds for each category the numbers
of the rows that have it: so all columns of categories of all rows can be read from the file.
"""

import zipfile

import numpy as np
import pytest

from gan_keras import data, recipes

SMALL = {
    "table": {"generator.width": 4, "discriminator.width": 4, "steps_per_execution": 1},
    "ctgan": {"generator.widths": (4,), "discriminator.widths": (4,)},
}
TYPES = ("uint8", "int16", "int32", "int64", "float32", "float64")
ENOUGH = 12  # values in a row that are no chance


def table():
    random = np.random.default_rng(0)
    columns = {f"number_{i}": random.normal(size=200).round(6) for i in range(3)}
    return columns | {
        f"text_{i}": np.array(list("abcdefgh"), object)[random.integers(0, 8, 200)]
        for i in range(ENOUGH)
    }


def traces(codes, numbers):
    """Bytes that would stand there if rows, columns or the places of categories did."""
    found = [*codes[:20], *codes.T[:, :ENOUGH], *numbers.T[:, :ENOUGH]]
    for column in codes.T[-ENOUGH:]:
        found += [np.flatnonzero(column == code)[:ENOUGH] for code in range(2)]
    found = [values for values in found if len(np.unique(values)) > 2]  # zeros are everywhere
    return {values.astype(kind).tobytes() for values in found for kind in TYPES}


@pytest.mark.parametrize("name", SMALL)
def test_a_saved_model_holds_no_row(name, tmp_path):
    columns = table()
    recipe = recipes.get(name).with_settings({**SMALL[name], "batch_size": 20})
    source = data.source(columns, **recipe.data_arguments)
    model = recipe.build(source, seed=0)
    model.fit(source.batches(20), steps_per_epoch=1, epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    with zipfile.ZipFile(tmp_path / "model.keras") as archive:
        held = b"".join(archive.read(member) for member in archive.namelist())
    numbers = np.stack([columns[f"number_{i}"] for i in range(3)], axis=1)
    codes = model.kind.codes(source.samples)
    wanted = traces(codes, numbers)
    assert not [trace for trace in wanted if trace in held]
    assert not [text for text in map(str, numbers.ravel()) if text.encode() in held]
    # What is looked for would be found:
    assert sum(trace in codes.astype("int32").tobytes() for trace in wanted) >= 20
    assert sum(trace in np.asfortranarray(codes).astype("int64").T.tobytes() for trace in wanted)
