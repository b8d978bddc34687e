"""Series of readings as sources: text files with a line a reading, and .npz files."""

import dataclasses
import pathlib

import numpy as np

from gan_keras.data import arrays, table_file, tables
from gan_keras.data.source import Source
from gan_keras.kinds.signals import LASTS, Signals
from gan_keras.spelling import nearest

ARGUMENTS = ("series", "lengths", "rate")
MOST_CLASSES = 1_000
FEWEST = 2  # series
LENGTHS = ("one", "several", "any")


@dataclasses.dataclass(kw_only=True, eq=False)
class Readings:
    """Series in units of their own, and what is known of each.

    Attributes:
        features: float64 (n, steps, channels).
        channels: names of the channels.
        attributes: texts (n, number of attributes).
        attribute_names: names of these.
        key: the column that told series apart.
        lengths: how many readings each series has, int (n,); None if all have all. Where one ends,
            its last reading stands in all further steps, and the channel `signals.LASTS`, the
            last one, goes from 1 to 0.
    """

    features: np.ndarray
    channels: list
    attributes: np.ndarray
    attribute_names: list
    key: str = "series"
    lengths: np.ndarray | None = None

    def part(self, chosen):
        """Some of the series."""
        return dataclasses.replace(
            self,
            features=self.features[chosen],
            attributes=self.attributes[chosen],
            lengths=None if self.lengths is None else self.lengths[chosen],
        )


def series(data, *, series="series", lengths="one", drop=(), rate=None, split="train", name=None):
    """A source of series, in the order of the file, which should be that of time.

    Text (.csv, .tsv, also .gz and .xz): a line a reading, the series one after the other. The
    column `series` says which series a reading belongs to. Columns that are the same throughout
    each series are attributes, all others are channels, which hold numbers. An .npz holds
    `features`, floats (n, steps, channels), and perhaps `attributes` (n, k), integers or texts;
    `channels` and `attribute_names` may name both, and `lengths`, integers (n,), say how many steps
    of each count.

    Each combination of attributes is a class.

    Args:
        data: path of the file.
        series: the column that tells series apart. Defaults to "series".
        lengths: "one" (the default) refuses series of several lengths, which may be a slip.
            "several" takes them: a generator then says when each series ends. "any" is the one or
            the other, as the file is.
        drop: names of columns to leave out.
        rate: readings a second, or None.
        split: "train"; a file has no other.
        name: what messages call it. Defaults to the path.

    Raises:
        ValueError: no such file, no such column, readings that are missing or texts, series of
            several lengths where one is expected, or attributes that tell nearly all apart.
    """
    name = name or str(data)
    if split != "train":
        raise ValueError(
            f"'{name}' has no '{split}' split. Hold some series out: source(...).split(0.1)."
        )
    found = read(data, series=series, lengths=lengths, drop=drop)
    return of(found, fit(found, rate=rate), name)


