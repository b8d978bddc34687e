"""Features of the 2015 Inception network: what FID, KID and IS are published with."""

import hashlib
import os

import keras
import numpy as np
import tensorflow as tf

from gan_keras import files
from gan_keras.metrics import cache
from gan_keras.metrics.features import inception_network, resize
from gan_keras.metrics.features.base import Extractor, digest, three_channels
from gan_keras.pretrained import torch_file

URL = (
    "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/"
    "pt_inception-2015-12-05-6726825d.pth"
)
SHA256 = "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2"
VARIABLE = "GAN_KERAS_INCEPTION"


class Inception2015(Extractor):
    """2,048 pooled features and 1,008 class probabilities of the network of the FID paper.

    When to use it: for numbers that compare with published ones. The weights (96 MB) are those that
    pytorch-fid and torch-fidelity use. They are looked for at `weights`, then at the path in the
    environment variable GAN_KERAS_INCEPTION, then downloaded; converted once and cached.
    Probabilities are the softmax of the logits without bias, as in the reference inception score.
    Grey images are shown in three equal channels.

    Args:
        clean: whether to resize with antialiasing (its scores are called clean_fid ...).
        weights: str, path of the published file, or None.
        sha256: str, the digest the file must have. Defaults to the published file's.
        cache_dir: str, or None for the default folder.

    Raises:
        ValueError: the file has another digest, or lacks layers.
    """

    batch_size = 32
    num_classes = 1008

    def __init__(self, *, clean=False, weights=None, sha256=SHA256, cache_dir=None):
        self.name = "inception_2015_clean" if clean else "inception_2015"
        self.resize = "bicubic_antialiased_299" if clean else "bilinear_tensorflow1_299"
        self._clean = clean
        path = converted(weights, sha256=sha256, cache_dir=cache_dir)
        arrays = read(path)
        model = inception_network.build()
        inception_network.set_weights(model, arrays, path)
        self._fingerprint = digest(*(arrays[name] for name in sorted(arrays)))
        taps = [model.output["2048"], model.output["logits_unbiased"]]
        self._model = keras.Model(model.input, taps)
        self._forward = tf.function(self._features_and_probabilities)

    @property
    def fingerprint(self):
        """16 hexadecimal digits over the weights."""
        return self._fingerprint

    def score_name(self, metric):
        """ "clean_fid" and so on after the antialiased resize."""
        return f"clean_{metric}" if self._clean else metric

    def extract(self, images):
        """See `Extractor.extract`."""
        images = three_channels(images, self.name)
        way = resize.clean if self._clean else resize.tensorflow_1
        features, probabilities = self._forward(tf.constant(way(images, inception_network.SIZE)))
        return features.numpy(), probabilities.numpy()

    def _features_and_probabilities(self, images):
        features, logits = self._model((images - 128.0) / 128.0, training=False)
        return features, tf.nn.softmax(logits)


def read(path):
    """The arrays that `converted` left.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except Exception as error:  # a torn file can fail anywhere in zipfile, zlib or numpy
        raise ValueError(
            f"Cached weights '{path}' cannot be read ({error}). Delete the file, and it is made "
            "anew."
        ) from error


def converted(weights=None, *, sha256=SHA256, cache_dir=None):
    """Path of the weights as .npz, made from the published file where it is not there yet.

    Args:
        weights: str, path of the published file, or None to look and download.
        sha256: str, the digest it must have.
        cache_dir: str, or None for the default folder.
    """
    path = os.path.join(cache.folder(cache_dir), f"inception-2015-{sha256[:16]}.npz")
    if os.path.exists(path):
        return path
    origin = weights or os.environ.get(VARIABLE) or _downloaded(sha256, cache_dir)
    if not os.path.exists(origin):
        raise ValueError(
            f"No file '{origin}'. Get {URL} and pass its path, or set {VARIABLE} to it."
        )
    found = hashlib.sha256()
    with open(origin, "rb") as file:
        while chunk := file.read(1 << 20):
            found.update(chunk)
    if found.hexdigest() != sha256:
        raise ValueError(
            f"'{origin}' has the SHA-256 {found.hexdigest()[:16]}..., the published weights "
            f"{sha256[:16]}.... Download {URL} again."
        )
    arrays = torch_file.read(origin)
    inception_network.set_weights(inception_network.build(), arrays, origin)  # is it complete?
    arrays = {name: array for name, array in arrays.items() if array.ndim}  # no step counters
    with files.replacing(path) as temporary, open(temporary, "wb") as file:
        np.savez(file, **arrays)
    return path


def _downloaded(sha256, cache_dir):
    try:
        return keras.utils.get_file(
            os.path.basename(URL), URL, file_hash=sha256, cache_dir=cache.folder(cache_dir)
        )
    except Exception as error:  # Keras raises bare exceptions for whatever the network did
        raise ValueError(
            f"The weights of 'inception_2015' can't be fetched ({error}). Get the file by other "
            f"means and set {VARIABLE} to its path, or use the extractor 'classifier' or 'pixels'."
        ) from error
