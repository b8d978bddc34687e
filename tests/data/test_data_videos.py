"""Folders of clips, what is refused of them, and the garments that move by a law."""

import re

import numpy as np
import pytest
from PIL import Image

from gan_keras import data, images, kinds, recipes
from gan_keras.data import moving_garments
from gan_keras.metrics.moving_garments import centres


def frames(num, side=6, channels=3, seed=0):
    """Frames of few colours, which a GIF holds exactly."""
    random = np.random.default_rng(seed)
    return random.choice(np.array([0, 60, 255], "uint8"), (num, side, side, channels))


def folder_of(path, clips, suffix=".gif"):
    """A folder with each clip as a GIF, or as a folder of PNGs."""
    for name, clip in clips.items():
        target = path / f"{name}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        if suffix:
            images.save_gif(target, clip, 10)
            continue
        for number, frame in enumerate(clip):
            images.save_png(target / f"{number:03d}.png", frame)
    return path


@pytest.fixture(autouse=True)
def make_parents(monkeypatch):
    save = images.save_png

    def with_parents(path, image, **others):
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, image, **others)

    monkeypatch.setattr(images, "save_png", with_parents)


@pytest.mark.parametrize("suffix", [".gif", ""])
def test_clips_are_the_first_frames_in_order(tmp_path, suffix):
    clips = {"b": frames(5), "a": frames(4, seed=1)}
    found = data.source(folder_of(tmp_path, clips, suffix), num_frames=4)
    assert found.kind == kinds.Videos(shape=(4, 6, 6, 3), rate=10.0 if suffix else 8.0)
    np.testing.assert_array_equal(found.samples, [clips["a"], clips["b"][:4]])
    assert found.labels is None


@pytest.mark.parametrize("suffix", [".gif", ""])
def test_folders_are_classes_and_grey_stays_grey(tmp_path, suffix):
    clips = {"dog/1": frames(2, channels=1), "cat/x": frames(2, channels=1, seed=1)}
    found = data.source(folder_of(tmp_path, clips, suffix), num_frames=2)
    assert found.kind.shape == (2, 6, 6, 1)
    assert (found.labels.tolist(), found.class_names) == ([0, 1], ["cat", "dog"])
    np.testing.assert_array_equal(found.samples[1], clips["dog/1"])


def test_a_frame_that_stands_twice_as_long_is_two(tmp_path):
    still = np.repeat(frames(3, channels=1), [1, 2, 1], axis=0)  # Pillow joins equal neighbours
    images.save_gif(tmp_path / "one.gif", still, 10)
    with Image.open(tmp_path / "one.gif") as film:
        assert film.n_frames == 3
    found = data.source(tmp_path, num_frames=4)
    np.testing.assert_array_equal(found.samples[0], still)


def test_frames_are_brought_to_a_size(tmp_path):
    folder_of(tmp_path, {"a": frames(2), "b": frames(2, side=8)})
    found = data.source(tmp_path, num_frames=2, image_size=4, channels=1)
    assert found.kind.shape == (2, 4, 4, 1)


def test_what_is_no_clip_is_refused(tmp_path):
    folder_of(tmp_path, {"a": frames(3), "b": frames(2)})

    def refused(message, path=tmp_path, **arguments):
        with pytest.raises((ValueError, TypeError), match=re.escape(message)) as caught:
            data.source(path, **{"num_frames": 3, **arguments})
        assert "\n" not in str(caught.value)

    refused("'b.gif' in '")
    refused("has 2 frames, but clips have 3. Leave it out, or take fewer: num_frames=2 (--set")
    refused("`num_frames` is a whole number of frames of a clip, at least 2.", num_frames=1)
    refused("not 'nowhere'", path="nowhere")
    refused("`rate` is not for videos", rate=8)
    refused("`num_frames` is for videos, but 'ring' holds none", path="ring")
    refused("'moving_garments' has clips of 16 frames", path="moving_garments")
    refused("has no split 'x'", path="moving_garments", split="x", num_frames=16)
    refused("`image_size` is not for", path="moving_garments", num_frames=16, image_size=8)
    folder_of(tmp_path, {"c": frames(3, side=8)})
    refused("mixed sizes: 'a.gif' is 6x6 and 'c.gif' 8x8 pixels. Give `image_size`", num_frames=2)
    (tmp_path / "c.gif").write_bytes(b"GIF89a nothing")
    refused("'c.gif' in '", num_frames=2)
    refused("can't be read (", num_frames=2)
    (tmp_path / "empty").mkdir()
    refused("No images in '", path=tmp_path / "empty")
    images.save_png(tmp_path / "still.png", frames(1)[0])
    refused("'still.png' lies in '", num_frames=2)


