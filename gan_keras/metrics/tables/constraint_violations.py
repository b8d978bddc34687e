"""Constraint violations: how many fake rows cannot be?"""

import numpy as np

from gan_keras.metrics.tables import columns


def constraint_violations(fake, real, *, constraints=None):
    """Share of fake rows that break a rule, for each rule and for any of them.

    When to use it: with rules that you know ("no one under 16 is married"), for a model that looks
    well on average may still make impossible rows. Without rules of yours, types and ranges of the
    real table are taken (`inferred`): then held-out real rows break some, too, and are what to
    compare with.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.
        constraints: dict from a name to a function of a table (a dict of columns) that gives a bool
            (num,), True where a row keeps the rule. Defaults to None: `inferred(real)`.

    Returns:
        {"any": share of rows that break at least one rule, then each rule: share of rows}; lower is
        better.

    Raises:
        ValueError: the columns differ, or a rule gives something else than a bool for each row.

    Example:
        >>> rules = {"start before end": lambda table: table["start"] < table["end"]}
        >>> table = {"start": [1.0, 2.0], "end": [3.0, 1.0]}
        >>> constraint_violations(table, table, constraints=rules)
        {'any': 0.5, 'start before end': 0.5}
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    broken = broken_rules(fake, inferred(real) if constraints is None else constraints)
    num = columns.num_rows(fake)
    any_of_them = np.any(list(broken.values()), axis=0) if broken else np.zeros(num, bool)
    return {
        "any": float(any_of_them.mean()),
        **{name: float(rows.mean()) for name, rows in broken.items()},
    }


def broken_rules(table, constraints):
    """For each rule the rows that break it: {name: bool (num,)}."""
    num, broken = columns.num_rows(table), {}
    for name, rule in constraints.items():
        kept = np.asarray(rule(table))
        if kept.shape != (num,) or kept.dtype != bool:
            raise ValueError(
                f"The constraint '{name}' must give a bool for each of {num} rows. Received: "
                f"{kept.dtype} of shape {kept.shape}."
            )
        broken[name] = ~kept
    return broken


def inferred(real):
    """Rules that all real rows keep: ranges, whole numbers, known categories, nothing missing.

    Args:
        real: what `columns` gave.

    Returns:
        {name: function of a table}; see `constraint_violations`.
    """
    rules = {}
    for name, values in real.items():
        if not columns.is_number(values):
            rules[f"{name} is a known category"] = _is_known(name, np.unique(values))
            continue
        known = values[~np.isnan(values)]
        if len(known) == len(values):
            rules[f"{name} is there"] = lambda table, name=name: ~np.isnan(table[name])
        if not len(known):
            continue
        low, high = known.min(), known.max()
        rules[f"{name} in [{low:g}, {high:g}]"] = _is_within(name, low, high)
        if (known == np.round(known)).all():
            rules[f"{name} is whole"] = _is_whole(name)
    return rules


def _is_known(name, known):
    return lambda table: np.isin(table[name], known)


def _is_within(name, low, high):
    def within(table):
        values = table[name]
        return np.isnan(values) | ((values >= low) & (values <= high))

    return within


def _is_whole(name):
    return lambda table: np.isnan(table[name]) | (table[name] == np.round(table[name]))
