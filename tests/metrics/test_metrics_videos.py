"""Scores of videos, by hand and from both sides: what each sees, and what it does not."""

import numpy as np
import pytest

from gan_keras import data, kinds, metrics
from gan_keras.data import moving_garments
from gan_keras.data.moving_garments import bounced
from gan_keras.metrics.labelled import Side
from gan_keras.metrics.moving_garments import followed, law_residuals
from gan_keras.metrics.videos import identity_drift
from gan_keras.running.table_scores import table

SIDE, SIZE = 28, 14


def clips_at(places):
    """Clips of two blocks whose corners are at places (n, t, 2, 2), whole pixels."""
    num, steps = places.shape[:2]
    clips = np.zeros((num, steps, SIDE, SIDE, 3), "uint8")
    for n, t, body in np.ndindex(num, steps, 2):
        down, right = places[n, t, body]
        channels = slice(0, 1) if body == 0 else slice(1, 3)
        clips[n, t, down : down + SIZE, right : right + SIZE, channels] = 200
    return clips


def test_drift_by_hand():
    """Places 0, 2 | 4, 6: one from their clip's mean, five, squared, from the mean of all."""
    clips = [[[0.0], [2.0]], [[4.0], [6.0]]]
    assert identity_drift(clips, clips) == pytest.approx(0.2)
    assert identity_drift([[[7.0], [7.0]]], clips) == 0.0  # frozen
    assert identity_drift([[[0.0], [6.0]]], clips) == pytest.approx(9 / 5)
    assert identity_drift([[[0.0, 0.0], [0.0, 4.0]]], [[[0.0, 0.0], [0.0, 2.0]]]) == 4.0
    with pytest.raises(ValueError, match="the same features"):
        identity_drift(clips, np.ones((2, 2, 1)))


def test_lawful_motion_has_no_residual():
    """Whole pixels and whole velocities, over several walls: nothing is left but the grid."""
    steps = np.arange(16)
    ways = [bounced(start + speed * steps, 14) for start, speed in ((3, 2), (14, -1), (0, 0))]
    first, second, still = (way.astype(int) for way in ways)
    places = np.stack([np.stack([first, second], -1), np.stack([still, second], -1)], axis=1)
    assert law_residuals(clips_at(places[None]), 14)[0] < 0.02


def test_residual_of_a_body_that_trembles_by_hand():
    """By half a pixel to either side of a place, along one axis of one of two bodies.

    A straight line takes 3 / (t^2 - 1) of it away; what is left is 0.5^2 (1 - 3/255) / 2, rooted.
    """
    places = np.full((1, 16, 2, 2), 5)
    places[0, ::2, 0, 1] += 1
    found = law_residuals(clips_at(places), 14)[0]
    assert found == pytest.approx(np.sqrt(0.125 * (1 - 3 / 255)), rel=0.01)


def test_residual_sees_jumps_and_walls_in_the_wrong_place():
    random = np.random.default_rng(0)
    assert law_residuals(clips_at(random.integers(0, 15, (4, 16, 2, 2))), 14).min() > 2
    early = bounced(1.0 * np.arange(16), 5).astype(int)  # turns after 5 of 14 pixels
    places = np.full((1, 16, 2, 2), 4)
    places[0, :, 0, 0] = early
    assert law_residuals(clips_at(places), 14)[0] > 0.5


def test_real_clips_are_off_by_their_rounding():
    """Rounding has variance 1/12; three numbers are fitted, so 13 of 16 frames are left."""
    garments = moving_garments.halved(data.source("fashion_mnist_10k").samples[:50])
    clips = moving_garments.drawn(garments, 60, seed=1)
    expected = np.sqrt(2 / 12 * 13 / 16)
    assert law_residuals(clips, SIDE - SIZE).mean() == pytest.approx(expected, rel=0.08)


def test_followed_bodies_stand_still():
    garments = moving_garments.halved(data.source("fashion_mnist_10k").samples[:50])
    clips = moving_garments.drawn(garments, 10, seed=1)
    bodies = followed(clips, SIDE - SIZE)
    assert bodies.shape == (20, 16, 28, 28, 1)
    np.testing.assert_array_equal(bodies, bodies[:, :1].repeat(16, axis=1))
    assert (bodies[:10, 0, ::2, ::2, 0].max(axis=(1, 2)) == clips[:, 0, ..., 0].max((1, 2))).all()


@pytest.fixture(scope="module")
def scores():
    """Of real clips as fake, by pixels of small frames."""
    garments = np.full((1, 6, 6), 250, "uint8")
    clips = moving_garments.drawn(garments, 600, num_frames=5, side=12, seed=1)
    kind = kinds.Videos(shape=clips.shape[1:])
    real, fake, held_out = (Side(samples=clips[start::3]) for start in range(3))
    names = ["frame_distance", "change_distance", "identity_drift", "law_residual"]
    names += ["copies", "closest_record"]
    found = metrics.evaluate_videos(
        fake, real, kind, held_out=held_out, metrics=names, own="moving_garments", data="d@1"
    )
    return {score.metric: score for score in found}


