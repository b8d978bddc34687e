"""A plain language model as a baseline of text: a GRU that is told what came before."""

import numpy as np

EMBEDDING = 32
RATE = 2e-3
BATCH = 64
HELD_BACK = 0.1  # of the training lines, which say when to stop
PATIENCE = 3  # epochs without a better likelihood of those


def units_for(parameters, num_symbols):
    """Units of the GRU with which the whole model has about so many parameters."""
    sizes = np.arange(8, 2_048)
    counts = [count(int(units), num_symbols) for units in sizes]
    return int(sizes[np.abs(np.array(counts) - parameters).argmin()])


def count(units, num_symbols):
    """Parameters of the model: embedding, three gates with two biases each, shares of symbols."""
    gates = 3 * (units * (EMBEDDING + units) + 2 * units)
    return (num_symbols + 1) * EMBEDDING + gates + (units + 1) * num_symbols


def build(length, num_symbols, units):
    """Symbols before each place, int (n, length), to logits of the next, (n, length, symbols)."""
    import keras

    before = keras.Input((length,), dtype="int32", name="before")
    x = keras.layers.Embedding(num_symbols + 1, EMBEDDING)(before)
    x = keras.layers.GRU(units, return_sequences=True)(x)
    return keras.Model(before, keras.layers.Dense(num_symbols, dtype="float32")(x))


def trained(source, *, parameters, seed, epochs):
    """A model of the lines of a source, at its best likelihood of lines held back.

    Args:
        source: a `data.Source` of lines.
        parameters: about how many it has.
        seed: of weights, order and what is held back.
        epochs: at most.
    """
    import keras

    keras.utils.set_random_seed(seed)
    kind = source.kind
    length, num_symbols = kind.shape
    model = build(length, num_symbols, units_for(parameters, num_symbols))
    rows = np.random.default_rng(seed).permutation(source.samples)
    cut = round(HELD_BACK * len(rows))
    learnt, other = (
        (before(part, num_symbols), part, known(kind, part)) for part in (rows[cut:], rows[:cut])
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(RATE), loss)
    stop = keras.callbacks.EarlyStopping("val_loss", patience=PATIENCE, restore_best_weights=True)
    model.fit(
        *learnt[:2],
        sample_weight=learnt[2],
        validation_data=other,
        batch_size=BATCH,
        epochs=epochs,
        callbacks=[stop],
        verbose=0,
    )
    return model


def before(rows, num_symbols):
    """What stands before each place; before the first one a mark, `num_symbols`."""
    return np.pad(rows, ((0, 0), (1, 0)), constant_values=num_symbols)[:, :-1]


def known(kind, rows):
    """1 where a symbol or the end of a line is to be told, 0 behind it."""
    if kind.pad is None:
        return np.ones(rows.shape, "float32")
    ends = rows == kind.vocabulary.index(kind.pad)
    return (np.cumsum(ends, axis=1) - ends == 0).astype("float32")


def sample(model, kind, num, *, seed, temperature):
    """int32 (num, length): lines drawn a symbol after the other."""
    random = np.random.default_rng(seed)
    length, num_symbols = kind.shape
    rows = np.zeros((num, length), "int32")
    for place in range(length):
        logits = model.predict(before(rows, num_symbols), batch_size=512, verbose=0)[:, place]
        rows[:, place] = (logits / temperature + random.gumbel(size=logits.shape)).argmax(axis=1)
    return kind.ended(rows)
