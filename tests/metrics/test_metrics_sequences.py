"""Scores of sequences: numbers worked out by hand, and all of them at once."""

import re

import numpy as np
import pytest

from gan_keras import data, kinds, metrics
from gan_keras.metrics import sequences
from gan_keras.metrics.sequences import Side

GENES = kinds.Tokens(vocabulary="ACGT", length=4)


def coded(*texts, kind=GENES):
    return kind.encode(texts)


def test_divergence_of_words():
    """Words of one letter, p = (1/2, 1/2) and q = (1, 0): by hand .311 bits."""
    fake, real = coded("ACAC"), coded("AAAA")
    by_hand = (0.5 * np.log2(0.5 / 0.75) + 0.5 * np.log2(0.5 / 0.25) + np.log2(1 / 0.75)) / 2
    assert sequences.kmer_divergence(fake, real, 1) == pytest.approx(by_hand, abs=1e-12)
    assert by_hand == pytest.approx(0.3113, abs=1e-4)
    # Wherever they stand: AC, CA, AC against CA, AC, CA.
    found = sequences.kmer_divergence(coded("ACAC"), coded("CACA"), 2)
    p, q = np.array([2 / 3, 1 / 3]), np.array([1 / 3, 2 / 3])
    assert found == pytest.approx(0.5 * (p * np.log2(2 * p) + q * np.log2(2 * q)).sum())
    assert sequences.kmer_divergence(coded("ACAC"), coded("GTGT"), 2) == 1.0
    with pytest.raises(ValueError, match="Words of 5 symbols came to be counted in sequences of 4"):
        sequences.kmer_divergence(fake, real, 5)


def test_padding_makes_no_words():
    one, other = np.array([[0, 1, 9, 9]]), np.array([[0, 1, 0, 1]])
    assert sequences.kmer_divergence(one, np.array([[0, 1, 9, 9, 9]]), 1, pad=9) == 0
    assert sequences.kmer_divergence(one, other, 1, pad=9) == 0
    assert sequences.kmer_divergence(one, other, 1) > 0.1
    with pytest.raises(ValueError, match="No sequence has 3 symbols before its padding"):
        sequences.kmer_divergence(one, other, 3, pad=9)


def test_what_is_conserved():
    real = coded(*["GATC"] * 9, "GCTA")
    assert sequences.conserved(real) == {0: 2, 1: 0, 2: 3, 3: 1}
    assert sequences.conserved(real, share=0.95) == {0: 2, 2: 3}
    fake = coded("GCTC", "GATC", "AATC", "GAGC")
    assert sequences.share_with(fake, {0: 2, 2: 3}) == 0.5


def test_edits():
    """One left out at the start and one put in at the end, where an exchange would cost four."""
    found = sequences.nearest_edits(coded("ACGT", "AAAA", "CGTA"), coded("CGTA", "AAAT"))
    assert found.tolist() == [2, 1, 0]


def test_edits_as_the_textbook_has_them():
    def levenshtein(one, other):
        row = list(range(len(other) + 1))
        for i, symbol in enumerate(one, 1):
            new = [i]
            for j, wanted in enumerate(other, 1):
                new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (symbol != wanted)))
            row = new
        return row[-1]

    random = np.random.default_rng(0)
    for here, there in ((7, 7), (5, 9), (70, 70)):  # the last is beyond what a byte counts
        samples, others = random.integers(0, 3, (6, here)), random.integers(0, 3, (9, there))
        expected = [min(levenshtein(one, other) for other in others) for one in samples]
        assert sequences.nearest_edits(samples, others).tolist() == expected


def test_shuffling_keeps_places_and_classes():
    rows = coded("ACGT", "CCTT", "GGGG", "GAGA")
    labels = np.array([0, 0, 1, 1])
    found = sequences.shuffled(rows, labels, seed=3)
    for label in (0, 1):
        np.testing.assert_array_equal(
            np.sort(found[labels == label], axis=0), np.sort(rows[labels == label], axis=0)
        )
    alike = np.repeat(np.arange(400)[:, None] % 4, 3, axis=1)  # AAA, CCC, ...
    found = sequences.shuffled(alike)
    assert 0.15 < (found[:, 0] == found[:, 1]).mean() < 0.35  # each place on its own


