"""Scores of pairs, against BasicSR's and TensorFlow's numbers and by hand."""

import doctest
import importlib
import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from gan_keras.corruptions import bicubic
from gan_keras.metrics import (
    PAIRED,
    Score,
    evaluate_pairs,
    low_resolution_consistency,
    pixel_l1,
    psnr,
    ssim,
    steganography,
    table,
)


def golden():
    """The pair on which BasicSR was run, as a batch of one each."""
    i, j, c = np.meshgrid(np.arange(48), np.arange(48), np.arange(3), indexing="ij")
    real = (7 * i + 13 * j + 29 * c) % 256
    fake = np.round(np.clip(0.9 * real + 10 + ((i * j) % 11) - 5, 0, 255))
    return fake[None].astype("uint8"), real[None].astype("uint8")


@pytest.mark.parametrize(
    ("channels", "crop", "expected"),
    [
        ("all", 0, 29.3431490),
        ("all", 4, 29.3549536),
        ("y", 0, 31.9484434),
        ("y", 4, 31.9885873),
    ],
)
def test_the_psnr_of_basicsr(channels, crop, expected):
    fake, real = golden()
    values = psnr(fake, real, channels=channels, crop=crop)
    assert values.shape == (1,)
    assert values.dtype == "float64"
    # On tensors it adds 1e-8 to the mean squared error of [0, 1].
    exact = -10 * np.log10(10 ** (-expected / 10) - 1e-8)
    assert abs(values[0] - exact) < 1e-6
    assert psnr(real, fake, channels=channels, crop=crop)[0] == values[0]


@pytest.mark.parametrize(
    ("channels", "crop", "expected"),
    [
        ("all", 0, 0.9862573),
        ("all", 4, 0.9861690),
        ("y", 0, 0.9857590),
        ("y", 4, 0.9857525),
    ],
)
def test_the_ssim_of_basicsr(channels, crop, expected):
    fake, real = golden()
    values = ssim(fake, real, channels=channels, crop=crop)
    assert values.dtype == "float64"
    assert abs(values[0] - expected) < 1e-7
    assert abs(ssim(real, fake, channels=channels, crop=crop)[0] - values[0]) < 1e-12


def test_ssim_and_psnr_of_a_batch_are_tensorflow_s():
    random = np.random.default_rng(0)
    real = random.integers(0, 256, (20, 13, 17, 2), dtype="uint8")
    fake = np.clip(real + random.integers(-40, 40, real.shape), 0, 255).astype("uint8")
    np.testing.assert_allclose(ssim(fake, real), tf.image.ssim(fake, real, 255), atol=2e-5)
    np.testing.assert_allclose(psnr(fake, real), tf.image.psnr(fake, real, 255), rtol=1e-5)


def test_l1_by_hand():
    fake, real = np.zeros((2, 3, 3, 1), "uint8"), np.zeros((2, 3, 3, 1), "uint8")
    fake[0] = 51  # a fifth of the range
    real[1, 1, 1] = 255
    np.testing.assert_allclose(pixel_l1(fake, real), [0.2, 1 / 9], rtol=1e-12)
    np.testing.assert_allclose(pixel_l1(fake, real, crop=1), [0.2, 1.0], rtol=1e-12)


def test_holes_alone_by_hand():
    real = np.zeros((2, 4, 4, 3), "uint8")
    fake = real.copy()
    fake[0, :2] = 51
    mask = np.zeros((2, 4, 4, 1), "float32")
    mask[0, 1:3, :2] = 1  # half of it wrong
    mask[1, 3, 3] = 1
    np.testing.assert_allclose(pixel_l1(fake, real, mask=mask), [0.1, 0.0], rtol=1e-12)
    # mean squared error 51^2 / 2: 10 log10(2 * 25) = 16.9897
    found = psnr(fake, real, mask=mask[..., 0])
    assert abs(found[0] - 16.989700) < 1e-6
    assert found[1] == np.inf
    with pytest.raises(ValueError, match="1 of 2 masks have no missing pixel"):
        psnr(fake, real, mask=mask, crop=1)


