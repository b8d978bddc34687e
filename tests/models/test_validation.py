"""Bad input is refused with one line that says what came, what was expected and the cure."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
import gan_keras
from gan_keras.networks import dcgan


def refuses(message, build, error=ValueError):
    with pytest.raises(error, match=message) as caught:
        build()
    assert "\n" not in str(caught.value)


def generator(shape=examples.SHAPE, **arguments):
    return dcgan.generator(shape, 4, widths=(6, 4), **arguments)


def discriminator(shape=examples.SHAPE, **arguments):
    return dcgan.discriminator(shape, widths=(4,), **arguments)


@pytest.mark.parametrize(
    ("message", "build"),
    [
        (
            r"`generator` gives samples of shape \(8, 8, 1\) but `discriminator` takes \(8, 8, 3\)",
            lambda: gan_keras.GAN(generator(), discriminator((8, 8, 3))),
        ),
        (
            r"packed 2 at a time, \(8, 8, 2\), but `discriminator` takes \(8, 8, 1\)",
            lambda: gan_keras.GAN(generator(), discriminator(), packing=2),
        ),
        (
            "The generator takes labels, but `num_classes` is None",
            lambda: gan_keras.GAN(generator(num_classes=3), discriminator()),
        ),
        (
            "`num_classes` is 3, but the discriminator takes no labels",
            lambda: gan_keras.GAN(generator(num_classes=3), discriminator(), num_classes=3),
        ),
        (
            "`discriminator` gives 2 outputs, but a GAN takes the logits alone",
            lambda: gan_keras.GAN(generator(), discriminator(num_classes=3, auxiliary=True)),
        ),
        (
            "Unknown loss 'hinges'. Did you mean 'hinge'",
            lambda: gan_keras.GAN(generator(), discriminator(), loss="hinges"),
        ),
        (
            "Unknown prior 'gauss'",
            lambda: gan_keras.GAN(generator(), discriminator(), prior="gauss"),
        ),
        (
            "Penalty 'r1' is given 2 times",
            lambda: gan_keras.GAN(generator(), discriminator(), penalties=["r1", "r1"]),
        ),
        (
            "`packing` is a positive integer. Received: 0",
            lambda: gan_keras.GAN(generator(), discriminator(), packing=0),
        ),
        (
            "can't be 2 in a conditional model",
            lambda: gan_keras.GAN(
                generator(num_classes=3),
                discriminator((8, 8, 2), num_classes=3),
                num_classes=3,
                packing=2,
            ),
        ),
    ],
)
def test_networks_and_settings_that_do_not_fit(message, build):
    refuses(message, build)


@pytest.mark.parametrize(
    ("message", "error", "arguments"),
    [
        (
            "`discriminator_steps` is a positive integer. Received: 0",
            ValueError,
            {"discriminator_steps": 0},
        ),
        ("`compile` takes no `loss`", TypeError, {"loss": "hinge"}),
        (
            "Pass `gradient_accumulation_steps` to `compile`",
            ValueError,
            {"generator_optimizer": keras.optimizers.SGD(gradient_accumulation_steps=2)},
        ),
    ],
)
def test_compile_refuses(message, error, arguments):
    refuses(message, lambda: examples.gan().compile(**arguments), error)


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        (r"`learning_rate` is a number, at least 0\. Received: -0\.", {"learning_rate": -1e-3}),
        (
            r"`initial_learning_rate` is a number, at least 0\. Received: -1\.0",
            {"learning_rate": keras.optimizers.schedules.CosineDecay(-1.0, 10)},
        ),
        (r"`learning_rate` is at most 1,000\. Received: 1000\.5", {"learning_rate": 1000.5}),
        (
            r"`warmup_target` is at most 1,000\. Received: 2000\.",
            {
                "learning_rate": keras.optimizers.schedules.CosineDecay(
                    0.0, 10, warmup_target=2e3, warmup_steps=5
                )
            },
        ),
        (r"`beta_1` is a number in \[0, 1\)\. Received: 2", {"beta_1": 2}),
        (r"`beta_2` is a number in \[0, 1\)\. Received: 1\.0", {"beta_2": 1.0}),
        (r"`clipnorm` is a number above 0, or None .* Received: -1", {"clipnorm": -1}),
        (r"`epsilon` is a number, at least 0\. Received: nan", {"epsilon": float("nan")}),
    ],
)
def test_compile_refuses_numbers_of_optimizers_that_can_only_be_slips(message, arguments):
    optimizer = keras.optimizers.Adam(**arguments)
    refuses(message, lambda: examples.gan().compile(generator_optimizer=optimizer), ValueError)
    refuses(message, lambda: examples.gan().compile(discriminator_optimizer=optimizer), ValueError)


def test_optimizers_that_train_are_taken():
    adam = keras.optimizers.Adam(0.0, beta_1=0.0, clipnorm=1.0, weight_decay=1e-3)
    sgd = keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(1e-3, 10), momentum=0.9)
    gan = examples.gan()
    gan.compile(adam, sgd)
    assert gan.generator_optimizer.clipnorm == 1.0


def test_an_optimizer_serves_one_player_only():
    gan, optimizer = examples.gan(), keras.optimizers.Adam()
    refuses("was built for other variables", lambda: gan.compile(optimizer, optimizer))


def images(value=0.5, shape=(8, *examples.SHAPE), dtype="float32"):
    return np.full(shape, value, dtype)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (images(200, dtype="uint8"), "Samples are floats.*Received: uint8.*to_float"),
        (images(200.0), r"Images are in \[-1, 1\]. Received values from 200 to 200.*127.5"),
        (images(1.0), r"Images are in \[-1, 1\]. .* none below 0. For \[0, 1\] use `2 \* x - 1`"),
        (images(np.nan), "NaN or infinity"),
        (images(np.inf), "NaN or infinity"),
        (images(shape=(8, 8, 8, 3)), r"shape \(8, 8, 3\), but the networks take \(8, 8, 1\)"),
        (images(shape=(8, 64)), r"shape \(64,\), but the networks take \(8, 8, 1\)"),
        (images(shape=(7, *examples.SHAPE)), "7 can't be cut into 2 equal parts"),
    ],
)
def test_the_first_batch_is_looked_at(data, message):
    gan = examples.gan()
    gan.compile(discriminator_steps=2)
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(8)
    refuses(message, lambda: gan.fit(dataset, verbose=0))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (None, "conditional, but the data has no labels"),
        (np.full(8, 3, "int32"), r"Labels are in \[0, 3\). Received: 3 to 3"),
        (np.full(8, -1, "int32"), r"Labels are in \[0, 3\). Received: -1 to -1"),
        (np.zeros(8, "float32"), "Labels are integers. Received: float32"),
        (np.zeros((8, 3), "int32"), r"Labels have shape \(batch,\)"),
    ],
)
def test_labels_of_the_first_batch_are_looked_at(labels, message):
    gan = gan_keras.GAN(generator(num_classes=3), discriminator(num_classes=3), num_classes=3)
    gan.compile()
    data = images() if labels is None else (images(), labels)
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(8)
    refuses(message, lambda: gan.fit(dataset, verbose=0))


class Doubled(gan_keras.augment.Augment):
    """An augmentation that knows no more than one image of one channel."""

    def call(self, images, random):
        assert images.shape[1:] == (1, 1, 1)
        return 2.0 * images


@pytest.mark.parametrize(("augment", "factor"), [(None, 1.0), (Doubled(), 2.0)])
def test_packing_shows_neighbours_of_the_batch_as_channels(augment, factor):
    """D(a, b) = 10 a + b: of the images -1, 2, 3, 5 it sees (-1, 2) and (3, 5), mean 13.5."""
    latents, pairs = keras.Input((3,)), keras.Input((1, 1, 2))
    samples = keras.layers.Reshape((1, 1, 1))(keras.layers.Dense(1)(latents))
    judge = keras.layers.Dense(1)
    gan = gan_keras.GAN(
        keras.Model(latents, samples),
        keras.Model(pairs, judge(keras.layers.Flatten()(pairs))),
        augment=augment,
        packing=2,
    )
    judge.set_weights([np.array([[10.0], [1.0]]), np.zeros(1)])
    gan.compile(run_eagerly=True)
    data = np.array([-1.0, 2.0, 3.0, 5.0], "float32").reshape(4, 1, 1, 1) / 5
    logs = gan.fit(data, batch_size=4, shuffle=False, verbose=0).history
    assert logs["real_logits"][0] == pytest.approx(factor * 13.5 / 5, rel=1e-5)


def test_packing_refuses_a_batch_that_leaves_a_sample_over():
    gan = gan_keras.GAN(generator(), discriminator((8, 8, 2)), packing=2)
    gan.compile(run_eagerly=True)
    refuses(
        "7 can't be judged 2 samples at a time",
        lambda: gan.fit(images(shape=(7, *examples.SHAPE)), batch_size=7, verbose=0),
    )


def test_arrays_can_be_fitted_as_with_any_keras_model():
    gan = examples.gan()
    gan.compile()
    refuses("Received: uint8", lambda: gan.fit(images(dtype="uint8"), verbose=0))
    history = gan.fit(images(), batch_size=4, epochs=2, verbose=0).history
    assert len(history["d_loss"]) == 2


def ends_in(*layers):
    """A discriminator that goes on with `layers`, functions from tensor to tensor."""
    judge = discriminator()
    [output] = judge.outputs
    for layer in layers:
        output = layer(output)
    return keras.Model(judge.inputs, output)


@pytest.mark.parametrize(
    ("squeezed", "word"),
    [
        (lambda: ends_in(keras.layers.Activation("sigmoid")), "sigmoid"),
        (lambda: ends_in(keras.ops.sigmoid), "sigmoid"),
        (lambda: ends_in(keras.layers.Dense(1, activation="hard_sigmoid")), "hard sigmoid"),
        (lambda: ends_in(keras.layers.Dense(1, activation="softmax")), "softmax"),
        (lambda: ends_in(keras.ops.sigmoid, keras.layers.Flatten()), "sigmoid"),
        (
            lambda: keras.Sequential(
                [keras.Input(examples.SHAPE), ends_in(keras.layers.Activation("sigmoid"))]
            ),
            "sigmoid",
        ),
    ],
)
def test_a_discriminator_that_ends_in_a_sigmoid_is_refused(squeezed, word):
    refuses(f"ends in a {word} .*Leave that", lambda: gan_keras.GAN(generator(), squeezed()))


def test_sigmoids_within_and_networks_within_are_no_trouble():
    judge = ends_in(keras.ops.sigmoid, keras.layers.Dense(1), keras.layers.Flatten())
    outer = keras.Sequential([keras.Input(examples.SHAPE), judge])
    assert gan_keras.GAN(generator(), outer).discriminator is outer


class Batches(keras.utils.PyDataset):
    """Two equal batches."""

    def __init__(self, batch):
        super().__init__()
        self.batch = batch

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return self.batch


@pytest.mark.parametrize(
    "given",
    [tf.constant, Batches, lambda batch: ((one,) for one in (batch, batch))],
    ids=["tensor", "PyDataset", "generator"],
)
def test_whatever_fit_takes_is_looked_at(given):
    gan = examples.gan()
    gan.compile(run_eagerly=True)
    refuses("none below 0. For", lambda: gan.fit(given(images(1.0)), batch_size=None, verbose=0))
    good = images(-0.5)
    gan.fit(given(good), epochs=1, verbose=0)
    assert gan.steps_done == (1 if given is tf.constant else 2)  # nothing of a generator is lost


def test_a_fit_on_nothing_is_refused():
    gan = examples.gan()
    gan.compile()
    few = tf.data.Dataset.from_tensor_slices(images(-0.5)).batch(64, drop_remainder=True)
    refuses("The data hold no batch", lambda: gan.fit(few, verbose=0))
    refuses("The data hold no batch", lambda: gan.fit((one for one in ()), verbose=0))
    refuses("generator gives tuples.*ndarray", lambda: gan.fit(iter_of(images()), verbose=0))


def iter_of(batch):
    yield batch


def test_predict_says_what_it_takes():
    gan = examples.gan()
    message = rf"latents of shape \({gan.latent_dim},\). Received: samples of shape \(8, 8, 1\)"
    dataset = tf.data.Dataset.from_tensor_slices(images()).batch(8)
    for given in (dataset, images(), images()[:2]):
        refuses(message, lambda given=given: gan.predict(given, verbose=0))
    refuses("so `predict` has none", lambda: gan.predict(dataset.repeat(), verbose=0))
    latents = tf.data.Dataset.from_tensor_slices(gan.latents(3, seed=1)).batch(2)
    assert gan.predict(latents, verbose=0).shape == (3, *examples.SHAPE)
    told = examples.EXAMPLES["acgan"]()
    message = r"of 3 classes takes \[latents, labels\], .* Received: latents alone"
    refuses(message, lambda: told.predict(told.latents(2, seed=1), verbose=0))
    given = [told.latents(2, seed=1), np.array([0, 2], "int32")]
    assert told.predict(given, verbose=0).shape == (2, *examples.SHAPE)


def test_an_epoch_without_an_end_is_refused():
    gan = examples.gan()
    gan.compile(keras.optimizers.SGD(1e-3), keras.optimizers.SGD(1e-3), run_eagerly=True)
    samples = np.zeros((8, *examples.SHAPE), "float32")
    endless = tf.data.Dataset.from_tensors(samples).repeat()
    message = "The data set repeats without end, so `fit` has none either"
    refuses(message, lambda: gan.fit(endless, verbose=0))
    refuses(message, lambda: gan.fit(endless, steps_per_epoch=None, verbose=0))
    refuses("so `evaluate` has none", lambda: gan.evaluate(endless, verbose=0))
    gan.fit(endless, steps_per_epoch=1, verbose=0)
    assert gan.steps_done == 1
    assert len(gan.evaluate(endless, steps=1, verbose=0)) > 1


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "x", None])
def test_a_seed_that_is_none_is_refused(seed):
    refuses(
        "`seed` is an integer from 0 to 4294967295. Received",
        lambda: gan_keras.GAN(generator(), discriminator(), seed=seed),
    )
