"""Score a fake table against a real one: from rows to `Score`s in one call."""

import dataclasses

from gan_keras.metrics.score import Score
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.names import TABLE_METRICS, Asked, judge_name
from gan_keras.metrics.tables.shuffled import shuffled
from gan_keras.metrics.tables.tasks import check_target
from gan_keras.metrics.tables.unseen import unseen
from gan_keras.spelling import nearest

WITHOUT = {
    "held_out": "real rows that were never trained on: `held_out`, or --held-out FILE",
    "target": "a column to predict: `target`, or --target NAME",
    "canaries": "the canaries and their controls: `canaries`",
}


def evaluate_table(
    fake,
    real,
    *,
    held_out=None,
    target=None,
    metrics=None,
    constraints=None,
    canaries=None,
    baselines=True,
    num=10_000,
    seed=0,
    data="table",
    progress=None,
):
    """Scores of a fake table, each with its whole protocol and beside what costs nothing.

    A score without its baselines says little, so each comes with the same score of the real columns
    shuffled each on its own (named e.g. "c2st@shuffled") and of real rows that were held out
    ("c2st@held_out"); what rows teach ("tstr_auc") is beside what the real training rows teach
    ("tstr_auc@real"), and copies beside the training rows that have a twin ("exact_copies@real").

    Args:
        fake: a table: a dict from name to a column, or a DataFrame. Numbers are numbers, all else
            is a category.
        real: the rows that the generator was trained on, of the same columns.
        held_out: real rows that it was not trained on. Defaults to None; without them there is no
            "tstr", "closest_record" and "membership", and no row "@held_out". Those that are
            training rows after all are left out where they are more than natural; see `unseen`.
        target: str, the column that "tstr" and "trts" predict. Defaults to None.
        metrics: names; see `TABLE_METRICS`. Defaults to None: all that the arguments allow.
        constraints: rules of your own, see `constraint_violations`. Defaults to None.
        canaries: (canaries, controls), see `canaries`. Defaults to None.
        baselines: bool, whether scores of shuffled and real rows are taken, too. Defaults to True.
        num: int, how many rows are scored at most; the fake table and its baselines are cut at
            random to one number, which is in the scores. What looks for copies takes all fake rows,
            and what rows teach as many as there are real ones. Defaults to 10,000.
        seed: int, of cuts, folds, trees and bootstraps. Defaults to 0.
        data: str, what scores call the real table. Defaults to "table".
        progress: function (what, done, num), called after each score. Defaults to None.

    Returns:
        A list of `Score`; `std` is over draws of the rows (bootstrap), None where it is not taken.

    Raises:
        ValueError: unknown metrics, a target or constraint that does not fit, columns that differ,
            empty tables, or so many held-out rows are training rows that few others are left.
        ImportError: scikit-learn is not installed, and a score wants it.

    Example:
        >>> table = {"sex": ["f", "m", "f", "m"], "age": [30.0, 40.0, 50.0, 60.0]}
        >>> [score] = evaluate_table(table, table, metrics=["column_shapes"], baselines=False)
        >>> score.metric, score.value
        ('column_shapes', 1.0)
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    named, compared = f"{data}@{columns.fingerprint(real)}", None
    if held_out is not None:
        given = columns.aligned(held_out, real, "held-out")
        found = unseen(real, given)
        compared, held_out = found.real, found.held_out
        named += f", held out {columns.fingerprint(given)}"
        if found.common:
            num_given = columns.num_rows(given)
            named += f" without {found.common:,} of its {num_given:,} rows, which are training rows"
    if target is not None:
        check_target(real, target)
    if canaries is not None:
        canaries = tuple(columns.aligned(side, real, "canary") for side in canaries)
    asked = Asked(
        real=real,
        held_out=held_out,
        compared=compared,
        target=target,
        constraints=constraints,
        canaries=canaries,
        seed=seed,
    )
    wanted = chosen(metrics, asked)
    extractors = {name: judge_name(metric) for name, metric in wanted.items()}  # or ImportError
    tables = {"": fake}
    if baselines:
        tables |= {"shuffled": shuffled(real, seed=seed), "held_out": held_out, "real": real}
    sizes = [columns.num_rows(side) for side in (fake, real, held_out) if side is not None]
    most = {"some": min(num, *sizes), "as_real": min(sizes[:2]), "all": sizes[0]}
    scores, jobs = [], list(_jobs(wanted, tables))
    for done, (name, what) in enumerate(jobs, start=1):
        metric = wanted[name]
        found, used = _found(metric, what, tables[what], most[metric.rows], asked)
        scores += [
            Score(
                metric=f"{score}@{what}" if what else score,
                value=estimate.value,
                std=estimate.std,
                extractor=extractors[name],
                resize="none",
                num_real=columns.num_rows(real),
                num_fake=used,
                data=named,
                seed=seed,
            )
            for score, estimate in found.items()
        ]
        if progress is not None:
            progress("scores", done, len(jobs))
    return scores


def _jobs(wanted, tables):
    """(metric, "" or the name of a baseline), a metric's own first and its baselines behind it."""
    for name, metric in wanted.items():
        for what in ("", *metric.beside):
            if tables.get(what) is not None:
                yield name, what


def _found(metric, what, table, most, asked):
    """A metric's estimates, and how many rows of the table it looked at."""
    if what == "real" and metric.of_real is not None:
        return metric.of_real(asked), columns.num_rows(table)
    if what == "held_out" and "held_out" in metric.needs:
        # Rows are near to themselves: one half plays the fakes, the other stays held out.
        half = columns.num_rows(table) // 2
        table = columns.some(table, columns.num_rows(table), asked.seed)
        first, second = (slice(None, half), slice(half, None))
        asked = dataclasses.replace(asked, held_out=columns.rows(table, second))
        table = columns.rows(table, first)
    table = columns.some(table, most, asked.seed)
    return metric.compute(table, asked), columns.num_rows(table)


def chosen(names, asked):
    """Entries of `TABLE_METRICS` by name, in a dict.

    Args:
        names: the names, or None for all that are possible.
        asked: an `Asked`.

    Raises:
        ValueError: an unknown name, none at all, or one that needs what is not there.
    """
    if names is None:
        return {
            name: metric
            for name, metric in TABLE_METRICS.items()
            if not _lacking(metric, asked) and (metric.possible is None or metric.possible(asked))
        }
    names = [names] if isinstance(names, str) else list(names)
    if not names:
        raise ValueError(f"No metrics to compute. Known: {', '.join(TABLE_METRICS)}.")
    check_names(names)
    for name in names:
        metric = TABLE_METRICS[name]
        for need in _lacking(metric, asked):
            raise ValueError(f"'{name}' takes {WITHOUT[need]}.")
        if metric.possible is not None and not metric.possible(asked):
            raise ValueError(f"The table has no columns that '{name}' could compare. Leave it out.")
    return {name: TABLE_METRICS[name] for name in names}


def check_names(names):
    """Raises ValueError for a name that is no score of tables."""
    for name in names:
        if name not in TABLE_METRICS:
            raise ValueError(f"Unknown metric of tables '{name}'.{nearest(name, TABLE_METRICS)}")


def _lacking(metric, asked):
    return [need for need in metric.needs if getattr(asked, need) is None]
