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
ARGUMENTS = ("vocabulary", "length", "pad", "min_count", "unknown")
NUCLEOTIDES = "ACGT"
CLASS = re.compile(r"\bclass=(\S+)")
MOST_SYMBOLS = 1_000  # of a vocabulary that is taken from the file
END = "\n"  # of a line: no letter and no word is one
UNKNOWN = {False: "\ufffd", True: "<unk>"}  # for letters and for words


def is_sequences(data):
    """Whether `data` is a path to a file of sequences, by its name."""
    return isinstance(data, (str, pathlib.Path)) and _inner_suffix(data) in SUFFIXES


def is_fasta(data):
    """Whether a path to sequences is one of FASTA, by its name."""
    return _inner_suffix(data) in FASTA


def sequences(
    data,
    *,
    vocabulary=None,
    length=None,
    pad=None,
    min_count=None,
    unknown=None,
    split="train",
    name=None,
):
    """A source of sequences, all of one length, or lines of text up to a length.

    FASTA (.fasta, .fa, .fna, .faa): letters are read as capitals. If each header says
    `class=NAME`, these are the labels; the rest of a header is not kept. Other text (.txt): a
    sequence a line, empty lines left out; if lengths differ, each ends with an end of line. Both
    also as .gz and .xz.

    Args:
        data: path of the file.
        vocabulary: the symbols: a text of letters; a list of words, which have spaces between; or
            "words" for all words of the file. Defaults to None: "ACGT" for FASTA, all letters of
            the file for other text.
        length: how many symbols each sequence has: longer ones are cut at their end. Defaults to
            None: the length that all have; with `pad`, that of the longest.
        pad: a symbol that fills shorter sequences at their end; it joins the vocabulary. Defaults
            to None: shorter ones are refused in FASTA, and lines of other text get an end of line.
        min_count: how often a symbol has to come to be kept, where the file gives the vocabulary;
            all others become `unknown`. Defaults to None: all are kept.
        unknown: what stands for symbols that the vocabulary lacks; it joins the vocabulary.
            Defaults to None: they are refused; with `min_count`, "<unk>" for words, U+FFFD for
            letters.
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
    of_fasta = is_fasta(data)
    found = read(data)
    texts = [text.upper() if of_fasta else text for _, _, text in found]
    if vocabulary is None and of_fasta:
        vocabulary = NUCLEOTIDES
    kind, samples = encoded(
        texts,
        name,
        names=None if of_fasta else [f"line {number}" for _, number, _ in found],
        vocabulary=vocabulary,
        length=length,
        pad=pad,
        fill=None if of_fasta else END,
        min_count=min_count,
        unknown=unknown,
    )
    labels, class_names = _labels([header for header, _, _ in found])
    return Source(name=name, samples=samples, kind=kind, labels=labels, class_names=class_names)


def encoded(
    texts,
    name,
    *,
    names=None,
    vocabulary=None,
    length=None,
    pad=None,
    fill=None,
    min_count=None,
    unknown=None,
):
    """The `kinds.Tokens` of texts, and the texts as it stores them, int32 (n, length).

    Args:
        texts: list of texts.
        name: what messages call them.
        names: what they call each. Defaults to None: "sequence 1" and so on.
        fill: what `pad` is where it is None and lengths differ. Defaults to None: that is refused.
        vocabulary, length, pad, min_count, unknown: as for `sequences`; a vocabulary of None is all
            letters.
    """
    for what, value in (("length", length), ("min_count", min_count)):
        if value is not None and (not isinstance(value, int) or value < 1):
            unit = "number of symbols" if what == "length" else "whole number"
            raise ValueError(f"`{what}` is a positive {unit}. Received: {value!r}.")
    as_words = vocabulary == "words" or _has_words(vocabulary)
    parted = [text.split() if as_words else list(text) for text in texts]
    num_pooled = 0
    if vocabulary in (None, "words"):
        counts = collections.Counter(symbol for symbols in parted for symbol in symbols)
        vocabulary = sorted(s for s, count in counts.items() if count >= (min_count or 1))
        num_pooled = len(counts) - len(vocabulary)
        if num_pooled and unknown is None:
            unknown = UNKNOWN[as_words]
        _check_few(vocabulary, name)
        if not vocabulary:
            raise ValueError(
                f"'{name}' has no symbol that comes {min_count} times. Take a smaller one: "
                "--set data_arguments.min_count=1."
            )
    elif min_count is not None:
        raise ValueError(
            "`min_count` is for a vocabulary that the file gives, but `vocabulary` names it. Leave "
            "one of them out."
        )
    for symbol in (unknown, pad):
        if not as_words and symbol is not None and len(symbol) != 1:
            raise ValueError(
                f"Letters came, but {symbol!r} has {len(symbol)}. Take one letter, or "
                'vocabulary="words".'
            )
    lengths = [len(symbols[:length]) for symbols in parted]
    if pad is None and len({*lengths, length or max(lengths)}) > 1:
        pad = fill
    added = [symbol for symbol in (unknown, pad) if symbol not in (None, *vocabulary)]
    vocabulary = [*vocabulary, *added]
    length = _length([len(symbols) for symbols in parted], length, pad, name)
    kind = Tokens(
        vocabulary=vocabulary, length=length, pad=pad, unknown=unknown, num_pooled=num_pooled
    )
    cut = [kind.between.join(symbols[:length]) for symbols in parted]
    return kind, kind.encode(cut, name, names=names)


def read(path):
    """Triples (header, number of the line, text); the header is "" where there is none.

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
    if is_fasta(path):
        return _of_fasta(lines, path)
    found = [("", number, line) for number, line in enumerate(lines, 1) if line.strip()]
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
    return [(header, number, "".join(parts)) for header, number, parts in found]


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
            f"'{name}' has {len(vocabulary):,} different symbols, more than {MOST_SYMBOLS:,}. Pool "
            "rare ones, --set data_arguments.min_count=5, or name those that count: `vocabulary`."
        )


def _inner_suffix(path):
    """.fasta of "a.fasta" and of "a.fasta.gz"."""
    path = pathlib.Path(path)
    return (path.with_suffix("") if path.suffix.lower() in OPENERS else path).suffix.lower()
