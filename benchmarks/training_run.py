"""One run of a benchmark: a model trained for a CPU budget and scored by the shipped classifier."""

METRICS = {  # what a line calls it: what `metrics.evaluate` does
    "frechet": "fid",
    "kernel": "kid",
    "precision": "precision",
    "recall": "recall",
    "coverage": "coverage",
}


def source():
    """The full training set of Fashion-MNIST where it is at hand, else the bundled images."""
    from gan_keras import data

    try:
        return data.source("fashion_mnist")
    except ValueError:
        return data.source("fashion_mnist_10k")


def scorer(samples, real, *, num, seed):
    """A function without arguments that scores what `samples` gives at the moment.

    Args:
        samples: function from a number to samples, or to batches of them.
        real: a `data.Source` of Fashion-MNIST.
        num: generated images; as many real ones, but at least 2,000.
        seed: of subsets.
    """
    from gan_keras import metrics
    from gan_keras.metrics import features

    extractor = features.get("fashion_mnist_classifier")

    def measure():
        scores = metrics.evaluate(
            samples,
            real,
            metrics=["fid", "kid", "prdc"],
            extractor=extractor,
            num=num,
            num_real=max(num, 2_000),
            seed=seed,
        )
        found = {score.metric: score.value for score in scores}
        return {name: round(found[key], 6) for name, key in METRICS.items()}

    return measure


def summary(rows):
    """Last and best of the measurements of a run, and what the table asks for."""
    last, best = rows[-1], min(rows, key=lambda row: row["frechet"])
    return {
        "cpu_seconds": last["cpu_seconds"],
        "steps": last["steps"],
        "last": {name: last[name] for name in METRICS},
        "best": {name: best[name] for name in METRICS},
        "collapsed": collapsed(last, best),
        "curve": [[row["cpu_seconds"], row["frechet"]] for row in rows],
    }


def collapsed(last, best):
    """Whether the end is more than twice as far off as the best, or covers almost nothing."""
    return last["frechet"] > 2 * best["frechet"] or last["coverage"] < 0.05
