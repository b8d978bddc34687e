"""Surrogates: what is shown and how the gradient comes back, by hand and against enumeration."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import surrogates
from gan_keras.layers.until_the_end import until_the_end
from gan_keras.networks import autoregressive
from gan_keras.surrogates import Drawn, Reinforce, Relaxed, StraightThrough

PAD = 2
EYE = np.eye(3, dtype="float32")
# Every line of two letters up to three places: "", "a", "b", "aa", ..., "bbb".
LINES = EYE[
    [
        row
        for row in itertools.product(range(3), repeat=3)
        if all(after == PAD for at, after in itertools.pairwise(row) if at == PAD)
    ]
]


def drawn(symbols, logits=None, noise=None):
    symbols = tf.constant(symbols)
    zeros = tf.zeros_like(symbols)
    return Drawn(
        symbols=symbols,
        logits=zeros if logits is None else logits,
        noise=zeros if noise is None else noise,
        lasts=until_the_end(symbols, PAD),
    )


@pytest.mark.parametrize("name", surrogates.NAMES)
def test_config_and_names(name):
    made = surrogates.get(name)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(made))
    assert again == made == surrogates.get(keras.saving.serialize_keras_object(made))
    assert made.name == name


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: StraightThrough(temperature=0), "`temperature` must be a number above 0"),
        (lambda: Relaxed(final=-1.0), "`final` must be a number above 0. Received: -1.0"),
        (lambda: Relaxed(annealing=0), "`annealing` must be a number above 0"),
        (lambda: Reinforce(discount=1.5), r"`discount` must be in \[0, 1\]. Received: 1.5"),
        (lambda: Reinforce(baseline_decay=1), r"`baseline_decay` must be in \[0, 1\)"),
        (lambda: surrogates.get("reinforced"), "Did you mean 'reinforce'"),
        (lambda: Reinforce().loss(*5 * [None]), "call `build` first"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_symbols_go_forth_and_shares_come_back():
    """Noise of ln 9 at temperature 2 makes shares of 1/4 and 3/4, whose slope is 3/16 / 2."""
    logits = tf.Variable(np.zeros((1, 1, 2), "float32"))
    noise = tf.constant([[[0.0, np.log(9.0)]]], "float32")
    one = Drawn(
        symbols=tf.constant([[[0.0, 1.0]]]), logits=logits, noise=noise, lasts=tf.ones((1, 1))
    )
    with tf.GradientTape() as tape:
        shown = StraightThrough(temperature=2.0).shown(one, 0.0)
        first = shown[0, 0, 0]
    np.testing.assert_allclose(shown, [[[0.0, 1.0]]], atol=1e-7)
    np.testing.assert_allclose(tape.gradient(first, logits)[0, 0], [3 / 32, -3 / 32], rtol=1e-5)


def test_a_temperature_falls_by_equal_factors_and_stays():
    surrogate = Relaxed(temperature=1.0, final=0.01, annealing=100)
    found = [float(surrogate.temperature_after(seen)) for seen in (0, 50, 100, 200)]
    np.testing.assert_allclose(found, [1.0, 0.1, 0.01, 0.01], rtol=1e-5)
    # ln 3 ahead: at temperature 1 shares of 1/4 and 3/4, at 1/2 of 1/10 and 9/10.
    noise = tf.constant([[[0.0, np.log(3.0), -99.0]]], "float32")
    one = drawn(EYE[[[1]]], noise=noise)
    shares = Relaxed(temperature=1.0, final=0.25, annealing=100)
    np.testing.assert_allclose(shares.shown(one, 0.0)[0, 0, :2], [0.25, 0.75], rtol=1e-5)
    np.testing.assert_allclose(shares.shown(one, 50.0)[0, 0, :2], [0.1, 0.9], rtol=1e-5)


@pytest.mark.parametrize("surrogate", [StraightThrough(), Relaxed()])
def test_behind_the_end_there_is_padding_and_no_gradient(surrogate):
    logits = tf.Variable(np.random.default_rng(0).normal(size=(1, 3, 3)).astype("float32"))
    with tf.GradientTape() as tape:
        shown = surrogate.shown(drawn(EYE[[[0, 2, 2]]], logits=logits), 0.0)
        total = tf.reduce_sum(shown * tf.constant([1.0, 2.0, 4.0]))
    np.testing.assert_array_equal(shown[0, 2], [0, 0, 1])
    slopes = np.abs(tape.gradient(total, logits)[0])
    assert slopes[:2].max(axis=1).min() > 1e-3
    assert slopes[2].max() == 0


def test_rewards_and_returns_by_hand():
    """sigmoid(ln 3) = 3/4, a reward of 1/2; behind the end there is none."""
    surrogate, logit = Reinforce(discount=0.5), np.log(3.0)
    lasts = until_the_end(tf.constant(EYE[[[0, 2, 2], [0, 1, 1]]]), PAD)
    np.testing.assert_array_equal(lasts, [[1, 1, 0], [1, 1, 1]])
    each = surrogate.rewards(tf.constant(2 * [[[logit], [0.0], [-logit]]], tf.float32), lasts)
    np.testing.assert_allclose(each, [[0.5, 0, 0], [0.5, 0, -0.5]], atol=1e-6)
    np.testing.assert_allclose(surrogate.returns(each)[1], [0.375, -0.25, -0.5], atol=1e-6)
    whole = surrogate.rewards(tf.constant([[logit], [-logit]], tf.float32), lasts)
    np.testing.assert_allclose(whole, [[0, 0.5, 0], [0, 0, -0.5]], atol=1e-6)


def test_the_baseline_is_the_mean_of_lines_that_last():
    """Two lines, one over after two places: means of two, of two and of one, by a share of .1."""
    surrogate = Reinforce(discount=0.0, baseline_decay=0.9)
    surrogate.build(3)
    two = drawn(EYE[[[0, 2, 2], [0, 1, 1]]])
    logits = tf.constant([[[99.0], [99.0], [99.0]], [[0.0], [0.0], [99.0]]])
    for moving, expected in ((0.0, [0, 0, 0]), (1.0, [0.05, 0.05, 0.1]), (0.5, [0.0725] * 2)):
        surrogate.loss(two, two.symbols, lambda _: logits, None, moving=moving)
        found = np.array(surrogate.past.returns)[: len(expected)]
        np.testing.assert_allclose(found, expected, atol=1e-6)


# ------------------------------------------------------------- against all lines there are


@pytest.fixture(scope="module")
def language_model():
    """A small generator, and rewards that hang on all that was drawn so far."""
    keras.utils.set_random_seed(1)
    model = autoregressive.generator((3, 3), units=3, embedding_dim=2, pad=PAD)
    random = np.random.default_rng(0)
    model.set_weights([w + random.normal(0, 0.5, w.shape) for w in model.get_weights()])
    logits = random.normal(0, 2, size=(3, 3, 3, 3)).astype("float32")

    def critic(symbols):
        """A logit for each place, out of a table of what stands there and before."""
        rows = np.argmax(symbols, axis=-1)
        first, second, third = rows.T
        found = [logits[0, first, 0, 0], logits[1, first, second, 0], logits[2, first, second]]
        found[2] = found[2][np.arange(len(rows)), third]
        return tf.constant(np.stack(found, axis=1)[:, :, None])

    return model, critic


def log_shares(model, lines):
    """log p of each symbol until the end: (lines, 3)."""
    logits = model.get_layer("draw").told(tf.constant(lines))
    each = tf.reduce_sum(lines * tf.nn.log_softmax(logits), axis=-1)
    return until_the_end(tf.constant(lines), PAD) * each


def flat(gradients):
    return np.concatenate([np.ravel(gradient) for gradient in gradients])


def exact(model, rewards):
    """The gradient of the expected sum of rewards (lines, 3), over all lines there are."""
    with tf.GradientTape() as tape:
        shares = tf.exp(tf.reduce_sum(log_shares(model, LINES), axis=1))
        expected = tf.reduce_sum(shares * tf.reduce_sum(rewards, axis=1))
    return flat(tape.gradient(expected, [v.value for v in model.trainable_variables]))


def mean_estimate(model, surrogate, critic):
    """What `surrogate` gives on average: each line's own gradient by how often it is drawn."""
    shares = np.exp(log_shares(model, LINES).numpy().sum(axis=1))
    total = 0.0
    for line, share in zip(LINES, shares, strict=True):
        with tf.GradientTape() as tape:
            logits = model.get_layer("draw").told(tf.constant(line[None]))
            loss = surrogate.loss(
                drawn(line[None], logits=logits), line[None], critic, None, moving=0.0
            )
        gradients = tape.gradient(loss, [v.value for v in model.trainable_variables])
        total = total - share * flat(gradients)
    return total


