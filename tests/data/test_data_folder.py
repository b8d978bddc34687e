"""Tests of folders of images: formats, labels, sizes, and every bad folder."""

import os

import numpy as np
import pytest
from PIL import Image

from gan_keras import data


def picture(value, size=(8, 8), mode="RGB"):
    """A plain Pillow image of `size` = (width, height)."""
    return Image.new(mode, size, value)


def save(image, *parts, **arguments):
    path = os.path.join(*map(str, parts))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    image.save(path, **arguments)


@pytest.fixture
def classes(tmp_path):
    """Two class folders, one image nested deeper."""
    save(picture((250, 0, 0)), tmp_path, "cats", "b.png")
    save(picture((0, 250, 0)), tmp_path, "cats", "deeper", "a.PNG", format="PNG")
    save(picture((0, 0, 250)), tmp_path, "dogs", "c.png")
    return tmp_path


def test_class_folders_become_labels(classes):
    source = data.source(classes)
    assert source.samples.shape == (3, 8, 8, 3)
    np.testing.assert_array_equal(source.labels, [0, 0, 1])
    assert source.class_names == ["cats", "dogs"]
    np.testing.assert_array_equal(source.samples[0, 0, 0], [250, 0, 0])
    np.testing.assert_array_equal(source.samples[1, 0, 0], [0, 250, 0])
    assert source.fingerprint == data.source(str(classes)).fingerprint


def test_no_labels_without_two_class_folders(classes):
    assert data.source(classes / "cats").labels is None
    save(picture(0), classes, "outside.png")
    source = data.source(classes)
    assert source.labels is None
    assert source.num_samples == 4


@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg", "webp", "gif", "bmp"])
def test_formats(tmp_path, suffix):
    save(picture((200, 100, 50)), tmp_path, f"a.{suffix}")
    source = data.source(tmp_path)
    assert source.sample_shape == (8, 8, 3)
    np.testing.assert_allclose(source.samples[0, 4, 4], [200, 100, 50], atol=6)  # lossy ones


def test_an_animation_gives_its_first_frame(tmp_path):
    frames = [picture(50, mode="L"), picture(200, mode="L")]
    save(frames[0], tmp_path, "a.gif", save_all=True, append_images=frames[1:])
    source = data.source(tmp_path, channels=1)
    assert source.samples.shape == (1, 8, 8, 1)
    assert source.samples.max() == 50


def test_grey_and_colour(tmp_path):
    save(picture(100, mode="L"), tmp_path, "grey.png")
    assert data.source(tmp_path).sample_shape == (8, 8, 1)
    assert data.source(tmp_path, channels=3).sample_shape == (8, 8, 3)
    save(picture((255, 0, 0)), tmp_path, "red.png")
    assert data.source(tmp_path).sample_shape == (8, 8, 3)
    # ITU-R 601: red weighs 0.299, so 255 gives 76.
    assert data.source(tmp_path, channels=1).samples[1].max() == 76


def test_sixteen_bits_and_transparency(tmp_path):
    # 16-bit 25,700 is 100 of 255; a transparent pixel is white, half of red on white (255,128,128).
    save(Image.fromarray(np.full((8, 8), 25700, "uint16")), tmp_path, "deep", "a.png")
    assert data.source(tmp_path / "deep").samples.max() == 100
    save(picture((255, 0, 0, 0), mode="RGBA"), tmp_path, "clear", "a.png")
    save(picture((255, 0, 0, 127), mode="RGBA"), tmp_path, "clear", "b.png")
    clear = data.source(tmp_path / "clear").samples[:, 0, 0]
    np.testing.assert_array_equal(clear[0], [255, 255, 255])
    np.testing.assert_allclose(clear[1], [255, 128, 128], atol=1)


def test_orientation_marks_are_obeyed(tmp_path):
    turned = np.zeros((8, 16), "uint8")
    turned[:, :8] = 255  # bright left half
    exif = Image.Exif()
    exif[0x0112] = 6  # show it turned by 90 degrees clockwise: bright upper half
    save(Image.fromarray(turned), tmp_path, "a.png", exif=exif)
    source = data.source(tmp_path)
    assert source.sample_shape == (16, 8, 1)
    assert source.samples[0, :8].min() == 255
    assert source.samples[0, 8:].max() == 0
    assert data.source(tmp_path, image_size=8).samples[0, 0, 4, 0] == 255


def test_crop_and_pad(tmp_path):
    wide = np.zeros((8, 24), "uint8")
    wide[:, 8:16] = 200  # the centre square
    wide[:, :8] = 100
    wide[:, 16:] = 100
    save(Image.fromarray(wide), tmp_path, "a.png")
    cropped = data.source(tmp_path, image_size=8).samples[0, ..., 0]
    np.testing.assert_array_equal(cropped, np.full((8, 8), 200))
    padded = data.source(tmp_path, image_size=24, fit="pad").samples[0, ..., 0]
    np.testing.assert_array_equal(padded[8:16], wide)
    assert padded[:8].max() == 0
    assert padded[16:].max() == 0
    assert data.source(tmp_path, image_size=(4, 12)).sample_shape == (4, 12, 1)


