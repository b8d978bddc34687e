"""What every builder needs: inputs, conditioning, normalisation and the checks of arguments."""

import collections.abc
import math

import keras
from keras import layers

from gan_keras.layers.label_map import LabelMap
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks.transposed_initializer import TransposedInitializer

SLOPE = 0.2  # of leaky ReLU, as in the DCGAN paper
WIDEST = 2**20  # beyond which a number of features is a slip
CONDITIONINGS = ("projection", "concatenation")


def num_doublings(image_shape):
    """How often the smaller side of an image halves before it is 4 to 7 pixels: 28 -> 2, 32 -> 3.

    Raises:
        ValueError: `image_shape` is not (height, width, channels), or a side does not divide.
    """
    if len(image_shape) != 3 or any(not isinstance(side, int) or side < 1 for side in image_shape):
        raise ValueError(
            f"`image_shape` must be (height, width, channels). Received: {image_shape}."
        )
    height, width, _ = image_shape
    doublings = max(0, int(math.log2(min(height, width) / 4))) if min(height, width) >= 4 else 0
    factor = 2**doublings
    if min(height, width) < 8 or height % factor or width % factor:
        raise ValueError(
            f"`image_shape` {tuple(image_shape)} does not come from a base of 4 to 7 pixels by "
            f"doubling. Resize the images, for example to 28, 32, 48, 64, 96 or 128 pixels."
        )
    return doublings


def map_heights(image_shape):
    """Heights of the maps that doubling makes, largest first: 32 -> [32, 16, 8]."""
    return [image_shape[0] >> i for i in range(num_doublings(image_shape))]


def check_widths(widths, count, what):
    """`widths` as a tuple of `count` positive integers, or an error of one line.

    Args:
        widths: what was given.
        count: how many there must be; None for any number but none.
        what: what each of them is for.
    """
    given = tuple(widths) if isinstance(widths, collections.abc.Iterable) else ()
    fits = len(given) > 0 if count is None else len(given) == count
    if not fits or any(not isinstance(w, int) or w < 1 for w in given):
        number = "" if count is None else f"{count} "
        cure = tuple(16 << i for i in reversed(range(2 if count is None else count)))
        raise ValueError(
            f"`widths` must hold {number}positive integers, {what}. Received: {given or widths}. "
            f"Try {cure}."
        )
    if max(given) > WIDEST:
        raise ValueError(
            f"`widths` are at most {WIDEST:,}, {what}. Received: {given}. Take smaller ones."
        )
    return given


def check_choice(name, value, choices):
    """Raise a ValueError of one line unless `value` is one of `choices`."""
    if value not in choices:
        raise ValueError(f"`{name}` must be one of {choices}. Received: {value!r}.")


def check_num_classes(num_classes):
    """Raise a ValueError of one line unless `num_classes` is None or an integer above 1."""
    if num_classes is not None and (not isinstance(num_classes, int) or num_classes < 2):
        raise ValueError(
            "`num_classes` must be None (no labels) or an integer of at least 2. "
            f"Received: {num_classes!r}."
        )


def fresh(initializer):
    """An initializer of its own for each layer: a shared one draws the same numbers every time."""
    return keras.initializers.get(initializer).clone()


def latent_inputs(latent_dim, num_classes):
    """The generator's inputs: `latents (batch, latent_dim)`, `labels (batch,)` or None."""
    if not isinstance(latent_dim, int) or isinstance(latent_dim, bool) or latent_dim < 1:
        raise ValueError(f"`latent_dim` must be a positive integer. Received: {latent_dim!r}.")
    if latent_dim > WIDEST:
        raise ValueError(f"`latent_dim` is at most {WIDEST:,}. Received: {latent_dim}. Try 64.")
    check_num_classes(num_classes)
    latents = keras.Input((latent_dim,), name="latents")
    return latents, label_input(num_classes)


def label_input(num_classes):
    """The input `labels (batch,)`, int32, or None without classes."""
    return None if num_classes is None else keras.Input((), dtype="int32", name="labels")


def inputs_of(first, labels):
    """What `keras.Model` takes as inputs: the first alone, or with the labels."""
    return first if labels is None else [first, labels]


