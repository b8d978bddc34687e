"""What a feature extractor is: images in, features and probabilities out, and an identity."""

import abc
import hashlib

import numpy as np

from gan_keras import kinds

CLASSIFIER_TRAINING = 1  # raised whenever `classifier_network` trains differently
OWN_NAMES = {"fid": "frechet", "fid_infinity": "frechet_infinity", "kid": "kernel"}


class Extractor(abc.ABC):
    """Base of the feature extractors: call it with images, get features and probabilities.

    A subclass sets the attributes and writes `extract` and `fingerprint`. Images always pass
    through uint8 first (rounded and clipped), because that is what an image file holds: without
    it, samples are scored on details that nobody will ever see.

    Attributes:
        name: str, how scores name it.
        resize: str, how images are brought to the network's size; "none" where they are not.
        batch_size: int, how many images `extract` always gets. It is fixed, and the last block is
            padded, so that features do not depend on how the images arrived.
        num_classes: int, how many probabilities it gives; None for none.
    """

    name: str | None = None
    resize = "none"
    batch_size = 256
    num_classes: int | None = None

    def score_name(self, metric):
        """What a score of this extractor is called in tables."""
        return metric

    @property
    @abc.abstractmethod
    def fingerprint(self):
        """16 hexadecimal digits that change with anything that changes the features."""

    @abc.abstractmethod
    def extract(self, images):
        """Features (batch, num_features) and probabilities (batch, num_classes), or None for them.

        Args:
            images: uint8 (batch, h, w, c); or float32 (batch, features) for vectors.
        """

    def __call__(self, images):
        """Features and class probabilities of any number of images.

        Args:
            images: (num, h, w, c), uint8 or floats in [-1, 1]; or float vectors (num, features).

        Returns:
            (features, probabilities): float32 arrays of `num` rows; probabilities are None for an
            extractor that does not classify.

        Raises:
            ValueError: the array is empty, of another rank, or holds NaN or infinite numbers.
        """
        images = as_samples(images)
        features, probabilities = [], []
        for start in range(0, len(images), self.batch_size):
            block = images[start : start + self.batch_size]
            short = self.batch_size - len(block)
            if short:
                block = np.concatenate([block, np.repeat(block[-1:], short, axis=0)])
            found, classes = self.extract(block)
            kept = self.batch_size - short
            features.append(np.asarray(found, "float32")[:kept])
            if classes is not None:
                probabilities.append(np.asarray(classes, "float32")[:kept])
        return np.concatenate(features), np.concatenate(probabilities) if probabilities else None


def as_samples(images):
    """Images as uint8 (num, h, w, c), or vectors as float32 (num, features), checked."""
    images = np.asarray(images)
    try:
        kind = kinds.of_shape(images.shape[1:])
    except ValueError:
        kind = None
    if kind is None or not len(images):
        raise ValueError(
            "Samples must be images (num, height, width, channels) or vectors (num, features), "
            f"at least one. Received: shape {images.shape}. Flatten signals and sequences: "
            "x.reshape(len(x), -1)."
        )
    return kind.scored(images)


def three_channels(images, name):
    """Colour images as they are, grey ones in three equal channels.

    Raises:
        ValueError: neither; `name` is the extractor's.
    """
    if images.ndim != 4 or images.shape[-1] not in (1, 3):
        raise ValueError(
            f"Extractor '{name}' takes images (num, h, w, 1 or 3). Received: {images.shape}. Use "
            "'pixels' for other data."
        )
    return np.repeat(images, 3 // images.shape[-1], axis=-1)


def own_score_name(metric, extractor):
    """What a score is called that must not be taken for a published one, e.g. frechet_my_network.

    "fid" and "kid" are names for the features of one network alone.
    """
    return f"{OWN_NAMES.get(metric, metric)}_{extractor}"


def digest(*parts):
    """16 hexadecimal digits over arrays, bytes and texts, in order."""
    sha = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            sha.update(f"{part.dtype.str}{part.shape}".encode())
            sha.update(np.ascontiguousarray(part))
        else:
            sha.update(part if isinstance(part, bytes) else str(part).encode())
        sha.update(b"\0")
    return sha.hexdigest()[:16]
