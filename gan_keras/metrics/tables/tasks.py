"""Scores by a task: what trees that learnt on one table know about another (TSTR and TRTS)."""

import numpy as np

from gan_keras.metrics.tables import boosting, columns
from gan_keras.metrics.tables.area import Areas
from gan_keras.metrics.tables.estimate import DRAWS, bootstrap
from gan_keras.spelling import nearest


def tstr(fake, held_out, target, *, classes=None, draws=DRAWS, seed=0):
    """Train on synthetic, test on real: how well fake rows teach to predict a column.

    When to use it: with a column that people would predict. Compare with the same trees trained on
    the real training rows (what there is to reach) and on shuffled columns (chance). It sees what
    the target depends on, and nothing else.

    Gradient boosting learns on `fake` and is asked about `held_out`. Categories: the area under the
    curve (of more than two classes the mean of each against the rest, by frequency) and F1 (the
    mean over classes). Numbers: R2, 1 - squared errors / those of the mean.

    Source: Esteban, Hyland & Rätsch (2017), arXiv:1706.02633, section 4.

    Args:
        fake: a table, see `columns`.
        held_out: real rows that the generator has never seen, of the same columns.
        target: str, the column to predict.
        classes: bool, whether the target is a class; None for a class where `held_out` has text, or
            just two numbers. Defaults to None.
        draws: int, of the bootstrap over held-out rows. Defaults to 200.
        seed: int, of the trees. Defaults to 0.

    Returns:
        {"auc": `Estimate`, "f1": `Estimate`} or {"r2": `Estimate`}; higher is better.

    Raises:
        ValueError: no such column, no other column, too few rows, or only one class to tell.
        ImportError: scikit-learn is not installed.
    """
    held_out = columns.columns(held_out, "held-out")
    fake = columns.aligned(fake, held_out)
    return task(fake, held_out, target, classes=classes, draws=draws, seed=seed)


def trts(fake, real, target, *, classes=None, draws=DRAWS, seed=0):
    """Train on real, test on synthetic: whether fake rows keep to the rule that real ones follow.

    When to use it: beside `tstr`. It sees quality alone: one perfect row of each class, a thousand
    times, scores 1. More than the same trees reach on held-out real rows is too clean to be real.

    Source and arguments: see `tstr`; `real` are training rows here.

    Returns:
        As `tstr`; best where it is what held-out real rows score.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    classes = is_class(real, target) if classes is None else classes
    return task(real, fake, target, classes=classes, draws=draws, seed=seed)


def check_target(table, target):
    """Raise unless a table has a column to predict, and others to predict it from."""
    if target not in table:
        raise ValueError(f"There is no column '{target}' to predict.{nearest(target, table)}")
    if len(table) < 2:
        raise ValueError(f"The table has no column but '{target}' to predict it from.")


def is_class(table, target):
    """Whether a column is a class: text, or two different numbers."""
    check_target(table, target)
    values = table[target]
    if not columns.is_number(values):
        return True
    return len(np.unique(values[~np.isnan(values)])) == 2


def task(learnt, asked, target, *, classes=None, draws=DRAWS, seed=0):
    """Scores on `asked` of trees that learnt on `learnt`: tables of one schema, checked."""
    check_target(asked, target)
    classes = is_class(asked, target) if classes is None else classes
    if columns.is_number(asked[target]):  # rows without an answer neither teach nor ask
        learnt, asked = (
            columns.rows(side, np.flatnonzero(~np.isnan(side[target]))) for side in (learnt, asked)
        )
    if columns.num_rows(learnt) < 2 or columns.num_rows(asked) < 2:
        raise ValueError(f"Fewer than 2 rows have a '{target}' to learn from, or to ask about.")
    boosting.check_enough(columns.num_rows(learnt), f"rows with a '{target}' to learn from")
    (rows, questions), categories = boosting.encoded(
        columns.without(learnt, target), columns.without(asked, target)
    )
    answer = _classes if classes else _numbers
    return answer(
        rows, learnt[target], questions, asked[target], categories, target, draws=draws, seed=seed
    )


def _classes(rows, labels, questions, answers, categories, target, *, draws, seed):
    labels, answers, num = columns.ids(labels, answers)
    counts = np.bincount(answers, minlength=num)
    if (counts > 0).sum() < 2:
        raise ValueError(
            f"All rows to ask about have the same '{target}'. Take more of them, or another target."
        )
    known = np.unique(labels)
    chances = np.zeros((len(answers), num))
    if len(known) == 1:
        chances[:, known] = 1.0  # nothing to learn: always the one answer
    else:
        with boosting.one_thread():
            judge = boosting.taught(boosting.classifier(categories, seed=seed), rows, labels)
            chances[:, judge.classes_] = judge.predict_proba(questions)
    places = np.flatnonzero(counts)
    if num == 2:
        places = places[1:]  # the other class has the same area
    areas = [Areas(chances[:, place], answers == place) for place in places]
    shares = counts[places] / counts[places].sum()
    chosen = chances.argmax(axis=1)

    def area(weights):
        return shares @ [area(weights) for area in areas]

    def f1(weights):
        return mean_f1(chosen, answers, num, weights)

    return {
        "auc": bootstrap(area, answers, draws=draws, seed=seed),
        "f1": bootstrap(f1, answers, draws=draws, seed=seed),
    }


def mean_f1(chosen, answers, num, weights):
    """F1 = 2 right / (chosen + true), the mean over the classes among the answers.

    Args:
        chosen: int (num_rows,), classes 0 to `num` - 1.
        answers: int (num_rows,).
        num: int.
        weights: float (num_rows,).
    """
    right = np.bincount(answers, weights * (chosen == answers), num)
    total = np.bincount(chosen, weights, num) + np.bincount(answers, weights, num)
    there = np.bincount(answers, minlength=num) > 0
    return float((2 * right[there] / np.maximum(total[there], 1e-300)).mean())


def _numbers(rows, values, questions, answers, categories, target, *, draws, seed):
    if not np.ptp(answers):
        raise ValueError(
            f"All rows to ask about have the same '{target}'. Take more of them, or another target."
        )
    with boosting.one_thread():
        judge = boosting.taught(boosting.regressor(categories, seed=seed), rows, values)
        told = judge.predict(questions)

    def r2(weights):
        mean = (weights @ answers) / weights.sum()
        spread = weights @ (answers - mean) ** 2
        return 1.0 - (weights @ (answers - told) ** 2) / spread if spread else 0.0

    strata = np.zeros(len(answers), int)
    return {"r2": bootstrap(r2, strata, draws=draws, seed=seed)}
