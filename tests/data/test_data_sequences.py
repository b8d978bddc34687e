"""Sequences in files, and the bundled genes."""

import gzip
import re

import numpy as np
import pytest

from gan_keras import data, recipes

FASTA = """>one class=b
gat
TA
; a remark

>two class=a more
CCCCC
"""


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_fasta_file_has_capitals_labels_and_broken_lines(tmp_path):
    found = data.source(written(tmp_path / "a.fasta", FASTA))
    assert found.kind.decode(found.samples) == ["GATTA", "CCCCC"]
    assert found.kind.vocabulary == list("ACGT")
    assert (found.class_names, found.labels.tolist()) == (["a", "b"], [1, 0])
    unlabelled = data.source(written(tmp_path / "b.fa", FASTA.replace("class=a ", "")))
    assert unlabelled.labels is None  # only one of them says its class


def test_lines_of_text(tmp_path):
    path = tmp_path / "a.txt.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("Eve\n\nAda\n")
    found = data.source(path)
    assert found.kind.vocabulary == sorted("AEadev")
    assert found.kind.decode(found.samples) == ["Eve", "Ada"]
    assert data.source(path, vocabulary=list("veEAdaz")).kind.vocabulary == list("veEAdaz")
    path = written(tmp_path / "b.txt", "a dog\nthe dog ran\n")
    found = data.source(path, vocabulary="words", pad="-")
    assert found.kind.vocabulary == ["a", "dog", "ran", "the", "-"]
    assert found.kind.decode(found.samples) == ["a dog", "the dog ran"]


def test_mixed_lengths_are_cut_or_padded(tmp_path):
    genes = written(tmp_path / "a.fasta", ">a\nACGT\n>b\nAC\n>c\nACG\n")
    with pytest.raises(ValueError, match=r"2 to 4 symbols.* sequence 2 has fewer than 4\. Fill"):
        data.source(genes)
    assert data.source(genes, length=2).samples.tolist() == [[0, 1]] * 3
    assert data.source(genes, pad="-").kind.vocabulary == list("ACGT-")
    path = written(tmp_path / "a.txt", "abcd\nab\nabc\n")
    padded = data.source(path, pad="-")
    assert padded.samples.tolist() == [[0, 1, 2, 3], [0, 1, 4, 4], [0, 1, 2, 4]]
    both = data.source(path, pad="-", length=3)
    assert both.kind.decode(both.samples) == ["abc", "ab", "abc"]


def test_lines_of_several_lengths_end_each(tmp_path):
    path = written(tmp_path / "a.txt", "abcd\n\nab\n")
    found = data.source(path)
    assert (found.kind.pad, found.kind.vocabulary) == ("\n", [*"abcd", "\n"])
    assert found.samples.tolist() == [[0, 1, 2, 3], [0, 1, 4, 4]]
    assert data.source(path, length=2).kind.pad is None  # none is shorter
    longer = data.source(path, length=5)
    assert longer.samples.tolist() == [[0, 1, 2, 3, 4], [0, 1, 4, 4, 4]]
    with pytest.raises(ValueError, match=r"line 3 has 'b' at place 2, .* vocabulary 'ad"):
        data.source(written(path, "add\n\nab\n"), vocabulary="ad")


def test_rare_symbols_are_one(tmp_path):
    path = written(tmp_path / "a.txt", "a dog ran\na cat ran\na dog\n")
    found = data.source(path, vocabulary="words", min_count=2)
    assert found.kind.vocabulary == ["a", "dog", "ran", "<unk>", "\n"]
    assert found.kind.decode(found.samples) == ["a dog ran", "a <unk> ran", "a dog"]
    assert found.kind.remarks() == [
        "1 symbols are too rare to be kept: each is '<unk>'. A smaller data_arguments.min_count "
        "keeps more."
    ]
    letters = data.source(path, min_count=3)
    assert letters.kind.decode(letters.samples)[1] == "a \ufffda\ufffd \ufffda\ufffd"
    assert letters.kind.num_pooled == 7
    assert data.source(path).kind.remarks() == []
    given = data.source(path, vocabulary=["a", "ran", "dog"], unknown="?")
    assert given.kind.decode(given.samples)[1] == "a ? ran"
    for arguments, message in [
        ({"min_count": 0}, "`min_count` is a positive whole number. Received: 0"),
        ({"min_count": 2, "vocabulary": "ab"}, "`min_count` is for a vocabulary that the file"),
        ({"min_count": 99}, "has no symbol that comes 99 times"),
        ({"unknown": "<unk>"}, "Letters came, but '<unk>' has 5"),
    ]:
        with pytest.raises(ValueError, match=re.escape(message)):
            data.source(path, **arguments)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.fasta", "", "is empty. Give a FASTA file"),
        ("a.txt", "\n \n", "is empty. Give a file with a sequence a line"),
        ("a.fasta", "ACGT\n", "line 1: a sequence came before the first header"),
        ("a.fasta", ">a\n>b\nAC\n", "line 1: 'a' has no sequence"),
        ("a.fasta", ">a\nAC\n>b\nAN\n", "sequence 2 has 'N' at place 2"),
    ],
)
def test_bad_files_are_refused_in_one_line(tmp_path, name, text, message):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        data.source(written(tmp_path / name, text))
    assert "\n" not in str(caught.value)


