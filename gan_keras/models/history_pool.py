"""A pool of earlier fakes, from which a discriminator is shown every other one."""

import keras
import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.serialization import register


@register
class HistoryPool(keras.layers.Layer):
    """Earlier fakes, so that a discriminator does not forget what the generator did before.

    Images are taken one after another. The first `size` are kept and returned as they are. From
    then on, with probability 1/2, an image takes the place of a random kept one, which is returned
    in its stead; else the image itself is returned, and not kept. So half of what comes out is new,
    and a kept image stays for 2 * `size` images on average.

    All replicas hold the same pool: each sees the images of all, in the order of the global batch,
    and returns its own share. Two replicas so return what one device would, and any number of them
    can go on from a saved pool.

    Where a discriminator judges pairs, pool the pair (concatenated along channels), for an image
    from the past does not fit today's condition.

    Source: Shrivastava et al. 2016, arXiv 1612.07828, section 2.3; Zhu et al. 2017, arXiv
    1703.10593, section 4 (50 images), and its code.

    Args:
        sample_shape: tuple, the shape of one image.
        size: int >= 0, images in the pool; 0 for none: images pass as they are. Defaults to 50.

    Raises:
        ValueError: a `size` below 0, or a shape that is not known.

    Example:

    ```python
    self.pool = HistoryPool((64, 64, 3))  # in __init__, so that it is saved with the model
    judged = self.pool(synthesized["fake"], self.random)  # in the discriminator's losses
    ```
    """

    def __init__(self, sample_shape, *, size=50, **arguments):
        super().__init__(**{"dtype": "float32", **arguments})
        if not (isinstance(size, int) and size >= 0):
            raise ValueError(
                f"`size` of HistoryPool is a number of images, at least 0. Received: {size!r}."
            )
        if None in tuple(sample_shape):
            raise ValueError(
                "HistoryPool keeps images of one known size. Received `sample_shape`: "
                f"{tuple(sample_shape)}."
            )
        self.sample_shape = tuple(sample_shape)
        self.size = size
        if size:
            self.kept = self._state("kept", (size, *self.sample_shape), "float32")
            self.count = self._state("count", (), "int32")
        self.built = True

    def _state(self, name, shape, dtype):
        return self.add_weight(
            name=name,
            shape=shape,
            dtype=dtype,
            initializer="zeros",
            trainable=False,
            aggregation="only_first_replica",  # equal on all of them
        )

    def __call__(self, images, random):
        """`call`; Keras lets only tensors be handed over by position, so `random` goes by name."""
        return super().__call__(images, random=random)

    def call(self, images, random):
        """What to show the discriminator, and the pool moved on.

        Args:
            images: float32 (batch, *sample_shape); no gradient goes back into them.
            random: the model's `RandomStream`.

        Returns:
            Float32 of the same shape.
        """
        images = tf.stop_gradient(tf.cast(images, tf.float32))
        if not self.size:
            return images
        batch = images.shape[0] or tf.shape(images)[0]
        swaps = random.uniform((batch,)) < 0.5
        places = random.integers((batch,), self.size)
        everyone = _of_all_replicas(images)
        swaps, places = _of_all_replicas(tf.cast(swaps, tf.int32)) > 0, _of_all_replicas(places)

        order = tf.range(tf.shape(everyone)[0])
        count = tf.convert_to_tensor(self.count)
        filling = count + order < self.size
        places = tf.where(filling, count + order, places)
        stored = filling | swaps
        # The sources of what comes out and of what stays: kept images, then the batch's.
        sources = tf.concat([tf.convert_to_tensor(self.kept), everyone], axis=0)
        same_place = stored[None] & (places[:, None] == places[None])  # by image i, of image k
        before = _last(same_place & (order[None] < order[:, None]), order)
        earlier = tf.where(before < 0, places, self.size + before)
        out = tf.where(filling | ~swaps, self.size + order, earlier)
        slots = tf.range(self.size)
        last = _last(stored[None] & (slots[:, None] == places[None]), order)
        stays = tf.where(last < 0, slots, self.size + last)

        self.kept.assign(tf.gather(sources, stays))
        self.count.assign(tf.minimum(count + tf.size(order), self.size))
        start = replicas.index() * batch
        return tf.gather(sources, out[start : start + batch])

    def get_config(self):
        """The arguments that make an equal layer; what it keeps are weights, saved as such."""
        return {
            **super().get_config(),
            "sample_shape": list(self.sample_shape),
            "size": self.size,
        }


def _last(found, order):
    """In each row the last column that is true, or -1."""
    return tf.reduce_max(tf.where(found, order[None], -1), axis=1)


def _of_all_replicas(values):
    """The parts of all replicas one after another, as one device would have them."""
    count = replicas.count()
    if count == 1:
        return values
    own = tf.reshape(tf.one_hot(replicas.index(), count, dtype=values.dtype), (count, 1))
    flat = tf.reshape(values, (1, -1))
    parts = replicas.total(tf.where(own > 0, flat, tf.zeros_like(flat)))
    return tf.reshape(parts, tf.concat([[-1], tf.shape(values)[1:]], axis=0))
