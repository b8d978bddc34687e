"""Images to look for in a latent space, brought to the form that a model's samples have."""

import numpy as np

from gan_keras import data, images
from gan_keras.data import folder, sizing


def from_files(paths, image_shape):
    """Images of files, cropped and scaled to a model's size, in its colours.

    Args:
        paths: list of image files.
        image_shape: (height, width, channels).

    Returns:
        float32 array (num, *image_shape) in [-1, 1].

    Raises:
        ValueError: a file that is not there or can't be read as an image.
    """
    *size, channels = image_shape
    size = sizing.parse(tuple(size), channels, "crop")
    found = []
    for path in paths:
        try:
            found.append(folder.decoded(path, channels, size, "crop"))
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            raise ValueError(f"'{path}' can't be read as an image: {error}") from error
    return images.to_float(np.stack(found))


def from_data(name, indices, image_shape, **arguments):
    """Samples of a data set by their numbers.

    Args:
        name: what `data.source` takes.
        indices: list of integers, from 0.
        image_shape: (height, width, channels), what images are brought to.
        **arguments: further ones of `data.source`, such as `split`.

    Returns:
        float32 array (num, *image_shape) in [-1, 1].

    Raises:
        ValueError: there is no such sample.
    """
    *size, channels = image_shape
    source = data.source(name, **{**arguments, "image_size": tuple(size), "channels": channels})
    for index in indices:
        if not 0 <= index < source.num_samples:
            raise ValueError(
                f"'{source.name}' has the samples 0 to {source.num_samples - 1}. Received: {index}."
            )
    samples = source.samples[list(indices)]
    return images.to_float(samples) if samples.dtype == np.uint8 else samples
