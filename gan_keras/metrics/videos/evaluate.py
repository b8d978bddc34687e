"""Score fake videos against real ones: from clips to `Score`s in one call."""

import numpy as np

from gan_keras.metrics import features as extractors
from gan_keras.metrics.copies import exact_copies, near_copies
from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.labelled import Side, known_names, scores_of
from gan_keras.metrics.memorization import memorization_odds
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.metrics.tables.estimate import Estimate, bounded, of_share
from gan_keras.metrics.videos.drift import identity_drift
from gan_keras.metrics.videos.metric import Asked, Clips, VideoMetric
from gan_keras.metrics.videos.own import OWN

MOST = 500  # clips, each of many frames
MANY_PIXELS = 4096  # whose covariance says nothing of so few clips, and costs gigabytes


def evaluate_videos(
    fake,
    real,
    kind,
    *,
    held_out=None,
    metrics=None,
    extractor="pixels",
    own=None,
    num=MOST,
    seed=0,
    data="videos",
    progress=None,
    **_,
):
    """Scores of fake clips, each beside the same score of what costs nothing and of real ones.

    Beside "frame_distance", for example, "frame_distance@frozen" is that of real clips of which
    each only shows its first frame, "@shuffled" that of real clips with their frames in any order,
    and "@held_out", the floor, that of real ones that were held out. All are clips of bytes, as a
    file would hold them. Whether clips are copies is asked of the pixels of four of their frames.

    Args:
        fake: a `Side` of clips, uint8 or floats in [-1, 1].
        real: the `Side` that the generator was trained on.
        kind: the `kinds.Videos` of both.
        held_out: a `Side` of real ones that it was not trained on. Defaults to None: no floor.
        metrics: names, see `VIDEO_METRICS`. Defaults to None: all that are possible.
        extractor: of features of frames; see `metrics.features`. Defaults to "pixels".
        own: name of the scores in `OWN` that such clips alone have, as `Source.own_scores` says it.
            Defaults to None.
        num: how many clips of each side are scored at most; copies of all training clips are seen.
        seed: of cuts and shuffles. Defaults to 0.
        data: what scores call the real ones.
        progress: function (what, done, num), called after each score. Defaults to None.

    Returns:
        A list of `Score`.

    Raises:
        ValueError: an unknown metric, one that other clips have or that needs held-out clips, or
            features of too many pixels.
    """
    known = {**VIDEO_METRICS, **OWN.get(own, {})}
    names = check_names(metrics) if metrics else list(known)
    for name in names:
        if name not in known:
            [others] = [others for others, table in OWN.items() if name in table]
            raise ValueError(f"'{name}' is a score of '{others}' alone. Leave it out.")
        if metrics and (reason := _lacking(known[name], fake, real, held_out)):
            raise ValueError(f"'{name}' can't be taken: {reason}.")
    if extractor == "pixels" and np.prod(kind.shape[1:]) > MANY_PIXELS:
        raise ValueError(
            f"Frames of {kind.shape[1]}x{kind.shape[2]} pixels are too many numbers for a distance "
            "between pixels. Name an extractor: --extractor imagenet_lite0."
        )
    extractor = extractors.get(extractor)
    cut = {"real": real.some(num, seed), "": fake.some(num, seed), "training": real}
    if held_out is not None:
        cut["held_out"] = held_out.some(num, seed)
    sides = {
        what: Clips(kind.scored(np.asarray(side.samples)), extractor) for what, side in cut.items()
    }
    asked = Asked(
        real=sides.pop("real"), training=sides.pop("training"), held_out=sides.get("held_out")
    )
    order, (num, steps) = np.random.default_rng(seed), asked.real.samples.shape[:2]
    sides["frozen"] = asked.real.rearranged(np.zeros((num, steps), int))
    sides["shuffled"] = asked.real.rearranged(
        np.stack([order.permutation(steps) for _ in range(num)])
    )
    jobs = [
        (name, what)
        for name in names
        for what in sides
        if not _lacking(known[name], sides[what], real, held_out)
        and not (what == "held_out" and known[name].held_out)
        and not (what in ("frozen", "shuffled") and known[name].all_real)
    ]
    scores = []
    for done, (name, what) in enumerate(jobs, start=1):
        metric, side = known[name], sides[what]
        against = asked.training if metric.all_real else asked.real
        scores += scores_of(
            metric.compute(side, asked),
            Side(samples=side.samples),
            Side(samples=against.samples),
            what=what,
            extractor=metric.extractor or f"{extractor.name}@{extractor.fingerprint}",
            data=data,
            seed=seed,
        )
        if progress is not None:
            progress("scores", done, len(jobs))
    return scores


def _lacking(metric, side, real, held_out):
    """What a metric can't do without, in words; "" if nothing."""
    if metric.held_out and (held_out is None or len(held_out.samples) < 2):
        return "it takes 2 real clips never trained on, or more: --held-out FOLDER"
    if metric.all_real and min(len(side.samples) + 1, len(real.samples)) < 3:
        return "it takes 2 fake clips and 3 real ones, or more"
    return ""


def _frames(side, asked):
    return {"frame_distance": Estimate(value=frechet_distance(asked.real.frames, side.frames))}


def _changes(side, asked):
    return {"change_distance": Estimate(value=frechet_distance(asked.real.changes, side.changes))}


def _drift(side, asked):
    drift = identity_drift(side.features, asked.real.features)
    return {"identity_drift": Estimate(value=drift)}


def _copies(side, asked):
    found = {
        "exact_copies": exact_copies(side.samples, asked.training.samples),
        "near_copies": near_copies(side.looks, asked.training.looks),
    }
    return {name: of_share(is_copy.mean(), len(is_copy)) for name, is_copy in found.items()}


def _closest_record(side, asked):
    found = memorization_odds(side.looks, asked.training.looks, asked.held_out.looks)
    return {"closest_record": bounded(found["memorization"], found["std"])}


VIDEO_METRICS = {
    "frame_distance": VideoMetric(compute=_frames),
    "change_distance": VideoMetric(compute=_changes),
    "identity_drift": VideoMetric(compute=_drift),
    "copies": VideoMetric(compute=_copies, all_real=True, extractor=NO_FEATURES),
    "closest_record": VideoMetric(
        compute=_closest_record, held_out=True, all_real=True, extractor=NO_FEATURES
    ),
}


def check_names(names):
    """The names of metrics as a list.

    Raises:
        ValueError: one that is no score of videos.
    """
    of_some = {name: metric for table in OWN.values() for name, metric in table.items()}
    return known_names(names, {**VIDEO_METRICS, **of_some}, "videos")
