"""Keras models in files of others, opened without running code that such a file brings."""

import keras
import tensorflow as tf


def opened(path, *, compiled=False):
    """The model of a .keras file.

    Keras's safe mode takes classes of Keras and registered ones alone: no Lambda of Python code, no
    class by the name of its module.

    Args:
        path: of the file.
        compiled: whether with its optimizers. Defaults to False.

    Raises:
        ValueError: it is damaged, or holds what this process does not know.
    """
    try:
        return keras.models.load_model(path, compile=compiled)
    except (MemoryError, tf.errors.ResourceExhaustedError):
        raise
    except Exception as error:  # Keras raises whatever the file leads it to
        reason = " ".join(str(error).split())[:200]
        raise ValueError(
            f"'{path}' is no Keras model that can be loaded ({reason}). Take a whole file; layers "
            "of your own are known once their module is imported."
        ) from error
