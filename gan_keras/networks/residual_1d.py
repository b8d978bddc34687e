"""Residual blocks of 1-D convolutions, which networks of sequences and of series share."""

from keras import layers

KERNEL = 5  # places
SHARE = 0.3  # of a residual block's layers in its sum


def blocks(x, width, num_blocks, *, first=0, padding="same"):
    """Residual blocks, each x + 0.3 conv(relu(conv(relu(x)))).

    (Gulrajani et al., 2017, arXiv:1704.00028, appendix C.)

    Args:
        x: (batch, places, width).
        width: channels.
        num_blocks: how many.
        first: number of the first, in the names of its layers. Defaults to 0.
        padding: "same" (the default), or "causal": no place sees those behind it.
    """
    for index in range(first, first + num_blocks):
        inner = x
        for half in ("a", "b"):
            inner = layers.ReLU(name=f"block_{index}_{half}_relu")(inner)
            inner = conv(width, KERNEL, f"block_{index}_{half}", padding=padding)(inner)
        inner = layers.Rescaling(SHARE, name=f"block_{index}_share")(inner)
        x = layers.Add(name=f"block_{index}")([x, inner])
    return x


def conv(filters, size, name, initializer="he_normal", *, padding="same", **arguments):
    """A convolution that keeps the number of places."""
    return layers.Conv1D(
        filters,
        size,
        padding=padding,
        kernel_initializer=initializer,
        name=name,
        **arguments,
    )
