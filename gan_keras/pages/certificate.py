"""A certificate: one page on what a fake table is worth, and whom it gives away."""

from gan_keras.pages.plain_page import Page

TITLES = {
    "Is it like the real table?": {
        "c2st": "Can trees tell fake rows from real ones? (area; 0.5: no, 1: always)",
        "column_shapes": "Is each column distributed as the real one? (1: yes)",
        "pair_similarity": "Is each pair of columns? (1: yes)",
        "correlation_difference": "Difference of correlations (0: none)",
        "category_coverage": "Share of the real categories that are there (1: all)",
        "constraint_violations": "Share of rows that break a rule",
    },
    "What can be learnt from it?": {
        "tstr_auc": "Trees that learnt on fake rows, about held-out real ones (area)",
        "tstr_f1": "Trees that learnt on fake rows, about held-out real ones (mean F1 of classes)",
        "tstr_r2": "Trees that learnt on fake rows, about held-out real ones (R2; 1: all)",
        "trts_auc": "Trees that learnt on real rows, about fake ones (area)",
        "trts_f1": "Trees that learnt on real rows, about fake ones (mean F1 of classes)",
        "trts_r2": "Trees that learnt on real rows, about fake ones (R2; 1: all)",
    },
    "Whom does it give away?": {
        "closest_record": "Share of rows nearer to training rows than to held-out ones (0.5: fair)",
        "closest_record_odds": "The same against all training rows, their number taken out",
        "membership_auc": "Can one tell who was trained on? By distance (area; 0.5: no)",
        "membership_auc_calibrated": "The same, compared with what others are near to",
        "exact_copies": "Share of rows that are training rows, value for value",
        "canary_auc": "Are planted rows nearer than such that were not planted? (0.5: no)",
        "canaries_found": "Planted rows that came back",
    },
}
REAL = ("held_out", "real", "controls")

PROTOCOL = (
    "Beside each score stand two others: of the real columns shuffled each on its own, which costs "
    "nothing and has perfect columns; and of real rows that were held out (where trees learn: of "
    "trees that learnt on the real training rows; of planted rows: of such as were not planted).",
    "Intervals are 1.96 standard errors over draws of rows to each side: of shares of rows "
    "(copies, broken rules) binomial, of the closest record by the delta method, of all else by "
    "bootstrap. They do not say how far another training of the generator would move a score.",
    "Trees are scikit-learn's gradient boosting, 100 rounds, one thread. C2ST is cross-validated "
    "in 5 folds with as many real as fake rows. F1 is the mean over classes.",
    "Numbers are compared by Kolmogorov and Smirnov's largest gap, categories by total variation; "
    "pairs by total variation, numbers in 10 quantile bins of the real table. A missing value "
    "counts as a value.",
    "Distances of rows add squared differences of numbers, scaled by the range of the middle nine "
    "tenths, and 1 for each category that differs.",
)
LIMITS = (
    "A score near its best does not prove that nobody can be recognised. It says that these "
    "attacks, with these rows, did not succeed. Somebody who has the model, or knows more, may.",
    "Nothing here is differential privacy: no bound holds for each single person.",
    "Rare people are at most risk, and averages hide them. Look at rare categories and extreme "
    "values before you give a table away.",
    "What is true of the real table is meant to be true of the fake one: secrets of a group (who "
    "earns what in a small village) stay in it, whoever's rows they came from.",
    "Scores hold for these rows alone. Another sample of the same model needs its own.",
    "A bias of the real table is in the fake one, too.",
)


def certificate(scores, *, name="fake table", worst=None, title=None):
    """One page in plain words: what was compared, scores, findings, the protocol and its limits.

    Args:
        scores: list of `Score`, of `evaluate_table` with its baselines.
        name: str, what the page calls the fake table. Defaults to "fake table".
        worst: dict from a column to its `column_shapes`, of which the five lowest are shown.
            Defaults to None.
        title: str, or None for "Certificate of" and the name. Defaults to None.

    Returns:
        `Page`, with methods `markdown()` and `html()`; names of files and columns are escaped.

    Raises:
        ValueError: no scores.
    """
    if not scores:
        raise ValueError("A certificate takes scores. Received none.")
    by_name = {score.metric: score for score in scores}
    first = scores[0]
    parts = [
        ("heading", "What was compared"),
        (
            "paragraph",
            f"Fake table: {name}. Real table: {first.num_real:,} rows of {first.data}. Seed "
            f"{first.seed}, gan_keras {first.version}.",
        ),
        ("heading", "Findings"),
        ("list", findings(scores)),
    ]
    for heading, questions in TITLES.items():
        rows = [_row(by_name, name, text) for name, text in questions.items() if name in by_name]
        if rows:
            head = ["", "fake", "95 % interval", "shuffled", "real rows", "fake rows scored"]
            parts += [("heading", heading), ("table", head, rows)]
    if worst:
        lowest = sorted(worst.items(), key=lambda item: item[1])[:5]
        rows = [[column, f"{value:.3f}"] for column, value in lowest]
        parts += [
            ("heading", "Columns furthest from the real ones"),
            ("table", ["column", "shape"], rows),
        ]
    left_out = [
        text
        for questions in TITLES.values()
        for name, text in questions.items()
        if name not in by_name and name in ("c2st", "closest_record", "membership_auc")
    ]
    if left_out:
        parts += [("heading", "Not asked"), ("list", left_out)]
    parts += [("heading", "Protocol"), ("list", PROTOCOL)]
    judges = sorted({score.extractor for score in scores if "gradient" in score.extractor})
    if judges:
        parts.append(("paragraph", f"Judge: {', '.join(judges)}."))
    parts += [("heading", "Limits"), ("list", LIMITS)]
    return Page(title or f"Certificate of {name}", tuple(parts))


