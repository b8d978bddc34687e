"""Fits the columns of a table to data, so that nothing of single rows is left in them."""

import numpy as np

from gan_keras.kinds import dates, modes
from gan_keras.kinds.columns import SORTS, Numbers, Numeric, Texts
from gan_keras.spelling import nearest

MIN_ROWS = 10
MAX_BINS = 48
MAX_VALUES = 64
MAX_CATEGORIES = 256
FREQUENT = 0.001  # share of rows from which one of very many numbers is a value of its own
FEW = 512  # distinct numbers, of which each that is kept at all may be a value of its own
TAILS = (0.5, 0.25, 0.125)  # of an end's bin: the outermost bins are narrow, where tails are thin
MAX_DECIMALS = 6
YES_NO = (
    ("false", "true"),
    ("no", "yes"),
    ("n", "y"),
    ("f", "t"),
)


def fit(
    raw,
    type_=None,
    *,
    min_rows=MIN_ROWS,
    max_bins=MAX_BINS,
    max_values=MAX_VALUES,
    max_categories=MAX_CATEGORIES,
    max_modes=None,
):
    """The `Column` of some data.

    A text or a number that stands in fewer than `min_rows` rows is not kept. An edge of bins is the
    mean of `min_rows` neighbouring numbers, moved between two possible numbers where there is such
    a grid. So are the smallest and the largest number.

    Args:
        raw: a `RawColumn`.
        type_: "category", "boolean", "number" or "date". Defaults to None: what the data say.
        min_rows: how many rows a value must have to be kept.
        max_bins: of numbers. Defaults to 48.
        max_values: frequent numbers with a block of their own. Of more than 512 distinct ones,
            those of at least a thousandth of the rows. Defaults to 64.
        max_categories: texts with a block of their own. Defaults to 256.
        max_modes: of numbers, which are then a `modes.Modes`. Defaults to None: bins.

    Raises:
        ValueError: the data are not of that type, or hold infinite numbers.
    """
    if type_ is not None and type_ not in SORTS:
        raise ValueError(f"Unknown type '{type_}' of '{raw.name}'.{nearest(type_, SORTS)}")
    holes = raw.is_missing()
    missing = raw.missing if holes.any() else None
    if holes.all():
        return Texts(name=raw.name, type="category", missing=missing)
    if raw.numbers is None:
        type_ = type_ or type_of(raw)
        if type_ in ("category", "boolean"):
            return _fit_texts(raw, type_, missing, min_rows, max_categories)
        form = dates.likeliest_form(raw.used()[:1000]) if type_ == "date" else None
        raw = _as_dates(raw, form) if type_ == "date" else _as_numbers(raw)
    else:
        type_ = type_ or raw.type or "number"
        form = dates.FORMATS[0] if type_ == "date" else None
        if form is not None and (raw.numbers[~holes] % dates.DAY).any():
            form = dates.FORMATS[1]
        if type_ in ("category", "boolean"):
            raise ValueError(f"Column '{raw.name}' was read as numbers, not as a {type_}.")
    numbers = raw.numbers[~holes]
    if np.isinf(numbers).any():
        raise ValueError(f"Column '{raw.name}' holds infinite numbers. Mend or remove those rows.")
    step = dates.step_of(form) if form else step_of(numbers)
    column = Numbers(name=raw.name, type=type_, missing=missing, step=step, format=form)
    if max_modes is not None:
        return modes.fit(column, numbers, min_rows, max_modes)
    return _fit_numbers(column, numbers, min_rows, max_bins, max_values)


def parsed(raw, column):
    """`raw` as the column wants it: texts of dates and of numbers become numbers."""
    if isinstance(column, Numeric) and raw.numbers is None and not raw.is_missing().all():
        return _as_dates(raw, column.format) if column.type == "date" else _as_numbers(raw)
    return raw


def type_of(raw):
    """What a column of texts is: "boolean", "date" or "category"."""
    if raw.type is not None:
        return raw.type
    words = raw.used()
    if len(words) == 2 and any({word.lower() for word in words} == set(pair) for pair in YES_NO):
        return "boolean"
    return "date" if dates.form_of(words[:100]) else "category"


def step_of(numbers):
    """Distance of neighbouring numbers: a power of ten from 1 down; None below a millionth."""
    for decimals in range(MAX_DECIMALS + 1):
        scaled = numbers * 10.0**decimals
        if (np.abs(scaled - np.round(scaled)) <= 1e-9 * np.maximum(1.0, np.abs(scaled))).all():
            return 10.0**-decimals
    return None


