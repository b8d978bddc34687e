"""Features of EfficientNet-Lite: ImageNet's, from packages of 20 MB; not those FID is about."""

import keras
import tensorflow as tf

from gan_keras.metrics.features import resize
from gan_keras.metrics.features.base import Extractor, own_score_name, three_channels
from gan_keras.pretrained import efficientnet_lite

SIZE = 112


class ImageNetLite(Extractor):
    """1,280 pooled features and 1,000 class probabilities of EfficientNet-Lite0 or Lite2.

    When to use it: for colour images where the weights of FID's Inception can't be had, and where
    their price (299 pixels a side) is too high. Its scores compare with each other and with nothing
    published, which is why tables call them frechet_imagenet_lite0 and so on. Lite2 is for what was
    trained with a perceptual distance, since that distance looks through Lite0: a score by the
    features that a model trained on flatters it.

    Images are brought to 112 pixels a side (antialiased bicubic), half of what the network was
    trained with: the features of 10 classes of 32-pixel photos lie apart nearly as well as those
    at 224, at a quarter of the price (docs/metrics.md). Grey images are shown in three equal
    channels.

    Args:
        variant: `efficientnet_lite.LITE0` or `LITE2`.

    Raises:
        ImportError: the package with the weights is not installed.
        ValueError: its file is another one than the published.
    """

    resize = f"bicubic_antialiased_{SIZE}"
    batch_size = 64
    num_classes = efficientnet_lite.NUM_CLASSES

    def __init__(self, variant):
        self.name = variant.name.replace("efficientnet", "imagenet")
        self._sha256 = variant.sha256
        network = variant.network()
        taps = [network.output["pooled"], network.output["logits"]]
        self._model = keras.Model(network.input, taps)
        self._forward = tf.function(self._features_and_probabilities)

    @property
    def fingerprint(self):
        """16 hexadecimal digits: the SHA-256 of the published file begins with them."""
        return self._sha256[:16]

    def score_name(self, metric):
        """Names under which nobody takes its scores for the published ones."""
        return own_score_name(metric, self.name)

    def extract(self, images):
        """See `Extractor.extract`."""
        images = three_channels(images, self.name)
        features, probabilities = self._forward(tf.constant(resize.clean(images, SIZE)))
        return features.numpy(), probabilities.numpy()

    def _features_and_probabilities(self, images):
        images = efficientnet_lite.normalized(images / 127.5 - 1.0)
        features, logits = self._model(images, training=False)
        return features, tf.nn.softmax(logits)
