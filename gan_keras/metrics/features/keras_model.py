"""Features of any Keras model, and of the Inception network of keras.applications."""

import os

import keras
import numpy as np
import tensorflow as tf

from gan_keras import images as conversion
from gan_keras.files import model_files
from gan_keras.machines import precision
from gan_keras.metrics.features.base import Extractor, digest, own_score_name, three_channels


class KerasModel(Extractor):
    """The flattened (first) output of a Keras model as features.

    When to use it: with a network that knows the data, say from self-supervised training. The model
    takes images in [-1, 1], or vectors, of just the data's size; put its own preprocessing inside.

    Args:
        model: the path of a .keras file, or a `keras.Model`.
        name: str, how scores name it. Defaults to the model's name.
    """

    def __init__(self, model, *, name=None):
        if not isinstance(model, keras.Model):
            model = loaded(model)
        self.name = name or model.name
        self._model = model
        config = model.to_json().encode()  # two models may share their weights
        self._fingerprint = digest(config, *(np.asarray(w) for w in model.get_weights()))
        self._forward = tf.function(lambda images: model(images, training=False))

    @property
    def fingerprint(self):
        """16 hexadecimal digits over structure and weights."""
        return self._fingerprint

    def extract(self, images):
        """See `Extractor.extract`."""
        wanted = self._model.input_shape[1:]
        fits = len(wanted) == images.ndim - 1 and all(
            a in (None, b) for a, b in zip(wanted, images.shape[1:], strict=False)
        )
        if not fits:
            raise ValueError(
                f"Extractor '{self.name}' takes samples of shape {wanted}. Received: "
                f"{images.shape[1:]}."
            )
        if images.dtype == np.uint8:
            images = conversion.to_float(images)
        found = self._forward(tf.constant(images))
        found = found[0] if isinstance(found, (list, tuple)) else found
        return np.reshape(found, (len(images), -1)), None


def loaded(path):
    """The Keras model of a file.

    Raises:
        ValueError: there is none, or it is damaged or of another kind.
    """
    if not os.path.exists(path):
        raise ValueError(f"No file '{path}'. An extractor is a name, or the path of a .keras file.")
    return model_files.opened(path)


class InceptionKeras(Extractor):
    """Inception v3 of keras.applications: other weights, other pooling, another resize than FID's.

    When to use it: where the published FID weights cannot be had. Its scores compare with nothing
    published, which is why tables call them frechet_inception_keras and so on, never FID.

    Args:
        weights: as in keras.applications. Defaults to "imagenet" (downloaded, 96 MB).
    """

    name = "inception_keras"
    resize = "bilinear_antialiased_299"
    batch_size = 32
    num_classes = 1000

    def __init__(self, *, weights="imagenet"):
        try:
            with precision.in_float32():
                model = keras.applications.InceptionV3(weights=weights)
        except Exception as error:  # Keras raises bare exceptions for whatever the network did
            raise ValueError(
                f"The weights of 'inception_keras' can't be had ({error}). Use the extractor "
                "'classifier' or 'pixels'."
            ) from error
        pooled = model.get_layer("avg_pool").output
        self._model = keras.Model(model.input, [pooled, model.output])
        self._fingerprint = digest(*(np.asarray(weight) for weight in model.get_weights()))
        self._forward = tf.function(self._features_and_probabilities)

    @property
    def fingerprint(self):
        """16 hexadecimal digits over the weights."""
        return self._fingerprint

    def score_name(self, metric):
        """Names under which nobody takes its scores for the published ones."""
        return own_score_name(metric, self.name)

    def extract(self, images):
        """See `Extractor.extract`."""
        images = three_channels(images, self.name)
        features, probabilities = self._forward(tf.constant(images))
        return features.numpy(), probabilities.numpy()

    def _features_and_probabilities(self, images):
        images = tf.image.resize(tf.cast(images, tf.float32), (299, 299), antialias=True)
        return self._model(images / 127.5 - 1.0, training=False)
