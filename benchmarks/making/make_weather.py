"""Writes gan_keras/data/weather.csv.xz from the hourly weather of the R package nycflights13.

    python -m benchmarks.making.make_weather weather.npz

`weather.npz` holds `features`, float32 (days, 24, 6): temperature, dew point, humidity, wind speed,
precipitation and visibility; and `attributes`, int (days, 2): the airport (0 to 2, in the order of
their names) and the month (0 to 11). Each airport's days stand in order. The file is written by
date, the three airports of a date one after the other, so that neighbours in time are neighbours in
the file.

One wind speed, 1,048 mph, is an error; it is set to the largest of the others. The same input gives
the same file, byte by byte (for one version of xz).
"""

import argparse
import lzma
import pathlib

import numpy as np

AIRPORTS = ("EWR", "JFK", "LGA")
CHANNELS = ("temp", "dewp", "humid", "wind_speed", "precip", "visib")
FASTEST = 100.0  # miles an hour: beyond it a wind speed is an error


def long_form(features, attributes):
    """The text of the file."""
    features = np.array(features, "float64")
    wind = features[..., CHANNELS.index("wind_speed")]
    wind[wind > FASTEST] = wind[wind <= FASTEST].max()
    day = np.empty(len(features), int)
    for airport in range(len(AIRPORTS)):
        own = attributes[:, 0] == airport
        day[own] = np.arange(own.sum())
    lines = [",".join(("series", "airport", "month", *CHANNELS))]
    for number, row in enumerate(np.lexsort((attributes[:, 0], day))):
        airport, month = attributes[row]
        for hour in features[row]:
            readings = (f"{round(value, 5):.8g}" for value in hour)
            lines.append(f"{number},{AIRPORTS[airport]},{month + 1},{','.join(readings)}")
    return "\n".join([*lines, ""])


def main():
    from gan_keras.data import weather

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=weather.PATH)
    arguments = parser.parse_args()
    with np.load(arguments.file) as arrays:
        content = long_form(arrays["features"], arrays["attributes"]).encode()
    arguments.out.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
