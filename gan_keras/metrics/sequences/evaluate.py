"""Score fake sequences against real ones: from places in a vocabulary to `Score`s in one call."""

import dataclasses
import functools
from collections.abc import Callable

import numpy as np

from gan_keras.metrics.copies import exact_copies
from gan_keras.metrics.labelled import Side, known_names, scores_of
from gan_keras.metrics.sequences.class_accuracy import class_accuracy
from gan_keras.metrics.sequences.conserved import conserved, share_with
from gan_keras.metrics.sequences.edit_distance import nearest_edits
from gan_keras.metrics.sequences.framed import framed
from gan_keras.metrics.sequences.kmer_divergence import kmer_divergence
from gan_keras.metrics.sequences.look_alikes import look_alikes
from gan_keras.metrics.sequences.ngram_model import NgramModel
from gan_keras.metrics.sequences.novelty import novelty
from gan_keras.metrics.sequences.place_distance import place_distance
from gan_keras.metrics.sequences.self_bleu import self_bleu
from gan_keras.metrics.sequences.shuffled import shuffled
from gan_keras.metrics.tables.estimate import Estimate, of_share

SIZES = (3, 6)  # symbols of the words that are counted
LINE_SIZES = (2, 3, 4)  # of those in lines of text
ORDERS = {"": 5, " ": 3}  # of the model that says how likely a line is: of letters, of words
MOST_COMPARED = 500  # sequences, each with all training ones, or with all others


def evaluate_sequences(
    fake,
    real,
    kind,
    *,
    held_out=None,
    class_names=None,
    metrics=None,
    beside=True,
    num=10_000,
    seed=0,
    data="sequences",
    progress=None,
):
    """Scores of fake sequences, each beside the same score of what costs nothing and of real ones.

    Beside "kmer_js_3", for example, "kmer_js_3@shuffled" is that of the training sequences with
    each place shuffled on its own, and "kmer_js_3@held_out", the floor, that of real ones that were
    held out.

    Args:
        fake: a `Side`.
        real: the `Side` that the generator was trained on.
        kind: the `kinds.Tokens` of both.
        held_out: a `Side` of real ones that it was not trained on. Defaults to None: no floor.
        class_names: texts, or None.
        metrics: names, see `SEQUENCE_METRICS`. Defaults to None: all that are possible.
        beside: whether what costs nothing and held-out ones are scored, too. Defaults to True.
        num: how many are scored at most. Where chance counts, all sides are cut to one number.
        seed: of cuts and shuffles. Defaults to 0.
        data: what scores call the real ones.
        progress: function (what, done, num), called after each score. Defaults to None.

    Returns:
        A list of `Score`; `std` is that of the mean over sequences, None where it is not taken.

    Raises:
        ValueError: an unknown metric, or one that these sequences do not allow.
    """
    names = check_names(metrics) if metrics else list(SEQUENCE_METRICS)
    fake, real = ended(fake, kind), ended(real, kind)
    held_out = held_out and ended(held_out, kind)
    asked = Asked(real=real, kind=kind, held_out=held_out, class_names=class_names)
    lacking = {name: SEQUENCE_METRICS[name].lacks(fake, asked) for name in names}
    if metrics:
        for name, reason in lacking.items():
            if reason:
                raise ValueError(f"'{name}' can't be taken: {reason}.")
    mixed = kind.ended(shuffled(real.samples, real.labels, seed=seed))
    sides = {"": fake, "shuffled": Side(samples=mixed, labels=real.labels)}
    if held_out is not None:
        sides["held_out"] = held_out
    if fake.labels is None:  # what stands beside is seen as the fake ones are, without classes
        sides = {what: Side(samples=side.samples) for what, side in sides.items()}
    equal = min(num, *(len(side.samples) for side in sides.values()))
    jobs = [
        (name, what)
        for name in names
        for what, side in sides.items()
        if (beside or not what)
        and not lacking[name]
        and not (SEQUENCE_METRICS[name].by_class and side.lacks_classes_of(fake))
    ]
    scores = []
    for done, (name, what) in enumerate(jobs, start=1):
        metric = SEQUENCE_METRICS[name]
        most = min(num, metric.most or num, equal if metric.by_chance else num)
        side = sides[what].some(most, seed)
        scores += scores_of(
            metric.compute(side, asked), side, real, what=what, data=data, seed=seed
        )
        if progress is not None:
            progress("scores", done, len(jobs))
    return scores


