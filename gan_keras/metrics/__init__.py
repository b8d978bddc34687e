"""Scores: pure float64 functions of features; extractors make features; `evaluate` does it all."""

from gan_keras.metrics.copies import exact_copies, near_copies
from gan_keras.metrics.evaluate import evaluate
from gan_keras.metrics.frechet import frechet_distance
from gan_keras.metrics.frechet_infinity import frechet_distance_infinity
from gan_keras.metrics.inception_score import inception_score
from gan_keras.metrics.kernel import kernel_distance
from gan_keras.metrics.low_resolution_consistency import low_resolution_consistency
from gan_keras.metrics.manifolds import density_coverage, manifold_scores, precision_recall
from gan_keras.metrics.memorization import (
    memorization,
    memorization_odds,
    nearest_picture,
    nearest_real_picture,
)
from gan_keras.metrics.modes import gaussian_modes, reverse_kl, stacked_modes
from gan_keras.metrics.moments import Moments
from gan_keras.metrics.ms_ssim import ms_ssim, ms_ssim_diversity
from gan_keras.metrics.paired import PAIRED, evaluate_pairs
from gan_keras.metrics.perceptual import perceptual_distance
from gan_keras.metrics.pixel_l1 import pixel_l1
from gan_keras.metrics.psnr import psnr
from gan_keras.metrics.score import Score
from gan_keras.metrics.sequences import SEQUENCE_METRICS, evaluate_sequences
from gan_keras.metrics.series import SERIES_METRICS, evaluate_series
from gan_keras.metrics.sliced_wasserstein import pyramid_distances, sliced_wasserstein
from gan_keras.metrics.sounds import SOUND_METRICS, evaluate_sounds
from gan_keras.metrics.ssim import ssim
from gan_keras.metrics.steganography import steganography
from gan_keras.metrics.table import METRICS
from gan_keras.metrics.tables import TABLE_METRICS, evaluate_table
from gan_keras.metrics.task_based import gan_test, gan_train
from gan_keras.metrics.videos import VIDEO_METRICS, evaluate_videos

__all__ = [
    "METRICS",
    "PAIRED",
    "SEQUENCE_METRICS",
    "SERIES_METRICS",
    "SOUND_METRICS",
    "TABLE_METRICS",
    "VIDEO_METRICS",
    "Moments",
    "Score",
    "density_coverage",
    "evaluate",
    "evaluate_pairs",
    "evaluate_sequences",
    "evaluate_series",
    "evaluate_sounds",
    "evaluate_table",
    "evaluate_videos",
    "exact_copies",
    "frechet_distance",
    "frechet_distance_infinity",
    "gan_test",
    "gan_train",
    "gaussian_modes",
    "inception_score",
    "kernel_distance",
    "low_resolution_consistency",
    "manifold_scores",
    "memorization",
    "memorization_odds",
    "ms_ssim",
    "ms_ssim_diversity",
    "near_copies",
    "nearest_picture",
    "nearest_real_picture",
    "perceptual_distance",
    "pixel_l1",
    "precision_recall",
    "psnr",
    "pyramid_distances",
    "reverse_kl",
    "sliced_wasserstein",
    "ssim",
    "stacked_modes",
    "steganography",
]
