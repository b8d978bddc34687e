"""Inversion: the latents whose sample is nearest to an image, by gradient descent."""

import dataclasses

import numpy as np
import tensorflow as tf

from gan_keras.models import validation
from gan_keras.models.encoding import EncoderModel


@dataclasses.dataclass(frozen=True)
class Inversion:
    """What `invert` found for each image.

    Args:
        latents: float32 (num, latent_dim).
        labels: int32 (num,), or None for an unconditional model.
        images: float32 (num, *sample shape), what the generator makes of them.
        errors: float32 (num,), mean squared error of each, in [0, 4] for images.
    """

    latents: np.ndarray
    labels: np.ndarray | None
    images: np.ndarray
    errors: np.ndarray


def invert(
    model,
    images,
    *,
    labels=None,
    num_steps=300,
    learning_rate=0.05,
    num_starts=4,
    num_candidates=512,
    prior_weight=1e-3,
    batch_size=64,
    seed=0,
) -> Inversion:
    """Looks for latents z with G(z) near each image.

    From the nearest of `num_candidates` random samples (and from the encoder's answer, where the
    model has an encoder), Adam minimises mean (G(z) - x)^2 + prior_weight * mean z^2, at a rate
    that a cosine takes to zero; the start with the smallest error wins. Under a uniform prior z is
    kept in its cube. (Zhu et al., 2016, arXiv:1609.03552, section 3.1; Creswell and Bharath, 2016,
    arXiv:1611.05644.)

    What a GAN can't reach it can't have learned: a large error tells of a mode that was dropped.

    Args:
        model: a trained model that samples, such as a `GAN`; its averaged generator is taken, if
            there is one.
        images: float array (num, *sample shape), images in [-1, 1].
        labels: for a conditional model, an integer for all or one for each image; None to take
            whichever class comes nearest.
        num_steps: steps of Adam.
        learning_rate: its first rate.
        num_starts: random samples to start from, for each image.
        num_candidates: random samples to choose them from.
        prior_weight: how strongly latents are drawn to the middle of the prior.
        batch_size: images at a time, which bounds the memory.
        seed: integer; the same seed gives the same result.

    Returns:
        An `Inversion`.

    Raises:
        ValueError: images of another shape or range, labels that don't fit, counts below 1.
    """
    validation.check_positive_integers(
        num_steps=num_steps,
        num_starts=num_starts,
        num_candidates=num_candidates,
        batch_size=batch_size,
    )
    images = np.asarray(images)
    model.kind.check_batch(images, "`images`")
    wanted = None if labels is None else model._labels(labels, len(images))
    candidates = model.latents(num_candidates, seed=seed)
    classes = model._labels(None, num_candidates)
    pool = model.decode(candidates, labels=classes)
    descend = descent(model, num_steps, learning_rate, prior_weight)
    found = []
    for start in range(0, len(images), batch_size):
        part = slice(start, start + batch_size)
        targets = images[part].astype("float32")
        own = None if wanted is None else wanted[part]
        latents, own = starts(model, targets, own, candidates, classes, pool, num_starts)
        found.append(best(model, descend, latents, own, targets))
    columns = zip(*found, strict=True)
    joined: list = [None if c[0] is None else np.concatenate(c) for c in columns]
    return Inversion(*joined)


def starts(model, targets, labels, candidates, classes, pool, num_starts):
    """Latents (num, starts, latent_dim) to begin with, and their labels (num, starts) or None."""
    num = len(targets)
    flat, flat_pool = targets.reshape(num, -1), pool.reshape(len(pool), -1)
    squares = (flat_pool**2).sum(1) - 2 * flat @ flat_pool.T  # distances, less |target|^2
    if labels is not None:
        of_class = classes[None] == labels[:, None]
        squares = np.where(of_class | ~of_class.any(1, keepdims=True), squares, np.inf)
    nearest = np.argsort(squares, axis=1, kind="stable")[:, :num_starts]
    latents = candidates[nearest]
    if isinstance(model, EncoderModel):
        latents = np.concatenate([latents, model.encode(targets)[:, None]], axis=1)
    if classes is None:
        return latents, None
    if labels is None:
        return latents, classes[nearest]
    return latents, np.repeat(labels[:, None], latents.shape[1], axis=1)


def best(model, descend, latents, labels, targets):
    """Latents, labels, images and errors of the best start of each target."""
    num, num_starts = latents.shape[:2]
    flat_labels = None if labels is None else tf.constant(labels.reshape(-1), tf.int32)
    repeated = tf.constant(np.repeat(targets, num_starts, axis=0))
    moved = descend(tf.constant(latents.reshape(num * num_starts, -1)), flat_labels, repeated)
    moved = moved.numpy()
    images = model.decode(moved, labels=None if labels is None else flat_labels.numpy())
    errors = np.square(images - repeated.numpy()).reshape(num, num_starts, -1).mean(-1)
    chosen = errors.argmin(1)
    rows = np.arange(num) * num_starts + chosen
    kept = None if labels is None else labels.reshape(-1)[rows]
    return moved[rows], kept, images[rows], errors[np.arange(num), chosen].astype("float32")


def descent(model, num_steps, learning_rate, prior_weight):
    """A compiled function from latents, labels or None, and targets to better latents.

    Adam (Kingma and Ba, 2015, arXiv:1412.6980, Algorithm 1) written out: latents are no variables,
    and every row has a descent of its own.
    """
    generator = model.moving_average_generator or model.generator
    bound = 1.0 if model.prior == "uniform" else np.inf

    @tf.function(reduce_retracing=True)
    def descend(latents, labels, targets):
        first = second = tf.zeros_like(latents)
        for step in tf.range(num_steps):
            with tf.GradientTape() as tape:
                tape.watch(latents)
                inputs = latents if labels is None else [latents, labels]
                samples = tf.cast(generator(inputs, training=False), tf.float32)
                errors = tf.reshape(tf.square(samples - targets), (tf.shape(latents)[0], -1))
                loss = tf.reduce_mean(errors, 1) + prior_weight * tf.reduce_mean(latents**2, 1)
            gradient = tape.gradient(loss, latents)
            count = tf.cast(step + 1, tf.float32)
            rate = learning_rate * 0.5 * (1.0 + tf.cos(np.pi * (count - 1.0) / num_steps))
            first = 0.9 * first + 0.1 * gradient
            second = 0.999 * second + 0.001 * gradient**2
            move = first / (1.0 - 0.9**count)
            latents -= rate * move / (tf.sqrt(second / (1.0 - 0.999**count)) + 1e-8)
            latents = tf.clip_by_value(latents, -bound, bound)
        return latents

    return descend
