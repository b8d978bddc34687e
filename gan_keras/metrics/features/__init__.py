"""Feature extractors: images in [-1, 1] in, features and class probabilities out.

    fashion_mnist_classifier   shipped with the package; needs no network
    classifier                 a small CNN for the labelled data at hand: the shipped one where it
                               fits, else trained once and cached
    fashion_mnist_classifier_by_channel
                               the shipped one on each of three channels, for stacked garments
    pixels                     the samples themselves; vectors too
    inception_2015             the network of the FID paper, resized as TensorFlow 1 did
    inception_2015_clean       the same after an antialiased bicubic resize ("clean" FID)
    inception_keras            the one of keras.applications; its scores are never called FID
    imagenet_lite0             EfficientNet-Lite0, from the extra `imagenet`; never called FID
    imagenet_lite2             EfficientNet-Lite2, other eyes than a perceptual distance trains with
    PATH.keras                 any Keras model

Networks are imported when they are asked for: TensorFlow takes seconds to load.
"""

from gan_keras.metrics.features.base import Extractor
from gan_keras.spelling import nearest

__all__ = ["NAMES", "Extractor", "cheap", "default", "get"]


def _fashion_mnist():
    from gan_keras.metrics.features import classifier

    return classifier.fashion_mnist()


def _fashion_mnist_by_channel():
    from gan_keras.metrics.features import by_channel

    return by_channel.ByChannel(_fashion_mnist())


def _pixels():
    from gan_keras.metrics.features.pixels import Pixels

    return Pixels()


def _inception_2015():
    from gan_keras.metrics.features.inception import Inception2015

    return Inception2015(clean=False)


def _inception_2015_clean():
    from gan_keras.metrics.features.inception import Inception2015

    return Inception2015(clean=True)


def _inception_keras():
    from gan_keras.metrics.features.keras_model import InceptionKeras

    return InceptionKeras()


def _imagenet_lite0():
    from gan_keras.metrics.features.imagenet import ImageNetLite
    from gan_keras.pretrained import efficientnet_lite

    return ImageNetLite(efficientnet_lite.LITE0)


def _imagenet_lite2():
    from gan_keras.metrics.features.imagenet import ImageNetLite
    from gan_keras.pretrained import efficientnet_lite

    return ImageNetLite(efficientnet_lite.LITE2)


NAMES = {
    "fashion_mnist_classifier": _fashion_mnist,
    "fashion_mnist_classifier_by_channel": _fashion_mnist_by_channel,
    "pixels": _pixels,
    "inception_2015": _inception_2015,
    "inception_2015_clean": _inception_2015_clean,
    "inception_keras": _inception_keras,
    "imagenet_lite0": _imagenet_lite0,
    "imagenet_lite2": _imagenet_lite2,
}


def get(identifier, *, source=None, cache_dir=None):
    """An extractor by its name, from the path of a Keras model, or as it is.

    Args:
        identifier: a name, a path that ends in .keras, or an `Extractor`.
        source: a `data.Source`, which "classifier" is trained on.
        cache_dir: str, where a trained classifier is kept; None for the default folder.

    Raises:
        ValueError: the name is not known; "classifier" without labelled images.
    """
    if isinstance(identifier, Extractor):
        return identifier
    if not isinstance(identifier, str):
        raise TypeError(f"`extractor` is a name, a path or an Extractor. Received: {identifier!r}.")
    if identifier == "classifier":
        from gan_keras.metrics.features import classifier

        return classifier.suited(source, cache_dir=cache_dir)
    if identifier.endswith(".keras"):
        from gan_keras.metrics.features.keras_model import KerasModel

        return KerasModel(identifier)
    if identifier in NAMES:
        return NAMES[identifier]()
    known = {**NAMES, "classifier": None}
    raise ValueError(f"Unknown extractor '{identifier}'.{nearest(identifier, known)}")


def default(source):
    """Name of the extractor to score a `data.Source` with where none was asked for.

    "classifier" for images with labels (the shipped one for Fashion-MNIST, else one that is trained
    on them and cached), "pixels" for all else.
    """
    return "classifier" if source.is_images and source.labels is not None else "pixels"


def cheap(source):
    """The shipped classifier where the data are its own, else "pixels": nothing is trained."""
    return source.extractor or "pixels"
