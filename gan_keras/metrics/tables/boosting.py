"""Gradient boosted trees, the judge of tables, and the numbers that they read."""

import numpy as np

from gan_keras.metrics.tables import columns

MOST_CATEGORIES = 254  # the trees' own limit is 255, one of which is for all others
ROUNDS = 100
FEWEST = 40
"""Rows without which no tree splits, for a leaf holds 20: all scores would be those of chance."""


def library():
    """scikit-learn's ensembles.

    Raises:
        ImportError: it is not installed.
    """
    try:
        from sklearn import ensemble
    except ImportError as error:
        raise ImportError(
            "This score trains scikit-learn's gradient boosting, which is not installed. Run: "
            'pip install "gan-keras[tables]"'
        ) from error
    return ensemble


def one_thread():
    """A context in which trees are grown by one thread: threads add up sums in any order."""
    library()
    import threadpoolctl  # comes with scikit-learn

    return threadpoolctl.threadpool_limits(limits=1)


def name():
    """What scores name as their extractor: the judge and its version."""
    library()
    import sklearn

    return f"gradient_boosting@scikit-learn-{sklearn.__version__}"


def encoded(*tables):
    """Tables of one schema as matrices (num, columns), and which columns hold categories.

    A category is its rank in frequency over all tables; those beyond the 254 commonest share one
    number. Missing numbers stay NaN, which the trees take.
    """
    parts, categories = [[] for _ in tables], []
    for column in tables[0]:
        sides = [table[column] for table in tables]
        categories.append(not columns.is_number(sides[0]))
        if categories[-1]:
            found, _, num = columns.ids(np.concatenate(sides))
            order = np.argsort(-np.bincount(found, minlength=num), kind="stable")
            ranks = np.empty(num)
            ranks[order] = np.minimum(np.arange(num), MOST_CATEGORIES)
            sides = np.split(ranks[found], np.cumsum([len(side) for side in sides])[:-1])
        for part, side in zip(parts, sides, strict=True):
            part.append(side)
    return [np.stack(part, axis=1) for part in parts], np.array(categories)


def check_enough(num, what):
    """Raises ValueError where trees would learn from too few rows to split at all.

    Args:
        num: how many rows teach.
        what: str, what they are.
    """
    if num < FEWEST:
        raise ValueError(
            f"Trees learn from {FEWEST} rows at least, but there are {num}: {what}. Give more "
            "rows, or score them without trees: gan-keras evaluate --metrics "
            "column_shapes,pair_similarity."
        )


def classifier(categories, *, seed=0):
    """An untrained classifier."""
    return library().HistGradientBoostingClassifier(**_settings(categories, seed))


def regressor(categories, *, seed=0):
    """An untrained regressor."""
    return library().HistGradientBoostingRegressor(**_settings(categories, seed))


def taught(judge, rows, answers):
    """A classifier or regressor that has learnt; to be called within `one_thread`.

    A column of which these rows know nothing is 0 for them: the library finds no bins for it.
    """
    unknown = np.isnan(rows).all(axis=0)
    return judge.fit(np.where(unknown, 0.0, rows) if unknown.any() else rows, answers)


def _settings(categories, seed):
    return {
        "max_iter": ROUNDS,
        "early_stopping": False,  # else its rounds hang on the number of rows
        "categorical_features": categories,
        "random_state": seed,
    }
