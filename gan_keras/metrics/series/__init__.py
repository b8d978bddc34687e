"""Scores of series: whether their readings, memory and whole courses are as in real ones."""

from gan_keras.metrics.series.autocorrelation_difference import autocorrelation_differences
from gan_keras.metrics.series.evaluate import SERIES_METRICS, evaluate_series
from gan_keras.metrics.series.flat import changes, flat, readings

__all__ = [
    "SERIES_METRICS",
    "autocorrelation_differences",
    "changes",
    "evaluate_series",
    "flat",
    "readings",
]
