"""Scores of tables: whether rows are as real ones are, and whether they give anybody away."""

from gan_keras.metrics.tables.area import area
from gan_keras.metrics.tables.c2st import c2st
from gan_keras.metrics.tables.canaries import canaries, canary_report, planted
from gan_keras.metrics.tables.category_coverage import category_coverage
from gan_keras.metrics.tables.closest_record import closest_record_odds, closest_record_share
from gan_keras.metrics.tables.column_shapes import column_shapes
from gan_keras.metrics.tables.constraint_violations import constraint_violations
from gan_keras.metrics.tables.correlation_difference import correlation_difference
from gan_keras.metrics.tables.estimate import Estimate, bootstrap
from gan_keras.metrics.tables.evaluate import evaluate_table
from gan_keras.metrics.tables.exact_copies import exact_copies, twins
from gan_keras.metrics.tables.membership import membership_auc
from gan_keras.metrics.tables.names import TABLE_METRICS
from gan_keras.metrics.tables.pair_similarity import pair_similarity
from gan_keras.metrics.tables.shuffled import shuffled
from gan_keras.metrics.tables.tasks import trts, tstr
from gan_keras.metrics.tables.unseen import unseen

__all__ = [
    "TABLE_METRICS",
    "Estimate",
    "area",
    "bootstrap",
    "c2st",
    "canaries",
    "canary_report",
    "category_coverage",
    "closest_record_odds",
    "closest_record_share",
    "column_shapes",
    "constraint_violations",
    "correlation_difference",
    "evaluate_table",
    "exact_copies",
    "membership_auc",
    "pair_similarity",
    "planted",
    "shuffled",
    "trts",
    "tstr",
    "twins",
    "unseen",
]
