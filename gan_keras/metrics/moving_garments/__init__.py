"""Scores that clips of moving garments alone have: bodies, each of a colour, and their law."""

from gan_keras.metrics import features
from gan_keras.metrics.moving_garments.centres import centres
from gan_keras.metrics.moving_garments.followed import followed
from gan_keras.metrics.moving_garments.law import law_residuals
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.metrics.tables.estimate import Estimate
from gan_keras.metrics.videos.drift import identity_drift
from gan_keras.metrics.videos.metric import VideoMetric, features_of_frames

__all__ = ["METRICS", "centres", "followed", "law_residuals"]

EXTRACTOR = "fashion_mnist_classifier"


def _room(clips):
    """Pixels of the way that each garment has: garments are half as large as the frame."""
    return clips.shape[2] - clips.shape[2] // 2


def _garments(clips):
    """float64 (2 n, t, features) of the garments, cut out."""
    return features_of_frames(followed(clips, _room(clips)), features.get(EXTRACTOR))


def _body_drift(side, asked):
    drift = identity_drift(side.made(_garments), asked.real.made(_garments))
    return {"body_drift": Estimate(value=drift)}


def _law_residual(side, asked):
    residuals = law_residuals(side.samples, _room(side.samples))
    return {"law_residual": Estimate(value=float(residuals.mean()))}


METRICS = {
    "body_drift": VideoMetric(compute=_body_drift, extractor=NO_FEATURES),
    "law_residual": VideoMetric(compute=_law_residual, extractor=NO_FEATURES),
}
