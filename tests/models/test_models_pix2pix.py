"""Pix2Pix with networks of one weight, worked by hand; what its distances see; what it refuses."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import augment, corruptions, distances, models
from gan_keras.networks import patchgan, unet


def dense(weight):
    kernel = keras.initializers.Constant(weight)
    return keras.layers.Dense(1, use_bias=False, kernel_initializer=kernel)


def scaling(weight, shape=(1, 1, 1)):
    """x -> weight * x"""
    inputs = keras.Input(shape, name="input")
    return keras.Model(inputs, dense(weight)(inputs))


def judge(*weights, pairs=False, shape=(1, 1, 1)):
    """A logit weight * sample for each weight, to which of pairs 10 * input is added."""
    sample, given = keras.Input(shape, name="sample"), keras.Input(shape, name="input")
    logits = [dense(weight)(sample) for weight in weights]
    if pairs:
        logits = [keras.layers.Add()([logit, dense(10.0)(given)]) for logit in logits]
    return keras.Model([given, sample] if pairs else sample, logits)


def by_hand(*weights, a=2.0, pairs=False, **arguments):
    """G(x) = a x with least squares, and a judge of those weights."""
    arguments = {"loss": "least_squares", "distances": [], **arguments}
    return models.Pix2Pix(scaling(a), judge(*weights, pairs=pairs), **arguments)


def pixels(x=1.0, y=3.0):
    return {"input": tf.fill((1, 1, 1, 1), x), "real": tf.fill((1, 1, 1, 1), y)}


def losses(model, batch=None):
    """Both players' terms, and d(the generator's loss)/da."""
    batch = batch or pixels()
    with tf.GradientTape() as tape:
        synthesized = model.synthesize(batch)
        g = model.generator_losses(batch, synthesized)
        total = tf.add_n(list(g.values()))
    d = model.discriminator_losses(batch, synthesized)
    slope = np.asarray(tape.gradient(total, model.generator.trainable_variables[0])).item()
    return *({name: float(term) for name, term in terms.items()} for terms in (g, d)), slope


def test_the_adversarial_terms_of_samples_alone():
    """D(s) = 2 s, fake 2: (4 - 1)^2 / 2, by a: 3 * 2. d: ((6 - 1)^2 + 4^2) / 2."""
    g, d, slope = losses(by_hand(2.0))
    assert (g, d, slope) == ({"adversarial": 4.5}, {"adversarial": 20.5}, 6.0)


@pytest.mark.parametrize("weight", [0.0, 0.25])
def test_the_adversarial_weight_is_the_generators_alone(weight):
    g, d, slope = losses(by_hand(2.0, adversarial_weight=weight))
    assert (g["adversarial"], d["adversarial"], slope) == (4.5 * weight, 20.5, 6.0 * weight)


def test_a_discriminator_that_takes_the_input_judges_pairs():
    """D(x, s) = s + 10 x: fake 12: 11^2 / 2, by a: 11. d: ((13 - 1)^2 + 12^2) / 2."""
    g, d, slope = losses(by_hand(1.0, pairs=True))
    assert (g["adversarial"], d["adversarial"], slope) == (60.5, 144.0, 11.0)


def test_the_mean_over_scales():
    """Logits s and 2 s: (0.5 + 4.5) / 2, by a: (1 + 6) / 2. d: (4 + 20.5) / 2."""
    g, d, slope = losses(by_hand(1.0, 2.0))
    assert (g["adversarial"], d["adversarial"], slope) == (2.5, 12.25, 3.5)


def test_distances_and_their_weights():
    """Fake 2, real 3: |.| = 1 times 100, squared 1 times 7; by a: -100 - 2 * 7."""
    both = [distances.L1(weight=100.0), distances.L2(weight=7.0)]
    g, _, slope = losses(by_hand(1.0, adversarial_weight=0.0, distances=both))
    assert g == {"adversarial": 0.0, "l1": 100.0, "l2": 7.0}
    assert slope == -114.0
    default = models.Pix2Pix(scaling(2.0), judge(1.0))
    assert default.distances == [distances.L1(weight=100.0)]
    assert default.adversarial_loss.name == "non_saturating"


@pytest.mark.parametrize(("known", "missing", "expected"), [(2.0, 0.5, 1.0), (0.0, 4.0, 4.0)])
def test_the_mask_weighs_pixels(known, missing, expected):
    """Of four pixels two are missing; gaps of 0.5 (known) and 2: (2 * 0.5 k + 2 * 2 m) / 4."""
    mask = np.array([1.0, 0.0, 0.0, 1.0], "float32").reshape(1, 2, 2, 1)
    real = np.where(mask, 2.0, 0.5).astype("float32")
    network = scaling(0.0, (2, 2, 1))
    term = distances.L1(known_weight=known, missing_weight=missing)
    model = models.Pix2Pix(network, judge(1.0, shape=(2, 2, 1)), distances=[term])
    batch = {"input": tf.constant(real), "real": tf.constant(real), "mask": tf.constant(mask)}
    g = model.generator_losses(batch, model.synthesize(batch))
    assert float(g["l1"]) == pytest.approx(expected)


def batch_of(model, size=16):
    batch = {
        role: tf.random.stateless_uniform((4, size, size, 1), (index, 5), -1, 1)
        for index, role in enumerate(("input", "real"))
    }
    return {**batch, **model.draw(batch, model.random)}


@pytest.mark.parametrize("augmented", [None, augment.DiffAugment(policies=("translation",))])
def test_features_are_of_pairs_and_averaged_over_scales(augmented):
    """Also behind an augmentation, which would move fake and real by different pixels."""
    model = examples.pix2pix(augment=augmented, crop=None)
    batch = batch_of(model)
    synthesized = model.synthesize(batch)
    found = float(model.generator_losses(batch, synthesized)["feature_matching"])
    network, scales = patchgan.with_features(model.discriminator), []
    maps = [
        network({"sample": sample, "input": batch["input"]}, training=True)[1]
        for sample in (batch["real"], synthesized["fake"])
    ]
    for real, fake in zip(*maps, strict=True):
        layers = [np.abs(np.asarray(r) - f).mean() for r, f in zip(real, fake, strict=True)]
        scales.append(4 * np.mean(layers))
    assert len(scales) == 2
    assert abs(scales[0] - scales[1]) > 1e-3
    assert found == pytest.approx(0.5 * np.mean(scales), rel=1e-5)


def test_the_generators_relativistic_loss_looks_at_real_samples():
    """As ESRGAN's: softplus(r - f) for fakes and again for real ones; r = 3, f = 2."""
    g, _, slope = losses(by_hand(1.0, loss="relativistic_average"))
    assert g["adversarial"] == pytest.approx(2 * np.log1p(np.e), rel=1e-5)
    assert slope == pytest.approx(-2 / (1 + np.exp(-1)), rel=1e-5)