def test_each_score_sees_what_it_should(scores):
    value = {name: score.value for name, score in scores.items()}
    assert len(value) == 4 * 4 + 2 * 2 + 1  # copies of fake and held-out clips, and the closest
    for name in ("change_distance", "frame_distance", "identity_drift", "law_residual"):
        # Clips of one kind are alike by all scores.
        assert value[name] == pytest.approx(value[f"{name}@held_out"], rel=0.5)
    assert value["change_distance@frozen"] > 3 * value["change_distance"]
    assert value["identity_drift@frozen"] == value["law_residual@frozen"] == 0.0
    assert value["frame_distance@shuffled"] == pytest.approx(0.0, abs=1e-6)  # the same frames
    assert value["change_distance@shuffled"] > 5  # the same clips, so 0 if order did not count
    assert value["law_residual@shuffled"] > 2 * value["law_residual"]
    assert value["identity_drift@shuffled"] == pytest.approx(
        value["identity_drift@held_out"], rel=0.5
    )


def test_copies_of_all_training_clips_are_seen(scores):
    """Also of those beyond the ones that are scored; real clips are no copies of each other."""
    value = {name: score.value for name, score in scores.items()}
    assert value["exact_copies"] == value["exact_copies@held_out"] == 0.0
    assert value["near_copies"] < 0.05 > value["near_copies@held_out"]
    spread = scores["closest_record"].std
    assert value["closest_record"] == pytest.approx(0.5, abs=3.5 * spread)

    random = np.random.default_rng(0)
    real = Side(samples=random.integers(0, 256, (40, 3, 6, 6, 1), dtype="uint8"))
    other = Side(samples=random.integers(0, 256, (9, 3, 6, 6, 1), dtype="uint8"))
    copies = Side(samples=np.concatenate([real.samples[38:], real.samples[:2] // 2 * 2]))
    found = metrics.evaluate_videos(
        copies,
        real,
        kinds.Videos(shape=(3, 6, 6, 1)),
        held_out=other,
        metrics=["copies", "closest_record"],
        num=4,
    )
    found = {score.metric: score for score in found}
    assert found["near_copies"].value == found["closest_record"].value == 1.0
    assert found["near_copies@held_out"].value == found["exact_copies@held_out"].value == 0.0
    expected = (copies.samples[:, None] == real.samples).all(axis=(2, 3, 4, 5)).any(axis=1).mean()
    assert found["exact_copies"].value == expected >= 0.5
    assert (found["near_copies"].num_real, found["near_copies"].num_fake) == (40, 4)


def test_scores_travel_with_their_protocol(scores):
    score = scores["frame_distance"]
    assert score.extractor == "pixels@0000000000000000"
    assert (score.num_real, score.num_fake, score.data) == (200, 200, "d@1")
    assert scores["law_residual"].extractor.startswith("none@")


def test_the_table_of_scores_shows_what_stands_beside(scores):
    found = table(list(scores.values()), "clips")
    assert [one.header for one in found.columns][3:6] == ["shuffled", "frozen", "held-out"]
    assert next(iter(found.columns[0].cells)) == "frame_distance"
    frozen = list(found.columns[4].cells)
    assert frozen[2:4] == ["0", "0"]  # drift and law


def test_what_can_not_be_scored_is_refused():
    side = Side(samples=np.zeros((2, 2, 8, 8, 1), "uint8"))
    kind = kinds.Videos(shape=(2, 8, 8, 1))
    with pytest.raises(ValueError, match="'law_residual' is a score of 'moving_garments' alone"):
        metrics.evaluate_videos(side, side, kind, metrics="law_residual")
    with pytest.raises(ValueError, match="Unknown metric of videos 'frame_distanc'"):
        metrics.evaluate_videos(side, side, kind, metrics="frame_distanc")
    with pytest.raises(
        ValueError, match="'closest_record' can't be taken: it takes 2 real clips never"
    ):
        metrics.evaluate_videos(side, side, kind, metrics="closest_record")
    with pytest.raises(ValueError, match="'copies' can't be taken: it takes 2 fake clips and 3"):
        metrics.evaluate_videos(side, side, kind, metrics="copies")
    few = Side(samples=np.array([[0, 10], [90, 250]], "uint8")[..., None, None, None])
    scores = metrics.evaluate_videos(few, few, kinds.Videos(shape=(2, 1, 1, 1)))
    found = {score.metric for score in scores}
    assert "change_distance" in found
    assert not {"near_copies", "closest_record"} & found
    large = kinds.Videos(shape=(2, 80, 80, 1))
    with pytest.raises(ValueError, match="Name an extractor"):
        metrics.evaluate_videos(side, side, large)
