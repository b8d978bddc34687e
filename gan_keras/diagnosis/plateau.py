"""Convergence: whether a score still moves, told from its own noise."""

import math

import numpy as np

from gan_keras.diagnosis.finding import Finding

HIGHER_IS_BETTER = ("inception_score", "precision", "recall", "density", "coverage")
LEAST = 6  # measurements
SIGNIFICANT = 2.5  # standard errors of the slope


def detect(records):
    """Finds the plateau of a score over the newer half of its measurements, or its decline.

    A straight line is fitted; the residuals are the noise. A slope that its standard error explains
    is a plateau. A score that still gets better is no news.
    """
    name, epochs, values = scores(records)
    if len(values) < LEAST:
        return None
    num = max(LEAST, len(values) // 2)
    epochs, values = epochs[-num:], values[-num:]
    slope, error, noise = line(epochs, values)
    better = -1 if name.startswith(HIGHER_IS_BETTER) else 1  # sign of a fall that is good
    evidence = {"score": float(values.mean()), "noise": noise, "slope": slope, "slope_error": error}
    if abs(slope) <= SIGNIFICANT * error:
        return Finding(
            name="plateau",
            step=int(epochs[-1]),
            says=f"{name} has stayed at {values.mean():.4g} for {num} measurements; from one to "
            f"the next it varies by {noise:.2g}, so differences below {2 * noise:.2g} say nothing.",
            cure="Stop here, or lower both learning rates (a schedule: "
            "--set generator_optimizer.learning_rate.name=cosine_decay) and go on.",
            evidence=evidence,
            is_trouble=False,
        )
    if slope * better < 0:
        return None
    best = values.argmin() if better > 0 else values.argmax()
    return Finding(
        name="plateau",
        step=int(epochs[-1]),
        says=f"{name} gets worse by {abs(slope):.2g} an epoch (± {error:.1g}); its best in the "
        f"last {num} measurements was {values[best]:.4g}, after epoch {int(epochs[best]) + 1}.",
        cure="Stop, take the best checkpoint, and lower both learning rates or raise "
        "penalties.r1.weight in the next run.",
        evidence=evidence,
    )


def scores(records):
    """Name, epochs and values of the first score that the records hold."""
    rows = [record for record in records if record.get("scores")]
    if not rows:
        return None, np.zeros(0), np.zeros(0)
    name = next(iter(rows[0]["scores"]))
    rows = [record for record in rows if name in record["scores"]]
    epochs = np.array([record["epoch"] for record in rows], "float64")
    return name, epochs, np.array([record["scores"][name] for record in rows], "float64")


def line(x, y):
    """Slope, its standard error, and the standard deviation of the residuals, all floats."""
    centred, y = x - x.mean(), y - y.mean()  # of both, or rounding makes a constant rise
    slope = float((centred * y).sum() / (centred**2).sum())
    residuals = y - slope * centred
    noise = math.sqrt((residuals**2).sum() / (len(y) - 2))
    return slope, noise / math.sqrt((centred**2).sum()), noise
