"""What training recorded of a run's health, and all that is known of it in plain words.

Nothing here opens a model, so that a page on a run needs no TensorFlow.
"""

import csv
import json

from gan_keras import diagnosis
from gan_keras.diagnosis.records import WARM_UP, WINDOW, course, last_step, scores_in

WORDS = {
    "diversity": "diversity of the samples, of that of real ones (about 1 or more)",
    "distance": "energy distance between samples and real ones (0 when equal)",
    "auc": "pairs of real and fake that the discriminator tells apart (0.5 to 0.99)",
    "held_out_auc": "pairs of training and held-out that it tells apart (0.5)",
    "overfitting": "gap between training and held-out logits, of real to fake (0)",
    "g_gradient": "gradient of the generator",
    "d_gradient": "gradient of the discriminator",
    "logit_scale": "largest logit",
}


def recorded(run):
    """What the `Diagnosis` callback recorded, and the scores of the history: a list of dicts."""
    records = []
    if run.diagnosis_file.is_file():
        lines = run.diagnosis_file.read_text("utf-8", errors="replace").splitlines()
        records = [parsed(run.diagnosis_file, *line) for line in enumerate(lines, start=1)]
    if not any(record.get("scores") for record in records) and run.history_file.is_file():
        with open(run.history_file, encoding="utf-8") as file:
            try:
                rows = [(int(row["epoch"]), scores_in(row)) for row in csv.DictReader(file)]
            except (KeyError, ValueError, TypeError) as error:
                raise ValueError(
                    f"'{run.history_file}' is damaged ({error}). Remove it, or put it back."
                ) from error
        records += [{"epoch": epoch, "scores": scores} for epoch, scores in rows if scores]
    return records


def parsed(path, number, line):
    """One record of diagnosis.jsonl.

    Raises:
        ValueError: it is none.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not is_record(record):
        raise ValueError(
            f"'{path}' is damaged in line {number}: '{line[:40]}' is no record. Remove that line."
        )
    return record


def is_record(record):
    """Whether it is a dict of a look (with a step, and numbers) or of scores (with an epoch)."""
    if not isinstance(record, dict) or type(record.get("step", 0)) is not int:
        return False
    if "scores" in record:
        scores = record["scores"]
        return type(record.get("epoch")) is int and isinstance(scores, dict)
    others = (value for key, value in record.items() if key != "non_finite")
    return "step" in record and all(isinstance(v, (int, float, type(None))) for v in others)


def report(records, fresh=()):
    """Findings in plain words, the newest numbers, and what could not be looked at."""
    found = diagnosis.findings([*records, *fresh])
    lines = []
    for finding in found:
        mark = "!" if finding.is_trouble else "-"
        title = finding.name.replace("_", " ")
        lines += [f"{mark} {title}", f"    {finding.says}", f"    {finding.cure}", ""]
    if not any(finding.is_trouble for finding in found):
        lines += [verdict(records, fresh), ""]
    looks = [record for record in [*records, *fresh] if "g_gradient" in record]
    if looks:
        lines.append(f"Newest numbers, at step {last_step(looks)} ({len(looks)} looks):")
        for name, words in WORDS.items():
            if looks[-1].get(name) is not None:
                lines.append(f"  {looks[-1][name]:>9.3g}  {words}")
        lines.append("")
    return "\n".join(lines + unseen(records, fresh)).rstrip()


def verdict(records, fresh):
    """What the silence of all detectors means: health, or only that nobody could tell."""
    looks = [*course(records), *fresh]
    if not looks:
        return "No trouble in the scores, and nothing else was looked at: train with --diagnose."
    if (step := last_step(looks)) < WARM_UP:
        return (
            f"Too early to judge: it has made {step} steps, and in the first {WARM_UP} even a "
            "healthy run looks ill. Train on, then ask again."
        )
    if len(looks) < WINDOW:
        return (
            f"Too little to judge by: looks were taken {len(looks)} times, and {WINDOW} are needed."
            " Leave --recorded-only out."
        )
    return "No trouble found."


def unseen(records, fresh):
    """What neither the records nor the fresh looks tell."""
    lines = []
    looks = course(records)
    seen = [*looks, *fresh]
    if seen and not any("diversity" in look or look.get("non_finite") for look in seen):
        lines.append("Not looked at: diversity of the samples, which are not as large as the data.")
    if not any("held_out_auc" in look for look in [*looks, *fresh]):
        lines.append("Not looked at: memorization. Name data never trained on: --held-out DATA")
    if len(looks) <= WINDOW:
        lines.append("Not looked at: discriminator won, oscillation, growth. Train with --diagnose")
    if not any(record.get("scores") for record in records):
        lines.append("Not looked at: convergence. Train with --quality fid")
    return lines
