"""ADA's strength on two replicas: one sign for all, and the images of both count."""

import pytest
import tensorflow as tf
import two_devices

from gan_keras.augment import Adaptive

MARGINS = [[1.0, 2.0, 3.0, 1.0], [-1.0, -2.0, -1.0, 0.5]]  # mean signs 1 and -0.5: 0.25


@pytest.mark.parametrize(("target", "expected"), [(0.2, 0.6), (0.3, 0.4)])
def test_probability_follows_the_global_batch(target, expected):
    """8 images of 80 are a tenth, up or down on both, though the replicas alone would differ."""
    strategy = two_devices.mirrored()
    with strategy.scope():
        layer = Adaptive(target=target, ramp_images=80, probability=0.5)

    @tf.function
    def observe(margins):
        layer.observe(margins, tf.size(margins))

    strategy.run(observe, [own_margins(strategy)])
    for probability in two_devices.values(layer.probability):
        assert float(probability) == pytest.approx(expected, abs=1e-6)


def own_margins(strategy):
    """Each replica's own row."""
    return strategy.experimental_distribute_values_from_function(
        lambda context: tf.constant(MARGINS[context.replica_id_in_sync_group])
    )
