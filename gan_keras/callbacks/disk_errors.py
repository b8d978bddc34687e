"""Errors about files, said so that a user knows what is safe and how to go on."""

import contextlib

import tensorflow as tf

from gan_keras.callbacks import checkpoint_folder
from gan_keras.files import errors as file_errors


@contextlib.contextmanager
def disk_errors_named(run):
    """Makes an error about a file say what stays and how to go on."""
    try:
        yield
    except checkpoint_folder.WriteError:
        raise
    except (OSError, tf.errors.ResourceExhaustedError) as error:
        if not isinstance(error, OSError) and "No space left" not in str(error):
            raise  # out of memory, which has the same class
        raise OSError(
            f"Could not write to '{run.folder}' ({file_errors.in_words(error, cured=False)}). "
            f"{checkpoint_folder.what_stays(run.checkpoints)}"
        ) from error