def test_ssim_of_a_hole_looks_through_the_windows_at_its_centre():
    fake, real = golden()
    mask = np.zeros((1, 48, 48))
    mask[0, 20, 30] = 1
    window = ssim(fake[:, 15:26, 25:36], real[:, 15:26, 25:36])
    np.testing.assert_allclose(ssim(fake, real, mask=mask), window, rtol=1e-9)
    np.testing.assert_allclose(
        ssim(fake, real, mask=np.ones((1, 48, 48))), ssim(fake, real), rtol=1e-12
    )
    border = np.zeros((1, 48, 48))
    border[0, 4] = 1
    with pytest.raises(ValueError, match="no missing pixel where a score can look"):
        ssim(fake, real, mask=border)


def test_low_resolution_consistency():
    _, real = golden()
    small = bicubic(tf.constant(real, tf.float32), 4).numpy()
    rounded = np.clip(np.rint(small), 0, 255).astype("uint8")
    expected = 10 * np.log10(255**2 / np.mean((np.clip(small, 0, 255) - rounded) ** 2))
    found = low_resolution_consistency(real, rounded, scale=4)
    assert abs(found[0] - expected) < 1e-3
    assert 57 < found[0] < 61  # rounding: variance 1 / 12, 58.9 dB
    # All levels off by 10: 20 log10(25.5) = 28.1308
    flat = np.full((2, 12, 12, 1), 100, "uint8")
    found = low_resolution_consistency(flat, np.full((2, 4, 4, 1), 90, "uint8"), scale=3)
    np.testing.assert_allclose(found, 28.130804, atol=1e-5)
    with pytest.raises(ValueError, match=r"enlarged 4 times.*\(2, 12, 12, 1\) and \(2, 4, 4, 1\)"):
        low_resolution_consistency(flat, flat[:, :4, :4], scale=4)
    with pytest.raises(ValueError, match="uint8"):
        low_resolution_consistency(flat / 255, flat[:, :3, :3], scale=4)


def test_steganography_finds_a_code_below_the_levels():
    """The middle image is flat grey, with the input hidden in a thousandth of its range."""
    _, real = golden()

    def there(given):
        return 0.002 * given

    def back(middle):
        return np.clip(middle / 0.002, -1, 1)

    found = steganography(real, there, back)
    assert list(found) == ["cycle_psnr", "cycle_psnr_uint8", "cycle_psnr_jpeg90"]
    assert found["cycle_psnr"] > 60
    assert found["cycle_psnr_uint8"] < 12
    assert found["cycle_psnr_jpeg90"] < 12


def test_steganography_of_an_honest_cycle_is_what_jpeg_costs():
    real = (np.arange(64)[:, None] + np.arange(64)[None]).astype("uint8")[None, :, :, None]

    def same(given):
        return given

    found = steganography(real, same, same, quality=50)
    assert found["cycle_psnr"] == found["cycle_psnr_uint8"] == np.inf
    file = io.BytesIO()
    Image.fromarray(real[0, ..., 0]).save(file, format="JPEG", quality=50)
    expected = psnr(np.asarray(Image.open(file))[None, ..., None], real)[0]
    assert abs(found["cycle_psnr_jpeg50"] - expected) < 1e-9
    assert found["cycle_psnr_jpeg50"] > 35
    with pytest.raises(ValueError, match=r"1 or 3\)\. Received: \(1, 64, 64, 2\)"):
        steganography(real, lambda given: np.concatenate([given] * 2, -1), same)


def test_evaluate_pairs_gives_scores_with_their_protocol():
    fake, real = golden()
    fake, real = np.concatenate([fake, real]), np.concatenate([real, fake])
    fake[1, 0, 0] ^= 1  # so that the two differ
    psnr_score, y, similarity = evaluate_pairs(
        fake, real, metrics=["psnr", "psnr_y", "ssim"], crop=4, data="pattern/test", seed=3
    )
    assert isinstance(psnr_score, Score)
    assert psnr_score.metric == "psnr_crop4"
    assert abs(psnr_score.value - 29.3549536) < 1e-4
    assert psnr_score.std < 1e-9
    assert y.metric == "psnr_y_crop4"
    assert abs(y.value - 31.9885873) < 1e-4
    assert abs(similarity.value - 0.9861690) < 1e-7
    assert (y.num_real, y.num_fake, y.seed, y.resize) == (2, 2, 3, "none")
    assert y.data.startswith("pattern/test@")
    assert Score.from_json(y.to_json()) == y


