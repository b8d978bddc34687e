"""WaveGAN's networks: the paper's numbers of parameters, and shifts by hand."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import layers
from gan_keras.networks import wavegan

ABCD = np.arange(1.0, 5.0, dtype="float32")  # a b c d


def test_each_sample_has_its_own_shift_and_what_it_uncovers_is_reflected():
    layer = layers.PhaseShuffle(2)
    maps = tf.constant(np.stack([ABCD + 10 * k for k in range(4)])[..., None])
    found = layer.shifted(maps, tf.constant([2, -1, 0, -2]))[..., 0].numpy()
    a, b, c, d = ABCD
    assert found[0].tolist() == [c, b, a, b]
    assert (found[1] - 10).tolist() == [b, c, d, c]
    assert (found[2] - 20).tolist() == [a, b, c, d]
    assert (found[3] - 30).tolist() == [c, d, c, b]


def test_shifts_are_drawn_in_training_alone():
    layer = layers.PhaseShuffle(2, seed=1)
    maps = tf.constant(np.tile(np.arange(9.0, dtype="float32"), (200, 1))[..., None])
    np.testing.assert_array_equal(layer(maps), maps)
    found = layer(maps, training=True).numpy()[:, 4, 0] - 4  # -shift
    shares = [(found == shift).mean() for shift in (-2, -1, 0, 1, 2)]
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0.12  # a fifth each
    again = layer(maps, training=True).numpy()[:, 4, 0] - 4
    assert (found != again).any()
    for bad in (-1, 1.5, True):
        with pytest.raises(ValueError, match="a whole number of steps"):
            layers.PhaseShuffle(bad)
    with pytest.raises(ValueError, match="want a map of more"):
        layers.PhaseShuffle(3)(maps[:, :3])


def test_the_paper_has_as_many_parameters():
    """Table 3 and 4: a dense layer and five convolutions of 25, by hand.

    Generator: 100 x 16384 + 16384 = 1,654,784; 25 x in x out + out of 1024-512-256-128-64-1:
    13,107,712 + 3,277,056 + 819,328 + 204,864 + 1,601. Discriminator: 1-64-128-256-512-1024:
    1,664 + 204,928 + 819,456 + 3,277,312 + 13,108,224, and 16,384 + 1.
    """
    generator, discriminator = wavegan.generator(), wavegan.discriminator()
    assert generator.count_params() == 19_065_345
    assert discriminator.count_params() == 17_427_969
    assert (generator.output_shape, discriminator.output_shape) == ((None, 16_384, 1), (None, 1))
    assert sum(isinstance(layer, layers.PhaseShuffle) for layer in discriminator.layers) == 4


@pytest.mark.parametrize("num_classes", [None, 3])
def test_shapes_ranges_and_saving(num_classes, tmp_path):
    small = {"width": 2, "num_classes": num_classes}
    generator = wavegan.generator((96, 1), 5, post_filter=8, **small)  # 24 steps, once times 4
    discriminator = wavegan.discriminator((96, 1), **small)
    assert generator.get_layer("filter").count_params() == 8
    assert np.abs(generator.get_layer("wave").output.shape[1]) == 96
    latents = np.random.default_rng(0).uniform(-1, 1, (4, 5)).astype("float32")
    labels = np.arange(4, dtype="int32") % 3
    inputs = latents if num_classes is None else [latents, labels]
    waves = np.array(generator(inputs))
    assert (waves.shape, waves.dtype) == ((4, 96, 1), np.float32)
    judged = waves if num_classes is None else [waves, labels]
    assert discriminator(judged, training=True).shape == (4, 1)
    for model, values in ((generator, inputs), (discriminator, judged)):
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(tmp_path / "model.keras")
        np.testing.assert_array_equal(loaded(values), model(values))
    plain = wavegan.generator((96, 1), 5, **small)
    assert np.abs(np.array(plain(inputs))).max() <= 1


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((5_000, 1), "Received: 5000. Cut or fill them: num_samples=5120"),
        ((16, 1), "16 to 63 times a power of 4"),
        ((28, 28, 1), "of waves is (samples, channels)"),
    ],
)
def test_lengths_that_do_not_come_from_a_base_are_refused(shape, message):
    for builder in (wavegan.generator, wavegan.discriminator):
        with pytest.raises(ValueError, match=re.escape(message)) as caught:
            builder(shape)
        assert "\n" not in str(caught.value)
