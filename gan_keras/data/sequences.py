"""Sequences of symbols as sources: FASTA files, and files with a line for each."""

import collections
import gzip
import lzma
import pathlib
import re
import zlib

import numpy as np

from gan_keras.data.source import Source
from gan_keras.kinds.tokens import Tokens

FASTA = (".fasta", ".fa", ".fna", ".faa")
SUFFIXES = (*FASTA, ".txt")
OPENERS = {".gz": gzip.open, ".xz": lzma.open}
ARGUMENTS = ("vocabulary", "length", "pad")
NUCLEOTIDES = "ACGT"
CLASS = re.compile(r"\bclass=(\S+)")
MOST_SYMBOLS = 1_000  # of a vocabulary that is taken from the file


def is_sequences(data):
    """Whether `data` is a path to a file of sequences, by its name."""
    return isinstance(data, (str, pathlib.Path)) and _inner_suffix(data) in SUFFIXES


def sequences(data, *, vocabulary=None, length=None, pad=None, split="train", name=None):
    """A source of sequences, all of one length.

    FASTA (.fasta, .fa, .fna, .faa): letters are read as capitals. If each header says
    `class=NAME`, these are the labels; the rest of a header is not kept. Other text (.txt): a
    sequence a line, empty lines left out. Both also as .gz and .xz.

    Args:
        data: path of the file.
        vocabulary: the symbols: a text of letters; a list of words, which have spaces between; or
            "words" for all words of the file. Defaults to None: "ACGT" for FASTA, all letters of
            the file for other text.
        length: how many symbols each sequence has: longer ones are cut at their end. Defaults to
            None: the length that all have; with `pad`, that of the longest.
        pad: a symbol that fills shorter sequences at their end; it joins the vocabulary. Defaults
            to None: shorter ones are refused.
        split: "train"; a file has no other.
        name: what messages call it. Defaults to the path.

    Raises:
        ValueError: no such file, an empty one, a symbol that the vocabulary lacks, several lengths.
    """
    name = name or str(data)
    if split != "train":
        raise ValueError(
            f"'{name}' has no '{split}' split. Hold some sequences out: source(...).split(0.1)."
        )
    if length is not None and (not isinstance(length, int) or length < 1):
        raise ValueError(f"`length` is a positive number of symbols. Received: {length!r}.")
    is_fasta = _inner_suffix(data) in FASTA
    found = read(data)
    texts = [text.upper() if is_fasta else text for _, text in found]
    as_words = vocabulary == "words" or _has_words(vocabulary)
    parted = [text.split() if as_words else list(text) for text in texts]
    if vocabulary is None and is_fasta:
        vocabulary = NUCLEOTIDES
    elif vocabulary in (None, "words"):
        vocabulary = sorted({symbol for symbols in parted for symbol in symbols})
        _check_few(vocabulary, name)
    vocabulary = list(vocabulary)
    if pad is not None and pad not in vocabulary:
        vocabulary.append(pad)
    length = _length([len(symbols) for symbols in parted], length, pad, name)
    kind = Tokens(vocabulary=vocabulary, length=length, pad=pad)
    samples = kind.encode([kind.between.join(symbols[:length]) for symbols in parted], name)
    labels, class_names = _labels([header for header, _ in found])
    return Source(name=name, samples=samples, kind=kind, labels=labels, class_names=class_names)


def read(path):
    """Pairs (header, text) of a file; the header is "" where there is none.

    Raises:
        ValueError: no such file, none that can be read, or no sequence in it.
    """
    path = pathlib.Path(path)
    if not path.is_file():
        raise ValueError(f"No file '{path}'. Give the path of a .fasta or a .txt.")
    opener = OPENERS.get(path.suffix.lower(), open)
    try:
        with opener(path, "rt", encoding="utf-8-sig") as file:
            lines = [line.rstrip("\r\n") for line in file]
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError, zlib.error) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"'{path}' can't be read ({reason}). Give text in UTF-8.") from None
    if _inner_suffix(path) in FASTA:
        return _of_fasta(lines, path)
    found = [("", line) for line in lines if line.strip()]
    if not found:
        raise ValueError(f"'{path}' is empty. Give a file with a sequence a line.")
    return found


def _of_fasta(lines, path):
    found = []
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if line.startswith(">"):
            found.append([line[1:].strip(), number, []])
        elif line and not line.startswith(";"):
            if not found:
                raise ValueError(
                    f"'{path}', line {number}: a sequence came before the first header. Begin with "
                    "a line like >name; a file without headers is a .txt."
                )
            found[-1][2].append("".join(line.split()))
    if not found:
        raise ValueError(f"'{path}' is empty. Give a FASTA file: >name, then the sequence.")
    for header, number, parts in found:
        if not any(parts):
            raise ValueError(
                f"'{path}', line {number}: '{header}' has no sequence. Give one, or remove it."
            )
    return [(header, "".join(parts)) for header, _, parts in found]


def _length(lengths, wanted, pad, name):
    """How many symbols all sequences have."""
    shortest, longest = min(lengths), max(lengths)
    length = wanted or longest
    if shortest < length and pad is None:
        usual = collections.Counter(lengths).most_common(1)[0][0]
        first = next(place for place, own in enumerate(lengths, 1) if own < length)
        raise ValueError(
            f"'{name}': sequences have {shortest} to {longest} symbols, most of them {usual}; "
            f"sequence {first} has fewer than {length}. Fill short ones at their end, --set "
            f"data_arguments.pad=-, or cut all to {shortest}, --set "
            f"data_arguments.length={shortest}."
        )
    return length


def _labels(headers):
    """int32 labels and the names of their classes, if each header says its class; else two None."""
    found = [CLASS.search(header) for header in headers]
    if not all(found):
        return None, None
    names = sorted({match[1] for match in found})
    if len(names) < 2:
        return None, None
    return np.array([names.index(match[1]) for match in found], "int32"), names


def _has_words(vocabulary):
    """Whether a list of symbols has one that is no letter."""
    if vocabulary is None or isinstance(vocabulary, str):
        return False
    return any(len(str(symbol)) > 1 for symbol in vocabulary)


def _check_few(vocabulary, name):
    if len(vocabulary) > MOST_SYMBOLS:
        raise ValueError(
            f"'{name}' has {len(vocabulary):,} different symbols, more than {MOST_SYMBOLS:,}. Name "
            "those that count: `vocabulary`, or leave rare ones out."
        )


def _inner_suffix(path):
    """.fasta of "a.fasta" and of "a.fasta.gz"."""
    path = pathlib.Path(path)
    return (path.with_suffix("") if path.suffix.lower() in OPENERS else path).suffix.lower()
