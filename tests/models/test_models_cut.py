"""CUT with networks that leave everything as it is, worked by hand; patches, flips, refusals."""

import math

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras import augment, models
from gan_keras.networks import patchgan, resnet_translator, unet

LAYERS = 4  # of features, with one block


def translator(size, channels=2, last=None):
    """A translator that leaves images as they are, with CUT's names of layers, and then `last`."""
    x = inputs = keras.Input((*size, channels), name="input")
    for name in ("from_image_pad", "down_0", "down_1", "block_0"):
        x = keras.layers.Activation("linear", name=name)(x)
    return keras.Model(inputs, last(x) if last else x)


def make(size=(1, 2), channels=2, last=None, **arguments):
    """A CUT whose head compares the pixels themselves, at temperature 1."""
    generator = translator(size, channels, last)
    head = models.cut.make_head(generator, width=channels)
    for index in range(LAYERS):
        for part in ("hidden", "projection"):
            head.get_layer(f"{part}_{index}").kernel.assign(np.eye(channels))
    sample = keras.Input((*size, channels), name="sample")
    kernel = keras.initializers.Constant(0.5)
    judge = keras.Model(sample, keras.layers.Dense(1, kernel_initializer=kernel)(sample))
    return models.CUT(generator, judge, head, **{"temperature": 1.0, **arguments})


def terms_of(model, batch):
    batch = {**model.draw(batch, model.random), **batch}
    terms = model.generator_losses(batch, model.synthesize(batch))
    return {name: float(term) for name, term in terms.items()}


CORNERS = tf.constant([[[[1.0, 0.0], [0.0, 1.0]]]])  # two pixels, at right angles


@pytest.mark.parametrize("trial", range(4))
def test_queries_and_keys_are_of_the_same_places(trial):
    """q . k = 1 for the own place and 0 for the other: log(1 + 1 / e), in whatever order."""
    model = make(identity=False, seed=trial)
    terms = terms_of(model, {"input": CORNERS, "real": CORNERS})
    assert terms["nce"] == pytest.approx(math.log1p(math.exp(-1)), rel=1e-5)
    assert "identity_nce" not in terms
    fast = make(identity=False, nce_weight=10.0, seed=trial)
    assert terms_of(fast, {"input": CORNERS, "real": CORNERS})["nce"] == pytest.approx(
        10 * math.log1p(math.exp(-1)), rel=1e-5
    )


def test_with_identity_the_loss_is_the_mean_of_both():
    """A generator that swaps channels: of the input log(1 + e); of grey samples log(2)."""
    swap = keras.layers.Dense(2, use_bias=False)
    model = make(last=swap)
    swap.kernel.assign([[0.0, 1.0], [1.0, 0.0]])
    terms = terms_of(model, {"input": CORNERS, "real": tf.ones((1, 1, 2, 2))})
    assert terms["nce"] == pytest.approx(math.log1p(math.e) / 2, rel=1e-5)
    assert terms["identity_nce"] == pytest.approx(math.log(2) / 2, rel=1e-5)
    # The discriminator says 0.5 of every pixel that holds one 1: (0.5 - 1)^2 / 2.
    assert terms["adversarial"] == pytest.approx(0.125, rel=1e-6)


@pytest.mark.parametrize("num_patches", [3, 6])
def test_features_that_tell_nothing(num_patches):
    flat = tf.ones((2, 2, 4, 2))
    terms = terms_of(make((2, 4), num_patches=num_patches), {"input": flat, "real": flat})
    for name in ("nce", "identity_nce"):
        assert terms[name] == pytest.approx(math.log(num_patches) / 2, rel=1e-5)


def test_patches_are_drawn_anew_each_step_and_for_each_image():
    model = make((4, 4), num_patches=5)
    batch = {role: tf.zeros((3, 4, 4, 2)) for role in ("input", "real")}
    draws = [model.draw(batch, model.random) for _ in range(2)]
    for index in range(LAYERS):
        first, second = (np.asarray(drawn[f"places_{index}"]) for drawn in draws)
        assert first.shape == (3, 5)
        assert set(first.flat) <= set(range(16))
        assert all(len(set(row)) == 5 for row in first)  # without repetition
        assert (first != second).any()
        assert (first[0] != first[1]).any()
    fewer = make((1, 2), num_patches=256).draw(
        dict.fromkeys(("input", "real"), CORNERS), model.random
    )
    assert fewer["places_0"].shape == (1, 2)  # all there are


