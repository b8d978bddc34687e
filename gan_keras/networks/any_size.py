"""A translator for images of any size, whatever size it was built for."""

import keras
import numpy as np

from gan_keras import kinds

LARGEST_STRIDE = 128
PIXELS = 9  # times a stride: odd, and more than any padding needs


def of_any_size(network):
    """The same network, with the same weights, for inputs of any height and width.

    Args:
        network: a functional `keras.Model` of images or label maps, and perhaps of vectors.

    Returns:
        A functional `keras.Model` that shares the layers of `network`.
    """
    inputs = [
        keras.Input(
            (None, None, tensor.shape[-1])
            if kinds.are_images(tensor.shape[1:])
            else tensor.shape[1:],
            dtype=tensor.dtype,
            name=tensor.name,
        )
        for tensor in network.inputs
    ]
    inputs = inputs[0] if len(inputs) == 1 else inputs
    # Layers as they are: a clone has none of the weights.
    return keras.models.clone_model(network, input_tensors=inputs, clone_function=lambda one: one)


def stride_and_scale(network):
    """What sides must be multiples of, and how often larger the output is.

    Found by trial, for networks with layers that `receptive_field` does not know: the smallest
    power of 2 of which an odd multiple comes out with the right size.

    Args:
        network: what `of_any_size` gave, of one input.

    Returns:
        Two ints; (None, None) if no side comes out right, as of a network that makes one size.
    """
    found = {}
    stride = 1
    while stride <= LARGEST_STRIDE:
        found[stride] = _output(network, PIXELS * stride), _output(network, 2 * PIXELS * stride)
        once, twice = found[stride]
        if once is not None and twice == 2 * once and once % (PIXELS * stride) == 0:
            return stride, once // (PIXELS * stride)
        stride *= 2
    return None, None


def _output(network, side):
    """The height of what comes out for an input of that height and width; None if nothing does."""
    given = keras.KerasTensor((1, side, side, network.inputs[0].shape[-1]), "float32")
    try:
        made = network.compute_output_spec(given)
    except Exception:  # layers, and TensorFlow under them, raise what they like
        return None
    return made.shape[1]


def padded(images, stride):
    """Images (batch, h, w, c), mirrored at the lower and right border up to multiples of stride."""
    missing = [-side % stride for side in images.shape[1:3]]
    return np.pad(images, [(0, 0), *((0, more) for more in missing), (0, 0)], mode="reflect")
