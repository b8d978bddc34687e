"""Features of stacked images: what a classifier of grey images sees in each colour channel."""

import numpy as np

from gan_keras.metrics.features.base import Extractor


class ByChannel(Extractor):
    """The features of all channels side by side, and the probability of each triple of classes.

    When to use it: for stacked images, whose classes are the modes (a thousand for three channels
    of ten classes), in the order of their labels: 100 a + 10 b + c.

    Args:
        classifier: an `Extractor` with probabilities, of images with one channel.
        num_channels: int. Defaults to 3.
    """

    def __init__(self, classifier, *, num_channels=3):
        self.name = f"{classifier.name}_by_channel"
        self.resize = classifier.resize
        self.batch_size = classifier.batch_size
        self.num_classes = classifier.num_classes**num_channels
        self.num_channels = num_channels
        self.classifier = classifier

    @property
    def fingerprint(self):
        """That of the classifier."""
        return self.classifier.fingerprint

    def extract(self, images):
        """See `Extractor.extract`."""
        if images.shape[-1] != self.num_channels:
            raise ValueError(
                f"Extractor '{self.name}' takes images of {self.num_channels} channels. Received: "
                f"shape {images.shape[1:]}."
            )
        features, joint = [], np.ones((len(images), 1), "float32")
        for channel in range(self.num_channels):
            found, probabilities = self.classifier.extract(images[..., channel : channel + 1])
            features.append(found)
            # (batch, n, 1) * (batch, 1, 10): the last channel's class runs fastest
            joint = (joint[:, :, None] * probabilities[:, None, :]).reshape(len(images), -1)
        return np.concatenate(features, axis=1), joint
