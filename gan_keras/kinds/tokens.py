"""Tokens: sequences of symbols, such as genes, or short lines of text up to some length."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import files, images
from gan_keras.kinds import kind
from gan_keras.kinds.lines_picture import lines_picture
from gan_keras.kinds.tokens_picture import tokens_picture
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Tokens(kind.Kind):
    """Sequences of symbols, all of one length or, with `pad`, up to it: lines of text.

    A sequence is stored as int32 (length,): the place of each symbol in the vocabulary. Networks
    take and give one one-hot vector a place, float32 (length, symbols).

    Args:
        shape: (length, symbols). Defaults to what the others say.
        vocabulary: the symbols in order: a text of letters, or a list of words.
        length: how many symbols a sequence has.
        pad: a symbol of the vocabulary that fills sequences up to `length`, and is not written;
            None (the default) if all have that length of themselves. Sequences end where the first
            one is, whatever a network puts behind it.
        unknown: a symbol of the vocabulary that stands for all that it lacks; None (the default)
            if such symbols are refused.
        num_pooled: how many different symbols of the data `unknown` stands for.

    Raises:
        ValueError: no symbols, an empty or a doubled one, a length below 1, another shape.

    Example:

        kind = Tokens(vocabulary="ACGT", length=4)
        kind.encode(["GATC"])  # int32 [[2, 0, 3, 1]]
    """

    name: ClassVar[str] = "tokens"
    num_shown: ClassVar[int] = 600
    num_at_once: ClassVar[int] = 512
    unit: ClassVar[str] = "sequences"
    walks: ClassVar[bool] = False
    formats: ClassVar[dict] = {
        ".txt": "write_lines",
        ".fasta": "write_fasta",
        ".fa": "write_fasta",
        ".png": "write_picture",
    }
    vocabulary: list = dataclasses.field(default_factory=list)
    length: int = 1
    pad: str | None = None
    unknown: str | None = None
    num_pooled: int = 0

    def __post_init__(self):
        self.vocabulary = list(self.vocabulary)
        seen = set()
        for symbol in self.vocabulary:
            if not isinstance(symbol, str) or not symbol or symbol in seen:
                what = "twice" if symbol in seen else "which is no text of a letter or more"
                raise ValueError(
                    f"The vocabulary has the symbol {symbol!r} {what}. Give each once."
                )
            if len(symbol) > 1 and any(letter.isspace() for letter in symbol):
                raise ValueError(f"The word {symbol!r} has a space in it. Give words without.")
            seen.add(symbol)
        if not self.vocabulary:
            raise ValueError('The vocabulary is empty. Give its symbols: "ACGT".')
        if not isinstance(self.length, int) or self.length < 1:
            raise ValueError(
                f"`length` is a positive number of symbols. Received: {self.length!r}."
            )
        for role in ("pad", "unknown"):
            symbol = getattr(self, role)
            if symbol is not None and symbol not in seen:
                raise ValueError(
                    f"`{role}` {symbol!r} is no symbol of the vocabulary. Add it there."
                )
        shape, self.shape = self.shape, (self.length, len(self.vocabulary))
        if shape and tuple(shape) != self.shape:
            raise ValueError(
                f"{self.length} symbols of {len(self.vocabulary)} have the shape {self.shape}. "
                f"Received: {tuple(shape)}. Leave it out."
            )

    @property
    def between(self):
        """What stands between symbols of a text: nothing, or a space if some are words."""
        return " " if any(len(symbol) > 1 for symbol in self.vocabulary) else ""

    def network_arguments(self):
        """The place of what ends a line."""
        return {"pad": None if self.pad is None else self.vocabulary.index(self.pad)}

    def fingerprint(self):
        """The vocabulary: equal numbers of two vocabularies are different data."""
        return repr(self.get_config())

    def summary(self):
        """The vocabulary, and how long sequences are."""
        own = [symbol for symbol in self.vocabulary if symbol != self.pad]
        symbols = self.between.join(own[:60])
        more = "" if len(own) <= 60 else f" and {len(own) - 60} more"
        end = "" if self.pad is None else f", and the end, {self.pad!r}"
        lengths = "each" if self.pad is None else "at most"
        return [
            f"sequences      {self.length} symbols {lengths}",
            f"vocabulary     {len(own)}: {symbols}{more}{end}",
            *self.remarks(),
        ]

    def remarks(self):
        """How many rare symbols are one."""
        if not self.num_pooled:
            return []
        return [
            f"{self.num_pooled:,} symbols are too rare to be kept: each is {self.unknown!r}. A "
            "smaller data_arguments.min_count keeps more."
        ]

    # ------------------------------------------------------------- in and out

    def encode(self, texts, what="sequences", *, names=None):
        """Sequences as they are stored: int32 (n, length).

        Args:
            texts: an iterable of texts; words have spaces between.
            what: what an error calls them.
            names: what it calls each of them. Defaults to None: "sequence 1" and so on.

        Raises:
            ValueError: a symbol that the vocabulary lacks, or another length than all have.
        """
        places = {symbol: place for place, symbol in enumerate(self.vocabulary)}
        other = places.get(self.unknown, -1)
        rows = []
        for number, text in enumerate(texts):
            name = names[number] if names else f"sequence {number + 1}"
            symbols = self.symbols(text)
            if len(symbols) > self.length or (self.pad is None and len(symbols) < self.length):
                raise ValueError(
                    f"'{what}': {name} has {len(symbols)} symbols, but {self.length} "
                    "are wanted. Cut or pad it."
                )
            row = [places.get(symbol, other) for symbol in symbols]
            if -1 in row:
                place = row.index(-1)
                raise ValueError(
                    f"'{what}': {name} has {symbols[place]!r} at place {place + 1}, "
                    f"which is not in the vocabulary {self._told()}. Add it there, or leave such "
                    "sequences out."
                )
            rows.append(row + [places.get(self.pad)] * (self.length - len(row)))
        return np.array(rows, "int32").reshape(-1, self.length)

    def symbols(self, text):
        """The symbols of a text: its letters, or its words."""
        return text.split() if self.between else list(text)

    def decode(self, samples):
        """Texts of sequences, (n, length) as they are stored: a list. They end where padding is."""
        found = []
        for row in np.asarray(samples):
            symbols = [self.vocabulary[place] for place in row]
            if self.pad in symbols:
                symbols = symbols[: symbols.index(self.pad)]
            found.append(self.between.join(symbols))
        return found

    def check(self, array, what):
        """int32 (n, length) of places in the vocabulary."""
        array = np.asarray(array)
        self._check_places(array, f"'{what}'")
        return array.astype("int32", copy=False)

    def check_batch(self, batch, what):
        """Places in the vocabulary, (n, length)."""
        self._check_places(np.asarray(batch), what)

    def to_network(self, stored):
        """One-hot vectors, float32 (n, length, symbols); floats are such already."""
        if isinstance(stored, np.ndarray):
            if stored.dtype.kind == "f":
                return stored
            return np.eye(len(self.vocabulary), dtype="float32")[stored]
        import tensorflow as tf

        return stored if stored.dtype.is_floating else tf.one_hot(stored, len(self.vocabulary))

    def from_network(self, samples):
        """int32 (n, length): the likeliest symbol of each place, and padding from the first on."""
        return self.ended(np.asarray(samples).argmax(axis=-1).astype("int32"))

    def ended(self, samples):
        """Sequences (n, length) with padding wherever some stands before: as they are read."""
        if self.pad is None:
            return samples
        place = self.vocabulary.index(self.pad)
        behind = np.logical_or.accumulate(samples == place, axis=1)
        return np.where(behind, place, samples).astype(samples.dtype)

    def scored(self, samples):
        """int32 (n, length) of places in the vocabulary."""
        return self.check(samples, "samples")

    # ------------------------------------------------------------- pictures and files

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """What a person reads: lines of text; or coloured letters, and the logo of each class."""
        drawn = tokens_picture if self.pad is None else lines_picture
        return drawn(self, np.asarray(samples), columns=columns, real=real, names=class_names)

    def write_picture(self, path, samples, labels, *, columns, class_names, mark, **look):
        """A PNG of the picture."""
        picture = self.picture(samples, columns=columns, class_names=class_names)
        images.save_png(path, picture, mark=mark)

    def write_fasta(self, path, samples, labels, *, class_names, **look):
        """A FASTA file: a header and a line for each sequence; the header says the class."""
        lines = []
        for number, text in enumerate(self.decode(samples)):
            header = f">sample_{number}"
            if labels is not None:
                label = int(labels[number])
                header += f" class={class_names[label] if class_names else label}"
            lines += [header, text]
        files.write_text(path, "\n".join([*lines, ""]))

    def write_lines(self, path, samples, labels, **look):
        """A line for each sequence."""
        files.write_text(path, "\n".join([*self.decode(samples), ""]))

    def _check_places(self, array, what):
        if array.ndim != 2 or array.shape[1] != self.length:
            raise ValueError(
                f"{what} gives sequences of shape {tuple(array.shape[1:])}, but they have "
                f"{self.length} symbols each. Cut or pad them, and encode: kind.encode(texts)."
            )
        if array.dtype.kind not in "iu":
            raise ValueError(
                f"{what}: sequences are {array.dtype}, but are places in the vocabulary, integers. "
                "Encode texts: kind.encode(texts)."
            )
        bad = (array < 0) | (array >= len(self.vocabulary))
        if bad.any():
            row, place = map(int, np.argwhere(bad)[0])
            raise ValueError(
                f"{what}: sequence {row + 1} has {int(array[row, place])} at place {place + 1}, "
                f"but the vocabulary has {len(self.vocabulary)} symbols: {self._told()}. Encode "
                "it anew."
            )

    def _told(self):
        most = self.vocabulary[:40]
        return repr(self.between.join(most)) + ("" if most == self.vocabulary else " ...")
