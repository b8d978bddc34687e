"""Scores of sequences: whether their words, places and classes are as in real ones."""

from gan_keras.metrics.labelled import Side
from gan_keras.metrics.sequences.class_accuracy import class_accuracy
from gan_keras.metrics.sequences.conserved import conserved, share_with
from gan_keras.metrics.sequences.edit_distance import nearest_edits
from gan_keras.metrics.sequences.evaluate import SEQUENCE_METRICS, evaluate_sequences
from gan_keras.metrics.sequences.kmer_divergence import kmer_divergence
from gan_keras.metrics.sequences.place_distance import place_distance
from gan_keras.metrics.sequences.shuffled import shuffled

__all__ = [
    "SEQUENCE_METRICS",
    "Side",
    "class_accuracy",
    "conserved",
    "evaluate_sequences",
    "kmer_divergence",
    "nearest_edits",
    "place_distance",
    "share_with",
    "shuffled",
]
