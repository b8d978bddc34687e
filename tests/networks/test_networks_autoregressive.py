"""Networks that draw symbol after symbol, and what judges them: `autoregressive` and `relgan`."""

import keras
import numpy as np
import pytest

from gan_keras import layers
from gan_keras.networks import autoregressive, relgan

MADE = {  # a generator, a discriminator, the shape of its logits
    "gru": (autoregressive.generator, autoregressive.discriminator, (7, 6, 1)),
    "memory": (relgan.generator, relgan.discriminator, (7, 2)),
}


def pair(cell, num_classes):
    build, judge, _ = MADE[cell]
    keras.utils.set_random_seed(0)
    wide = {"width": 3, "num_blocks": 1, "pad": 3} if cell == "gru" else {"width": 3}
    wide |= {"num_embeddings": 2, "embedding_dim": 2} if cell == "memory" else {}
    narrow = {"units": 4, "embedding_dim": 3, "pad": 3, "num_classes": num_classes}
    return build((6, 4), **narrow), judge((6, 4), **wide, num_classes=num_classes)


@pytest.mark.parametrize("cell", MADE)
@pytest.mark.parametrize("num_classes", [None, 3])
def test_sequences_are_drawn_by_latents_and_survive_saving(cell, num_classes, tmp_path):
    generator, discriminator = pair(cell, num_classes)
    latents = np.random.default_rng(0).normal(size=(7, 24)).astype("float32")
    labels = np.arange(7, dtype="int32") % 3
    inputs = latents if num_classes is None else [latents, labels]
    drawn = np.array(generator(inputs))
    assert drawn.shape == (7, 6, 4)
    assert set(np.unique(drawn)) == {0.0, 1.0}
    np.testing.assert_array_equal(drawn.sum(-1), 1)
    judged = discriminator(drawn if num_classes is None else [drawn, labels])
    assert (judged.shape, judged.dtype) == (MADE[cell][2], "float32")
    for model, given in ((generator, inputs), (discriminator, drawn)):
        if model is discriminator and num_classes is not None:
            continue
        model.save(tmp_path / "model.keras")
        again = keras.models.load_model(tmp_path / "model.keras")
        np.testing.assert_array_equal(again(given), model(given))


@pytest.mark.parametrize("cell", MADE)
def test_logits_of_what_was_drawn_are_those_that_it_was_drawn_by(cell):
    """Told its own sequence, the layer says the same; told another symbol, what follows differs."""
    generator, _ = pair(cell, None)
    draw = generator.get_layer("draw")
    normals = np.random.default_rng(1).normal(size=(5, 6, 4)).astype("float32")
    symbols, logits = draw(normals)
    np.testing.assert_allclose(draw.told(symbols), logits, atol=1e-6)
    other = np.array(symbols)
    other[:, 2] = np.roll(other[:, 2], 1, axis=-1)
    changed = np.abs(draw.told(other) - logits).max(axis=(0, 2))
    assert changed[:3].max() < 1e-6
    assert changed[3:].min() > 1e-4


@pytest.mark.parametrize("name", ["autoregressive", "relgan"])
def test_classes_change_what_is_drawn_and_judged(name):
    generator, discriminator = pair({"autoregressive": "gru", "relgan": "memory"}[name], 3)
    embedding = generator.get_layer("label_embedding")
    embedding.set_weights([5 * weight for weight in embedding.get_weights()])
    latents = np.random.default_rng(0).normal(size=(40, 24)).astype("float32")
    zeros = np.zeros(40, "int32")
    one, other = (np.array(generator([latents, zeros + label])) for label in (0, 1))
    assert (one != other).any()
    assert np.abs(discriminator([one, zeros]) - discriminator([one, zeros + 1])).max() > 1e-4


def test_a_line_ends_once_and_nothing_is_said_behind():
    generator, discriminator = pair("gru", None)
    latents = np.random.default_rng(0).normal(size=(200, 24)).astype("float32")
    ended = np.array(generator(latents))[..., 3]
    assert (np.diff(ended, axis=1) >= 0).all()
    assert 0 < ended[:, 3].mean() < 1
    rows = np.eye(4, dtype="float32")[[[0, 1, 3, 3, 3, 3]]]
    logits = np.array(discriminator(rows))[0, :, 0]
    assert np.abs(logits[:3]).min() > 0
    assert np.abs(logits[3:]).max() == 0


