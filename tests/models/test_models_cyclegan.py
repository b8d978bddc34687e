"""CycleGAN with networks of one weight, worked by hand; its pool; what it refuses."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import augment, models, penalties
from gan_keras.networks import patchgan, unet


def scaling(weight, name="input"):
    """s -> weight * s, of images of one pixel."""
    kernel = keras.initializers.Constant(weight)
    inputs = keras.Input((1, 1, 1), name=name)
    return keras.Model(
        inputs, keras.layers.Dense(1, use_bias=False, kernel_initializer=kernel)(inputs)
    )


def by_hand(a=2.0, b=1.0, **arguments):
    """G(x) = a x, F(y) = b y; D(y) = y, D(x) = 2 x."""
    judges = scaling(1.0, "sample"), scaling(2.0, "sample")
    arguments = {"pool_size": 0, "cycle_weight": 1.0, "identity_weight": 0.0, **arguments}
    return models.CycleGAN(scaling(a), scaling(b), *judges, **arguments)


def pixels(x=1.0, y=3.0):
    return {"input": tf.fill((1, 1, 1, 1), x), "real": tf.fill((1, 1, 1, 1), y)}


def gradients(model, names):
    """Terms of the generators' loss, and d(their sum)/da and /db."""
    weights = [network.trainable_variables[0] for network in model.generator_networks()]
    with tf.GradientTape() as tape:
        terms = model.generator_losses(pixels(), model.synthesize(pixels()))
        total = tf.add_n([terms[name] for name in names])
    found = [np.asarray(gradient).item() for gradient in tape.gradient(total, weights)]
    return {name: float(term) for name, term in terms.items()}, found


def test_both_cycles_move_both_generators():
    """|b a x - x| = 1 and |a b y - y| = 3. By a: b x + b y = 4; by b: a x + a y = 8."""
    terms, found = gradients(by_hand(), ["cycle", "input_cycle"])
    assert (terms["cycle"], terms["input_cycle"]) == (3.0, 1.0)
    assert found == [4.0, 8.0]
    terms, found = gradients(by_hand(cycle_weight=10.0), ["cycle", "input_cycle"])
    assert (terms["cycle"], terms["input_cycle"]) == (30.0, 10.0)
    assert found == [40.0, 80.0]


def test_identity_terms():
    """|G(y) - y| = |6 - 3|, by a: y = 3. |F(x) - x| = |0.5 - 1|, by b: -x = -1. Times 5."""
    terms, found = gradients(by_hand(b=0.5, identity_weight=5.0), ["identity", "input_identity"])
    assert (terms["identity"], terms["input_identity"]) == (15.0, 2.5)
    assert found == [15.0, -5.0]
    assert "identity" not in gradients(by_hand(), ["cycle"])[0]


def test_least_squares_on_both_sides():
    """Generators: (2 - 1)^2 / 2 and (6 - 1)^2 / 2; by a: 1, by b: 5 * 2 * 3.

    Discriminators: ((3 - 1)^2 + 2^2) / 2 and ((2 - 1)^2 + 6^2) / 2.
    """
    model = by_hand()
    terms, found = gradients(model, ["adversarial", "input_adversarial"])
    assert (terms["adversarial"], terms["input_adversarial"]) == (0.5, 12.5)
    assert found == [1.0, 30.0]
    losses = model.discriminator_losses(pixels(), model.synthesize(pixels()))
    losses = {name: float(loss) for name, loss in losses.items()}
    assert losses == {"adversarial": 4.0, "input_adversarial": 18.5}


def test_defaults_are_the_papers():
    model = models.CycleGAN(*map(scaling, (1, 1)), *(scaling(1, "sample") for _ in range(2)))
    assert (model.cycle_weight, model.identity_weight, model.pool_size) == (10.0, 5.0, 50)
    assert model.adversarial_loss.name == "least_squares"


def judged(model, x):
    """What both discriminators are shown of x and of y = x, by ((real - 1)^2 + fake^2) / 2."""
    batch = pixels(x, x)
    losses = model.discriminator_losses(batch, model.synthesize(batch))
    squares = (
        2 * float(losses["adversarial"]) - (x - 1) ** 2,
        2 * float(losses["input_adversarial"]) - (2 * x - 1) ** 2,
    )
    return np.sqrt(squares).round(3).tolist()  # D(fake), D(fake input)


