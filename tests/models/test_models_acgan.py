"""AC-GAN: its class terms and the generator's step against numbers by hand."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from examples import SHAPE, acgan
from gan_keras import models
from gan_keras.networks import dcgan, heads


def planar(**arguments):
    """Fakes are all (0, 2); D's logit is 0 everywhere; its class logits are the point itself."""
    latents, labels = keras.Input((1,)), keras.Input((), dtype="int32")
    embedded = keras.layers.Embedding(2, 1, embeddings_initializer="zeros")(labels)
    x = keras.layers.Concatenate()([latents, embedded])
    out = keras.layers.Dense(2, kernel_initializer="zeros", bias_initializer="zeros")
    generator = keras.Model([latents, labels], out(x))
    out.bias.assign([0.0, 2.0])
    points = keras.Input((2,))
    logits = keras.layers.Dense(1, kernel_initializer="zeros")(points)
    classes = keras.layers.Dense(2, kernel_initializer="identity")(points)
    discriminator = keras.Model(points, [logits, classes])
    model = models.ACGAN(generator, discriminator, num_classes=2, **arguments)
    model.compile(keras.optimizers.SGD(1.0), keras.optimizers.SGD(0.0))
    return model, out.bias


def step(model):
    real = np.array([[1.0, 0.0], [1.0, 0.0]], "float32")
    labels = np.zeros(2, "int32")
    logs = model.fit(tf.data.Dataset.from_tensors((real, labels)), verbose=0).history
    return {name: values[0] for name, values in logs.items()}


def test_class_terms_are_cross_entropies_of_real_and_fake():
    """real (1, 0), class 0: log(1 + e^-1) = 0.313262; fake (0, 2), class 0: log(1 + e^2)."""
    model, _ = planar(real_class_weight=2.0, fake_class_weight=0.5, generator_class_weight=1.5)
    logs = step(model)
    assert logs["d_real_class"] == pytest.approx(2.0 * 0.313262, abs=1e-5)
    assert logs["d_fake_class"] == pytest.approx(0.5 * 2.126928, abs=1e-5)
    assert logs["g_class"] == pytest.approx(1.5 * 2.126928, abs=1e-5)
    assert logs["d_adversarial"] == pytest.approx(2 * np.log(2), abs=1e-5)
    assert logs["d_loss"] == pytest.approx(
        logs["d_adversarial"] + logs["d_real_class"] + logs["d_fake_class"], abs=1e-5
    )
    assert (logs["real_accuracy"], logs["fake_accuracy"]) == (1.0, 0.0)


def test_the_generator_moves_towards_the_class_it_was_asked_for():
    """d(cross-entropy)/d(0, 2) = softmax - one_hot = (-0.880797, 0.880797)."""
    model, bias = planar()
    step(model)
    np.testing.assert_allclose(bias.numpy(), [0.880797, 2 - 0.880797], atol=1e-5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"num_classes": 4}, "must give 4 class logits"),
        ({"fake_class_weight": -1.0}, "`fake_class_weight` must be at least 0"),
        ({"discriminator": dcgan.discriminator(SHAPE, widths=(4,))}, "Received: 1 output"),
        ({"generator": dcgan.generator(SHAPE, 4, widths=(4,))}, "takes no labels"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        acgan(**arguments)


def test_a_classifier_reads_a_layer_that_is_there():
    with pytest.raises(ValueError, match="no layer 'feature'"):
        heads.classifier(dcgan.discriminator(SHAPE, widths=(4,)), 3, layer="feature")


def test_the_augmentation_of_the_generators_turn_draws_anew():
    model = acgan()
    batch = {"real": tf.zeros((4, *SHAPE)), "labels": tf.zeros(4, tf.int32)}
    batch.update(model.draw(batch, model.random))
    synthesized = model.synthesize(batch)
    before = model.random.generator.state.numpy()
    first = model.generator_losses(batch, synthesized)["adversarial"]
    assert not np.array_equal(before, model.random.generator.state.numpy())
    assert float(first) != float(model.generator_losses(batch, synthesized)["adversarial"])


def test_samples_of_a_class():
    images = acgan().sample(4, labels=2, seed=1)
    assert images.shape == (4, *SHAPE)
    assert np.abs(images).max() <= 1