def test_inputs_are_made_of_the_samples():
    model = examples.inpainting()
    assert list(model.batch_kinds()) == ["real"]
    real = tf.fill((6, 8, 8, 1), 0.7)
    drawn = model.draw({"real": real}, model.random)
    mask = np.asarray(drawn["mask"])
    assert 0 < mask.mean() < 1
    np.testing.assert_allclose(drawn["input"][..., :1], 0.7 * (1 - mask), atol=1e-6)
    np.testing.assert_array_equal(drawn["input"][..., 1:], mask)
    assert (np.asarray(model.draw({"real": real}, model.random)["mask"]) != mask).any()


def test_a_crop_moves_input_and_sample_together():
    model = examples.pix2pix(crop=augment.PairedCrop(size=16))
    image = tf.random.stateless_uniform((4, 24, 24, 1), (1, 5), -1, 1)
    drawn = model.draw({"input": image, "real": -image}, model.random)
    assert drawn["real"].shape == (4, 16, 16, 1)
    np.testing.assert_array_equal(drawn["input"], -np.asarray(drawn["real"]))


def test_a_translation_is_of_its_input_alone():
    """Whatever else is in the batch, however often, and with dropout in the network."""
    keras.utils.set_random_seed(1)
    shape = (16, 16, 1)
    network = unet.generator(shape, shape, width=2, num_levels=3, dropout=0.5)
    model = models.Pix2Pix(network, patchgan.discriminator(shape, width=2, num_layers=1))
    images = np.random.default_rng(0).uniform(-1, 1, (5, *shape)).astype("float32")
    together = model.translate(images)
    np.testing.assert_array_equal(together, model.translate(images))
    for size in (1, 2):
        np.testing.assert_allclose(together, model.translate(images, batch_size=size), atol=1e-5)
    assert np.ptp(together, axis=0).max() > 1e-4