def test_the_pool_serves_the_discriminators_in_training_alone():
    model = by_hand(pool_size=1)
    assert judged(model, 1.0) == [2.0, 2.0]  # the first one is kept, and shown
    kept = np.array(model.pool.kept).item(), np.array(model.input_pool.kept).item()
    assert kept == (2.0, 1.0)
    model.is_training = False
    for _ in range(8):
        assert judged(model, 5.0) == [10.0, 10.0]
    assert kept == (np.array(model.pool.kept).item(), np.array(model.input_pool.kept).item())
    model.is_training = True
    seen = np.array([judged(model, 5.0) for _ in range(12)])
    for side in seen.T:
        assert set(side) == {2.0, 10.0}
    batch = pixels(5.0, 5.0)  # the generators are always judged by what they make now
    terms = model.generator_losses(batch, model.synthesize(batch))
    assert float(terms["adversarial"]) == 0.5 * 9**2


@pytest.mark.parametrize("given", ["lecam", penalties.LeCam(decay=0.0)])
def test_each_discriminator_has_penalties_of_its_own(given):
    """With decay 0 the averages are the last mean logits: of D 3 and 2, of the other 2 and 6."""
    model = by_hand(penalties=[given])
    assert model.judge.penalties[0] is not model.input_judge.penalties[0]
    assert len(model.penalty_states) == 2
    model.discriminator_losses(pixels(), model.synthesize(pixels()))
    share = 1.0 - model.penalties[0].decay
    for state, means in zip(model.penalty_states, [(3.0, 2.0), (2.0, 6.0)], strict=True):
        np.testing.assert_allclose(np.array(state.means), np.multiply(share, means), rtol=1e-4)


def test_there_and_back():
    model = by_hand(a=0.5, b=0.25)
    image = np.full((3, 1, 1, 1), -0.8, "float32")
    np.testing.assert_allclose(model.translate(image), -0.4 * np.ones_like(image))
    back = model.translate(image, direction="backward")
    np.testing.assert_allclose(back, -0.2 * np.ones_like(image), rtol=1e-6)
    with pytest.raises(ValueError, match="Unknown direction 'back'"):
        model.translate(image, direction="back")


def test_any_size_with_a_crop_or_without_a_pool():
    shape = (None, None, 1)

    def make(**arguments):
        networks = [unet.generator(shape, shape, width=2, num_levels=2) for _ in range(2)]
        judges = [patchgan.discriminator(shape, width=2, num_layers=1) for _ in range(2)]
        return models.CycleGAN(*networks, *judges, **arguments)

    with pytest.raises(ValueError, match=r"one size.*Set `crop`"):
        make()
    assert make(pool_size=0).pool.weights == []
    model = make(crop=augment.PairedCrop(size=(8, 12)), pool_size=3)
    assert model.pool.kept.shape == model.input_pool.kept.shape == (3, 8, 12, 1)
    batch = {
        role: tf.random.stateless_uniform((2, 16, 20, 1), (1, 2)) for role in ("input", "real")
    }
    batch |= model.draw(batch, model.random)
    assert model.synthesize(batch)["fake"].shape == (2, 8, 12, 1)


def test_what_does_not_fit_is_refused():
    colours = unet.generator((8, 8, 1), (8, 8, 3), width=2, num_levels=2)
    grey = unet.generator((8, 8, 3), (8, 8, 1), width=2, num_levels=2)
    judges = [
        patchgan.discriminator((8, 8, channels), width=2, num_layers=1) for channels in (3, 1)
    ]
    with pytest.raises(ValueError, match="identity_weight=0"):
        models.CycleGAN(colours, grey, *judges)
    models.CycleGAN(colours, grey, *judges, identity_weight=0.0, pool_size=1)
    with pytest.raises(ValueError, match="the other way round"):
        models.CycleGAN(colours, colours, judges[0], judges[0])
    with pytest.raises(ValueError, match="cycle_weight"):
        examples.cyclegan(cycle_weight=-1.0)
    inputs = [keras.Input((1, 1, 1), name="input"), keras.Input((1, 1, 1), name="latents")]
    noisy = keras.Model(inputs, keras.layers.Add()(inputs))
    with pytest.raises(ValueError, match="latents"):
        models.CycleGAN(noisy, scaling(1), scaling(1, "sample"), scaling(1, "sample"))


def test_a_gradient_penalty_refuses_batch_norm_in_either_discriminator():
    plain, normed = (
        patchgan.discriminator((8, 8, 1), width=2, num_layers=1, norm=norm)
        for norm in ("instance", "batch")
    )
    networks = [unet.generator((8, 8, 1), (8, 8, 1), width=2, num_levels=2) for _ in range(2)]
    for judges in ((plain, normed), (normed, plain)):
        with pytest.raises(ValueError, match="has batch norm"):
            models.CycleGAN(*networks, *judges, penalties=["r1"])