def check_units(name, units):
    """Raises ValueError unless `units` is a positive integer, or None."""
    if units is not None and (not isinstance(units, int) or isinstance(units, bool) or units < 1):
        raise ValueError(f"`{name}` must be a positive integer or None. Received: {units!r}.")


def embed(labels, num_classes, dim, *, stddev=None):
    """A learned vector for each label `(batch, dim)`, at first of unit length, as one-hot ones are.

    Much quieter than the latents, so that the generator does not make of each class one image: with
    unit numbers for the label, the variance inside a class after 400 steps of AC-GAN was 0.02, with
    these 0.10, of 0.35 in all garments.
    """
    initializer = keras.initializers.RandomNormal(stddev=stddev or dim**-0.5)
    return layers.Embedding(
        num_classes, dim, embeddings_initializer=initializer, name="label_embedding"
    )(labels)


def with_labels(latents, labels, num_classes, dim, *, stddev=None):
    """Latents, with the label's embedding concatenated if there are labels; see `embed`."""
    if labels is None:
        return latents
    embedded = embed(labels, num_classes, dim, stddev=stddev)
    return layers.Concatenate(name="latents_and_label")([latents, embedded])


def base_map(latents, shape, initializer, spectral_norm=False):
    """The generator's smallest map `(batch, *shape)`, linear in the latents."""
    dense = layers.Dense(math.prod(shape), kernel_initializer=fresh(initializer), name="base")
    return layers.Reshape(shape, name="base_map")(spectral_norm_if(spectral_norm, dense)(latents))


def with_label_map(images, labels, num_classes, conditioning):
    """Images, with one channel per class if the conditioning is by concatenation."""
    if labels is None or conditioning != "concatenation":
        return images
    return LabelMap(num_classes, name="label_map")([images, labels])


def discriminator_labels(num_classes, auxiliary, conditioning):
    """The discriminator's input of labels: None if there are no classes, or it is to guess them.

    Raises:
        ValueError: the arguments are out of range or contradict each other.
    """
    check_num_classes(num_classes)
    check_choice("conditioning", conditioning, CONDITIONINGS)
    if auxiliary and num_classes is None:
        raise ValueError("`auxiliary=True` needs `num_classes`: there is no class to guess.")
    return None if auxiliary else label_input(num_classes)


def scores(features, labels, num_classes, conditioning, *, auxiliary=False, **arguments):
    """Raw float32 logits `(batch, 1)` of features `(batch, n)`; the outputs of a discriminator.

    By projection, the label adds the inner product of its embedding and the features (Miyato and
    Koyama, 2018, arXiv 1802.05637, figure 1d). With `auxiliary`, returns a list of the logits and
    the class logits `(batch, num_classes)` (AC-GAN: Odena et al., 2017, arXiv 1610.09585).

    Args:
        features, labels: tensors; labels may be None.
        num_classes, conditioning, auxiliary: as of the builders.
        **arguments: `initializer`, and `spectral_norm` (whether the layers have it).
    """
    logits = _linear(1, "logits", **arguments)(features)
    if auxiliary:
        return [logits, _linear(num_classes, "class_logits", **arguments)(features)]
    if labels is None or conditioning != "projection":
        return logits
    embedded = _projection(num_classes, features.shape[-1], **arguments)(labels)
    inner = layers.Dot(axes=1, dtype="float32", name="label_score")([features, embedded])
    return layers.Add(dtype="float32", name="conditional_logits")([logits, inner])


def _linear(units, name, initializer, spectral_norm=False):
    layer = layers.Dense(units, kernel_initializer=fresh(initializer), dtype="float32", name=name)
    return spectral_norm_if(spectral_norm, layer)


def _projection(num_classes, dim, initializer, spectral_norm=False):
    layer = layers.Embedding(
        num_classes,
        dim,
        embeddings_initializer=TransposedInitializer(fresh(initializer)),
        dtype="float32",
        name="label_projection",
    )
    return spectral_norm_if(spectral_norm, layer)


def leaky_relu(name=None):
    """Leaky ReLU with the slope of the DCGAN paper."""
    return layers.LeakyReLU(negative_slope=SLOPE, name=name)
