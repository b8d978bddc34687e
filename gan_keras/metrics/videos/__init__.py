"""Scores of videos: frames, changes, whether what is seen stays itself, and a law of motion."""

from gan_keras.metrics.videos.drift import identity_drift
from gan_keras.metrics.videos.evaluate import VIDEO_METRICS, evaluate_videos
from gan_keras.metrics.videos.followed import followed
from gan_keras.metrics.videos.law import law_residuals

__all__ = ["VIDEO_METRICS", "evaluate_videos", "followed", "identity_drift", "law_residuals"]
