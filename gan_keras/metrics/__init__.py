"""Scores: pure float64 functions of features; extractors make features; evaluate does it all."""

from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.frechet_infinity import frechet_distance_infinity
from gan_keras.metrics.inception_score import inception_score
from gan_keras.metrics.kernel import kernel_distance
from gan_keras.metrics.manifolds import density_coverage, manifold_scores, precision_recall
from gan_keras.metrics.moments import Moments

__all__ = [
    "Moments",
    "density_coverage",
    "frechet_distance",
    "frechet_distance_infinity",
    "inception_score",
    "kernel_distance",
    "manifold_scores",
    "precision_recall",
]
