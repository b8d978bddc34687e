"""`gan-keras evaluate` on sequences in files, and what it and `train` refuse."""

import numpy as np
import pytest
from test_table_commands import done, refused

from gan_keras.metrics.score import read


def written(path, num, seed, last=""):
    """A file of genes of two classes, one of which always begins with GT."""
    random, lines = np.random.default_rng(seed), []
    for number in range(num):
        text = "".join(random.choice(list("ACGT"), 8))
        lines += [f">{number} class={'xy'[number % 2]}", f"{'GT' if number % 2 else 'CA'}{text}"]
    path.write_text("\n".join([*lines, last]), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path):
    return [written(tmp_path / f"{name}.fasta", 40, seed) for seed, name in enumerate("abc")]


def test_scores_of_files(files, tmp_path):
    fake, real, rest = files
    out = tmp_path / "scores.jsonl"
    told = done("evaluate", fake, "--against", real, "--held-out", rest, "--out", out)
    assert "40 real sequences, of the fake ones up to 40" in told
    found = {score.metric: score.value for score in read(out)}
    assert found["motif_y"] == 1.0
    assert found["class_accuracy"] == 1.0
    assert {"kmer_js_3", "kmer_js_3@shuffled", "kmer_js_3@held_out"} <= set(found)
    told = done("evaluate", fake, "--against", real)
    assert "No floor: that takes real sequences never trained on, --held-out FILE." in told


def test_what_does_not_go_with_sequences_is_refused(files, tmp_path):
    fake, real, _ = files
    assert "Say --against which real sequences" in refused("evaluate", fake)
    assert "The held-out data are the real data that samples are scored against" in refused(
        "evaluate", fake, "--against", real, "--held-out", real
    )
    assert "--extractor is not for sequences" in refused(
        "evaluate", fake, "--against", real, "--extractor", "pixels"
    )
    assert "Unknown metric of sequences 'fid'" in refused(
        "evaluate", fake, "--against", real, "--metrics", "fid"
    )
    other = tmp_path / "other.fasta"
    other.write_text(">a class=x\nACGTACGTAC\n>b class=z\nACGTACGTAC\n", encoding="utf-8")
    assert "has the class 'z', but the real sequences have x, y" in refused(
        "evaluate", other, "--against", real
    )
    short = tmp_path / "short.fasta"
    short.write_text(">a\nACG\n", encoding="utf-8")
    assert "symbols" in refused("evaluate", short, "--against", real)


def test_lines_are_scored_by_letters_or_by_words(tmp_path):
    """Edits to the nearest real line: of letters 3, 0 and 3, of words 1, 0 and 1."""
    real, fake = tmp_path / "real.txt", tmp_path / "fake.txt"
    real.write_text("a cat\nthe cat sat\na dog", encoding="utf-8")
    fake.write_text("the dog\na cat\nthe hog sat", encoding="utf-8")
    found = {}
    for by in ((), ("--by", "letters"), ("--by", "words")):
        out = tmp_path / f"{'_'.join(by)}.jsonl"
        done("evaluate", fake, "--against", real, "--metrics", "edit_distance", *by, "--out", out)
        found[by[-1:]] = {score.metric: score.value for score in read(out)}["edit_distance"]
    assert found == {(): 2.0, ("letters",): 2.0, ("words",): pytest.approx(2 / 3)}
    genes = written(tmp_path / "a.fasta", 40, 0)
    told = refused("evaluate", genes, "--against", genes, "--by", "words")
    assert "--by is for lines of text, not for FASTA" in told


@pytest.mark.parametrize(
    ("last", "arguments", "message"),
    [
        (">z\nACGTN", (), "sequences have 5 to 10 symbols, most of them 10; sequence 41"),
        (">z\nACGTNACGTA", (), "sequence 41 has 'N' at place 5"),
        ("", ("--size", 8), "`image_size` is not for sequences"),
        (">z\nACGTACGTAC", ("splice_junctions",), "is conditional but"),
        ("", ("table",), "Recipe 'table' is for table or mode_table, but"),
    ],
)
def test_a_bad_file_is_refused_before_there_is_a_run(tmp_path, last, arguments, message):
    path = written(tmp_path / "a.fasta", 40, 0, last)
    out = tmp_path / "run"
    line = refused("train", *arguments, "--data", path, "--out", out)
    assert message in line
    assert not out.exists()