def test_a_baseline_compares_and_another_protocol_does_not():
    fake, real = golden()
    [good] = evaluate_pairs(fake, real, metrics="psnr")
    [bad] = evaluate_pairs(255 - fake, real, metrics="psnr")
    [cropped] = evaluate_pairs(fake, real, metrics="psnr", crop=4)
    assert bad < good
    with pytest.raises(ValueError, match="`metric` is"):
        assert cropped > good
    with pytest.raises(ValueError, match="`data` is"):
        assert evaluate_pairs(real, fake, metrics="psnr")[0] > good


def test_every_entry_of_the_table():
    fake, real = golden()
    mask = np.zeros((1, 48, 48, 1))
    mask[0, 10:20, 10:20] = 1
    small = real[:, ::4, ::4]
    scores = evaluate_pairs(
        fake, real, metrics=PAIRED, mask=mask, low_resolution=small, scale=4, crop=2
    )
    assert [score.metric for score in scores] == [
        name if name == "low_resolution_psnr" else f"{name}_crop2" for name in PAIRED
    ]
    by_name = {score.metric: score.value for score in scores}
    assert by_name["psnr_hole_crop2"] == psnr(fake, real, mask=mask)[0]
    assert by_name["psnr_hole_crop2"] != by_name["psnr_crop2"]
    assert by_name["low_resolution_psnr"] == low_resolution_consistency(fake, small, scale=4)[0]
    words = {name: table.better(name) for name in PAIRED}
    assert {name for name, word in words.items() if word == "lower"} == {"l1", "l1_hole"}
    assert set(words.values()) == {"lower", "higher"}


def test_equal_images_have_no_finite_psnr():
    _, real = golden()
    [score] = evaluate_pairs(real, real, metrics="psnr")
    assert (score.value, score.std) == (np.inf, None)
    assert Score.from_json(score.to_json()) == score


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"metrics": ["psnrr"]}, "Did you mean 'psnr'"),
        ({"metrics": []}, "No metrics"),
        ({"metrics": ["ssim_hole"]}, "'ssim_hole' needs `mask`"),
        ({"metrics": ["low_resolution_psnr"], "scale": 4}, "needs `low_resolution`"),
        ({"crop": 24}, r"leave something of 48 x 48 pixels\. Received: 24"),
        ({"crop": -1}, "`crop` must be at least 0"),
        ({"crop": 20}, r"at least 11 x 11 pixels, after `crop`\. Received: 8 x 8"),
        ({"metrics": ["psnr_hole"], "mask": np.ones((1, 4, 4))}, r"\(1, 48, 48\)\. Received: \(1"),
        ({"fake": golden()[0] / 255.0}, r"uint8 in \[0, 255\]\. Received: float64"),
        ({"fake": golden()[0][:, 1:]}, r"of one shape.*\(1, 47, 48, 3\)"),
        ({"fake": golden()[0][:0], "real": golden()[0][:0]}, "at least one"),
        (
            {"fake": golden()[0][..., :1], "real": golden()[0][..., :1], "metrics": "psnr_y"},
            "Luma takes colour images of 3 channels",
        ),
    ],
)
def test_refusals(arguments, message):
    fake, real = golden()
    with pytest.raises(ValueError, match=message):
        evaluate_pairs(**{"fake": fake, "real": real, **arguments})


@pytest.mark.parametrize("name", ["paired", "psnr", "ssim"])
def test_examples_of_pairs(name):
    found = doctest.testmod(importlib.import_module(f"gan_keras.metrics.{name}"))
    assert found.attempted > 0
    assert found.failed == 0


def test_a_pair_without_error_does_not_make_the_mean_infinite():
    """Gaps of 51 and 255 levels are 13.9794 and 0 dB; an equal pair counts as the best of these."""
    real = np.zeros((3, 8, 8, 1), "uint8")
    fake = real + np.array([0, 51, 255], "uint8")[:, None, None, None]
    [score] = evaluate_pairs(fake, real, metrics="psnr")
    assert score.value == pytest.approx((13.9794 + 13.9794) / 3, abs=1e-4)
    [score] = evaluate_pairs(real, real, metrics="psnr")
    assert score.value == np.inf
