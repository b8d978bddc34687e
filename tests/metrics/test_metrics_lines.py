"""Scores of lines of text: numbers worked out by hand, and all of them at once."""

import re

import numpy as np
import pytest

from gan_keras import data, kinds, metrics
from gan_keras.metrics import sequences
from gan_keras.metrics.sequences import NgramModel, Side
from gan_keras.metrics.table import better


def test_shares_of_the_next_symbol():
    """Of 0 0 1 among three symbols: c(0) = 2, c(1) = 1, two different ones, so P(2) = 2/15."""
    rows = np.array([[0, 0, 1]])
    alone = NgramModel(rows, 3, order=1)
    found = np.exp(alone.log_likelihood([[0], [1], [2]]))
    np.testing.assert_allclose(found, [8 / 15, 5 / 15, 2 / 15])
    # P(0 | start) = (1 + 8/15) / 2, P(0 | 0) = (1 + 2 * 8/15) / 4, P(1 | 0) = (1 + 2 * 5/15) / 4
    by_hand = np.log([23 / 30, 31 / 60, 25 / 60]).mean()
    found = NgramModel(rows, 3, order=2).log_likelihood(rows)
    np.testing.assert_allclose(found, [by_hand])
    assert found.dtype == "float64"
    with pytest.raises(ValueError, match="`order` is at least 1"):
        NgramModel(rows, 3, order=0)


def test_the_end_of_a_line_is_a_symbol_where_it_could_go_on():
    """0 and the end came once each, of three symbols: (1 + 2/3) / 4; what fills up is nothing."""
    model = NgramModel(np.array([[0, 2, 2]]), 3, order=1, pad=2)
    found = np.exp(model.log_likelihood([[0, 2, 2], [1, 2, 2], [0, 0, 0]]))
    np.testing.assert_allclose(found, [5 / 12, np.sqrt(5 / 12 * 2 / 12), 5 / 12])


def test_drawn_lines_are_as_frequent_as_they_are_likely():
    """First 0, with (3 + 2 P(0)) / (4 + 2) and P(0) = (3 + 3/3) / 14; and lines end for good."""
    rows = np.array([[0, 1, 2]] * 3 + [[1, 2, 2]])
    model = NgramModel(rows, 3, order=2, pad=2)
    drawn = model.sample(4_000, seed=1)
    share = (3 + 2 * (3 + 1) / 14) / 6
    assert abs((drawn[:, 0] == 0).mean() - share) < 0.03
    assert (model.sample(200, seed=1, temperature=0.02) == [0, 1, 2]).all()
    ended = np.logical_or.accumulate(drawn == 2, axis=1)
    assert (drawn[ended] == 2).all()
    np.testing.assert_array_equal(drawn, model.sample(4_000, seed=1))


def test_look_alikes_are_neither_too_likely_nor_too_unlikely():
    real = np.linspace(-2, -1, 101)
    assert sequences.look_alikes([-1.96, -1.94, -1.06, -1.04], real, share=0.9) == 0.5
    assert sequences.look_alikes(real, real, share=0.9) == pytest.approx(91 / 101)


def test_lines_are_new_once():
    real = [[0, 1], [2, 2]]
    assert sequences.novelty([[0, 1], [1, 1], [1, 1], [2, 1]], real) == 0.5
    assert sequences.novelty(real, real) == 0


def test_bleu_of_each_line_against_the_others():
    """0 1 2 and 0 1 3: two of three symbols and one of two pairs are shared."""
    found = sequences.self_bleu([[0, 1, 2], [0, 1, 3]], size=2)
    np.testing.assert_allclose(found, [np.sqrt(2 / 3 * 1 / 2)] * 2)
    # Of three 0 a reference has one; it has the one 0 and neither 1.
    found = sequences.self_bleu([[0, 0, 0], [0, 1, 1]], size=1)
    np.testing.assert_allclose(found, [1 / 3, 1 / 3])
    # A short one is short: exp(1 - 3 / 1). A long one is not, and shares one of three.
    found = sequences.self_bleu([[0, 9, 9], [0, 1, 2]], size=1, pad=9)
    np.testing.assert_allclose(found, [np.exp(-2), 1 / 3])
    # Of words of size 4 a line of three has none; an empty line is worth nothing.
    found = sequences.self_bleu([[0, 1, 2, 9], [0, 1, 2, 9], [9, 9, 9, 9]], pad=9)
    np.testing.assert_allclose(found, [1, 1, 0])
    with pytest.raises(ValueError, match="Lines are compared with others, but 1 came"):
        sequences.self_bleu([[0, 1]])