def fit(found, *, rate=None):
    """The `kinds.Signals` of some `Readings`.

    Raises:
        ValueError: attributes that tell nearly every series apart.
    """
    combinations = sorted({tuple(row) for row in found.attributes.tolist()}, key=_in_order)
    if len(combinations) > min(MOST_CLASSES, len(found.features) // 2):
        nums = [len(set(column)) for column in found.attributes.T]
        worst = found.attribute_names[int(np.argmax(nums))]
        raise ValueError(
            f"{len(found.features)} series have {len(combinations)} different combinations of the "
            f"attributes {', '.join(found.attribute_names)}, too few series for each. Leave one "
            f"out: --set data_arguments.drop={worst}."
        )
    return Signals.fit(
        found.features,
        found.channels,
        rate=rate,
        attributes=found.attribute_names,
        combinations=combinations if found.attribute_names else [],
        key=found.key,
        ends=found.lengths is not None,
    )


def of(found, kind, name):
    """A source of `Readings` by a kind that was fitted before.

    Raises:
        ValueError: other channels or attributes than the kind's, or an unknown combination.
    """
    if (found.channels, found.attribute_names) != (kind.channel_names, kind.attributes):
        raise ValueError(
            f"'{name}' has the channels {_listed(found.channels)} and the attributes "
            f"{_listed(found.attribute_names)}, but {_listed(kind.channel_names)} and "
            f"{_listed(kind.attributes)} are expected, in this order."
        )
    lacking = kind.shape[0] - found.features.shape[1]
    if kind.ends and lacking > 0:  # its longest series ends before the kind's does
        features = np.pad(found.features, ((0, 0), (0, lacking), (0, 0)), "edge")
        features[:, -lacking:, -1] = 0.0
        found = dataclasses.replace(found, features=features)
    labels = None
    if kind.attributes:
        known = {tuple(row): label for label, row in enumerate(kind.combinations)}
        labels = np.array([known.get(tuple(row), -1) for row in found.attributes.tolist()])
        if (labels < 0).any():
            row = found.attributes[int(np.argmin(labels))]
            pairs = [f"{key}={value}" for key, value in zip(kind.attributes, row, strict=True)]
            raise ValueError(
                f"'{name}' has a series with {_listed(pairs)}, which the others lack. Leave it out."
            )
    return Source(
        name=name,
        samples=kind.encode(found.features),
        kind=kind,
        labels=labels,
        class_names=kind.class_names,
    )


def read(data, *, series="series", lengths="one", drop=()):
    """`Readings` of a file; arguments as of `series`.

    Raises:
        ValueError: it can't be read, or not as series.
    """
    if lengths not in LENGTHS:
        raise ValueError(f"`lengths` is one of {', '.join(LENGTHS)}. Received: {lengths!r}.")
    drop = (drop,) if isinstance(drop, str) else tuple(drop)
    if not pathlib.Path(data).is_file():
        raise ValueError(f"No file '{data}'. Give the path of a .csv or an .npz of series.")
    if arrays.is_array_file(data):
        found = _of_arrays(data)
    elif table_file.is_table_file(data):
        found = _of_lines(data, series, lengths, drop)
    else:
        raise ValueError(f"'{data}' is no file of series. Give a .csv, a .tsv or an .npz.")
    if len(found.features) < FEWEST:
        raise ValueError(f"'{data}' holds {len(found.features)} series. Give {FEWEST} at least.")
    if not np.isfinite(found.features).all():
        row, step, channel = map(int, np.argwhere(~np.isfinite(found.features))[0])
        raise ValueError(
            f"'{data}': series {row + 1} has no finite number of '{found.channels[channel]}' at "
            f"step {step + 1}. Fill gaps, or leave such series out."
        )
    if found.lengths is None:
        found.lengths = np.full(len(found.features), found.features.shape[1])
    if lengths == "one":
        _check_one_length(data, found.lengths)
    if lengths == "several" or (lengths == "any" and len(set(found.lengths)) > 1):
        return _with_ends(found)
    return dataclasses.replace(found, lengths=None)


def _check_one_length(path, lengths):
    if lengths.min() == lengths.max():
        return
    usual = int(np.bincount(lengths).argmax())
    row = int(np.argmax(lengths != usual))
    raise ValueError(
        f"'{path}': series have {lengths.min()} to {lengths.max()} readings; series {row + 1} has "
        f"{lengths[row]}, most have {usual}. Cut or leave out those of another length, or take "
        "them as they are: --set data_arguments.lengths=several."
    )


def _with_ends(found):
    """The same with a channel that is 1 while a series lasts, and then 0."""
    steps = np.arange(found.features.shape[1])
    lasts = (steps < found.lengths[:, None]).astype("float64")
    return dataclasses.replace(
        found,
        features=np.concatenate([found.features, lasts[..., None]], axis=-1),
        channels=[*found.channels, LASTS],
    )


def _held(features, lengths):
    """Series whose last reading stands in all steps after it."""
    steps = np.minimum(np.arange(features.shape[1]), lengths[:, None] - 1)
    return np.take_along_axis(features, steps[..., None], axis=1)


def _of_arrays(path):
    content = arrays.read(path)
    if not isinstance(content, dict) or "features" not in content:
        raise ValueError(
            f"'{path}' has no `features`. Give an .npz with these, floats (n, steps, channels)."
        )
    features = content["features"]
    if features.ndim != 3 or 0 in features.shape or features.dtype.kind not in "fiu":
        raise ValueError(
            f"'{path}': `features` are {features.dtype} of shape {features.shape}, but must be "
            "numbers (n, steps, channels). Reshape them."
        )
    attributes = content.get("attributes", np.empty((len(features), 0), int))
    if attributes.ndim != 2 or len(attributes) != len(features) or attributes.dtype.kind == "f":
        raise ValueError(
            f"'{path}': `attributes` are {attributes.dtype} of shape {attributes.shape}, but must "
            f"be integers or texts ({len(features)}, number of attributes)."
        )
    lengths = content.get("lengths")
    if lengths is not None:
        fits = lengths.shape == (len(features),) and lengths.dtype.kind in "iu"
        if not fits or lengths.min() < 1 or lengths.max() > features.shape[1]:
            raise ValueError(
                f"'{path}': `lengths` are {lengths.dtype} of shape {lengths.shape}, but must be "
                f"integers ({len(features)},) from 1 to {features.shape[1]}, one for each series."
            )
        lengths = lengths.astype("int64")
        features = _held(features, lengths)
    return Readings(
        features=features.astype("float64"),
        lengths=lengths,
        channels=_names(path, content, "channels", "channel", features.shape[-1]),
        attributes=attributes.astype(str),
        attribute_names=_names(path, content, "attribute_names", "attribute", attributes.shape[1]),
    )


def _names(path, content, key, word, num):
    names = [str(name) for name in content.get(key, [f"{word}_{place}" for place in range(num)])]
    if len(names) != num:
        raise ValueError(f"'{path}': `{key}` names {len(names)}, but there are {num}.")
    return names


def _of_lines(path, series, lengths, drop):
    columns = {raw.name: raw for raw in tables.read(path, drop=drop)}
    if series not in columns:
        raise ValueError(
            f"'{path}' has no column '{series}' that says which series a reading belongs to."
            f"{nearest(series, columns)} Name it: --set data_arguments.series=COLUMN."
        )
    which = columns.pop(series)
    if not columns:
        raise ValueError(f"'{path}' has no column but '{series}'. Give one of readings.")
    numbers = which.ids if which.numbers is None else which.numbers
    starts = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    if len(np.unique(numbers[starts])) < len(starts):
        raise ValueError(
            f"'{path}': a series of '{series}' goes on after another one began. Sort the lines by "
            f"'{series}'."
        )
    of_series = np.diff([*starts, len(numbers)])
    if lengths == "one":
        _check_one_length(path, of_series)
    shape = (len(starts), int(of_series.max()))
    # The line of each reading; beyond its series' end, that of its last one.
    lines = starts[:, None] + np.minimum(np.arange(shape[1]), of_series[:, None] - 1)
    known, channels, features = {}, [], []
    for name, raw in columns.items():
        values = (raw.ids if raw.numbers is None else raw.numbers)[lines]
        if shape[1] > 1 and (values == values[:, :1]).all():
            known[name] = [_text(raw, value) for value in values[:, 0]]
        elif raw.numbers is None:
            raise ValueError(
                f"'{path}': column '{name}' holds texts that change within a series. Give numbers, "
                f"or leave it out: --set data_arguments.drop={name}."
            )
        else:
            channels.append(name)
            features.append(values)
    if not channels:
        raise ValueError(f"'{path}': no column changes within a series. Give one of readings.")
    attributes = np.array(list(known.values()), str).reshape(len(known), len(starts))
    return Readings(
        features=np.stack(features, axis=-1).astype("float64"),
        channels=channels,
        attributes=attributes.T,
        attribute_names=list(known),
        key=series,
        lengths=of_series,
    )


def _listed(words):
    return ", ".join(words) or "none"


def _text(raw, value):
    """An attribute as text: "7" for 7.0."""
    return raw.texts[int(value)] if raw.numbers is None else f"{value:.8g}"


def _in_order(row):
    """Numbers by size, texts by letters."""
    return [(0, float(text), "") if _is_number(text) else (1, 0.0, text) for text in row]


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
