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
    path = written(tmp_path / "a.txt", "abcd\nab\nabc\n")
    with pytest.raises(ValueError, match=r"2 to 4 symbols.* sequence 2 has fewer than 4\. Fill"):
        data.source(path)
    assert data.source(path, length=2).kind.decode([[0, 1]]) == ["ab"]
    padded = data.source(path, pad="-")
    assert padded.samples.tolist() == [[0, 1, 2, 3], [0, 1, 4, 4], [0, 1, 2, 4]]
    both = data.source(path, pad="-", length=3)
    assert both.kind.decode(both.samples) == ["abc", "ab", "abc"]


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


def test_recipes_for_sequences():
    assert recipes.default_for("splice_junctions") == "splice_junctions"
    assert recipes.default_for("mine.fasta") == recipes.default_for("a.txt.gz") == "sequences"