def test_latents_are_drawn_and_named_by_their_input():
    """Whichever of the two comes first."""
    given, latents = keras.Input((1, 1, 1), name="input"), keras.Input((3,), name="latents")
    noise = keras.layers.Reshape((1, 1, 1))(dense(1.0)(latents))
    outputs = keras.layers.Activation("tanh")(keras.layers.Add()([given, noise]))
    for inputs in ([given, latents], [latents, given]):
        model = models.Pix2Pix(keras.Model(inputs, outputs), judge(1.0))
        assert (model.latent_dim, model.input_kind.shape) == (3, (1, 1, 1))
        drawn = model.draw(pixels(), model.random)
        fake = np.asarray(model.synthesize({**pixels(), **drawn})["fake"]).item()
        expected = np.tanh(1.0 + np.asarray(drawn["latents"]).sum())
        assert fake == pytest.approx(expected, rel=1e-4)
        image = np.full((2, 1, 1, 1), -0.5, "float32")
        one, again, other = (model.translate(image, seed=seed) for seed in (0, 0, 1))
        np.testing.assert_array_equal(one, again)
        assert (one != other).any()


def test_what_does_not_fit_is_refused():
    shape = (16, 16, 1)
    network = unet.generator(shape, shape, width=2, num_levels=2)
    normed = patchgan.discriminator(shape, width=2, num_layers=1, norm="batch")
    with pytest.raises(ValueError, match="has batch norm"):
        models.Pix2Pix(network, normed, penalties=["r1"])
    wrong = patchgan.discriminator(shape, input_shape=(16, 16, 3), width=2, num_layers=1)
    with pytest.raises(ValueError, match="given \\(16, 16, 1\\)"):
        models.Pix2Pix(network, wrong)
    with pytest.raises(ValueError, match="Build both with the same shape"):
        models.Pix2Pix(network, patchgan.discriminator((16, 16, 3), width=2, num_layers=1))
    with pytest.raises(ValueError, match=r"makes inputs of shape \(16, 16, 2\)"):
        models.Pix2Pix(network, normed, corruption=corruptions.BoxMask())
    with pytest.raises(ValueError, match="adversarial_weight"):
        by_hand(1.0, adversarial_weight=-0.1)
    with pytest.raises(ValueError, match="one of networks/patchgan"):
        by_hand(1.0, distances=["feature_matching"])
    scales = patchgan.discriminator(shape, width=2, num_layers=1, num_scales=2)
    with pytest.raises(ValueError, match="compares logits of one map"):
        models.Pix2Pix(network, scales, penalties=["lecam"])