def test_a_symbol_is_judged_by_those_before_it():
    _, discriminator = pair("gru", None)
    rows = np.eye(4, dtype="float32")[np.random.default_rng(0).integers(0, 3, (6, 6))]
    other = rows.copy()
    other[:, 3] = np.roll(other[:, 3, :3], 1, axis=-1) @ np.eye(3, 4)
    changed = np.abs(discriminator(other) - discriminator(rows))[:, :, 0].max(axis=0)
    assert changed[:3].max() == 0
    assert changed[3:].min() > 1e-5


def test_relgan_s_sizes():
    """2+3+4+5 places x 300 and biases, a highway of 1,200, dense layers of 100 and of 1."""
    embeddings = 10 * 64
    rest = 14 * 300 + 1_200 + 2 * (1_200 * 1_200 + 1_200) + 1_200 * 100 + 100 + 101
    assert relgan.discriminator((8, 10)).count_params() == embeddings + rest
    assert relgan.discriminator((3, 10)).count_params() < embeddings + rest  # words of 2 and 3
    assert relgan.generator((8, 10)).get_layer("draw").cell.state_size == 512


def norm(x, weights):
    gamma, beta = weights
    deviation = np.sqrt(x.var(axis=-1, keepdims=True) + 1e-3)
    return (x - x.mean(axis=-1, keepdims=True)) / deviation * gamma + beta


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_a_memory_attends_to_itself_and_to_what_comes_in():
    """Against the formula in NumPy, a head and a slot at a time."""
    keras.utils.set_random_seed(2)
    cell = layers.RelationalMemoryCell(4, num_heads=2, num_slots=3)
    random = np.random.default_rng(0)
    x = random.normal(size=(2, 5)).astype("float32")
    state = random.normal(size=(2, 12)).astype("float32")
    found, [new] = cell(x, [state])
    np.testing.assert_array_equal(found, new)
    dense = {name: layer.get_weights() for name, layer in cell.dense.items()}
    apply = lambda name, value: value @ dense[name][0] + dense[name][1]  # noqa: E731
    for row in range(2):
        memory = state[row].reshape(3, 4)
        incoming = apply("incoming", x[row])[None]
        rows = np.concatenate([memory, incoming])
        query, key, value = apply("query", memory), apply("key", rows), apply("value", rows)
        told = np.zeros((3, 4))
        for head in (slice(0, 2), slice(2, 4)):
            for slot in range(3):
                fit = np.exp(key[:, head] @ query[slot, head] / np.sqrt(2))
                told[slot, head] = fit @ value[:, head] / fit.sum()
        after = norm(memory + told, cell.norms[0].get_weights())
        hidden = np.maximum(apply("hidden", after), 0)
        after = norm(after + apply("last", hidden), cell.norms[1].get_weights())
        gates = apply("gates_of_input", incoming) + apply("gates_of_memory", np.tanh(memory))
        keep, write = sigmoid(gates[:, :4] + 1), sigmoid(gates[:, 4:])
        expected = keep * memory + write * np.tanh(after)
        np.testing.assert_allclose(found[row], expected.ravel(), atol=1e-5)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"of sequences is \(length, symbols\). Received: \(6,\)"):
        autoregressive.generator((6,))
    with pytest.raises(ValueError, match="`cell` must be one of"):
        autoregressive.generator((6, 4), cell="lstm")
    with pytest.raises(ValueError, match=r"`pad` is a place from 0 to 3\. Received: 4"):
        autoregressive.generator((6, 4), pad=4)
    with pytest.raises(ValueError, match=r"`units` \(=5\) can't be parted among 2 heads."):
        relgan.generator((6, 4), units=5)
    with pytest.raises(ValueError, match="`width` must be a positive integer"):
        autoregressive.discriminator((6, 4), width=0)
    with pytest.raises(ValueError, match="Sequences of 1 symbol have no words of 2"):
        relgan.discriminator((1, 4))