def test_all_lines_are_there_and_their_shares_add_up(language_model):
    model, _ = language_model
    assert len(LINES) == 15
    assert np.exp(log_shares(model, LINES).numpy().sum(axis=1)).sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("whole", [False, True], ids=["each_symbol", "whole_line"])
@pytest.mark.parametrize("baseline", [(0, 0, 0), (0.3, -0.8, 2.0)])
def test_the_policy_gradient_is_that_of_the_expected_reward(language_model, whole, baseline):
    """Of all lines, exactly; whatever the baseline. A nearer horizon is another gradient."""
    model, critic = language_model
    judged = critic if not whole else lambda symbols: critic(symbols)[:, 2]
    surrogate = Reinforce(discount=1.0)
    surrogate.build(3)
    surrogate.past.returns.assign(baseline)
    lasts = until_the_end(tf.constant(LINES), PAD)
    expected = exact(model, surrogate.rewards(judged(LINES), lasts))
    size = np.abs(expected).max()
    assert size > 0.05
    np.testing.assert_allclose(mean_estimate(model, surrogate, judged), expected, atol=1e-5 * size)
    near = Reinforce(discount=0.5)
    near.build(3)
    assert np.abs(mean_estimate(model, near, judged) - expected).max() > 0.05 * size


def test_a_discount_weighs_each_reward_by_how_long_ago_the_symbol_was(language_model):
    """The sum over s and t <= s of d^(s - t) E r_s grad log p(y_t), with a loop for each sum."""
    model, critic = language_model
    surrogate = Reinforce(discount=0.3)
    surrogate.build(3)
    lasts = until_the_end(tf.constant(LINES), PAD)
    rewards = surrogate.rewards(critic(LINES), lasts).numpy()
    shares = np.exp(log_shares(model, LINES).numpy().sum(axis=1))
    with tf.GradientTape() as tape:
        likely, total = log_shares(model, LINES), 0.0
        for line, s in itertools.product(range(len(LINES)), range(3)):
            for t in range(s + 1):
                total += shares[line] * 0.3 ** (s - t) * rewards[line, s] * likely[line, t]
    expected = flat(tape.gradient(total, [v.value for v in model.trainable_variables]))
    size = np.abs(expected).max()
    np.testing.assert_allclose(mean_estimate(model, surrogate, critic), expected, atol=1e-5 * size)


def test_lines_are_drawn_as_often_as_their_shares_say(language_model):
    """What the layer draws, and what it says of lines that it is told, are one model."""
    model, _ = language_model
    latents = np.random.default_rng(0).normal(size=(20_000, 9)).astype("float32")
    found = np.array(model(latents))
    counts = (found[:, None] == LINES[None]).all(axis=(2, 3)).mean(axis=0)
    assert counts.sum() == pytest.approx(1.0)  # nothing else is drawn
    shares = np.exp(log_shares(model, LINES).numpy().sum(axis=1))
    np.testing.assert_allclose(counts, shares, atol=4 * (0.25 / 20_000) ** 0.5)
    assert shares.max() > 5 * shares.min()
