"""TensorFlow's import without the lines it prints whatever its log level is."""

import os
import sys


def import_tensorflow():
    """Imports TensorFlow; what its C++ side says to standard error meanwhile is dropped."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        import tensorflow  # noqa: F401
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
