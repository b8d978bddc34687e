"""Series out of records: dicts of numbers, one for each look at a run."""

import numpy as np

WARM_UP = 500  # steps in which everything looks ill: little is said about them
SCORES = (  # what names of scores begin with; of most extractors the first two are the last two
    *("fid", "kid", "sliced_wasserstein", "inception_score", "precision", "coverage"),
    *("frechet", "kernel"),
)
WINDOW = 3  # a single look may be bad luck


def series(records, name):
    """Steps and values of one number, where it was measured: two float64 arrays."""
    pairs = [(r["step"], r[name]) for r in records if r.get(name) is not None]
    return np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs], "float64")


def recent(records, name, num=WINDOW):
    """The last `num` values of a number; None if there are fewer, or in the warm-up."""
    steps, values = series(records, name)
    if len(values) < num or steps[-1] < WARM_UP:
        return None
    return values[-num:]


def course(records):
    """The looks that training took, one a step; a fresh look later is at other samples."""
    looks = [r for r in records if "scores" not in r and not r.get("fresh")]
    return list({look["step"]: look for look in looks}.values())


def last_step(records):
    """The newest step of any record."""
    return max((record["step"] for record in records if "step" in record), default=0)


def scores_in(row):
    """The scores among logs, or in a row of a history, that a plateau can be looked for in."""
    return {
        name: float(value)
        for start in SCORES
        for name, value in row.items()
        if name.startswith(start) and not name.endswith("_std") and value not in (None, "")
    }