def test_a_classifier_knows_real_classes():
    """On held-out genes about 95 of 100; with the labels of the next ones, as chance would."""
    train, test = (data.source("splice_junctions", split=split) for split in ("train", "test"))
    train, test = (Side(samples=s.samples[:600], labels=s.labels[:600]) for s in (train, test))
    given = (train.samples, train.labels)
    found = sequences.class_accuracy(test.samples, test.labels, *given, num_symbols=4)
    assert 0.9 < found < 0.97
    wrong = sequences.class_accuracy(test.samples, (test.labels + 1) % 3, *given, num_symbols=4)
    assert wrong < 0.06


@pytest.fixture(scope="module")
def genes():
    found = []
    for split, num in (("train", 500), ("test", 90)):
        one = data.source("splice_junctions", split=split)
        found.append(Side(samples=one.samples[:num], labels=one.labels[:num]))
    return found


def test_all_scores_stand_beside_what_costs_nothing_and_their_floor(genes):
    real, held_out = genes
    fake = Side(samples=real.samples[:80], labels=real.labels[:80])  # copies
    kind = kinds.Tokens(vocabulary="ACGT", length=60)
    scores = metrics.evaluate_sequences(
        fake, real, kind, held_out=held_out, class_names=["ei", "ie", "n"], num=400
    )
    found = {score.metric: score for score in scores}
    names = [name for name in found if "@" not in name]
    assert set(found) == {f"{n}{end}" for n in names for end in ("", "@shuffled", "@held_out")}
    assert names == [
        *("kmer_js_3", "kmer_js_6", "place_distance", "motif_ei", "motif_ie"),
        *("class_accuracy", "exact_copies", "edit_distance"),
    ]
    assert found["exact_copies"].value == 1.0
    assert found["exact_copies@held_out"].value < 0.2
    assert found["edit_distance"].value == 0.0
    assert found["edit_distance@held_out"].value > 10
    assert found["kmer_js_3@shuffled"].value > 2 * found["kmer_js_3@held_out"].value
    # Chance is the same for all sides: as many of each.
    assert {found[f"kmer_js_3{end}"].num_fake for end in ("", "@held_out", "@shuffled")} == {80}
    assert found["motif_ei@shuffled"].num_fake == 400


def test_without_classes_there_are_fewer_scores(genes):
    real, held_out = genes
    kind = kinds.Tokens(vocabulary="ACGT", length=60)
    plain = Side(samples=held_out.samples)
    found = {score.metric for score in metrics.evaluate_sequences(plain, real, kind, num=50)}
    assert {name.partition("@")[0] for name in found} == {
        *("kmer_js_3", "kmer_js_6", "place_distance", "exact_copies", "edit_distance")
    }
    for name, message in [
        ("class_accuracy", "can't be taken: the fake sequences have no classes"),
        ("motifs", "can't be taken: no place has a symbol of its own"),
        ("kmer", "Unknown metric of sequences 'kmer'. Did you mean 'kmers'?"),
    ]:
        with pytest.raises(ValueError, match=re.escape(message)):
            metrics.evaluate_sequences(plain, real, kind, metrics=[name])


def test_what_stands_beside_is_seen_as_the_fake_ones_are():
    kind = kinds.Tokens(vocabulary="AB", length=3)
    classes = np.arange(20) % 2
    same = Side(samples=np.tile([0, 1, 1], (20, 1)), labels=classes)
    plain = Side(samples=same.samples)
    names = ("", "@held_out", "@shuffled")

    def metrics_of(fake, held_out):
        scores = metrics.evaluate_sequences(fake, same, kind, held_out=held_out, metrics=["motifs"])
        return sorted(score.metric for score in scores)

    assert metrics_of(plain, same) == sorted(f"motif_all{end}" for end in names)
    both = [f"motif_{label}{end}" for label in (0, 1) for end in names]
    assert metrics_of(same, same) == sorted(both)
    # Held-out ones without classes can't stand beside fakes that have some.
    assert metrics_of(same, plain) == sorted(n for n in both if "held_out" not in n)
