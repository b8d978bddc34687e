"""Where trained classifiers, converted weights and real statistics are kept between runs."""

import os


def folder(path=None):
    """The cache folder, made if it is not there.

    Args:
        path: str, or None for the environment variable GAN_KERAS_CACHE, or else
            ~/.cache/gan_keras.
    """
    path = path or os.environ.get("GAN_KERAS_CACHE") or os.path.join("~", ".cache", "gan_keras")
    path = os.path.abspath(os.path.expanduser(path))
    os.makedirs(path, exist_ok=True)
    return path
