"""A detector of one run's samples: a small classifier that learnt them against the run's real data.

It knows this run. Of others, and of images that were saved otherwise, it may know nothing: `roc` is
to be asked of those, too.
"""

import json

import numpy as np

from gan_keras import files, images
from gan_keras.metrics.features import classifier_file, classifier_network
from gan_keras.metrics.tables import estimate
from gan_keras.metrics.tables.area import Areas
from gan_keras.metrics.tables.estimate import bootstrap

REAL, FAKE = 0, 1
FALSE_ALARMS = 0.05  # share of real images that may be called generated
EPOCHS = 4
FILE, FINDINGS = "detector.npz", "detector.json"


def trained(fake, real, *, seed=0, epochs=EPOCHS):
    """A classifier of two sides.

    Args:
        fake, real: uint8 (num, h, w, c), as many of each.
        seed: of weights and order.
        epochs: passes over both. Defaults to 4.

    Returns:
        A `keras.Model` of `classifier_network`.
    """
    both = np.concatenate([real, fake])
    sides = np.repeat([REAL, FAKE], [len(real), len(fake)])
    # Shifted edges and mirrored images would tell what was never in question.
    return classifier_network.train(
        both, sides, num_classes=2, epochs=epochs, seed=seed, augment=False
    )


def scores(detector, pictures):
    """How much each image looks generated: float64 (num,), a difference of logits.

    Args:
        detector: of `trained`.
        pictures: uint8 (num, h, w, c).
    """
    found = [
        np.asarray(detector(images.to_float(pictures[start : start + 500]), training=False)[1])
        for start in range(0, len(pictures), 500)
    ]
    logits = np.concatenate(found).astype("float64")
    return logits[:, FAKE] - logits[:, REAL]


def roc(fake, real):
    """How well scores tell generated from real ones.

    Args:
        fake, real: (num,), of `scores`.

    Returns:
        dict: `auc`, with the `low` and `high` end of a 95% bootstrap interval over images (not over
        trainings), and `found`, the share of generated ones above all but 5% of the real ones.
    """
    is_fake = np.repeat([True, False], [len(fake), len(real)])
    area = bootstrap(Areas(np.concatenate([fake, real]), is_fake), is_fake, draws=estimate.DRAWS)
    threshold = np.quantile(real, 1 - FALSE_ALARMS, method="higher")
    return {
        "auc": area.value,
        "low": area.low,
        "high": area.high,
        "found": float((np.asarray(fake) > threshold).mean()),
        "num_fake": len(fake),
        "num_real": len(real),
    }


def after_jpeg(pictures, quality):
    """Images that went through JPEG, uint8 (num, h, w, c)."""
    return np.stack([images.after_jpeg(picture, quality) for picture in pictures])


def save(run, detector, findings):
    """Writes a detector, and what was found of it, beside a run.

    Args:
        run: a `runs.Run`.
        detector: of `trained`.
        findings: dict for JSON, with `step` and `real_scores`.
    """
    classifier_file.save(run.folder / FILE, detector, step=findings["step"])
    files.write_text(run.folder / FINDINGS, json.dumps(findings, indent=1) + "\n")


def opened(run, step):
    """The detector and findings beside a run; None if there are none for this step.

    Raises:
        ValueError: a file that is damaged.
    """
    path = run.folder / FINDINGS
    if not path.is_file() or not (run.folder / FILE).is_file():
        return None
    try:
        findings = json.loads(path.read_text(encoding="utf-8"))
        is_current = findings["step"] == step and len(findings["real_scores"]) > 0
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"'{path}' is damaged. Delete it: the detector is trained anew."
        ) from error
    if not is_current:
        return None
    return classifier_file.load(run.folder / FILE)[0], findings
