"""What `gan-keras evaluate` and `gan-keras certificate` do with tables: read, score, show."""

from pathlib import Path

from rich import box
from rich.table import Table

from gan_keras import kinds
from gan_keras.data import table_columns
from gan_keras.metrics import refusals
from gan_keras.metrics.table import better
from gan_keras.metrics.tables import columns, evaluate_table
from gan_keras.metrics.tables.evaluate import WITHOUT, check_names
from gan_keras.metrics.tables.names import TABLE_METRICS
from gan_keras.metrics.tables.tasks import check_target
from gan_keras.running import runs

BESIDE = ("shuffled", "frozen", "held_out", "real")


class TableScores:
    """A fake table, and the real ones that it is scored against.

    Tables are files, or the name of a bundled one.

    Args:
        samples: a table, or the folder of a run that was trained on one.
        against: the real table that the generator was trained on. Of a run, what its settings name;
            columns that they drop or give a type are then dropped and read so here, too.
        held_out: real rows that it was not trained on, or None. Of a run on a bundled table, the
            rows that were held out of that.
        target: the column to predict, or None.
        canaries: (table of planted rows, table of their controls), or None.

    Attributes:
        fake: the fake table, a dict of columns; of a run, None until it is asked for.
        real: the real one.
        held_out: or None.

    Raises:
        ValueError: a file is not there, can't be read or has other columns; no such target.
    """

    unit = kinds.Tabular.unit

    def __init__(self, samples, *, against=None, held_out=None, target=None, canaries=None):
        self.samples = str(samples)
        self.run = runs.Run(samples) if (Path(samples) / "config.json").is_file() else None
        of_run = {} if self.run is None else self._of_run()
        self.against = against or of_run.get("data")
        if self.against is None:
            raise ValueError(
                f"Say --against which real table '{self.samples}' is scored: the one that it was "
                "made from."
            )
        if self.against in table_columns.NAMED and held_out is None:
            held_out = self.against
        self._drop = set(of_run.get("drop", ()))
        types = dict(of_run.get("columns", ()))
        raw = table_columns.raw(self.against, columns=types)
        self._forms = table_columns.date_forms(raw, types)
        self.real = self._kept(table_columns.plain(raw, self._forms))
        self._types = {
            name: "category" for name, side in self.real.items() if not columns.is_number(side)
        }
        if target is not None:
            check_target(self.real, target)
        self.target = target
        self.held_out = held_out and self._read(held_out, f"held-out ('{held_out}')")
        if self.held_out:
            refusals.check_not_the_same(*map(columns.fingerprint, (self.real, self.held_out)))
        self.canaries = canaries and tuple(self._read(path, "canary") for path in canaries)
        self.fake = None
        if self.run is None:
            self.fake = self._read(samples, f"fake ('{samples}')")

    def scores(self, names=None, *, num=10_000, seed=0, progress=None):
        """A list of `metrics.Score`; arguments as of `metrics.evaluate_table`."""
        return evaluate_table(
            self.drawn(seed),
            self.real,
            held_out=self.held_out,
            target=self.target,
            canaries=self.canaries,
            metrics=names or None,
            num=num,
            seed=seed,
            data=str(self.against),
            progress=progress,
        )

    def left_out(self):
        """Lines on scores that take what was not given, one for each thing that is missing."""
        given = {"held_out": self.held_out, "target": self.target}
        return [
            f"Left out: {', '.join(left)}. Takes {WITHOUT[need]}."
            for need, value in given.items()
            if value is None
            and (left := [name for name, metric in TABLE_METRICS.items() if need in metric.needs])
        ]

    def drawn(self, seed=0):
        """The fake table; a run draws as many rows as the real one has."""
        if self.fake is None:
            from gan_keras.running.sampling import load

            model = load(self.run)
            codes = model.sample(columns.num_rows(self.real), seed=seed)
            self.fake = columns.aligned(model.kind.scored_columns(codes, seed), self.real, "run's")
        return self.fake

    def _of_run(self):
        """The name of the run's data, and what its settings say of their columns."""
        config = self.run.read_config()
        settings = config["settings"]
        if not issubclass(runs.kind_of(config), kinds.Tabular):
            raise ValueError(
                f"'{self.samples}' was trained on '{settings['data']}', which is no table. For "
                "images: gan-keras evaluate RUN."
            )
        return {"data": settings["data"], **settings["data_arguments"]}

    def _read(self, data, what):
        raw = table_columns.raw(data, split="test", columns=self._types)
        found = self._kept(table_columns.plain(raw, self._forms))
        return columns.aligned(found, self.real, what)

    def _kept(self, table):
        """The columns that the run did not drop."""
        return {name: values for name, values in table.items() if name not in self._drop}


def check(names):
    """Raises ValueError for a name that is no score of tables."""
    check_names(names)


def grouped(scores):
    """Rows: (name, its score, {baseline: its score}), in the order of the scores."""
    rows = {}
    for score in scores:
        name, _, beside = score.metric.partition("@")
        row = rows.setdefault(name, {})
        row[beside] = score
    return [
        (name, row[""], {what: score for what, score in row.items() if what})
        for name, row in rows.items()
    ]


def table(scores, unit="rows"):
    """A table of scores, each beside its baselines, and what they have in common below.

    Args:
        scores: list of `metrics.Score`.
        unit: what samples are called. Defaults to "rows".
    """
    rows = Table(
        caption_justify="left",
        caption_style="",
        box=box.SIMPLE_HEAD,  # all of it fits into 80 columns
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    groups = list(grouped(scores))
    costless = ("shuffled", "frozen", "input")  # what costs nothing, where the scores have it
    others = [name for name in costless if any(name in beside for *_, beside in groups)]
    heads = ("score", "value", "±", *others, "held-out", "better")
    for head in heads:
        rows.add_column(
            head, justify="left" if head in ("score", "better") else "right", no_wrap=True
        )
    for name, score, beside in groups:
        real = beside.get("held_out") or beside.get("real")
        found = (*map(beside.get, others), real)
        cells = [f"{one.value:.4g}" if one else "" for one in found]
        spread = "" if score.std is None else f"{score.std:.2g}"
        rows.add_row(name, f"{score.value:.4g}", spread, *cells, better(name))
    first = scores[0]
    rows.caption = (
        f"{first.num_real} real {unit}, "
        f"of the fake ones up to {max(s.num_fake for s in scores)}\n"
        f"data {first.data}\nseed {first.seed}, gan_keras {first.version}"
    )
    return rows
