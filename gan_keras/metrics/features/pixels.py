"""The samples themselves as features: no network, so tables, signals and sequences work too."""

from gan_keras import kinds
from gan_keras.metrics.features.base import OWN_NAMES, Extractor, own_score_name


class Pixels(Extractor):
    """Flattened images in [-1, 1], or vectors as they are.

    When to use it: for toys and tables, and as a check on the other extractors. On images,
    distances between pixels see brightness and position before anything else.
    """

    name = "pixels"
    batch_size = 1024

    @property
    def fingerprint(self):
        """Always the same: there is nothing to change."""
        return "0" * 16

    def score_name(self, metric):
        """Its distances are called frechet_pixels and kernel_pixels, for nobody's FID is one."""
        return own_score_name(metric, self.name) if metric in OWN_NAMES else metric

    def extract(self, images):
        """See `Extractor.extract`."""
        numbers = kinds.of_shape(images.shape[1:]).to_network(images)
        return numbers.reshape(len(images), -1), None