def test_a_sampled_folder_is_read_again(tmp_path):
    kind = kinds.Videos(shape=(4, 6, 6, 3), rate=10.0)
    clips = np.stack([frames(4), frames(4, seed=1)])
    kind.write(tmp_path / "clips", kind.to_network(clips), np.array([1, 0]))
    names = sorted(path.name for path in (tmp_path / "clips").iterdir())
    assert names == ["00000-class1.gif", "00001-class0.gif"]
    found = data.source(tmp_path / "clips", num_frames=4)
    np.testing.assert_array_equal(found.samples, clips)
    assert found.kind == kind


def test_pictures_are_strips_and_films_play_all_at_once(tmp_path):
    kind = kinds.Videos(shape=(20, 6, 6, 3), rate=10.0)
    clips = np.stack([frames(20), frames(20, seed=1)])
    picture = kind.picture(clips)
    assert picture.shape == (2 * 6 + 2, 16 * 8 - 2, 3)  # two pixels between; 16 frames of 20
    np.testing.assert_array_equal(picture[:6, :6], clips[0, 0])
    np.testing.assert_array_equal(picture[-6:, -6:], clips[1, 19])
    assert kind.shown(clips).shape == (2, 6, 16 * 8 - 2, 3)
    np.testing.assert_array_equal(kind.for_features(clips), clips[:, 10])
    kind.write(tmp_path / "strips.png", clips, scale=1)
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "strips.png")), picture)
    kind.write(tmp_path / "film.gif", clips, columns=2, scale=1)
    with Image.open(tmp_path / "film.gif") as film:
        assert (film.n_frames, film.size, film.info["duration"]) == (20, (14, 6), 100)
        film.seek(3)
        np.testing.assert_array_equal(np.asarray(film.convert("RGB"))[:, -6:], clips[1, 3])
    with pytest.raises(ValueError, match=r"Videos go to \.gif, \.png, a folder"):
        kind.write(tmp_path / "film.mp4", clips)


@pytest.mark.parametrize(
    "arguments",
    [{"shape": (4, 4, 3)}, {"shape": (2, 4, 4, 2)}, {"rate": 0}],
)
def test_numbers_that_no_video_has_are_refused(arguments):
    with pytest.raises(ValueError, match=r"Received: "):
        kinds.Videos(**{"shape": (2, 4, 4, 3), **arguments})


# ------------------------------------------------------------- moving garments


def test_the_law_by_hand():
    """Walls at 0 and 14: 17 is 3 beyond the right one, -3 as far beyond the left, 30 a turn on."""
    places = moving_garments.bounced(np.array([-3.0, 0.0, 5.0, 14.0, 17.0, 30.0]), 14)
    assert places.tolist() == [3.0, 0.0, 5.0, 14.0, 11.0, 2.0]


def test_centres_by_hand():
    clip = np.zeros((1, 2, 6, 6, 3), "uint8")
    clip[0, 0, 2, 1:3, 0] = 216  # red at (2, 1) and (2, 2)
    clip[0, 0, 5, 0, 1:] = (116, 116)
    clip[0, 0, 1, 0, 1:] = (316 - 100, 216)  # twice the light over the floor of 16
    clip[0, 1] = 16  # as dark as background: no body, so the middle
    found = centres(clip)
    np.testing.assert_allclose(found[0, 0], [[2, 1.5], [(5 + 2 * 1) / 3, 0]])
    np.testing.assert_allclose(found[0, 1], [[2.5, 2.5], [2.5, 2.5]])
    with pytest.raises(ValueError, match="told by colour, but clips have 1"):
        centres(clip[..., :1])


def test_garments_move_by_the_law():
    block = np.full((1, 4, 4), 255, "uint8")
    clips = moving_garments.drawn(block, 30, num_frames=12, side=10, seed=3)
    again = moving_garments.drawn(block, 30, num_frames=12, side=10, seed=3)
    np.testing.assert_array_equal(clips, again)
    assert (clips.shape, clips.dtype) == ((30, 12, 10, 10, 3), np.uint8)
    assert (np.count_nonzero(clips, axis=(2, 3)) == 16).all()  # whole, in each channel
    places = centres(clips)
    steps = np.linalg.norm(np.diff(places, axis=1), axis=-1)
    assert steps.max() <= 2.5 + 2**0.5  # drawn at whole pixels
    assert (places.min(), places.max()) == (1.5, 7.5)
    assert len(np.unique(clips.reshape(30, -1), axis=0)) == 30


def test_moving_garments_are_bundled_and_always_the_same():
    held_out = data.source("moving_garments", split="test")
    assert held_out.samples.shape == (500, 16, 28, 28, 3)
    assert held_out.kind == kinds.Videos(shape=(16, 28, 28, 3))
    assert held_out.own_scores == "moving_garments"
    assert held_out.fingerprint == "c767dbe5dc0a9e85"
    assert recipes.default_for("moving_garments") == "moving_garments"
    garments = data.source("fashion_mnist_10k").samples
    np.testing.assert_array_equal(  # four pixels of the first one, by hand
        moving_garments.halved(garments[:1])[0, 5, 7],
        round(garments[0, 10:12, 14:16].astype(float).mean()),
    )