def test_shrinking_does_not_alias(tmp_path):
    stripes = np.zeros((64, 64), "uint8")
    stripes[:, ::2] = 255
    save(Image.fromarray(stripes), tmp_path, "a.png")
    small = data.source(tmp_path, image_size=16).samples[0]
    # Their mean is 127.5; picking pixels would give stripes of 0 or 255.
    assert abs(small[:, 2:-2].astype(float) - 127.5).max() < 6


def test_large_jpegs_shrink_like_others(tmp_path):
    ramp = np.linspace(0, 255, 512).astype("uint8")[np.newaxis].repeat(512, axis=0)
    save(Image.fromarray(ramp), tmp_path, "jpeg", "a.jpg", quality=95)
    save(Image.fromarray(ramp), tmp_path, "png", "a.png")
    drafted = data.source(tmp_path / "jpeg", image_size=16).samples.astype(int)
    whole = data.source(tmp_path / "png", image_size=16).samples.astype(int)
    assert abs(drafted - whole).max() <= 3


def test_train_and_test_folders_are_splits_not_classes(tmp_path):
    for split, value in (("train", 10), ("test", 20)):
        for name in ("cats", "dogs"):
            save(picture(value, mode="L"), tmp_path, split, name, "a.png")
    assert data.source(tmp_path).samples.max() == 10
    assert data.source(tmp_path, split="test").samples.max() == 20
    assert data.source(tmp_path, split="test").class_names == ["cats", "dogs"]


def test_links_are_followed_but_not_in_circles(classes):
    os.symlink(classes, classes / "dogs" / "up")
    assert data.source(classes).num_samples == 3
    os.remove(classes / "dogs" / "up")
    os.makedirs(classes / "linked")
    os.symlink(classes / "cats", classes / "linked" / "lions")
    os.symlink(classes / "dogs", classes / "linked" / "wolves")
    assert data.source(classes / "linked").class_names == ["lions", "wolves"]


def test_hidden_files_are_passed_over_and_others_with_a_warning(classes):
    (classes / "cats" / "._b.png").write_bytes(b"no image")
    assert data.source(classes).num_samples == 3
    (classes / "labels.csv").write_text("a,b")
    with pytest.warns(UserWarning, match=r"1 of 4 files .* for their suffix, 'labels.csv' first"):
        assert data.source(classes).num_samples == 3


def test_an_empty_folder(tmp_path):
    with pytest.raises(ValueError, match="No images in"):
        data.source(tmp_path)


def break_files(folder):
    """One file that is no image at all, one cut short after its header."""
    (folder / "cats" / "text.png").write_text("not an image")
    noise = np.random.default_rng(0).integers(0, 256, (8, 8, 3)).astype("uint8")
    save(Image.fromarray(noise), folder, "dogs", "short.png")
    whole = (folder / "dogs" / "short.png").read_bytes()
    (folder / "dogs" / "short.png").write_bytes(whole[: len(whole) // 2])


def test_bad_files_are_named(classes):
    break_files(classes)
    with pytest.raises(ValueError, match=r"2 of 5 files.*'cats/text.png' first") as caught:
        data.source(classes)
    assert "\n" not in str(caught.value)
    os.remove(classes / "cats" / "text.png")
    with pytest.raises(ValueError, match=r"1 of 4 files.*'dogs/short.png' first"):
        data.source(classes)


@pytest.mark.parametrize("image_size", [None, 8, 4])
def test_bad_files_are_skipped_with_a_count_if_asked(classes, image_size):
    break_files(classes)
    with pytest.warns(UserWarning, match=r"2 of 5 files .*skipped") as warned:
        source = data.source(classes, on_bad_file="skip", image_size=image_size)
    assert len(warned) == 1
    np.testing.assert_array_equal(source.labels, [0, 0, 1])
    assert source.samples[2, 0, 0, 2] == 250


def test_a_folder_of_only_bad_files_is_refused(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"")
    with pytest.raises(ValueError, match="1 of 1 files"):
        data.source(tmp_path, on_bad_file="skip")


def test_a_bad_first_file_does_not_decide_the_size(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (16, 16, 3)).astype("uint8")
    save(Image.fromarray(noise), tmp_path, "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(whole[: len(whole) // 2])
    save(picture((1, 2, 3)), tmp_path, "b.png")
    with pytest.warns(UserWarning, match=r"'a.png' first"):
        assert data.source(tmp_path, on_bad_file="skip").samples.shape == (1, 8, 8, 3)


def test_mixed_sizes_name_two_files_and_the_cure(classes):
    save(picture((0, 0, 0), size=(10, 6)), classes, "dogs", "d.png")
    with pytest.raises(
        ValueError,
        match=r"mixed sizes: 'cats/b.png' is 8x8 and 'dogs/d.png' 10x6 pixels.*image_size=64",
    ):
        data.source(classes)
    assert data.source(classes, image_size=8).num_samples == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image_size": 0}, "`image_size`"),
        ({"image_size": (8, 8, 3)}, "`image_size`"),
        ({"channels": 2}, "`channels`"),
        ({"fit": "stretch"}, "`fit`"),
        ({"on_bad_file": "ignore"}, "`on_bad_file`"),
        ({"split": "test"}, "has no 'test' split"),
        ({"split": "validation"}, "has no split 'validation'"),
    ],
)
def test_bad_arguments(classes, arguments, message):
    with pytest.raises(ValueError, match=message):
        data.source(classes, **arguments)
