"""Scores of sequences: whether their words, places and classes are as in real ones."""

from gan_keras.metrics.labelled import Side
from gan_keras.metrics.sequences.class_accuracy import class_accuracy
from gan_keras.metrics.sequences.conserved import conserved, share_with
from gan_keras.metrics.sequences.edit_distance import nearest_edits
from gan_keras.metrics.sequences.evaluate import SEQUENCE_METRICS, evaluate_sequences
from gan_keras.metrics.sequences.framed import framed
from gan_keras.metrics.sequences.kmer_divergence import kmer_divergence
from gan_keras.metrics.sequences.look_alikes import look_alikes
from gan_keras.metrics.sequences.ngram_model import NgramModel
from gan_keras.metrics.sequences.novelty import novelty
from gan_keras.metrics.sequences.place_distance import place_distance
from gan_keras.metrics.sequences.self_bleu import self_bleu
from gan_keras.metrics.sequences.shuffled import shuffled

__all__ = [
    "SEQUENCE_METRICS",
    "NgramModel",
    "Side",
    "class_accuracy",
    "conserved",
    "evaluate_sequences",
    "framed",
    "kmer_divergence",
    "look_alikes",
    "nearest_edits",
    "novelty",
    "place_distance",
    "self_bleu",
    "share_with",
    "shuffled",
]