def test_other_mistakes(tmp_path):
    path = written(tmp_path / "a.fasta", FASTA)
    for arguments, message in [
        ({"split": "test"}, "has no 'test' split. Hold some sequences out"),
        ({"length": 0}, "`length` is a positive number"),
        ({"image_size": 8}, "`image_size` is not for sequences"),
        ({"columns": {}}, "`columns` is not for sequences"),
    ]:
        with pytest.raises(ValueError, match=re.escape(message)):
            data.source(path, **arguments)
    with pytest.raises(ValueError, match="`length` is not for 'splice_junctions', which has its"):
        data.source("splice_junctions", length=9)
    with pytest.raises(ValueError, match="`vocabulary` is not for anything but sequences"):
        data.source("ring", vocabulary="AB")
    with pytest.raises(ValueError, match=r"No file 'gone\.fasta'"):
        data.source("gone.fasta")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"b\.txt' can't be read .* Give text in UTF-8"):
        data.source(tmp_path / "b.txt")


def test_the_bundled_genes():
    """Donors begin with GT, acceptors end with AG: the letters were decoded rightly."""
    train, test = (data.source("splice_junctions", split=split) for split in ("train", "test"))
    assert (train.num_samples, test.num_samples) == (2549, 637)
    assert (train.kind.shape, train.class_names) == ((60, 4), ["ei", "ie", "n"])
    labels = np.concatenate([train.labels, test.labels])
    assert np.bincount(labels).tolist() == [767, 765, 1654]
    texts = np.array(train.kind.decode(np.concatenate([train.samples, test.samples])))
    donors = np.mean([text[30:32] == "GT" for text in texts[labels == 0]])
    acceptors = np.mean([text[28:30] == "AG" for text in texts[labels == 1]])
    assert (round(donors, 3), round(acceptors, 3)) == (0.99, 0.995)
    assert len(set(texts)) == 3001
    with pytest.raises(ValueError, match="has no split 'all'"):
        data.source("splice_junctions", split="all")


@pytest.mark.parametrize(
    ("name", "sizes", "shape", "classes"),
    [
        ("names", (4395, 1099), (11, 27), ["female", "male"]),
        ("captions", (3292, 823), (10, 565), None),
    ],
)
def test_the_bundled_lines(name, sizes, shape, classes):
    """No held-out line was trained on, be it of the other class."""
    train, test = (data.source(name, split=split) for split in ("train", "test"))
    assert (train.num_samples, test.num_samples) == sizes
    assert (train.kind.shape, train.class_names) == (shape, classes)
    assert train.kind == test.kind
    texts = [set(part.kind.decode(part.samples)) for part in (train, test)]
    assert not texts[0] & texts[1]
    assert len(texts[0] | texts[1]) == {"names": 5163, "captions": 4115}[name]
    assert data.source(name, length=3).kind.length == 3
    with pytest.raises(ValueError, match="has no split 'all'"):
        data.source(name, split="all")


def test_classes_of_names():
    found = data.source("names")
    of = dict(zip(found.kind.decode(found.samples), found.labels.tolist(), strict=True))
    assert [found.class_names[of[name]] for name in ("AARON", "ABIGAIL")] == ["male", "female"]


def test_recipes_for_sequences():
    assert recipes.default_for("splice_junctions") == "splice_junctions"
    assert recipes.default_for("mine.fasta") == "sequences"
    assert recipes.default_for("a.txt.gz") == "lines"
    assert [recipes.default_for(name) for name in data.LINES] == ["names", "captions"]


def test_runs_on_few_lines_are_long_and_on_many_end():
    lines = recipes.get("lines")
    for num, passes in ((64, 10_157), (6_400, 150), (64_000, 41)):
        samples, kind = np.zeros((num, 2), "int32"), data.source("names", length=2).kind
        source = data.Source(name="x", samples=samples, kind=kind)
        assert recipes.SUITED["lines"](lines, source).epochs == passes
    assert "captions" in recipes.SUITED
