"""HiFi-GAN's networks: the paper's numbers of parameters, periods by hand, lengths."""

import re

import keras
import numpy as np
import pytest

from gan_keras import layers
from gan_keras.networks import hifigan, patchgan

TINY = {"width": 8, "rates": (4, 2), "kernels": (8, 4), "block_kernels": (3, 5)}
TINY |= {"dilations": ((1, 2), (1, 3)), "depth": 1}


def trained(network):
    return sum(int(np.prod(weight.shape)) for weight in network.trainable_weights)


@pytest.mark.parametrize(
    ("version", "expected"),
    [("V1", 13_926_017), ("V2", 925_985), ("V3", 1_462_273)],  # 13.92, .92 and 1.46 million
)
def test_the_paper_has_as_many_parameters(version, expected):
    """Table 1. By hand, V2: 80-128 by 7; transposed by 16, 16, 4, 4 to 64-32-16-8; after each three
    blocks of six convolutions, 126 c^2 + 18 c; 8-1 by 7:
    71,808 + 166,520 + 687,600 + 57."""
    network = hifigan.generator((32, 80), (8_192, 1), **getattr(hifigan, version))
    assert network.count_params() == expected
    assert network.output_shape == (None, None, 1)


def test_the_judges_of_the_paper_have_as_many():
    """A period: 192 + 20,608 + 328,192 + 2,622,464 + 5,243,904 + 3,073. A scale: 2,048 + 168,064 +
    84,224 + 336,384 + 1,344,512 + 2,688,000 + 5,243,904 + 3,073. Times five, and times three."""
    period = hifigan.discriminator((8_192, 1), periods=(2,), num_scales=0)
    scale = hifigan.discriminator((8_192, 1), periods=(), num_scales=1)
    assert trained(period) == 8_218_433 == 41_092_165 // 5
    assert trained(scale) == 9_870_209 == 29_610_627 // 3
    assert period.output_shape == (None, 51, 2, 1)  # 4,096 by three, four times
    assert scale.output_shape == (None, 128, 1, 1)  # 8,192 / 2 / 2 / 4 / 4


def test_a_column_holds_moments_a_period_apart():
    waves = np.arange(7.0, dtype="float32")[None, :, None]
    found = layers.FoldPeriod(3)(waves)[0, ..., 0]
    assert found.numpy().tolist() == [[0, 1, 2], [3, 4, 5], [6, 5, 4]]  # the end mirrored


def test_lengths_ranges_and_saving(tmp_path):
    generator = hifigan.generator((6, 5), (48, 1), **TINY)
    mels = np.random.default_rng(0).normal(size=(2, 9, 5)).astype("float32")
    waves = generator(mels)
    assert (waves.shape, waves.dtype) == ((2, 72, 1), "float32")
    assert np.abs(waves).max() <= 1
    generator.save(tmp_path / "generator.keras")
    loaded = keras.models.load_model(tmp_path / "generator.keras")
    np.testing.assert_array_equal(loaded(mels), waves)


def test_eight_judges_with_their_features():
    judges = hifigan.discriminator((256, 1), width=2)
    waves = np.random.default_rng(0).normal(size=(2, 256, 1)).astype("float32")
    logits, features = patchgan.with_features(judges)(waves)
    assert len(logits) == len(features) == 8
    assert [len(maps) for maps in features] == [5] * 5 + [7] * 3
    for ours, theirs in zip(logits, judges(waves), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert [tuple(maps.shape[1:3]) for maps in logits[:2]] == [(2, 2), (2, 3)]
    assert [maps.shape[1] for maps in logits[5:]] == [4, 2, 1]
    normalized = [one.name for one in judges.layers if isinstance(one, layers.SpectralNorm)]
    assert len(normalized) == 8
    assert normalized[-1] == "logits_5"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image_shape": (50, 1)}, "make 48 samples of 6 frames, not 50"),
        ({"rates": (4,)}, "a kernel for each rate"),
        ({"kernels": (3, 4)}, "at least as long as its rate"),
        ({"depth": 3}, "`depth` is 1 or 2"),
        ({"width": 6}, "a multiple of 4"),
        ({"input_shape": (6, 5, 1)}, "(frames, bands)"),
    ],
)
def test_generators_that_can_not_be(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        hifigan.generator(**{"input_shape": (6, 5), "image_shape": (48, 1), **TINY, **arguments})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image_shape": (28, 28, 1)}, "is (samples, 1)"),
        ({"image_shape": (20, 1)}, "too short for these judges: 33 or more"),
        ({"periods": (), "num_scales": 0}, "one of either at least"),
        ({"input_shape": (4, 5)}, "look at waves alone"),
    ],
)
def test_judges_that_can_not_be(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        hifigan.discriminator(**{"image_shape": (256, 1), "width": 2, **arguments})