def blurred(kernel):
    """Each pixel with its neighbours in the row."""
    layer = keras.layers.DepthwiseConv2D((1, 3), padding="same", use_bias=False)
    layer.build((None, 2, 4, 2))
    layer.kernel.assign(np.tile(np.reshape(kernel, (1, 3, 1, 1)), (1, 1, 2, 1)))
    return layer


@pytest.mark.parametrize(("kernel", "commutes"), [((1, 2, 1), True), ((0, 1, 2), False)])
def test_a_generator_that_commutes_with_mirroring_does_not_feel_it(kernel, commutes):
    model = make((2, 4), last=blurred(kernel), identity=False, flip_equivariance=True)
    images = tf.random.stateless_uniform((2, 2, 4, 2), (1, 2))
    batch = {"input": images, "real": images}
    batch |= model.draw(batch, model.random)
    values = []
    for flips in ([False, False], [True, True], [False, True]):
        values.append(terms_of(model, {**batch, "flips": tf.constant(flips)})["nce"])
    if commutes:
        np.testing.assert_allclose(values, values[0], rtol=1e-5)
    else:
        assert abs(values[1] - values[0]) > 1e-3
        assert abs(values[2] - values[0]) > 1e-4


def test_mirrored_inputs_are_translated_mirrored():
    model = make((2, 4), identity=False, flip_equivariance=True)
    images = tf.random.stateless_uniform((64, 2, 4, 2), (1, 2))
    batch = {"input": images, "real": images}
    batch |= model.draw(batch, model.random)
    flips = np.asarray(batch["flips"])
    assert 16 < flips.sum() < 48  # half of 64, four standard deviations
    fake = np.asarray(model.synthesize(batch)["fake"])
    np.testing.assert_array_equal(fake[flips], np.asarray(images)[flips][:, :, ::-1])
    np.testing.assert_array_equal(fake[~flips], np.asarray(images)[~flips])


def test_the_head_and_the_encoder_are_moved_by_the_generators_player():
    model = examples.cut()
    assert model.generator_networks() == [model.generator, model.head]
    batch = {
        role: tf.random.stateless_uniform((2, 8, 8, 1), (index, 2), -1, 1)
        for index, role in enumerate(("input", "real"))
    }
    batch |= model.draw(batch, model.random)
    weights = [*model.generator.trainable_variables, *model.head.trainable_variables]
    with tf.GradientTape() as tape:
        terms = model.generator_losses(batch, model.synthesize(batch))
        total = terms["nce"] + terms["identity_nce"]
    found = tape.gradient(total, weights)
    assert all(gradient is not None for gradient in found)
    assert float(tf.linalg.global_norm(found[len(model.generator.trainable_variables) :])) > 1e-4


def test_any_size():
    shape = (None, None, 1)
    generator = resnet_translator.generator(shape, shape, width=2, num_blocks=1)
    judge = patchgan.discriminator(shape, width=2, num_layers=1)
    model = models.CUT(
        generator,
        judge,
        models.cut.make_head(generator, width=3),
        num_patches=5,
        crop=augment.PairedCrop(size=8),
    )
    batch = {
        r: tf.random.stateless_uniform((2, 12, 16, 1), (1, 2), -1, 1) for r in ("input", "real")
    }
    batch |= model.draw(batch, model.random)
    assert batch["places_0"].shape == (2, 5)
    assert int(tf.reduce_max(batch["places_3"])) < 4  # 2 x 2 pixels of the block
    terms = model.generator_losses(batch, model.synthesize(batch))
    assert all(np.isfinite(float(term)) for term in terms.values())


def test_what_does_not_fit_is_refused():
    shape = (8, 8, 1)
    judge = patchgan.discriminator(shape, width=2, num_layers=1)
    small = resnet_translator.generator(shape, shape, width=2, num_blocks=1)
    head = models.cut.make_head(small, width=3)
    wide = resnet_translator.generator(shape, shape, width=3, num_blocks=1)
    with pytest.raises(ValueError, match="make_head"):
        models.CUT(wide, judge, head)
    with pytest.raises(ValueError, match="resnet_translator"):
        models.CUT(unet.generator(shape, shape, width=2, num_levels=2), judge, head)
    colours = resnet_translator.generator(shape, (8, 8, 3), width=2, num_blocks=1)
    judge = patchgan.discriminator((8, 8, 3), width=2, num_layers=1)
    head = models.cut.make_head(colours, width=3)
    with pytest.raises(ValueError, match="identity=False"):
        models.CUT(colours, judge, head)
    models.CUT(colours, judge, head, identity=False)
    with pytest.raises(ValueError, match="num_patches"):
        examples.cut(num_patches=0)
    with pytest.raises(ValueError, match="nce_weight"):
        examples.cut(nce_weight=-1.0)