def test_no_line_is_its_own_reference():
    """The mistake of the published code: then all of these would be worth 1."""
    rows = np.arange(40).reshape(8, 5)
    assert sequences.self_bleu(rows).max() == 0
    twice = np.concatenate([rows, rows[:1]])
    assert sequences.self_bleu(twice).tolist() == [1, *[0] * 7, 1]


def test_edits_of_lines_are_those_of_their_letters():
    """A letter before a line is one edit, not two as where its padding would count."""
    real = np.array([[1, 2, 3, 9, 9], [4, 4, 4, 4, 4]])
    fake = [[0, 1, 2, 3, 9], [9, 9, 9, 9, 9], [4, 4, 4, 9, 9], [1, 2, 3, 9, 9]]
    assert sequences.nearest_edits(fake, real, pad=9).tolist() == [1, 3, 2, 0]
    assert sequences.nearest_edits(fake, real)[0] == 2


@pytest.fixture(scope="module")
def names():
    found = [data.source("names", split=split) for split in ("train", "test")]
    return found[0].kind, *(Side(samples=one.samples[::4]) for one in found)


def test_all_scores_of_lines(names):
    kind, real, held_out = names
    fake = Side(samples=real.samples[:200])  # copies
    scores = metrics.evaluate_sequences(fake, real, kind, held_out=held_out)
    found = {score.metric: score.value for score in scores}
    assert [name for name in found if "@" not in name] == [
        *("ngram_js_2", "ngram_js_3", "ngram_js_4", "place_distance", "log_likelihood"),
        *("look_alikes", "exact_copies", "novelty", "self_bleu", "edit_distance"),
    ]
    assert [better(name) for name in found if "@" not in name] == [
        *["lower"] * 4,
        *["as held-out"] * 3,
        *("higher", "as held-out", "as held-out"),
    ]
    assert (found["exact_copies"], found["novelty"], found["edit_distance"]) == (1, 0, 0)
    assert found["exact_copies@held_out"] == 0
    assert found["look_alikes@held_out"] > 0.97
    assert found["look_alikes@shuffled"] < 0.9
    assert found["log_likelihood"] > found["log_likelihood@held_out"] + 0.5
    assert found["ngram_js_3@shuffled"] > found["ngram_js_3@held_out"] + 0.05
    assert 0 < found["self_bleu@held_out"] < 1
    alone = metrics.evaluate_sequences(
        fake, real, kind, held_out=held_out, beside=False, metrics=["ngrams", "copies"]
    )
    assert {s.metric: s.value for s in alone} == {
        name: found[name] for name in ("ngram_js_2", "ngram_js_3", "ngram_js_4", "exact_copies")
    }


def test_letters_behind_the_end_of_a_line_do_not_count(names):
    """A network may put some there; nobody sees them, and no score does."""
    kind, real, held_out = names
    ends = real.samples == kind.vocabulary.index(kind.pad)
    behind = ends & (np.cumsum(ends, axis=1) > 1)
    scribbled = Side(samples=np.where(behind, 3, real.samples))
    assert kind.decode(scribbled.samples) == kind.decode(real.samples)
    given = {"held_out": held_out, "metrics": ["ngrams", "look_alikes", "copies", "edit_distance"]}
    given |= {"num": 100}
    clean, other = (
        {s.metric: s.value for s in metrics.evaluate_sequences(side, real, kind, **given)}
        for side in (real, scribbled)
    )
    assert clean == other


def test_scores_that_lines_or_genes_do_not_allow(names):
    kind, real, _ = names
    genes = kinds.Tokens(vocabulary="ACGT", length=4)
    plain = Side(samples=genes.encode(["ACGT", "CCCC"]))
    for side, its_kind, name, message in [
        (real, kind, "kmers", "'kmers' can't be taken: the sequences are lines that end"),
        (real, kind, "look_alikes", "can't be taken: it takes real lines that were held out"),
        (plain, genes, "self_bleu", "can't be taken: the sequences have one length and no end"),
    ]:
        with pytest.raises(ValueError, match=re.escape(message)):
            metrics.evaluate_sequences(side, side, its_kind, metrics=[name])


def test_that_all_lines_have_ended_is_no_motif():
    kind = kinds.Tokens(vocabulary="AB-", length=3, pad="-")
    side = Side(samples=kind.encode(["A", "AB", "AA", "AB"]))
    found = metrics.evaluate_sequences(side, side, kind, metrics=["motifs"])
    assert {s.metric: s.value for s in found if "@" not in s.metric} == {"motif_all": 1.0}
    ends = Side(samples=kind.encode(["A", "B", "AA", "BA"]))
    with pytest.raises(ValueError, match="no place has a symbol of its own"):
        metrics.evaluate_sequences(ends, ends, kind, metrics=["motifs"])
