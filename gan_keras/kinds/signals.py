"""Signals: series of readings of one length, in one channel or several."""

import csv
import dataclasses
import gzip
import lzma
from typing import ClassVar

import numpy as np

from gan_keras import files, images
from gan_keras.kinds import channels as channel_maps
from gan_keras.kinds import kind
from gan_keras.kinds.signals_picture import signals_picture
from gan_keras.serialization import register
from gan_keras.spelling import nearest

OPENERS = {".gz": gzip.open, ".xz": lzma.open}
LASTS = "(lasts)"
"""The channel that is 1 while a series lasts, and then 0, where series have several lengths."""
LARGEST = 1.25 * channel_maps.FARTHEST  # number of a series


@register
@dataclasses.dataclass(kw_only=True)
class Signals(kind.Kind):
    """Series: readings at equal distances in time, each of the same channels.

    A series is stored as networks take and give it, float32 (steps, channels): places on the scale
    of each channel, which the kind has fitted (see `channels.Channel`). `encode` and `decode` turn
    readings in units of their own into these and back.

    What is known of a whole series, an airport and a month for example, are its attributes. Each
    combination of them that the data have is a class; `combinations[label]` says which.

    Args:
        shape: (steps, channels).
        channels: the channels, or their configs, in order.
        attributes: names of the attributes.
        combinations: a list of texts for each class, in the order of `attributes`.
        rate: readings a second, or None.
        key: what text files call the column that tells series apart. Defaults to "series".
        ends: whether series have several lengths: the last channel, `LASTS`, then says how long
            each lasts (the end flags of Lin et al., 2020, arXiv:1909.13403, section 4.1), and its
            last reading stands in all steps after that. Defaults to False.

    Raises:
        ValueError: a shape that does not fit the channels, or classes that don't the attributes.

    Example:

        kind = gan_keras.data.source("weather").kind
        kind.decode(samples)  # float64 (n, 24, 6): degrees, per cent, miles an hour, ...
    """

    name: ClassVar[str] = "signals"
    unit: ClassVar[str] = "series"
    num_shown: ClassVar[int] = 360
    num_at_once: ClassVar[int] = 512
    walks: ClassVar[bool] = False
    formats: ClassVar[dict] = {
        ".csv": "write_csv",
        ".gz": "write_csv",
        ".xz": "write_csv",
        ".png": "write_picture",
    }
    channels: list = dataclasses.field(default_factory=list)
    attributes: list = dataclasses.field(default_factory=list)
    combinations: list = dataclasses.field(default_factory=list)
    rate: float | None = None
    key: str = "series"
    ends: bool = False

    def __post_init__(self):
        super().__post_init__()
        self.channels = [
            one if isinstance(one, channel_maps.Channel) else channel_maps.Channel(**one)
            for one in self.channels
        ]
        self.attributes = list(self.attributes)
        self.combinations = [list(row) for row in self.combinations]
        if len(self.shape) != 2 or min(self.shape) < 1 or self.shape[1] != len(self.channels):
            raise ValueError(
                f"Series of {len(self.channels)} channels have the shape (steps, "
                f"{len(self.channels)}). Received: {self.shape}."
            )
        if any(len(row) != len(self.attributes) for row in self.combinations):
            raise ValueError(
                f"Each class has {len(self.attributes)} attributes, {', '.join(self.attributes)}. "
                f"Received: {self.combinations}."
            )
        if self.rate is not None and not self.rate > 0:
            raise ValueError(
                f"`rate` is a positive number of readings a second, or None. "
                f"Received: {self.rate!r}."
            )

    @classmethod
    def fit(cls, readings, names, **arguments):
        """The kind of some series.

        Args:
            readings: floats (n, steps, channels), finite.
            names: of the channels.
            arguments: further ones of the class.
        """
        return cls(
            shape=np.shape(readings)[1:],
            channels=[
                channel_maps.fit(name, readings[..., place]) for place, name in enumerate(names)
            ],
            **arguments,
        )

    @property
    def channel_names(self):
        """Names of the channels, in order."""
        return [channel.name for channel in self.channels]

    @property
    def class_names(self):
        """What each class is called, "airport=JFK month=7"; None without attributes."""
        pairs = [zip(self.attributes, row, strict=True) for row in self.combinations]
        return [" ".join(f"{name}={value}" for name, value in row) for row in pairs] or None

    def get_config(self):
        """As of all kinds; channels as plain dicts."""
        return {
            **super().get_config(),
            "channels": [channel.get_config() for channel in self.channels],
        }

    def network_arguments(self):
        """The places that each channel keeps to, how far it reaches and changes in a step."""
        return {
            "levels": [channel.levels for channel in self.channels],
            "reach": [channel.reach for channel in self.channels],
            "changes": [channel.change or 1.0 for channel in self.channels],
        }

    def fingerprint(self):
        """The scales: equal places on two scales are different data."""
        return repr(self.get_config())

    def summary(self):
        """The channels, a line each, and the attributes."""
        width = max(map(len, self.channel_names))
        rate = "" if self.rate is None else f", {self.rate:g} a second"
        lines = [f"series         {self.shape[0]} steps of {self.shape[1]} channels{rate}"]
        lines += [f"  {channel.name:<{width}}  {channel.summary()}" for channel in self.channels]
        if self.attributes:
            lines.append(
                f"attributes     {', '.join(self.attributes)}: {len(self.combinations)} together"
            )
        return lines

    # ------------------------------------------------------------- in and out

    def encode(self, readings):
        """Series as they are stored, of readings (n, steps, channels) in units of their own."""
        readings = np.asarray(readings, "float64")
        if readings.shape[1:] != self.shape:
            raise ValueError(
                f"Series of shape {readings.shape[1:]} came, but these have {self.shape} (steps, "
                "channels). Cut them to that length."
            )
        return np.stack(
            [one.encode(readings[..., place]) for place, one in enumerate(self.channels)], axis=-1
        )

    def decode(self, samples):
        """Readings in units of their own, float64 (n, steps, channels), of stored series."""
        samples = np.asarray(samples)
        readings = np.stack(
            [one.decode(samples[..., place]) for place, one in enumerate(self.channels)], axis=-1
        )
        if not self.ends:
            return readings
        lengths, steps = self.lengths(readings), np.arange(self.shape[0])
        lines = np.minimum(steps, lengths[:, None] - 1)
        readings = np.take_along_axis(readings, lines[..., None], axis=1)
        readings[..., -1] = steps < lengths[:, None]
        return readings

    def lengths(self, readings):
        """How many readings of each series count, at least 1: int (n,).

        Args:
            readings: (n, steps, channels) in units of their own.
        """
        if not self.ends:
            return np.full(len(readings), self.shape[0])
        over = np.asarray(readings)[:, 1:, -1] < 0.5
        first = np.where(over.any(axis=1), over.argmax(axis=1), self.shape[0] - 1)
        return first + 1

    def in_page(self):
        """What a page's script must know to make readings of a network's numbers: for JSON."""
        return {
            "channels": [channel.get_config() for channel in self.channels],
            "attributes": self.attributes,
            "combinations": self.combinations,
            "key": self.key,
            "ends": self.ends,
        }

    def check(self, array, what):
        """float32 (n, steps, channels) of places."""
        array = np.asarray(array)
        self._check_places(array, f"'{what}'")
        return array.astype("float32", copy=False)

    def check_batch(self, batch, what):
        """The same of a batch."""
        self._check_places(np.asarray(batch), what)

    def to_network(self, stored):
        """As they are."""
        return stored

    def from_network(self, samples):
        """Each number as the place of what it is decoded to."""
        return self.encode(self.decode(samples))

    def scored(self, samples):
        """float32 (n, steps, channels), finite."""
        return self.check(samples, "samples")

    def for_features(self, samples):
        """float32 (n, steps * channels): each a vector of all its readings."""
        return samples.reshape(len(samples), -1)

    # ------------------------------------------------------------- attributes

    def classes_where(self, wishes):
        """The classes whose attributes are as wished: a list of labels.

        Args:
            wishes: dict from an attribute to its value.

        Raises:
            ValueError: an unknown attribute or value, or no class has all of these.
        """
        found = list(range(len(self.combinations)))
        for name, value in wishes.items():
            if name not in self.attributes:
                raise ValueError(
                    f"The series have no attribute '{name}'.{nearest(name, self.attributes)}"
                )
            place = self.attributes.index(name)
            known = {row[place] for row in self.combinations}
            if str(value) not in known:
                raise ValueError(
                    f"No series has {name} '{value}'.{nearest(str(value), sorted(known))}"
                )
            found = [label for label in found if self.combinations[label][place] == str(value)]
        if not found:
            told = ", ".join(f"{name}={value}" for name, value in wishes.items())
            raise ValueError(f"No series of the data has {told}. Ask for fewer of these.")
        return found

    def labels_where(self, wishes, num):
        """int32 (num,): the classes that are as wished, each equally often, one after the other."""
        found = np.array(self.classes_where(wishes), "int32")
        return found[np.arange(num) * len(found) // num]

    # ------------------------------------------------------------- pictures and files

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """Curves, the mean and the middle of all steps, and the memory of each channel."""
        return signals_picture(self, samples, real)

    def write_picture(self, path, samples, labels, *, mark, **look):
        """A PNG of the picture."""
        images.save_png(path, self.picture(samples), mark=mark)

    def arrays(self, samples, labels=None):
        """What an .npz holds: `features` in units of their own, `attributes` as texts, names."""
        readings = self.decode(samples)
        own = len(self.channels) - self.ends
        found = {"features": readings[..., :own], "channels": np.array(self.channel_names[:own])}
        if self.ends:
            found["lengths"] = self.lengths(readings)
        if labels is not None and self.attributes:
            found["attributes"] = np.array([self.combinations[label] for label in labels])
            found["attribute_names"] = np.array(self.attributes)
        return found

    def write_csv(self, path, samples, labels, **look):
        """A line a reading: its series' number and attributes, and the channels in their units."""
        opener = OPENERS.get(path.suffix, open)
        readings = self.decode(samples)
        lengths, own = self.lengths(readings), len(self.channels) - self.ends
        with (
            files.replacing(path) as temporary,
            opener(temporary, "wt", encoding="utf-8", newline="") as file,
        ):
            writer = csv.writer(file)
            named = self.attributes if labels is not None else []
            writer.writerow([self.key, *named, *self.channel_names[:own]])
            for number, rows in enumerate(readings):
                known = self.combinations[labels[number]] if named else []
                writer.writerows(
                    [number, *known, *(f"{value:.8g}" for value in row)]
                    for row in rows[: lengths[number], :own]
                )

    def _check_places(self, array, what):
        if array.shape[1:] != self.shape:
            raise ValueError(
                f"{what} gives series of shape {array.shape[1:]}, but these have {self.shape} "
                "(steps, channels). Cut them to that length."
            )
        if array.dtype.kind != "f":
            raise ValueError(
                f"{what}: series are {array.dtype}, but are floats. Encode readings: "
                "kind.encode(readings)."
            )
        if not np.isfinite(array).all():
            raise ValueError(f"{what} holds NaN or infinity. Leave such series out.")
        if np.abs(array).max(initial=0.0) > LARGEST:
            raise ValueError(
                f"{what}: series reach {np.abs(array).max():.4g}, but networks take numbers of "
                "about unit variance. Encode readings: kind.encode(readings)."
            )
