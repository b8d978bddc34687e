"""Features of a small classifier: the shipped one for Fashion-MNIST, or one trained at hand."""

import os
import sys

import numpy as np
import tensorflow as tf

from gan_keras import kinds
from gan_keras.metrics import cache
from gan_keras.metrics.features import classifier_file, classifier_network
from gan_keras.metrics.features.base import CLASSIFIER_TRAINING, Extractor, as_samples, digest
from gan_keras.metrics.features.by_channel import ByChannel

SHIPPED = os.path.join(os.path.dirname(__file__), "fashion_mnist.npz")


class Classifier(Extractor):
    """Features and class probabilities of a small convolutional classifier.

    The features are the 96 rectified activations before the last layer, the probabilities its
    softmax. Scores from two different classifiers do not compare; the fingerprint tells them apart.

    Args:
        model: as made by `classifier_network.build`.
        name: str, how scores name it.
    """

    batch_size = 500

    def __init__(self, model, *, name="classifier"):
        self.name = name
        self.model = model
        self.image_shape = tuple(model.input.shape[1:])
        self.num_classes = model.outputs[1].shape[-1]
        self._fingerprint = digest(*(np.asarray(weight) for weight in model.get_weights()))
        self._forward = tf.function(self._features_and_probabilities)

    @property
    def fingerprint(self):
        """16 hexadecimal digits over the weights."""
        return self._fingerprint

    def extract(self, images):
        """See `Extractor.extract`."""
        if images.shape[1:] != self.image_shape:
            raise ValueError(
                f"Extractor '{self.name}' takes images of shape {self.image_shape}. Received: "
                f"{images.shape[1:]}. Train a classifier on this data, or use 'pixels'."
            )
        return tuple(part.numpy() for part in self._forward(tf.constant(images)))

    def _features_and_probabilities(self, images):
        images = tf.cast(images, tf.float32) / 127.5 - 1.0
        features, logits = self.model(images, training=False)
        return features, tf.nn.softmax(logits)


def fashion_mnist():
    """The shipped Fashion-MNIST classifier (28, 28, 1): benchmarks/making/train_classifier.py.

    Trained on the 60,000 training images; 92.48% accurate on the 10,000 test images.
    """
    model, _ = classifier_file.load(SHIPPED)
    return Classifier(model, name="fashion_mnist_classifier")


def trained(
    images,
    labels,
    *,
    num_classes=None,
    seed=0,
    cache_dir=None,
    epochs=None,
    shown=300_000,
    fingerprint=None,
    **training,
):
    """A classifier trained on the labelled images at hand, or the one trained on them before.

    Args:
        images: (num, h, w, c), uint8 or floats in [-1, 1].
        labels: int (num,).
        num_classes: int. Defaults to the largest label plus one.
        seed: int. Defaults to 0.
        cache_dir: str, see `cache.folder`.
        epochs: int. Defaults to what shows the network about `shown` images, at most 30 passes.
        shown: int, how many images that are. Defaults to 300,000.
        fingerprint: str, of images and labels. Defaults to one that is computed.
        training: further arguments of `classifier_network.train`.

    Raises:
        ValueError: labels are missing, or there are not as many as images.
    """
    if labels is None or len(labels) != len(images):
        raise ValueError(
            "The 'classifier' extractor is trained on one label for each image. Received: "
            f"{len(images)} images and {0 if labels is None else len(labels)} labels. "
            "For data without labels use 'pixels' or 'inception_2015'."
        )
    labels = np.asarray(labels, "int32")
    num_classes = num_classes or int(labels.max()) + 1
    epochs = epochs or int(np.clip(round(shown / len(images)), 2, 30))
    fingerprint = fingerprint or digest(as_samples(images), labels)
    key = digest(
        *(fingerprint, num_classes, seed, epochs, CLASSIFIER_TRAINING), *sorted(training.items())
    )
    path = os.path.join(cache.folder(cache_dir), f"classifier-{key}.npz")
    if not os.path.exists(path):
        print(
            f"Training a classifier for scores, once: {epochs} passes over {len(images):,} images, "
            f"then kept as {path}",
            file=sys.stderr,
            flush=True,
        )
        model = classifier_network.train(
            as_samples(images),
            labels,
            num_classes=num_classes,
            epochs=epochs,
            seed=seed,
            **training,
        )
        classifier_file.save(path, model, data=fingerprint, seed=seed, epochs=epochs)
    model, _ = classifier_file.load(path)
    return Classifier(model)


def suited(source, *, cache_dir=None):
    """The classifier for a `data.Source`: the shipped one where it says so, else a trained one.

    Stacked garments are seen channel by channel; see `ByChannel`.

    Raises:
        ValueError: there are no images with labels to train on.
    """
    samples, labels = getattr(source, "samples", None), getattr(source, "labels", None)
    if samples is None or labels is None or not kinds.are_images(samples.shape[1:]):
        raise ValueError(
            "Extractor 'classifier' is trained on a data source of images with labels. For other "
            "data use 'fashion_mnist_classifier', 'pixels' or 'inception_2015'."
        )
    if source.extractor == "fashion_mnist_classifier_by_channel":
        return ByChannel(fashion_mnist())
    if source.extractor == "fashion_mnist_classifier":
        return fashion_mnist()
    return trained(
        samples,
        labels,
        num_classes=source.num_classes,
        cache_dir=cache_dir,
        fingerprint=source.fingerprint,
        **source.kind.classifier,
    )
