"""Classifier two-sample test: can a classifier tell fake rows from real ones?"""

import numpy as np

from gan_keras.metrics.tables import boosting, columns
from gan_keras.metrics.tables.area import Areas
from gan_keras.metrics.tables.estimate import DRAWS, bootstrap


def c2st(fake, real, *, folds=5, stretches=(1, 1), draws=DRAWS, seed=0):
    """Cross-validated area under the curve of gradient boosting, real rows against fake ones.

    When to use it: first of all. It looks at whole rows, as no score of columns or pairs does: 0.5
    is a table that the classifier cannot tell from the real one, and 1 one that it always can. One
    artefact is enough for 1 (a zero that the model gives as 0.01), so also ask without the column
    that you suspect. Far below 0.5 means copies: a row is real in one fold and fake in another.

    The larger table is cut at random to the size of the smaller. The area is the mean over folds;
    its interval is over draws of the rows within a fold, for the trained classifiers.

    Source: Lopez-Paz & Oquab (2017), arXiv:1610.06545, with the area in place of the accuracy.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.
        folds: int >= 2. Defaults to 5.
        stretches: of fake and of real rows, how many that stand one after the other are in one
            fold, whole stretches taking turns: for rows in order of time, whose neighbours are
            alike. Else a row that is tested has its twin among those that teach. Defaults to 1 and
            1: each row by itself, at random.
        draws: int, of the bootstrap. Defaults to 200.
        seed: int, of the cut, folds and trees. Defaults to 0.

    Returns:
        `Estimate`, best at 0.5.

    Raises:
        ValueError: the columns differ, or there are fewer rows than folds or trees take.
        ImportError: scikit-learn is not installed.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    num = min(columns.num_rows(fake), columns.num_rows(real))
    if folds < 2:
        raise ValueError(f"C2ST takes at least 2 folds. Received: {folds}.")
    taught = 2 * (num - -(-num // folds))  # where the fold left out is a largest one
    boosting.check_enough(taught, f"{folds - 1} of {folds} folds of {num} rows of each side")
    if num < 2 * folds:
        raise ValueError(f"{folds} folds want 2 rows of each side. Received: {num} rows.")
    fake, real = columns.some(fake, num, seed), columns.some(real, num, seed + 1)
    matrices, categories = boosting.encoded(fake, real)
    rows, is_real = np.concatenate(matrices), np.repeat([False, True], num)
    fold = folds_of(num, folds, seed, stretches)
    found = []
    for number in range(folds):
        inside = fold == number
        judge = boosting.classifier(categories, seed=seed)
        with boosting.one_thread():
            boosting.taught(judge, rows[~inside], is_real[~inside])
            scores = judge.predict_proba(rows[inside])[:, 1]
        found.append((np.flatnonzero(inside), Areas(scores, is_real[inside])))

    def mean(weights):
        return np.mean([area(weights[places]) for places, area in found])

    return bootstrap(mean, 2 * fold + is_real, draws=draws, seed=seed)


def folds_of(num, folds, seed, stretches=(1, 1)):
    """int (2 num,): the fold of each row, fake first; as many of each side, up to a stretch."""
    random = np.random.default_rng(seed)
    found = [random.permutation(np.arange(num) % folds) for _ in stretches]
    for side, stretch in enumerate(stretches):
        if stretch > 1:
            found[side] = np.arange(num) // stretch % folds
    return np.concatenate(found)
