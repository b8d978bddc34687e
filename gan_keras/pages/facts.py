"""What the files of a run say, read without opening its model."""

import csv
import dataclasses
import math
import re

from gan_keras import kinds
from gan_keras.metrics import score
from gan_keras.pages.samples import Grid, grids
from gan_keras.recipes import translators
from gan_keras.running import diagnosis_report, runs


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """One run, as a page shows it.

    Attributes:
        run: the `runs.Run`.
        label: what the page calls it.
        config: of config.json.
        columns: names in history.csv, without "epoch".
        rows: its rows, dicts from name to the text of the file.
        grids: list of `samples.Grid`, by step.
        scores: list of `metrics.Score`, as `gan-keras evaluate` found them.
        records: what the diagnosis recorded; see `diagnosis_report.recorded`.
        step: of the newest checkpoint; None without one.
    """

    run: runs.Run
    label: str
    config: dict
    columns: tuple
    rows: list
    grids: list[Grid]
    scores: list
    records: list
    step: int | None

    @property
    def kind(self):
        """The class of the kind of its samples."""
        return runs.kind_of(self.config)

    @property
    def is_translator(self):
        """Whether its generator is given images."""
        return translators.is_translator(self.config["settings"])

    @property
    def has_page(self):
        """Whether `gan-keras page` shows its generator; of a translator, config.json says it."""
        if self.is_translator:
            takes_pictures = self.config.get("data", {}).get("takes_pictures")
            is_of_pictures = bool(takes_pictures) and issubclass(self.kind, kinds.Images)
            return is_of_pictures or issubclass(self.kind, kinds.Waves)
        return not issubclass(self.kind, kinds.Vectors)

    @property
    def epochs_done(self):
        """How many epochs the history tells of."""
        return int(self.rows[-1]["epoch"]) + 1 if self.rows else 0

    def series(self, column):
        """Epochs and values of a column, where it holds finite numbers: two lists."""
        pairs = [(int(row["epoch"]), number(row.get(column))) for row in self.rows]
        pairs = [pair for pair in pairs if pair[1] is not None]
        return [epoch for epoch, _ in pairs], [value for _, value in pairs]


def of(folder, label=None):
    """The `Facts` of a run folder.

    Args:
        folder: its path.
        label: what to call it. Defaults to None: the folder's name.

    Raises:
        ValueError: it is no run, or a file in it is damaged; one line.
    """
    run = runs.Run(folder)
    config = run.read_config()
    columns, rows = history(run.history_file)
    return Facts(
        run=run,
        label=label or run.name,
        config=config,
        columns=columns,
        rows=rows,
        grids=grids(run.samples),
        scores=score.read(run.scores_file) if run.scores_file.is_file() else [],
        records=diagnosis_report.recorded(run),
        step=run.last_step(),
    )


def several(folders):
    """The `Facts` of runs, each called by its folder's name, or where two share it, by its path.

    Raises:
        ValueError: no folder, one twice, or as in `of`.
    """
    if not folders:
        raise ValueError("Name at least one run folder.")
    names = [runs.Run(folder).name for folder in folders]
    places = [runs.Run(folder).folder.resolve() for folder in folders]
    for index, place in enumerate(places):
        if place in places[:index]:
            raise ValueError(f"'{folders[index]}' is named twice. Name each run once.")
    return [
        of(folder, name if names.count(name) == 1 else str(folder))
        for folder, name in zip(folders, names, strict=True)
    ]


def history(path):
    """Column names and rows of a history.csv, texts as they stand; none if it is not there.

    Raises:
        ValueError: it is damaged.
    """
    if not path.is_file():
        return (), []
    try:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
            columns = tuple(name for name in reader.fieldnames or () if name != "epoch")
        for row in rows:
            if None in row or not re.fullmatch(r"\d{1,15}", row["epoch"] or ""):
                raise ValueError(f"a row begins with {row['epoch']!r}")
    except (KeyError, ValueError, csv.Error) as error:
        raise ValueError(f"'{path}' is damaged ({error}). Remove it, or put it back.") from error
    return columns, rows


def number(text):
    """A finite number in a field of history.csv, or None."""
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None