def test_known_pixels_of_a_fake_count_as_real():
    """LaMa's. Two pixels, the first one missing; D(s) = s, real 3 and 1, fakes 2 and -1.

    Missing: softplus(2); known: softplus(1), for real is its target. The generator notices nothing.
    """
    shape = (1, 2, 1)
    network, one = scaling(1.0, (1, 2, 2)), judge(1.0, shape=shape)
    batch = {
        "input": tf.reshape([2.0, 0.0, -1.0, 0.0], (1, 1, 2, 2)),
        "real": tf.reshape([3.0, 1.0], (1, *shape)),
        "mask": tf.reshape([1.0, 0.0], (1, *shape)),
    }
    softplus = lambda x: np.log1p(np.exp(x))  # noqa: E731
    real = (softplus(-3) + softplus(-1)) / 2
    arguments = {"distances": [], "corruption": corruptions.BoxMask()}
    terms = {}
    for known in (False, True):
        model = models.Pix2Pix(network, one, known_is_real=known, **arguments)
        synthesized = model.synthesize(batch)
        terms[known] = float(model.discriminator_losses(batch, synthesized)["adversarial"])
        g = float(model.generator_losses(batch, synthesized)["adversarial"])
        assert g == pytest.approx((softplus(-2) + softplus(1)) / 2, rel=1e-6)
    assert terms[False] == pytest.approx(real + (softplus(2) + softplus(-1)) / 2, rel=1e-6)
    assert terms[True] == pytest.approx(real + (softplus(2) + softplus(1)) / 2, rel=1e-6)


def test_a_mask_is_brought_to_the_size_of_each_map_of_logits():
    """By the nearest pixel, pixel i of n from floor(i N / n); a hole of all is a plain fake."""
    one = judge(1.0, 1.0, shape=(4, 4, 1))
    halved = keras.layers.AveragePooling2D(2)(one.outputs[1])
    one = keras.Model(one.inputs[0], [one.outputs[0], halved])
    model = models.Pix2Pix(
        scaling(1.0, (4, 4, 2)), one, corruption="box_mask", known_is_real=True, distances=[]
    )
    random = np.random.default_rng(0)
    real, fake = random.normal(size=(2, 1, 4, 4, 1)).astype("float32")
    mask = random.integers(0, 2, (1, 4, 4, 1)).astype("float32")

    def term(missing):
        batch = {"real": tf.constant(real), "mask": tf.constant(missing)}
        terms = model.discriminator_losses(batch, {"fake": tf.constant(fake)})
        return float(terms["adversarial"])

    def by_hand_at(real, fake, missing):
        target = np.where(missing > 0, fake, -fake)
        return np.mean(np.logaddexp(0, -real)) + np.mean(np.logaddexp(0, target))

    pooled = [x.reshape(1, 2, 2, 2, 2, 1).mean((2, 4)) for x in (real, fake)]
    scales = by_hand_at(real, fake, mask), by_hand_at(*pooled, mask[:, ::2, ::2])
    assert term(mask) == pytest.approx(sum(scales) / 2, rel=1e-5)
    plain = float(
        model.judge.compared(
            model.judge.loss.discriminator,
            *([tf.constant(x), tf.constant(y)] for x, y in ((real, pooled[0]), (fake, pooled[1]))),
        )
    )
    assert term(np.ones_like(mask)) == pytest.approx(plain, rel=1e-6)


def test_where_known_pixels_can_not_be_told_it_is_refused():
    shape = (16, 16, 1)
    network = unet.generator((16, 16, 2), shape, width=2, num_levels=2)
    patches = patchgan.discriminator(shape, width=2, num_layers=1)
    whole = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(1)])
    holes = {"corruption": "box_mask", "known_is_real": True}
    moving = augment.DiffAugment(policies=("translation",))
    for arguments, message in (
        ((scaling(1.0, shape), patches, {"known_is_real": True}), "is for inpainting"),
        ((network, patches, {**holes, "loss": "hinge"}), "Loss 'hinge' takes no fakes"),
        ((network, patches, {**holes, "augment": moving}), "augmentation moves pixels"),
        ((network, whole, holes), "a logit for each patch"),
    ):
        *networks, arguments = arguments
        with pytest.raises(ValueError, match=message):
            models.Pix2Pix(*networks, **arguments)


def test_it_has_no_pool_that_would_part_pairs():
    assert not hasattr(by_hand(1.0), "pool")
