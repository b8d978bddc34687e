"""SequenceGAN: two phases by hand, its likelihood, and what it refuses."""

import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import kinds, networks, surrogates


def batch_of(model):
    batch = model.prepare(next(iter(examples.data_for(model))))
    return {**batch, **model.draw(batch, model.random)}


@pytest.mark.parametrize(
    ("seen", "playing", "weight"), [(0, 0.0, 1.0), (7, 0.0, 1.0), (8, 1.0, 0.5), (99, 1.0, 0.5)]
)
def test_likelihood_first_and_then_the_game(seen, playing, weight):
    model = examples.sequence_gan(pretraining=8, likelihood_weight=0.5)
    model.compile()
    model.images_seen.assign(seen)
    batch = batch_of(model)
    made = model.synthesize(batch)
    found = model.generator_losses(batch, made)
    unlikely = float(model.unlikelihood(batch))
    assert float(found["likelihood"]) == pytest.approx(weight * unlikely, rel=1e-5)
    assert (abs(float(found["adversarial"])) > 1e-4) == bool(playing)


def test_a_symbol_costs_the_logarithm_of_its_share():
    """With logits of 0 each of five symbols costs ln 5: three of "AC" and its end, four of four."""
    model = examples.sequence_gan()
    logits = model.generator.get_layer("draw").logits
    logits.set_weights([0 * weight for weight in logits.get_weights()])
    rows = model.kind.encode(["AC", "ACGT"])
    batch = {"real": model.kind.to_network(tf.constant(rows)), "labels": tf.constant([0, 1])}
    assert float(model.unlikelihood(batch)) == pytest.approx((3 + 4) / 2 * np.log(5), rel=1e-5)


def test_the_discriminator_is_shown_what_the_surrogate_says():
    for name, is_hard in (("reinforce", True), ("straight_through", True), ("relaxed", False)):
        model = examples.sequence_gan(surrogate=name)
        made = model.synthesize(batch_of(model))
        shown = np.array(made["fake"])
        np.testing.assert_allclose(shown.sum(-1), 1, rtol=1e-5)
        assert (np.abs(shown - made["drawn"].symbols.numpy()).max() < 1e-6) == is_hard


def test_a_temperature_falls_with_what_the_game_was_shown():
    relaxed = surrogates.Relaxed(temperature=1.0, final=0.01, annealing=100)
    model = examples.sequence_gan(surrogate=relaxed, pretraining=40)
    batch, largest = batch_of(model), []
    for seen in (0, 40, 90, 140):
        model.images_seen.assign(seen)
        largest.append(float(tf.reduce_mean(tf.reduce_max(model.synthesize(batch)["fake"], -1))))
    assert largest[0] == largest[1]
    assert largest[1] + 0.05 < largest[2] < largest[3]
    assert largest[3] > 0.98


def test_policy_gradient_makes_a_rewarded_letter_likely():
    """A discriminator that takes A for real and all else for fake: soon most letters are A."""
    model = examples.sequence_gan(
        pretraining=0, surrogate=surrogates.Reinforce(discount=0.5), penalties=()
    )
    model.compile(generator_optimizer={"class_name": "Adam", "config": {"learning_rate": 0.05}})
    batch = batch_of(model)

    def critic(symbols):
        return 8.0 * symbols[:, :, :1] - 4.0

    def share():
        return float(np.mean(model.sample(200, seed=0) == 0))

    before, player = share(), model.players["g"]
    for _ in range(20):
        drawn = {**batch, **model.draw(batch, model.random)}
        with tf.GradientTape() as tape:
            made = model.synthesize(drawn)
            loss = model.surrogate.loss(made["drawn"], made["fake"], critic, None, moving=1.0)
        player.step(tape.gradient(loss, player.variables))
    model.moving_average_generator.set_weights(model.generator.get_weights())
    assert before < 0.4
    assert share() > 0.7


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="makes sequences of symbols, but the data are points"):
        examples.sequence_gan(kind=kinds.Vectors(shape=(2,)))
    with pytest.raises(ValueError, match="`likelihood_weight` must be at least 0"):
        examples.sequence_gan(likelihood_weight=-1.0)
    at_once = networks.sequence.generator((4, 5), 4, width=4, num_blocks=1, num_classes=3)
    with pytest.raises(ValueError, match="does not draw symbol after symbol"):
        examples.sequence_gan(generator=at_once)
    other = networks.autoregressive.generator((4, 5), units=4, pad=None, num_classes=3)
    with pytest.raises(ValueError, match="ends sequences by the symbol None, but the data do by 4"):
        examples.sequence_gan(generator=other)
    with pytest.raises(ValueError, match=r"Unknown surrogate 'relaxd'\. Did you mean 'relaxed'"):
        examples.sequence_gan(surrogate="relaxd")
