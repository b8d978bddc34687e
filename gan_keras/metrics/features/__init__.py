"""Feature extractors: images in [-1, 1] in, features and class probabilities out.

fashion_mnist_classifier   shipped with the package; needs no network
classifier                 a small CNN trained on the labelled data at hand, cached
pixels                     the samples themselves; vectors too
"""

from gan_keras.metrics.features.base import Extractor
from gan_keras.metrics.features.classifier import Classifier, fashion_mnist, trained
from gan_keras.metrics.features.pixels import Pixels
from gan_keras.serialization import nearest

NAMES = {
    "fashion_mnist_classifier": fashion_mnist,
    "pixels": Pixels,
}


def get(identifier):
    """An extractor by its name, or as it is.

    Raises:
        ValueError: the name is not known.
    """
    if isinstance(identifier, Extractor):
        return identifier
    if identifier in NAMES:
        return NAMES[identifier]()
    raise ValueError(f"Unknown extractor '{identifier}'.{nearest(identifier, NAMES)}")
