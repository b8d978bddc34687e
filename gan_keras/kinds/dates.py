"""Dates and times as seconds since 1970, and how a table writes them."""

import datetime

import numpy as np

FORMATS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%d/%m/%Y",
)
"""Known ways to write a date. Where two fit every value, the first one counts."""

DAY = 86_400  # seconds
_EPOCH = datetime.datetime(1970, 1, 1)


def parse(text, form):
    """Seconds since 1970 of a text in one of `FORMATS`; None for another text."""
    try:
        moment = datetime.datetime.strptime(text, form)
    except ValueError:
        return None
    return (moment - _EPOCH).total_seconds()


def form_of(texts):
    """The first of `FORMATS` that all texts have; None if there is none, or no text."""
    for form in FORMATS if texts else ():
        if all(parse(text, form) is not None for text in texts):
            return form
    return None


def likeliest_form(texts):
    """The first of `FORMATS` that most texts have; None if no text has any."""
    fits = [sum(parse(text, form) is not None for text in texts) for form in FORMATS]
    return FORMATS[fits.index(max(fits))] if max(fits) else None


def step_of(form):
    """Seconds between two neighbouring moments that the format can tell apart."""
    if "%S" in form:
        return 1
    return 60 if "%M" in form else DAY


def write(seconds, form):
    """The text of a moment."""
    return (_EPOCH + datetime.timedelta(seconds=float(seconds))).strftime(form)


def to_datetime64(seconds):
    """datetime64[s] of float64 seconds; NaN becomes NaT."""
    known = np.isfinite(seconds)
    found = np.where(known, seconds, 0).astype("int64").astype("datetime64[s]")
    found[~known] = np.datetime64("NaT")
    return found
