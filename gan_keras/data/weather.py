"""The series that come with the package: days of hourly weather at three airports."""

import pathlib

import numpy as np

from gan_keras.data import series

PATH = pathlib.Path(__file__).with_name("weather.csv.xz")
STRETCH = 7 * 3  # days of three airports, which have nearly the same weather on a date
HELD_OUT = 5  # every fifth stretch is


def weather(*, split="train"):
    """876 days to train on, 210 held out: 24 hours of six readings each, by airport and month.

    Temperature and dew point (degrees Fahrenheit), humidity (per cent), wind speed (miles an hour),
    precipitation (inches; exactly 0 in 93 of 100 hours) and visibility (miles) at EWR, JFK and LGA
    in 2013, of R's nycflights13. CC0, beside the file. One wind speed of 1,048 is cut to 42.6.

    Every fifth week is held out, at all three airports. Days drawn at random would not do: on a
    date the three have nearly the same weather, and a held-out day would stand beside its twin.
    Channels are fitted to the training days, for both splits.

    Args:
        split: "train" or "test".

    Raises:
        ValueError: another split.
    """
    if split not in ("train", "test"):
        raise ValueError(f"'weather' has no split '{split}'. Take 'train' or 'test'.")
    found = series.read(PATH)
    held_out = np.arange(len(found.features)) // STRETCH % HELD_OUT == HELD_OUT - 1
    kind = series.fit(found.part(~held_out))
    return series.of(found.part(held_out if split == "test" else ~held_out), kind, "weather")
