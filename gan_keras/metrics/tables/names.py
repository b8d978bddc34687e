"""The scores of tables that `evaluate_table` knows by name: what each needs, and what it gives."""

import dataclasses
from collections.abc import Callable

import numpy as np

from gan_keras.metrics.tables import boosting, columns
from gan_keras.metrics.tables.c2st import c2st
from gan_keras.metrics.tables.canaries import canary_report
from gan_keras.metrics.tables.category_coverage import category_coverage
from gan_keras.metrics.tables.closest_record import closest_record_odds, closest_record_share
from gan_keras.metrics.tables.column_shapes import Shapes
from gan_keras.metrics.tables.constraint_violations import constraint_violations
from gan_keras.metrics.tables.correlation_difference import correlation_difference
from gan_keras.metrics.tables.estimate import Estimate, bootstrap, of_share
from gan_keras.metrics.tables.exact_copies import exact_copies, twins
from gan_keras.metrics.tables.membership import membership_auc
from gan_keras.metrics.tables.pair_similarity import Pairs
from gan_keras.metrics.tables.tasks import is_class, task

FEW_DRAWS = 50  # of scores that look at every pair of columns


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What a score of tables may look at: checked tables of one schema, and wishes.

    Attributes:
        real: the training rows.
        held_out: real rows that were never trained on, or None.
        compared: the training rows that are compared with those; see `unseen`.
        target: str, or None.
        constraints: see `constraint_violations`.
        canaries: (canaries, controls), or None.
        seed: int.
    """

    real: dict
    held_out: dict | None = None
    compared: dict | None = None
    target: str | None = None
    constraints: dict | None = None
    canaries: tuple | None = None
    seed: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class TableMetric:
    """One entry of the table.

    Attributes:
        compute: function of (fake, `Asked`) -> {name: `Estimate`}.
        needs: what it cannot do without: any of "held_out", "target", "canaries".
        possible: function of `Asked`: whether the table has what is scored; None for always.
        judged: whether scikit-learn's gradient boosting is asked.
        rows: how many fake rows are looked at: "some" (`num` at most, and no more than were held
            out, for the same number of real rows stands beside them), "as_real" or "all".
        beside: which tables stand beside the fake one: "shuffled", "held_out", "real" (for a score
            of what rows teach, or has `of_real`).
        of_real: function of `Asked` -> {name: `Estimate`}: what stands beside it as "real" where
            the real table is not scored as a fake one is.
    """

    compute: Callable
    needs: tuple = ()
    possible: Callable | None = None
    judged: bool = False
    rows: str = "some"
    beside: tuple = ("shuffled", "held_out")
    of_real: Callable | None = None


def _c2st(fake, asked):
    return {"c2st": c2st(fake, asked.real, seed=asked.seed)}


def _tstr(fake, asked):
    return _task("tstr", fake, asked.held_out, asked)


def _trts(fake, asked):
    return _task("trts", asked.real, fake, asked)


def _task(name, learnt, questions, asked):
    classes = is_class(asked.real, asked.target)
    found = task(learnt, questions, asked.target, classes=classes, seed=asked.seed)
    return {f"{name}_{score}": estimate for score, estimate in found.items()}


def _column_shapes(fake, asked):
    shapes = Shapes(fake, asked.real)
    return {"column_shapes": _over_rows(shapes, asked)}


def _pair_similarity(fake, asked):
    return {"pair_similarity": _over_rows(Pairs(fake, asked.real), asked)}


def _over_rows(score, asked):
    """The mean over columns with its spread; a bootstrap of a distance lies off its middle."""
    found = bootstrap(score.mean, np.zeros(score.num, int), draws=FEW_DRAWS, seed=asked.seed)
    return Estimate(value=found.value, std=found.std)


def _correlation_difference(fake, asked):
    return {"correlation_difference": _mean(correlation_difference(fake, asked.real))}


def _category_coverage(fake, asked):
    return {"category_coverage": _mean(category_coverage(fake, asked.real))}


def _mean(found):
    return Estimate(value=float(np.mean(list(found.values()))))


def _constraint_violations(fake, asked):
    found = constraint_violations(fake, asked.real, constraints=asked.constraints)
    return {"constraint_violations": of_share(found["any"], columns.num_rows(fake))}


def _closest_record(fake, asked):
    tables = (fake, asked.compared, asked.held_out)
    return {
        "closest_record": closest_record_share(*tables, seed=asked.seed),
        "closest_record_odds": closest_record_odds(*tables),
    }


def _membership(fake, asked):
    return {
        name: membership_auc(
            fake, asked.compared, asked.held_out, calibrated=calibrated, seed=asked.seed
        )
        for name, calibrated in (("membership_auc", False), ("membership_auc_calibrated", True))
    }


def _exact_copies(fake, asked):
    is_copy = exact_copies(fake, asked.real)
    return {"exact_copies": of_share(is_copy.mean(), len(is_copy))}


def _twins(asked):
    have_one = twins(asked.real)
    return {"exact_copies": of_share(have_one.mean(), len(have_one))}


def _canaries(fake, asked):
    found = canary_report(fake, *asked.canaries, seed=asked.seed)
    return {
        "canary_auc": found["auc"],
        "canaries_found": Estimate(value=float(found["found"])),
        "canaries_found@controls": Estimate(value=float(found["controls_found"])),
    }


def _has_two_numbers(asked):
    return sum(columns.is_number(values) for values in asked.real.values()) > 1


def _has_categories(asked):
    return any(not columns.is_number(values) for values in asked.real.values())


TABLE_METRICS = {
    "c2st": TableMetric(compute=_c2st, judged=True),
    "tstr": TableMetric(
        compute=_tstr,
        needs=("held_out", "target"),
        judged=True,
        rows="as_real",
        beside=("shuffled", "real"),
    ),
    "trts": TableMetric(compute=_trts, needs=("target",), judged=True),
    "column_shapes": TableMetric(compute=_column_shapes),
    "pair_similarity": TableMetric(
        compute=_pair_similarity, possible=lambda asked: len(asked.real) > 1
    ),
    "correlation_difference": TableMetric(
        compute=_correlation_difference, possible=_has_two_numbers
    ),
    "category_coverage": TableMetric(compute=_category_coverage, possible=_has_categories),
    "constraint_violations": TableMetric(compute=_constraint_violations),
    "closest_record": TableMetric(compute=_closest_record, needs=("held_out",), rows="all"),
    "membership": TableMetric(compute=_membership, needs=("held_out",), rows="all"),
    "exact_copies": TableMetric(
        compute=_exact_copies,
        rows="all",
        beside=("shuffled", "held_out", "real"),
        of_real=_twins,
    ),
    "canaries": TableMetric(compute=_canaries, needs=("canaries",), rows="all", beside=()),
}


def judge_name(metric):
    """What scores of an entry name as their extractor."""
    return boosting.name() if metric.judged else "none@0000000000000000"
