"""BEGAN by numbers worked by hand, on networks of a few weights."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import models
from gan_keras.networks import heads, mlp


def linear(kernel, bias, name):
    kernel = np.asarray(kernel, "float32")
    inputs, layer = keras.Input((kernel.shape[0],)), keras.layers.Dense(kernel.shape[1])
    network = keras.Model(inputs, layer(inputs), name=name)
    layer.set_weights([kernel, np.asarray(bias, "float32")])
    return network


def began(**arguments):
    """G(z) = (4, 0) whatever z; D(x) = x / 2, so that an error is mean |x| / 2."""
    generator = linear(np.zeros((1, 2)), (4, 0), "generator")
    discriminator = linear(np.eye(2) / 2, (0, 0), "discriminator")
    model = models.BEGAN(generator, discriminator, **{"balance_rate": 0.1, **arguments})
    model.compile("sgd", "sgd")
    return model


def losses(model, images):
    batch = model.prepare(tf.constant(images, tf.float32))
    batch = {**batch, **model.draw(batch, model.random)}
    synthesized = model.synthesize(batch)
    return (
        float(model.discriminator_losses(batch, synthesized)["adversarial"]),
        float(model.generator_losses(batch, synthesized)["adversarial"]),
    )


REAL = [[2.0, -2.0], [1.0, 3.0]]  # errors (1 + 1) / 2 and (0.5 + 1.5) / 2: L(x) = 1


def test_losses_and_balance_by_hand():
    """L(G) = (2 + 0) / 2 = 1. With k = 0.25: 1 - 0.25; then k + 0.1 (0.5 * 1 - 1) = 0.2."""
    model = began()
    model.balance.assign(0.25)
    assert losses(model, REAL) == pytest.approx((0.75, 1.0), abs=1e-6)
    assert float(model.balance.numpy()) == pytest.approx(0.2, abs=1e-6)
    logs = {name: float(tracker.result()) for name, tracker in model.trackers.items()}
    assert logs["balance"] == 0.25
    assert logs["convergence"] == pytest.approx(1.5, abs=1e-6)  # 1 + |0.5 - 1|
    assert logs["real_logits"] == pytest.approx(-1.0, abs=1e-6)


@pytest.mark.parametrize(("start", "scale", "end"), [(0.04, 1.0, 0.0), (0.99, 10.0, 1.0)])
def test_balance_stays_between_0_and_1(start, scale, end):
    """0.04 - 0.05 is below 0; with ten times the real images 0.99 + 0.1 (5 - 1) is above 1."""
    model = began()
    model.balance.assign(start)
    losses(model, scale * np.asarray(REAL))
    assert float(model.balance.numpy()) == end


def test_parts_of_a_batch_move_the_balance_as_the_whole():
    """The same first step: k = 0 + 0.1 (0.5 * 10 - 1) = 0.4, in one part or as 0.2 twice."""
    for parts in (1, 2):
        model = began()
        model.compile("sgd", "sgd", gradient_accumulation_steps=parts)
        model.fit(10 * np.asarray(REAL, "float32"), batch_size=2, verbose=0)
        assert float(model.balance.numpy()) == pytest.approx(0.4, abs=1e-6)


def test_evaluation_leaves_the_balance_alone():
    model = began()
    model.balance.assign(0.25)
    model.evaluate(np.asarray(REAL, "float32"), verbose=0)
    assert float(model.balance.numpy()) == 0.25


def test_the_balance_is_saved_and_goes_on(tmp_path):
    model = examples.began()
    model.compile(**examples.optimizers())
    model.fit(examples.dataset(), verbose=0)
    balance = float(model.balance.numpy())
    assert 0 < balance < 0.5
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert float(loaded.balance.numpy()) == balance
    assert (loaded.diversity, loaded.balance_rate) == (0.5, 0.3)


def test_autoencoder_has_new_weights_of_both_kinds():
    generator = mlp.generator((2,), 3, widths=(4,))
    network = heads.autoencoder(mlp.discriminator((2,), widths=(5,)), generator)
    assert network.output_shape == (None, 2)
    own = {id(weight) for weight in network.weights}
    assert not own & {id(weight) for weight in generator.weights}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"diversity": 0}, "`diversity` must be above 0 and at most 1. Received: 0"),
        ({"diversity": 1.5}, "Received: 1.5"),
        ({"balance_rate": 0}, "`balance_rate` must be above 0"),
    ],
)
def test_refusals(arguments, message):
    with pytest.raises(ValueError, match=message):
        began(**arguments)


def test_a_discriminator_of_logits_is_refused():
    generator = linear(np.zeros((1, 2)), (4, 0), "generator")
    with pytest.raises(ValueError, match=r"from \(2,\) to \(2,\). Received: it gives \[\(1,\)\]"):
        models.BEGAN(generator, mlp.discriminator((2,), widths=(4,)))