def findings(scores):
    """Sentences on what stands out, at least one.

    A score stands out when half a percent of chance would not explain it: beyond 2.58 standard
    errors from 0.5, or from what held-out real rows score.
    """
    by_name = {score.metric: score for score in scores}
    found = []

    def value(name):
        return by_name[name].value if name in by_name else None

    def above(name, at, gap=2.58):
        score = by_name.get(name)
        return score is not None and score.value - gap * (score.std or 0) > at

    shuffled = value("c2st@shuffled")
    if "c2st" in by_name:
        if by_name["c2st"].value + 2.58 * (by_name["c2st"].std or 0) < 0.5:
            found.append(
                f"Suspicious: trees confuse fake rows with real ones more than chance does (C2ST "
                f"{value('c2st'):.2f}, below 0.5). Copies do that."
            )
        elif value("c2st") > 0.9:
            found.append(
                f"Trees nearly always know fake rows (C2ST {value('c2st'):.2f}; shuffled columns "
                f"{_number(shuffled)}). One column may be enough: look at the lowest shapes."
            )
    for name in ("closest_record_odds", "closest_record"):
        if above(name, 0.5):
            found.append(
                f"Warning: rows lie nearer to training rows than to others ({name} "
                f"{value(name):.2f} in place of 0.5): the generator has learnt rows by heart."
            )
            break
    for name in ("membership_auc", "membership_auc_calibrated"):
        if above(name, 0.5):
            found.append(
                f"Warning: an attacker tells who was trained on better than chance ({name} "
                f"{value(name):.3f} in place of 0.5)."
            )
            break
    beside = [value(f"exact_copies@{what}") for what in ("held_out", "real")]
    by_chance = max((share for share in beside if share is not None), default=None)
    if above("exact_copies", by_chance or 0.0):
        score = by_name["exact_copies"]
        found.append(
            f"Warning: {round(score.value * score.num_fake):,} of {score.num_fake:,} rows are "
            f"training rows, value for value; of real rows {_percent(by_chance)} are such by "
            "chance."
        )
    if value("canaries_found"):
        found.append(f"Warning: {int(value('canaries_found'))} planted rows came back.")
    if above("canary_auc", 0.5):
        found.append(
            f"Warning: planted rows are nearer to fake ones than such that were not planted "
            f"({value('canary_auc'):.2f} in place of 0.5)."
        )
    if above("constraint_violations", value("constraint_violations@held_out") or 0.0):
        found.append(
            f"{_percent(value('constraint_violations'))} of rows break a rule that real rows keep."
        )
    for name in ("tstr_auc", "tstr_r2"):
        if name in by_name and value(f"{name}@real") is not None:
            found.append(
                f"Fake rows teach {value(name):.3f}, real ones "
                f"{value(f'{name}@real'):.3f} ({name})."
            )
    if "closest_record" not in by_name:
        found.append(
            "Not known whether rows were copied: that takes real rows that were never trained on."
        )
    return tuple(found) or ("Nothing stands out.",)


def _row(by_name, name, text):
    score = by_name[name]
    real = next((by_name[f"{name}@{what}"] for what in REAL if f"{name}@{what}" in by_name), None)
    shuffled = by_name.get(f"{name}@shuffled")
    interval = ""
    if score.std is not None:
        low, high = score.value - 1.96 * score.std, score.value + 1.96 * score.std
        if not name.endswith("_r2"):
            low, high = max(low, 0.0), min(high, 1.0)
        interval = f"{low:.3f} to {high:.3f}"
    values = [_number(other and other.value) for other in (shuffled, real)]
    return [text, _number(score.value), interval, *values, f"{score.num_fake:,}"]


def _number(value):
    return "" if value is None else f"{value:.3f}"


def _percent(value):
    return "an unknown share" if value is None else f"{100 * value:.2f} %"