def ended(side, kind):
    """The side with padding wherever some stands before: as its sequences are read."""
    return dataclasses.replace(side, samples=kind.ended(np.asarray(side.samples)))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What a score may look at beside the sequences that it scores.

    Attributes:
        real: the training `Side`.
        kind: the `kinds.Tokens`.
        held_out: a `Side` of real ones that were not trained on, or None.
        class_names: texts, or None.
    """

    real: Side
    kind: object
    held_out: Side | None = None
    class_names: list | None = None

    @property
    def pad(self):
        """The place of what ends lines, or None."""
        return None if self.kind.pad is None else self.kind.vocabulary.index(self.kind.pad)

    @functools.cached_property
    def judge(self):
        """The model that says how likely a line is: it counts the training lines."""
        symbols = len(self.kind.vocabulary)
        order = ORDERS[self.kind.between]
        return NgramModel(self.real.samples, symbols, order=order, pad=self.pad)

    @functools.cached_property
    def likely(self):
        """Log-likelihoods of the held-out lines."""
        return self.judge.log_likelihood(self.held_out.samples)

    def motifs(self, samples_have_labels):
        """List of (name, label or None, motif): what is conserved in each class, or in all."""
        real = self.real
        if real.labels is None or not samples_have_labels:
            parts = [("all", None, real.samples)]
        else:
            names = self.class_names or [str(label) for label in range(real.labels.max() + 1)]
            parts = [(name, n, real.samples[real.labels == n]) for n, name in enumerate(names)]
        found = [(name, n, conserved(rows)) for name, n, rows in parts if len(rows)]
        found = [  # that a line has ended by then is no motif
            (name, n, {at: one for at, one in motif.items() if one != self.pad})
            for name, n, motif in found
        ]
        return [(name, n, motif) for name, n, motif in found if motif]


@dataclasses.dataclass(frozen=True, kw_only=True)
class SequenceMetric:
    """One entry of the table.

    Attributes:
        compute: function of (`Side`, `Asked`) -> {name: `Estimate`}.
        lacks: function of the same -> what it can't do without, in words; "" if nothing.
        by_class: whether it looks at classes, where there are any.
        by_chance: whether fewer sequences score worse, so that all sides are cut to one number.
        most: how many sequences are scored at most, or None.
    """

    compute: Callable
    lacks: Callable = lambda side, asked: ""
    by_class: bool = False
    by_chance: bool = False
    most: int | None = None


def _kmers(side, asked):
    return {
        f"kmer_js_{size}": Estimate(value=kmer_divergence(side.samples, asked.real.samples, size))
        for size in SIZES
        if size <= asked.kind.length
    }


def _ngrams(side, asked):
    symbols = len(asked.kind.vocabulary)
    sides = [framed(one.samples, symbols, asked.pad) for one in (side, asked.real)]
    return {
        f"ngram_js_{size}": Estimate(value=kmer_divergence(*sides, size, pad=asked.pad))
        for size in LINE_SIZES
        if size <= asked.kind.length
    }


def _likelihood(side, asked):
    found = asked.judge.log_likelihood(side.samples)
    return {"log_likelihood": _mean(found)}


def _look_alikes(side, asked):
    found = look_alikes(asked.judge.log_likelihood(side.samples), asked.likely)
    return {"look_alikes": of_share(found, len(side.samples))}


def _novelty(side, asked):
    return {"novelty": Estimate(value=novelty(side.samples, asked.real.samples))}


def _self_bleu(side, asked):
    return {"self_bleu": Estimate(value=float(self_bleu(side.samples, pad=asked.pad).mean()))}


def _places(side, asked):
    value = place_distance(side.samples, asked.real.samples, len(asked.kind.vocabulary))
    return {"place_distance": Estimate(value=value)}


def _motifs(side, asked):
    found = {}
    for name, label, motif in asked.motifs(side.labels is not None):
        samples = side.samples if label is None else side.samples[side.labels == label]
        if len(samples):
            found[f"motif_{name}"] = of_share(share_with(samples, motif), len(samples))
    return found


def _class_accuracy(side, asked):
    found = class_accuracy(
        side.samples,
        side.labels,
        asked.real.samples,
        asked.real.labels,
        num_symbols=len(asked.kind.vocabulary),
    )
    return {"class_accuracy": of_share(found, len(side.samples))}


def _nearest(side, asked):
    edits = nearest_edits(side.samples, asked.real.samples, pad=asked.pad)
    return {"edit_distance": _mean(edits)}


def _copies(side, asked):
    rows, known = (np.asarray(one.samples, "int32") for one in (side, asked.real))
    return {"exact_copies": of_share(exact_copies(rows, known).mean(), len(rows))}


def _mean(found):
    return Estimate(value=float(found.mean()), std=float(found.std() / np.sqrt(len(found))))


def _lacks_one_length(side, asked):
    return "" if asked.pad is None else "the sequences are lines that end; take ngrams"


def _lacks_ends(side, asked):
    return "" if asked.pad is not None else "the sequences have one length and no end"


def _lacks_held_out(side, asked):
    unseen = "" if asked.held_out is not None else "it takes real lines that were held out"
    return _lacks_ends(side, asked) or unseen


def _lacks_labels(side, asked):
    if asked.real.labels is None:
        return "the real sequences have no classes"
    return "" if side.labels is not None else "the fake sequences have no classes"


def _lacks_motifs(side, asked):
    return "" if asked.motifs(side.labels is not None) else "no place has a symbol of its own"


SEQUENCE_METRICS = {
    "kmers": SequenceMetric(compute=_kmers, lacks=_lacks_one_length, by_chance=True),
    "ngrams": SequenceMetric(compute=_ngrams, lacks=_lacks_ends, by_chance=True),
    "places": SequenceMetric(compute=_places, by_chance=True),
    "motifs": SequenceMetric(compute=_motifs, lacks=_lacks_motifs, by_class=True),
    "class_accuracy": SequenceMetric(compute=_class_accuracy, lacks=_lacks_labels, by_class=True),
    "likelihood": SequenceMetric(compute=_likelihood, lacks=_lacks_ends),
    "look_alikes": SequenceMetric(compute=_look_alikes, lacks=_lacks_held_out),
    "copies": SequenceMetric(compute=_copies),
    "novelty": SequenceMetric(compute=_novelty, lacks=_lacks_ends, by_chance=True),
    "self_bleu": SequenceMetric(
        compute=_self_bleu, lacks=_lacks_ends, by_chance=True, most=MOST_COMPARED
    ),
    "edit_distance": SequenceMetric(compute=_nearest, most=MOST_COMPARED),
}


def check_names(names):
    """The names of metrics as a list.

    Raises:
        ValueError: one that is no score of sequences.
    """
    return known_names(names, SEQUENCE_METRICS, "sequences")
