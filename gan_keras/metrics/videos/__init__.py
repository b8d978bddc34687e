"""Scores of videos: frames, changes, whether what is seen stays itself, and copies."""

from gan_keras.metrics.videos.drift import identity_drift
from gan_keras.metrics.videos.evaluate import VIDEO_METRICS, evaluate_videos
from gan_keras.metrics.videos.own import OWN

__all__ = ["OWN", "VIDEO_METRICS", "evaluate_videos", "identity_drift"]