def _fit_texts(raw, type_, missing, min_rows, max_categories):
    counts = np.bincount(raw.ids[raw.ids >= 0], minlength=len(raw.texts))
    order = np.lexsort((np.array(raw.texts, object).astype(str), -counts))
    kept = [int(place) for place in order if counts[place] >= min_rows]
    rare = int((counts > 0).sum()) - len(kept)
    if type_ == "boolean":
        words = raw.used()
        pair = next((p for p in YES_NO if {word.lower() for word in words} <= set(p)), None)
        if pair is None or len(words) > 2:
            raise ValueError(
                f"Column '{raw.name}' holds {', '.join(map(repr, words[:3]))}, ..., not two words "
                "for yes and no. Take the type category."
            )
        by_word = {word.lower(): word for word in words}
        no, yes = (by_word.get(word, word) for word in pair)
        return Texts(name=raw.name, type=type_, missing=missing, values=[no, yes])
    named, further = kept[:max_categories], kept[max_categories:]
    return Texts(
        name=raw.name,
        type=type_,
        missing=missing,
        values=[raw.texts[place] for place in named],
        tail=[raw.texts[place] for place in further],
        tail_weights=[int(counts[place]) for place in further],
        num_rare=rare,
    )


def _fit_numbers(column, numbers, min_rows, max_bins, max_values):
    distinct, places, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    least = min_rows if len(distinct) <= FEW else max(min_rows, FREQUENT * len(numbers))
    frequent = np.flatnonzero(counts >= least)
    frequent = frequent[np.argsort(-counts[frequent], kind="stable")][:max_values]
    own = np.zeros(len(distinct), bool)
    own[frequent] = True
    rest = np.sort(numbers[~own[places]])
    column.values = [float(distinct[place]) for place in np.sort(frequent)]
    if len(rest) >= min_rows or not column.values:
        column.edges = _edges(rest, column.step, min_rows, max_bins)
    return column


def _edges(numbers, step, min_rows, max_bins):
    """Edges of bins of about equally many of some ascending numbers."""
    num_bins = max(1, min(max_bins, len(numbers) // min_rows))
    ends = len(TAILS) if num_bins > 4 * len(TAILS) else 0
    base = num_bins - 2 * ends
    shares = np.arange(1, base) / base
    if ends:
        tails = np.array(TAILS) / base
        shares = np.concatenate([tails[::-1], shares, 1 - tails])
    half = max(1, min_rows // 2)
    inner = []
    for place in np.round(shares * len(numbers)).astype(int):
        low, high = max(0, place - half), min(len(numbers), place + half)
        if high - low >= min(min_rows, len(numbers)) - 1:
            inner.append(numbers[low:high].mean())
    first, last = numbers[:min_rows].mean(), numbers[-min_rows:].mean()
    inner = np.array(inner)
    if step is not None:
        first, last = np.floor(first / step) - 0.5, np.ceil(last / step) + 0.5
        inner = np.floor(inner / step) + 0.5
    elif first == last:
        first, last = first - 0.5e-6, last + 0.5e-6
    edges = np.unique([first, *inner[(inner > first) & (inner < last)], last])
    edges = edges if step is None else edges * step
    return [float(edge) for edge in edges]


def _as_dates(raw, form):
    return _as(raw, "date", lambda text: form and dates.parse(text, form), "2020-12-31")


def _as_numbers(raw):
    def number(text):
        try:
            return float(text)
        except ValueError:
            return None

    return _as(raw, "number", number, "17.5")


def _as(raw, type_, parse, example):
    """A column of texts as one of numbers, each distinct text parsed once."""
    import dataclasses

    numbers = np.full(len(raw.texts) + 1, np.nan)  # the last one for what is missing
    for place in np.unique(raw.ids[raw.ids >= 0]):
        found = parse(raw.texts[place])
        if found is None:
            row = int(np.argmax(raw.ids == place)) + 1
            raise ValueError(
                f"Column '{raw.name}', row {row}: '{raw.texts[place]}' is no {type_} such as "
                f"{example}, as the others are. Mend it, or read the column as a category: "
                f"--column {raw.name}=category."
            )
        numbers[place] = found
    return dataclasses.replace(raw, numbers=numbers[raw.ids], ids=None, texts=None)
