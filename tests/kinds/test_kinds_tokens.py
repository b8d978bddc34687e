"""Sequences of symbols: texts in and out, files, pictures."""

import re

import numpy as np
import pytest
from PIL import Image

from gan_keras import data, kinds
from gan_keras.files import marks
from gan_keras.kinds import lines_picture, tokens_picture

GENES = kinds.Tokens(vocabulary="ACGT", length=4)
WORDS = kinds.Tokens(vocabulary=["a", "dog", "ran", "-"], length=3, pad="-")


def test_texts_there_and_back():
    assert GENES.shape == (4, 4)
    assert GENES.encode(["GATC", "AAAA"]).tolist() == [[2, 0, 3, 1], [0, 0, 0, 0]]
    assert GENES.decode([[2, 0, 3, 1]]) == ["GATC"]
    rows = WORDS.encode(["a dog ran", "dog"])
    assert rows.tolist() == [[0, 1, 2], [1, 3, 3]]
    assert WORDS.decode(rows) == ["a dog ran", "dog"]
    assert WORDS.decode([[0, 3, 2]]) == ["a"]  # a line ends where padding begins


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (GENES, "GANC", "sequence 2 has 'N' at place 3, which is not in the vocabulary 'ACGT'"),
        (GENES, "GAT", "sequence 2 has 3 symbols, but 4 are wanted"),
        (WORDS, "a dog ran ran", "sequence 2 has 4 symbols, but 3 are wanted"),
        (WORDS, "a cat", "has 'cat' at place 2, which is not in the vocabulary 'a dog ran -'"),
    ],
)
def test_texts_that_do_not_fit_are_refused(kind, text, message):
    good = kind.between.join(kind.vocabulary[:1] * kind.length)
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        kind.encode([good, text])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"vocabulary": "", "length": 2}, "The vocabulary is empty"),
        ({"vocabulary": "ACA", "length": 2}, "has the symbol 'A' twice"),
        ({"vocabulary": ["a", 3], "length": 2}, "symbol 3 which is no text"),
        ({"vocabulary": ["a b"], "length": 2}, "has a space in it"),
        ({"vocabulary": "AC", "length": 0}, "positive number of symbols. Received: 0"),
        ({"vocabulary": "AC", "length": 2, "pad": "-"}, "'-' is no symbol of the vocabulary"),
        ({"vocabulary": "AC", "length": 2, "unknown": "?"}, "`unknown` '?' is no symbol"),
        ({"vocabulary": "AC", "length": 2, "shape": (3, 2)}, "Received: (3, 2)"),
    ],
)
def test_a_kind_that_can_not_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        kinds.Tokens(**arguments)


def test_another_vocabulary_is_other_data():
    rows, other = np.zeros((2, 4), "int32"), kinds.Tokens(vocabulary="ACGU", length=4)
    one, two = (data.Source(name="x", samples=rows, kind=kind) for kind in (GENES, other))
    assert one.fingerprint != two.fingerprint


def test_samples_are_the_likeliest_symbols():
    soft = np.array([[[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]]])
    assert kinds.Tokens(vocabulary="ACGT", length=2).from_network(soft).tolist() == [[3, 0]]
    with pytest.raises(ValueError, match="sequence 1 has 9 at place 4"):
        GENES.scored(np.array([[0, 0, 0, 9]]))


def test_a_line_is_over_where_it_ends_first():
    """Whatever a network puts behind it: stored, it is what one reads."""
    soft = np.eye(4)[[[0, 3, 1], [3, 3, 0], [2, 1, 3]]]
    assert WORDS.from_network(soft).tolist() == [[0, 3, 3], [3, 3, 3], [2, 1, 3]]
    assert GENES.ended(np.array([[0, 3, 1, 2]])).tolist() == [[0, 3, 1, 2]]


def test_what_the_vocabulary_lacks_may_have_a_symbol():
    kind = kinds.Tokens(vocabulary=["a", "dog", "<unk>", "-"], length=3, pad="-", unknown="<unk>")
    rows = kind.encode(["a cat", "dog"])
    assert rows.tolist() == [[0, 2, 3], [1, 3, 3]]
    assert kind.decode(rows) == ["a <unk>", "dog"]


def test_fasta_and_lines_come_back_as_they_went(tmp_path):
    rows, labels = GENES.encode(["GATC", "AAAA", "TTTT"]), np.int32([1, 0, 1])
    mark = marks.Mark(run="mine", step=3, seed=1)
    for name in ("a.fasta", "b.fa"):
        GENES.write(tmp_path / name, rows, labels, class_names=["ei", "ie"], mark=mark)
        back = data.source(tmp_path / name)
        np.testing.assert_array_equal(back.samples, rows)
        assert (back.labels.tolist(), back.class_names) == ([1, 0, 1], ["ei", "ie"])
        assert marks.read(tmp_path / name).run == "mine"
    assert (tmp_path / "a.fasta").read_text().splitlines()[:2] == [">sample_0 class=ie", "GATC"]
    WORDS.write(tmp_path / "c.txt", WORDS.encode(["a dog", "ran"]))
    assert (tmp_path / "c.txt").read_text() == "a dog\nran\n"
    GENES.write(tmp_path / "d.fasta", rows)
    assert (tmp_path / "d.fasta").read_text().splitlines()[0] == ">sample_0"


def test_a_logo_is_as_tall_as_its_information():
    """A place that never changes tells two bits, one of two equal letters one, of four none."""
    rows = GENES.encode(["AACA", "AACC", "AATG", "AATT"])
    bits = tokens_picture.information(rows, 4)
    np.testing.assert_allclose(bits.sum(axis=1), [2, 2, 1, 0], atol=1e-12)
    np.testing.assert_allclose(bits[2], [0, 0.5, 0, 0.5])


def test_pictures_show_real_ones_beside_and_a_logo_for_each_class(tmp_path):
    rows = GENES.encode(["GATC", "AAAA", "TTTT", "CCCC"])
    alone, both = GENES.picture(rows), GENES.picture(rows, real=rows)
    assert both.shape[1] == 2 * alone.shape[1]
    np.testing.assert_array_equal(both[18:, : alone.shape[1]], both[18:, alone.shape[1] :])
    two = GENES.picture(rows, columns=2)
    assert len(two) == len(alone) + tokens_picture.LOGO + tokens_picture.TITLE
    GENES.write(tmp_path / "a.png", rows, class_names=["x", "y"], columns=2)
    written = np.asarray(Image.open(tmp_path / "a.png"))
    assert written.shape == two.shape
    assert (written != two).any()  # the classes have their names


def test_lines_are_pictures_that_one_reads():
    """Real ones to the right; classes one under the other; what cannot be seen is not drawn."""
    rows = WORDS.encode(["a dog ran", "a", "dog ran", "dog"])
    alone, both = WORDS.picture(rows), WORDS.picture(rows, real=rows)
    assert (alone.dtype, alone.shape[2]) == (np.dtype("uint8"), 3)
    assert (both < 128).sum() > 1.8 * (alone < 128).sum() > 0
    titled = WORDS.picture(rows, columns=2, class_names=["long", "short"])
    assert len(titled) == len(alone) + lines_picture.LINE  # a title more
    many = WORDS.picture(np.tile(rows, (100, 1)))
    most = (lines_picture.MOST_LINES + 1) * lines_picture.LINE
    assert len(many) == most + 2 * lines_picture.MARGIN
    empty = WORDS.picture(WORDS.encode(["-"] * 4))
    assert empty.shape == alone.shape  # frames of one film
