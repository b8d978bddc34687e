"""Moves of pixels, as differentiable look-ups that XLA compiles."""

import tensorflow as tf


def look_up(images, rows, columns):
    """Each image's pixels at whole rows and columns, zero where these lie outside.

    A row (or column) of the result is one row of the image, so the look-up is two products with
    matrices of ones and zeros, which are cheap and have gradients of any order.

    Args:
        images: float32 (batch, h, w, c).
        rows: int32 (batch, h), the source of each row.
        columns: int32 (batch, w), the source of each column.
    """
    height, width = images.shape[1:3]
    images = tf.einsum("bij,bjwc->biwc", tf.one_hot(rows, height), images)
    return tf.einsum("bij,bhjc->bhic", tf.one_hot(columns, width), images)


def centered_grid(height, width):
    """Pixel positions y and x, each (1, h, w), in pixels from the image's centre."""
    y = tf.range(height, dtype=tf.float32) - (height - 1) / 2
    x = tf.range(width, dtype=tf.float32) - (width - 1) / 2
    y, x = tf.meshgrid(y, x, indexing="ij")
    return y[None], x[None]


def bilinear(images, y, x):
    """Each image at any positions, mirrored at its borders.

    Args:
        images: float32 (batch, h, w, c).
        y, x: float32 (batch, h, w), positions in pixels from the image's centre.
    """
    height, width, channels = images.shape[1:]
    y, top, bottom = _neighbours(y + (height - 1) / 2, height)
    x, left, right = _neighbours(x + (width - 1) / 2, width)
    corners = [(top, left, (1 - y) * (1 - x)), (top, right, (1 - y) * x)]
    corners += [(bottom, left, y * (1 - x)), (bottom, right, y * x)]
    flat = tf.reshape(images, (-1, height * width, channels))
    places = tf.stack([row * width + column for row, column, _ in corners], axis=1)
    shares = tf.stack([share for _, _, share in corners], axis=1)  # (b, 4, h, w)
    pixels = tf.gather(flat, places, axis=1, batch_dims=1)  # (b, 4, h, w, c)
    return tf.reduce_sum(pixels * shares[..., None], axis=1)


def _neighbours(position, size):
    """The part of a pixel beyond the lower neighbour, and both neighbours' indices."""
    last = max(size - 1, 1)
    position = tf.math.floormod(position, 2.0 * last)
    position = tf.minimum(tf.minimum(position, 2.0 * last - position), float(size - 1))
    lower = tf.floor(position)
    index = tf.cast(lower, tf.int32)
    return position - lower, index, tf.minimum(index + 1, size - 1)
