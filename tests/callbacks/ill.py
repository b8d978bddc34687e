"""Training runs of seconds, some healthy, some broken on purpose, for the tests of `Diagnosis`."""

import keras
import numpy as np

import gan_keras
from gan_keras import data
from gan_keras.callbacks import Diagnosis, Quality
from gan_keras.networks import mlp
from gan_keras.penalties import R1, R2, GradientPenalty

BATCH = 64


def adam(rate, beta_1=0.0):
    return keras.optimizers.Adam(rate, beta_1=beta_1, beta_2=0.99)


def ring(first=0, num=2000):
    source = data.source("ring")
    return data.Source(name="ring", samples=source.samples[first : first + num])


def noise(num, seed, width=16):
    """Points without structure: whoever tells some of them from others knows them by heart."""
    points = np.random.default_rng(seed).normal(size=(num, width)).astype("float32")
    return data.source(points)


def cloud(centre, num=2000):
    """One round cloud around (centre, centre)."""
    points = centre + 0.1 * np.random.default_rng(0).normal(size=(num, 2))
    return data.source(points.astype("float32"))


def gan(source, *, latent_dim=2, discriminator=(64, 64), **arguments):
    keras.utils.set_random_seed(1)
    shape = source.sample_shape
    return gan_keras.GAN(
        mlp.generator(shape, latent_dim, widths=(64, 64)),
        mlp.discriminator(shape, widths=discriminator),
        seed=2,
        **arguments,
    )


def linear_gan(**arguments):
    """The smallest game: an affine generator against an affine discriminator, in the plane."""
    keras.utils.set_random_seed(1)
    latents, points = keras.Input((2,)), keras.Input((2,))
    return gan_keras.GAN(
        keras.Model(latents, keras.layers.Dense(2)(latents)),
        keras.Model(points, keras.layers.Dense(1)(points)),
        seed=2,
        **arguments,
    )


def run(model, source, optimizers, *, epochs, steps=100, callbacks=(), **arguments):
    """Trains, looking every 50 steps; returns the `Diagnosis`."""
    diagnosis = Diagnosis(source, budget=None, **arguments)
    model.compile(*optimizers, steps_per_execution=10)  # most of a step this small is Python
    model.fit(
        source.batches(min(BATCH, source.num_samples), seed=3, repeat=True),
        epochs=epochs,
        steps_per_epoch=steps,
        callbacks=[*callbacks, diagnosis],
        verbose=0,
    )
    return diagnosis


def quality(source, metric):
    return Quality(source, metrics=[metric], num=1000, cache_dir=False)


def healthy():
    """Relativistic, with R1 and R2: the ring's recipe, smaller; its scores get better to the end.

    Not by FID, which sees the mean and the covariance of points, and is at rest by the third epoch.
    """
    source = ring()
    model = gan(source, loss="relativistic_paired", penalties=[R1(weight=0.1), R2(weight=0.1)])
    return run(
        model,
        source,
        (adam(1e-3), adam(1e-3)),
        epochs=9,
        held_out=ring(first=2000),
        callbacks=[quality(source, "sliced_wasserstein")],
    )


def healthy_critic():
    """Wasserstein with a gradient penalty, whose critic is rarely wrong at first."""
    source = ring()
    model = gan(source, loss="wasserstein", penalties=[GradientPenalty(weight=0.1)])
    return run(model, source, (adam(5e-4), adam(1e-3)), epochs=12)


def collapsed():
    """The generator runs a hundred times as fast as the discriminator can follow."""
    pixels = np.random.default_rng(0).integers(0, 256, (1000, 4, 4, 1), dtype="uint8")
    source = data.source(pixels)
    return run(gan(source), source, (adam(1e-2), adam(1e-4)), epochs=7)


def vanished():
    """The saturating loss against a discriminator that is far ahead."""
    source = cloud(6.0)
    return run(gan(source, loss="minimax"), source, (adam(1e-5), adam(3e-3)), epochs=9)


def outplayed():
    """A generator that hardly moves."""
    source = cloud(3.0)
    return run(gan(source), source, (adam(1e-7), adam(1e-3)), epochs=10)


def memorized():
    """64 points without structure, and a large discriminator."""
    source = noise(64, seed=0)
    model = gan(source, latent_dim=16, discriminator=(256, 256))
    return run(model, source, (adam(2e-4), adam(2e-3)), epochs=7, held_out=noise(64, seed=1))


def circling():
    """The game without a rest: linear players, no penalty (Mescheder et al., 2018)."""
    source = cloud(1.0)
    model = linear_gan(loss="wasserstein")
    sgd = (keras.optimizers.SGD(0.05), keras.optimizers.SGD(0.05))
    return run(model, source, sgd, epochs=8, every_num_steps=20)


def exploding():
    """A critic that nothing bounds, and samples that stay where they are."""
    source = cloud(3.0)
    model = gan(source, loss="wasserstein")
    return run(model, source, (adam(1e-7), adam(2e-3)), epochs=7)


def frozen():
    """A generator that can't move."""
    source, optimizers = ring(), (adam(0.0), adam(1e-3))
    return run(
        gan(source), source, optimizers, epochs=7, steps=50, callbacks=[quality(source, "fid")]
    )


def astray():
    """A discriminator that can't move, and a generator that follows it away from the data."""
    source, optimizers = ring(), (adam(1e-3), adam(0.0))
    return run(
        gan(source), source, optimizers, epochs=7, steps=50, callbacks=[quality(source, "fid")]
    )
